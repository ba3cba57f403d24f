"""Courses and their versions: units, hours, assessment, who may enter, what passing gives."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Qualification, Rank, Skill
from organisation.models.catalogue import Named
from training.models.curriculum import Programme
from training.models.versions import Version


class CourseKind(models.TextChoices):
    RECRUIT = "recruit", _("Recruits")
    CORPORAL = "corporal", _("To corporal")
    SERGEANT = "sergeant", _("To sergeant")
    INSPECTORATE = "inspectorate", _("Inspectorate")
    SENIOR = "senior", _("Senior command")
    TECHNICAL = "technical", _("Technical")
    REFRESHER = "refresher", _("Refresher")
    LEADERS = "leaders", _("Leaders (Muamko Mpya)")
    PEERS = "peers", _("Peer-to-peer supporters (Muamko Mpya)")


class Course(Named):
    """A course of the service. Its code is public and stays."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    kind = models.CharField(max_length=14, choices=CourseKind)
    # Set where the course itself is a programme of its own, such as the training of peer-to-peer supporters.
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="courses")
    order = models.PositiveSmallIntegerField(default=100)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("course")


class CourseVersion(Version):
    """What a course consists of while the version is in force."""

    owner_name = "course"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    days = models.PositiveSmallIntegerField(_("days from first to last"), validators=[MinValueValidator(1)])
    assessment = models.CharField(_("assessment"), max_length=300, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, of 100"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )  # none: passed or not, without a mark
    attendance_share = models.PositiveSmallIntegerField(
        _("attendance needed, of 100"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )  # none: the dated rule of the service

    class Meta(Version.Meta):
        verbose_name = _("course version")
        constraints = [
            *Version.Meta.constraints,
            models.UniqueConstraint(fields=["course", "number"], name="training_course_version_once"),
            models.CheckConstraint(
                condition=Q(days__gte=1)
                & (Q(pass_mark__isnull=True) | Q(pass_mark__lte=100))
                & (Q(attendance_share__isnull=True) | Q(attendance_share__lte=100)),
                name="training_course_version_shares",
            ),
        ]

    OVERLAP_RULES = [NoOverlap("training_no_two_course_versions", ("course_id",), "state = 'approved'")]
    DATABASE_RULES = {
        "training_no_two_course_versions": _("Another version of this course is approved for these days."),
        "training_course_version_once": _("This number is taken: the version was drafted twice. Read the page again."),
    }

    def __str__(self) -> str:
        return f"{self.course_id} {self.number}"

    @property
    def contents(self) -> models.QuerySet[CourseUnit]:
        """What the version consists of."""
        return self.units.all()


class CourseUnit(models.Model):
    """A unit of a course version; `part_codes` are the parts of an integrated programme that it carries."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="units")
    code = models.SlugField(max_length=30)
    title = models.CharField(_("title"), max_length=160)
    order = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MaxValueValidator(600_000)])
    assessment = models.CharField(_("how it is assessed"), max_length=120, blank=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part_code = models.SlugField(_("part it carries"), max_length=30, blank=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("unit of a course")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="training_unit_once",
                violation_error_message=_("A unit with this code stands in the version already."),
            ),
            models.CheckConstraint(
                condition=Q(part_code="", programme__isnull=True) | ~Q(part_code="") & Q(programme__isnull=False),
                name="training_unit_part_of_programme",
                violation_error_message=_("A part is named with its programme."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ConditionKind(models.TextChoices):
    RANK_FROM = "rank-from", _("Rank at least")
    RANK_TO = "rank-to", _("Rank at most")
    YEARS_IN_RANK = "years-in-rank", _("Years in the rank")
    YEARS_IN_SERVICE = "years-in-service", _("Years in the service")
    YEARS_TO_RETIREMENT = "years-to-retirement", _("Years left before retirement")
    SKILL = "skill", _("Skill held and in force")
    PAPER = "paper", _("Papers passed")
    COURSE = "course", _("Course passed")
    CLEAN_MONTHS = "clean-months", _("Months without a discipline finding")


class EntryCondition(Period):
    """Who may enter a course, as a dated rule with its legal basis.

    Years in the rank may name a rank: then they are asked of those who hold it, and of nobody else.
    """

    NEEDS = {  # which column says what the condition asks for
        ConditionKind.RANK_FROM: "rank", ConditionKind.RANK_TO: "rank", ConditionKind.SKILL: "skill",
        ConditionKind.PAPER: "qualification", ConditionKind.COURSE: "passed",
        ConditionKind.YEARS_IN_RANK: "value", ConditionKind.YEARS_IN_SERVICE: "value",
        ConditionKind.YEARS_TO_RETIREMENT: "value", ConditionKind.CLEAN_MONTHS: "value",
    }  # fmt: skip

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=20, choices=ConditionKind)
    value = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)  # years, months, or how many papers
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    passed = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    legal_basis = models.CharField(max_length=300)
    is_confirmed = models.BooleanField(default=False)  # the paper itself has been seen; shown as unconfirmed until then
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Period.Meta):
        ordering = ["kind", "-starts_on"]
        verbose_name = _("entry condition")
        constraints = [*Period.Meta.constraints]

    OVERLAP_RULES = [
        NoOverlap(
            "training_no_two_conditions",
            ("course_id", "kind"),
            # With a rank, years in the rank are asked of its holders only: three of a sergeant, two of a senior sergeant.
            nullable=("rank_id", "skill_id", "qualification_id", "passed_id"),
        )
    ]
    DATABASE_RULES = {"training_no_two_conditions": _("Such a condition is in force in these days; end it first.")}

    def __str__(self) -> str:
        return str(self.get_kind_display())


class GivenKind(models.TextChoices):
    SKILL = "skill", _("A skill")
    ELIGIBILITY = "eligibility", _("May be considered by a promotion board")


class Given(models.Model):
    """What passing a version gives: a skill at a level, with its expiry, or eligibility for a board. Never a promotion."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="gives")
    kind = models.CharField(max_length=12, choices=GivenKind)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(default=1)
    months = models.PositiveSmallIntegerField(
        _("valid for, months"), null=True, blank=True
    )  # none: as the catalogue says
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("what passing gives")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="skill", skill__isnull=False, rank__isnull=True)
                | Q(kind="eligibility", rank__isnull=False, skill__isnull=True),
                name="training_given_one_thing",
                violation_error_message=_("Name the skill, or the rank whose board it is."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
