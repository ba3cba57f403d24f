"""Training institutions: what a unit of type `training` has to teach with. The unit itself belongs to `organisation`."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.database_rules import NoOverlap
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Skill, Unit
from personnel.models import Officer
from training.models.courses import Course
from training.models.curriculum import Programme


class InstitutionKind(models.TextChoices):
    COLLEGE = "college", _("College")
    CAMPUS = "campus", _("Campus")
    ACADEMY = "academy", _("Academy")
    SCHOOL = "school", _("School of a formation")


class Institution(models.Model):
    """What a training unit is beyond being a unit."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="institution")
    kind = models.CharField(max_length=10, choices=InstitutionKind)
    capacity = models.PositiveIntegerField(_("trainees at one time"), default=0)
    beds = models.PositiveIntegerField(_("beds"), default=0)

    class Meta:
        ordering = ["unit__code"]
        verbose_name = _("institution")

    def __str__(self) -> str:
        return str(self.unit)


class TrainingRoom(models.Model):
    """A room to teach in."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("name"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1), MaxValueValidator(5000)])
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("room")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                name="training_room_once",
                violation_error_message=_("The institution has a room of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CourseOffered(Period):
    """A course that an institution gives, from one day to another: the columns of the integration matrix."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="offers")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="offered")
    authority = models.CharField(_("authority (paper, number, date)"), max_length=200, blank=True)

    class Meta(Period.Meta):
        ordering = ["course__order", "course__code"]
        verbose_name = _("course offered")

    OVERLAP_RULES = [NoOverlap("training_no_two_offers", ("institution_id", "course_id"))]
    DATABASE_RULES = {"training_no_two_offers": _("The institution gives this course already.")}

    def __str__(self) -> str:
        return f"{self.course_id} at {self.institution_id}"


class Instructor(Period):
    """A member of the service who teaches at an institution. What he or she can do are skills of the personnel record."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="instructors")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(_("authority (paper, number, date)"), max_length=200, blank=True)

    class Meta(Period.Meta):
        ordering = ["officer__surname", "pk"]
        verbose_name = _("instructor")

    OVERLAP_RULES = [NoOverlap("training_no_two_instructors", ("institution_id", "officer_id"))]
    DATABASE_RULES = {"training_no_two_instructors": _("This officer is an instructor here already.")}

    def __str__(self) -> str:
        return str(self.officer)


class InstructorCertificate(models.Model):
    """What an instructor is certified to teach: a programme, a course or a skill, and until when."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    instructor = models.ForeignKey(Instructor, on_delete=models.PROTECT, related_name="certificates")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("certificate"), max_length=80)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "pk"]
        verbose_name = _("instructor's certificate")
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False, course__isnull=True, skill__isnull=True)
                | Q(programme__isnull=True, course__isnull=False, skill__isnull=True)
                | Q(programme__isnull=True, course__isnull=True, skill__isnull=False),
                name="training_certified_for_one_thing",
                violation_error_message=_("Name one programme, one course or one skill."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=models.F("issued_on")),
                name="training_certificate_expires_after",
                violation_error_message=_("The certificate would lapse before it was issued."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CalendarKind(models.TextChoices):
    TERM = "term", _("Term")
    BREAK = "break", _("Break")
    EXAMINATION = "examination", _("Examination")
    PASS_OUT = "pass-out", _("Passing-out")
    OTHER = "other", _("Other")


class CalendarEntry(models.Model):
    """Days of an institution's calendar, both counted. Cohorts stand in it by themselves."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="calendar")
    kind = models.CharField(max_length=12, choices=CalendarKind)
    title = models.CharField(_("title"), max_length=120)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    withdrawn_on = models.DateField(null=True, blank=True)  # entered in error, or called off: shown no more

    class Meta:
        ordering = ["first_on", "pk"]
        verbose_name = _("entry of the calendar")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on")),
                name="training_calendar_in_order",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title
