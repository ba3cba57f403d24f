"""Appointments: a role, at a unit, for a period; proposed by one person, approved by another, neither the appointee."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hcims.access.roles import ROLES
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Unit


class AppointmentState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Appointment(Period):
    """What a person may do, where and until when. Ends by its date; is never deleted."""

    TRANSITIONS = {
        AppointmentState.PROPOSED: {AppointmentState.APPROVED, AppointmentState.REFUSED, AppointmentState.WITHDRAWN},
        AppointmentState.APPROVED: set(),
        AppointmentState.REFUSED: set(),
        AppointmentState.WITHDRAWN: set(),
    }
    PENS = {
        AppointmentState.PROPOSED: "approving authority",
        AppointmentState.APPROVED: "nobody; it ends by its date",
        AppointmentState.REFUSED: "nobody",
        AppointmentState.WITHDRAWN: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40)  # a code of hcims.access.roles
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    by_virtue_of_post = models.BooleanField(default=False)  # ends with the holder's posting to the unit
    authority = models.CharField("authority (paper, number, date)", max_length=200)
    state = models.CharField(max_length=10, choices=AppointmentState, default=AppointmentState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta(Period.Meta):
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(user=F("proposed_by")) & (Q(decided_by__isnull=True) | ~Q(user=F("decided_by"))),
                name="accounts_appointment_not_self",
                violation_error_message="Nobody takes part in his or her own appointment.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")) | Q(state="withdrawn"),
                name="accounts_appointment_needs_two",
                violation_error_message="Whoever proposed an appointment cannot decide on it.",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False),
                name="accounts_appointment_approved_by_someone",
                violation_error_message="An approved appointment names who approved it.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="accounts_appointment_decided_by_and_at",
            ),
        ]
        indexes = [models.Index(fields=["user", "state", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.role_name} at {self.unit_id}"

    @property
    def role_name(self) -> str:
        """The role in plain English; its code when the role is no longer in use."""
        return ROLES[self.role].name if self.role in ROLES else self.role
