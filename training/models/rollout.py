"""Plans of whom to call next, so that the seats there are reach the most wards without a trained officer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hcims.references import new_reference
from organisation.models import Unit, Ward
from personnel.models import Officer
from training.models.cohorts import Cohort
from training.models.enrolments import Nomination


class CallPlan(models.Model):
    """One plan for one cohort: what it was computed from, what it reaches, and what it could reach at best."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="plans")
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # officers of this command
    made_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uncovered_before = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()  # wards newly covered by the plan as computed
    at_best = models.PositiveIntegerField()  # no plan can reach more
    rules = models.JSONField(default=dict)  # the published order and its inputs, as they were on the day
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_on", "-pk"]
        verbose_name = _("plan of calls")

    def __str__(self) -> str:
        return self.ref


class PlannedCall(models.Model):
    """A choice of the plan with its reason, or of a person who changed it, with theirs."""

    plan = models.ForeignKey(CallPlan, on_delete=models.CASCADE, related_name="calls")
    position = models.PositiveIntegerField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=30)  # code: which step of the published order chose
    facts = models.JSONField(default=dict)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    change_note = models.CharField(max_length=200, blank=True)
    is_out = models.BooleanField(default=False)  # taken out by a person
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]
        verbose_name = _("planned call")
        constraints = [
            models.UniqueConstraint(fields=["plan", "officer"], name="training_planned_once"),
            models.CheckConstraint(
                condition=Q(changed_by__isnull=True) | ~Q(change_note=""),
                name="training_change_with_reason",
                violation_error_message=_("Say why the plan is changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.officer_id}"
