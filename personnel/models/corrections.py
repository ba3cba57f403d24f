"""Corrections that an officer asks for, changes that a commander proposes, and how HR answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.encryption import EncryptedTextField
from hcims.references import new_reference
from personnel.models.members import Officer


class CorrectionState(models.TextChoices):
    ASKED = "asked", "Asked"
    MADE = "made", "Corrected"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CorrectionRequest(models.Model):
    """One thing on the record that its owner, or a commander, says is wrong. The answer is given in writing."""

    TRANSITIONS = {
        CorrectionState.ASKED: {CorrectionState.MADE, CorrectionState.REFUSED, CorrectionState.WITHDRAWN},
        CorrectionState.MADE: set(),
        CorrectionState.REFUSED: set(),
        CorrectionState.WITHDRAWN: set(),
    }
    PENS = {
        CorrectionState.ASKED: "HR officer",
        CorrectionState.MADE: "nobody",
        CorrectionState.REFUSED: "nobody; the officer may complain to the Data Commissioner",
        CorrectionState.WITHDRAWN: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="corrections")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    section = models.CharField(max_length=40)  # which part of the record
    what_is_wrong = EncryptedTextField()
    should_be = EncryptedTextField()
    evidence = models.FileField(upload_to="evidence/", blank=True)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="personnel_correction_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(state="withdrawn") | ~Q(decided_by=models.F("asked_by")),
                name="personnel_correction_needs_two",
                violation_error_message="Whoever asked for a correction cannot decide on it.",
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.ref}"
