"""Changes of the telephone number that messages go to: they wait, and the old number is warned."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.encryption import EncryptedTextField
from hcims.references import new_reference


class PhoneChangeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPLIED = "applied", _("In use")
    STOPPED = "stopped", _("Stopped")


class PhoneChange(models.Model):
    """One change, from the moment it was asked for to the moment it counted or was stopped."""

    TRANSITIONS = {
        PhoneChangeState.WAITING: {PhoneChangeState.APPLIED, PhoneChangeState.STOPPED},
        PhoneChangeState.APPLIED: set(),
        PhoneChangeState.STOPPED: set(),
    }
    PENS = {
        PhoneChangeState.WAITING: "the clock; the person may stop it",
        PhoneChangeState.APPLIED: "nobody",
        PhoneChangeState.STOPPED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="phone_changes")
    old_phone = EncryptedTextField(blank=True)
    new_phone = EncryptedTextField()
    state = models.CharField(max_length=8, choices=PhoneChangeState, default=PhoneChangeState.WAITING)
    asked_at = models.DateTimeField()
    counts_from = models.DateTimeField(db_index=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change of telephone number")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="waiting"),
                name="accounts_one_phone_change",
                violation_error_message="A change of number is already waiting; stop it before you ask for another.",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | Q(decided_at__isnull=False) & ~Q(state="waiting"),
                name="accounts_phone_change_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} from {self.counts_from:%Y-%m-%d}"
