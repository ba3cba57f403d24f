"""Letters with a one-time code: how an account is first activated, and how a lost password or second factor is reset."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.references import new_reference
from organisation.models import Unit


class LetterPurpose(models.TextChoices):
    ACTIVATION = "activation", _("Activation")
    RESET = "reset", _("Reset of password and second factor")


class IdentityDocument(models.TextChoices):
    """What was seen when the letter was handed over. Its number is not kept: the record of the person has it."""

    APPOINTMENT = "certificate-of-appointment", _("Certificate of appointment")
    NATIONAL_ID = "national-id", _("National identity card")
    PASSPORT = "passport", _("Passport")
    ALIEN_ID = "foreign-id", _("Foreigner certificate")


class LetterState(models.TextChoices):
    ISSUED = "issued", _("Issued")
    HANDED_OVER = "handed-over", _("Handed over")
    USED = "used", _("Used")
    CANCELLED = "cancelled", _("Cancelled")


class SignInLetter(models.Model):
    """One letter. The code itself is on the paper only; here stands a keyed digest of it.

    The code works only after somebody has put on record that the letter was handed over, and against which document:
    a letter that went astray opens nothing.
    """

    TRANSITIONS = {
        LetterState.ISSUED: {LetterState.HANDED_OVER, LetterState.CANCELLED},
        LetterState.HANDED_OVER: {LetterState.USED, LetterState.CANCELLED},
        LetterState.USED: set(),
        LetterState.CANCELLED: set(),
    }
    PENS = {
        LetterState.ISSUED: "an office outside the person's command, to hand it over against identity",
        LetterState.HANDED_OVER: "the person, to use the code before it expires",
        LetterState.USED: "nobody",
        LetterState.CANCELLED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_letters")
    purpose = models.CharField(max_length=10, choices=LetterPurpose)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # where the person served
    number = models.CharField(max_length=80, blank=True)  # of the paper
    code_digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=11, choices=LetterState, default=LetterState.ISSUED)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    identity_document = models.CharField(max_length=30, choices=IdentityDocument, blank=True)
    used_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("letter with a one-time code")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["issued", "handed-over"]),
                name="accounts_one_open_letter",
                violation_error_message="This person has a letter that can still be used; cancel it first.",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True, identity_document="")
                | Q(handed_over_at__isnull=False) & ~Q(identity_document=""),
                name="accounts_letter_against_identity",
                violation_error_message="A letter is handed over against an identity document.",
            ),
            models.CheckConstraint(
                condition=~Q(state="used") | Q(used_at__isnull=False, handed_over_at__isnull=False),
                name="accounts_letter_used_after_hand_over",
                violation_error_message="A code is used only after its letter was handed over.",
            ),
            models.CheckConstraint(
                condition=(Q(issued_by__isnull=True) | ~Q(user=models.F("issued_by")))
                & (Q(handed_over_by__isnull=True) | ~Q(user=models.F("handed_over_by"))),
                name="accounts_letter_not_to_oneself",
                violation_error_message="Nobody issues a letter to himself or herself, or hands it over.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"

    def is_open(self, at: datetime) -> bool:
        """Whether the letter still leads to anything: neither used nor cancelled nor expired."""
        return self.state in (LetterState.ISSUED, LetterState.HANDED_OVER) and at < self.expires_at
