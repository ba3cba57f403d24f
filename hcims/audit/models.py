"""The audit trail: append-only rows, each carrying the hash of the one before, and one head row that orders them."""

from __future__ import annotations

from django.db import models

from hcims.audit.chain import GENESIS, hash_of


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


class DisclosureDelay(models.Model):
    """A lawful investigation holds back, until a day, that it opened an officer's file. Needs two auditors."""

    target_ref = models.CharField(max_length=80, db_index=True)
    authority = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    until_on = models.DateField()
    asked_by_ref = models.CharField(max_length=40)
    approved_by_ref = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by_ref="") | ~models.Q(approved_by_ref=models.F("asked_by_ref")),
                name="audit_delay_needs_two",
                violation_error_message="A delay needs two people: whoever asked for it cannot approve it.",
            )
        ]

    def __str__(self) -> str:
        return f"delay until {self.until_on}"
