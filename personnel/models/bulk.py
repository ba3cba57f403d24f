"""Deeds done to many records at once: what was done to which, what was skipped and why, and what undoing it needs."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from hcims.references import new_reference
from personnel.models.members import Officer


class BulkDeed(models.Model):
    """One deed on a selection of officers. It can be taken back until `undo_until`; afterwards by new entries only."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=20)  # a key of desk.bulk.DEEDS
    what = models.CharField(max_length=200)  # in words, as the person who did it read it
    paper = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-done_at"]
        indexes = [models.Index(fields=["by", "-done_at"])]

    def __str__(self) -> str:
        return self.what

    def can_be_undone(self, at: datetime) -> bool:
        """Whether the moment `at` is still early enough to take the deed back whole."""
        return self.undone_at is None and at < self.undo_until


class Outcome(models.TextChoices):
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"
    UNDONE = "undone", "Taken back"
    KEPT = "kept", "Not taken back: changed since"


class BulkDeedLine(models.Model):
    """What the deed did to one officer; `record` names the entry that undoing takes back."""

    deed = models.ForeignKey(BulkDeed, on_delete=models.CASCADE, related_name="lines")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=200, blank=True)
    record = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deed", "officer"], name="personnel_bulk_line_once")]

    def __str__(self) -> str:
        return self.outcome
