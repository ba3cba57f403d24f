"""Where a nominal roll and the record disagree about an officer's unit: looked into, never overwritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from deployment.models.postings import Duty, Posting
from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer


class DiscrepancyState(models.TextChoices):
    OPEN = "open", "To resolve"
    ROLL_WRONG = "roll-wrong", "The roll is wrong"
    ARRIVED = "arrived", "An order existed; the arrival is recorded"
    CORRECTED = "corrected", "Posting corrected on paper"
    AGREES = "agrees", "A later roll agrees with the record"
    UNDONE = "undone", "The import was undone"


_S = DiscrepancyState


class RollDiscrepancy(models.Model):
    """A roll shows an officer at another unit than the posting in force. The posting stays until somebody says why."""

    TRANSITIONS = {
        _S.OPEN: {_S.ROLL_WRONG, _S.ARRIVED, _S.CORRECTED, _S.AGREES, _S.UNDONE},
        _S.ROLL_WRONG: set(),
        _S.ARRIVED: set(),
        _S.CORRECTED: set(),
        _S.AGREES: set(),
        _S.UNDONE: set(),
    }
    PENS = {
        _S.OPEN: "HR officer whose area covers the unit on record or the unit on the roll",
        _S.ROLL_WRONG: "nobody",
        _S.ARRIVED: "nobody",
        _S.CORRECTED: "nobody",
        _S.AGREES: "nobody",
        _S.UNDONE: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="discrepancies")
    state = models.CharField(max_length=10, choices=DiscrepancyState, default=DiscrepancyState.OPEN)
    batch = models.CharField(max_length=20, db_index=True)  # reference of the import
    roll_on = models.DateField()  # the day of the roll
    # What the roll says; the post as far as it says so
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")  # on record when it was opened
    # Who loaded the roll; nobody where it was read from a shell.
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name_plural = "roll discrepancies"
        constraints = [
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(state="open"),
                name="deployment_one_open_discrepancy",
                violation_error_message="A difference of this officer's unit is being looked into already.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", resolved_at__isnull=True) | (~Q(state="open") & Q(resolved_at__isnull=False)),
                name="deployment_discrepancy_resolved_at",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"])]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.unit_id} on the roll"
