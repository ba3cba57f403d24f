"""How far the order to integrate a programme has been carried out: the cells of the matrix, their evidence, their arrears."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference
from training.models.courses import Course
from training.models.curriculum import Programme
from training.models.institutions import Institution


class TeachingState(models.TextChoices):
    NONE = "none", _("None")
    PLANNED = "planned", _("Planned")
    TAUGHT = "taught", _("Taught")
    ASSESSED = "assessed", _("Assessed")


class PartTaught(Period):
    """A cell of the matrix from one day to another: one part, in one course, at one institution.

    No row says the same as "none". A part is named by its code, which stays the same from version to version.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="parts_taught")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    part_code = models.SlugField(max_length=30)
    state = models.CharField(max_length=10, choices=TeachingState)
    minutes = models.PositiveIntegerField(_("minutes"), default=0, validators=[MaxValueValidator(60_000)])
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Period.Meta):
        verbose_name = _("part taught")
        indexes = [models.Index(fields=["programme", "institution", "course"])]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="training_confirmed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("marked_by")),
                name="training_confirmed_by_another",
                violation_error_message=_("Whoever marked it does not confirm it."),
            ),
        ]

    OVERLAP_RULES = [NoOverlap("training_no_two_cells", ("institution_id", "course_id", "programme_id", "part_code"))]
    DATABASE_RULES = {"training_no_two_cells": _("Somebody else has marked this part meanwhile. Read the page again.")}

    def __str__(self) -> str:
        return f"{self.part_code} {self.state}"


class EvidenceKind(models.TextChoices):
    TIMETABLE = "timetable", _("Timetable")
    LESSON_PLAN = "lesson-plan", _("Lesson plan")
    EXAMINATION = "examination", _("Examination paper or its list")
    PHOTOGRAPH = "other", _("Other paper")


class TeachingEvidence(models.Model):
    """A file that shows that a part is planned or taught. Kept encrypted, opened by whoever may see the matrix there."""

    PRIVATE_FILES = {"file": "training-evidence/"}

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="evidence")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    part_code = models.SlugField(max_length=30, blank=True)  # none: for the course as a whole
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    title = models.CharField(_("what it is"), max_length=120)
    file = models.CharField(max_length=120)  # name in the private storage
    file_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-added_at", "pk"]
        verbose_name = _("evidence")

    def __str__(self) -> str:
        return self.title


class Need(models.TextChoices):
    INSTRUCTORS = "instructors", _("Instructors")
    MATERIALS = "materials", _("Materials")
    TIME = "time", _("Time in the timetable")
    ROOMS = "rooms", _("Rooms")
    APPROVAL = "approval", _("A decision from above")
    MONEY = "money", _("Money")
    OTHER = "other", _("Something else")


class ArrearsReason(models.Model):
    """Why a course at an institution is behind, in the commandant's words, what he or she needs, and until when."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="arrears")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    need = models.CharField(_("what is needed"), max_length=12, choices=Need)
    need_words = models.CharField(_("in words"), max_length=200, blank=True)
    expected_on = models.DateField(_("carried out by"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("reason for arrears")
        indexes = [models.Index(fields=["programme", "institution", "course"])]

    def __str__(self) -> str:
        return self.reason
