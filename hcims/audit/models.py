"""The audit trail: append-only rows, each carrying the hash of the one before, and one head row that orders them."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from hcims.audit.chain import GENESIS, hash_of
from hcims.audit.events import in_words
from hcims.references import new_reference


class AuditEvent(models.Model):
    """One deed or reading. Text only, no foreign keys: it outlives what it speaks of. No personal values."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=40, db_index=True)
    target_kind = models.CharField(max_length=60)
    target_ref = models.CharField(max_length=80, db_index=True)
    by_ref = models.CharField(max_length=40, db_index=True, blank=True)
    office = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    details = models.TextField(default="{}")  # canonical JSON: codes, counts, digests
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"

    @property
    def deed(self) -> str:
        """The kind of deed in words."""
        return in_words(self.event)

    @property
    def about(self) -> str:
        """The kind of thing in words: the name of its table, where it is one."""
        try:
            return str(apps.get_model(self.target_kind)._meta.verbose_name).capitalize()
        except (LookupError, ValueError):
            return self.target_kind

    def computed_hash(self) -> str:
        """The hash that this row's content and the row before it make."""
        return hash_of(self)


class AuditHead(models.Model):
    """The one row that every writer locks last: where the chain stands."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"head at {self.sequence}"


class DelayState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class DisclosureDelay(models.Model):
    """A lawful investigation holds back, until a day, that it opened an officer's file. Needs two auditors.

    Only openings with the purpose of a lawful investigation are held back, and only until the day: then the officer
    reads them with their office and time like all others.
    """

    TRANSITIONS = {
        DelayState.ASKED: {DelayState.APPROVED, DelayState.REFUSED},
        DelayState.APPROVED: set(),
        DelayState.REFUSED: set(),
    }
    PENS = {
        DelayState.ASKED: "another auditor than the one who asked",
        DelayState.APPROVED: "nobody; it ends by its day, or earlier when an auditor ends it",
        DelayState.REFUSED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    target_ref = models.CharField(max_length=80, db_index=True)
    authority = models.CharField(_("authority"), max_length=200)
    source = models.CharField(_("legal basis"), max_length=300)
    starts_at = models.DateTimeField()
    until_on = models.DateField()
    state = models.CharField(max_length=8, choices=DelayState, default=DelayState.ASKED)
    asked_by_ref = models.CharField(max_length=40)
    asked_at = models.DateTimeField(null=True)
    approved_by_ref = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("delay of disclosure")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by_ref="") | ~models.Q(approved_by_ref=models.F("asked_by_ref")),
                name="audit_delay_needs_two",
                violation_error_message="A delay needs two people: whoever asked for it cannot approve it.",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | models.Q(state="approved"),
                name="audit_delay_approved_state",
            ),
        ]

    def __str__(self) -> str:
        return f"delay until {self.until_on}"
