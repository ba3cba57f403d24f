"""Cohorts: one running of a course, at an institution or in a command, with its seats, staff and meetings."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.references import new_reference
from organisation.models import Unit
from personnel.models import Officer, Sex
from training.models.courses import CourseUnit, CourseVersion
from training.models.curriculum import Part
from training.models.institutions import TrainingRoom


class CohortState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open for nominations")
    CALLED = "called", _("Trainees called")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


class CohortForm(models.TextChoices):
    COURSE = "course", _("Course")
    GROUP_SERIES = "group-series", _("Group series")
    WORKSHOP = "workshop", _("Workshop")


class Cohort(models.Model):
    """One running of a course version. `unit` holds it: an institution, or the command that rolls a programme out."""

    TRANSITIONS = {
        CohortState.PLANNED: {CohortState.OPEN, CohortState.CALLED, CohortState.CANCELLED},
        CohortState.OPEN: {CohortState.CALLED, CohortState.CANCELLED},
        CohortState.CALLED: {CohortState.RUNNING, CohortState.OPEN, CohortState.CANCELLED},
        CohortState.RUNNING: {CohortState.FINISHED, CohortState.CANCELLED},
        CohortState.FINISHED: set(),
        CohortState.CANCELLED: set(),
    }
    PENS = {
        CohortState.PLANNED: "training officer of the unit that holds it",
        CohortState.OPEN: "commanders nominate; the training officer chooses",
        CohortState.CALLED: "training officer, on the first day",
        CohortState.RUNNING: "facilitators take the roll; the training officer enters results",
        CohortState.FINISHED: "nobody; results may still be corrected with a paper",
        CohortState.CANCELLED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="cohorts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cohorts")
    form = models.CharField(max_length=12, choices=CohortForm, default=CohortForm.COURSE)
    title = models.CharField(_("title"), max_length=120)  # such as Intake 3 of 2026
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1), MaxValueValidator(10_000)])
    nominate_by = models.DateField(_("nominations until"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(_("weeks"), null=True, blank=True)  # of a group series
    staff_needed = models.PositiveSmallIntegerField(_("facilitators"), default=1)
    state = models.CharField(max_length=10, choices=CohortState, default=CohortState.PLANNED)
    late_reason = models.CharField(
        max_length=300, blank=True, default=""
    )  # why joining letters went out after the day of the rule
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        ordering = ["-first_on", "pk"]
        verbose_name = _("cohort")
        indexes = [models.Index(fields=["unit", "first_on"]), models.Index(fields=["state", "first_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="training_cohort_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(nominate_by__isnull=True) | Q(nominate_by__lte=F("first_on")),
                name="training_nominations_before_start",
                violation_error_message=_("Nominations would end after the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SeatShare(models.Model):
    """Seats of a cohort kept for a region, for a sex, or for both. What is left is open to all."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="shares")
    region = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["region__code", "sex"]
        verbose_name = _("share of seats")
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False) | ~Q(sex=""),
                name="training_share_of_something",
                violation_error_message=_("Name a region, a sex, or both."),
            ),
            models.UniqueConstraint(
                fields=["cohort", "region", "sex"],
                name="training_share_once",
                violation_error_message=_("Seats are kept for these already."),
            ),
            models.UniqueConstraint(
                fields=["cohort", "sex"],
                condition=Q(region__isnull=True),
                name="training_share_of_sex_once",
                violation_error_message=_("Seats are kept for these already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.sex} {self.seats}"


class StaffRole(models.TextChoices):
    LEAD = "lead", _("Leads")
    FACILITATOR = "facilitator", _("Facilitates")
    ASSESSOR = "assessor", _("Assesses")


class CohortStaff(models.Model):
    """Who teaches a cohort. Whoever stands here may take its roll, with no other role."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="staff")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=StaffRole, default=StaffRole.FACILITATOR)

    class Meta:
        ordering = ["role", "pk"]
        verbose_name = _("facilitator")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "officer"],
                name="training_staff_once",
                violation_error_message=_("This officer teaches the cohort already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.officer)


class Meeting(models.Model):
    """One meeting of a cohort for which a roll is taken: a day's lesson, a session of a group series, a workshop day."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    on = models.DateField(_("day"))
    title = models.CharField(_("title"), max_length=160, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5), MaxValueValidator(1440)])
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(CourseUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    room = models.ForeignKey(TrainingRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("meeting")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "number"],
                name="training_meeting_number_once",
                violation_error_message=_("The cohort has a meeting of this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
