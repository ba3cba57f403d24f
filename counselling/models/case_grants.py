"""Who may open a case, and with what. The right and the wrapped key are one row: neither is there without the other.

A grant that ends is deleted, its wrapped key with it; that it was there stands in the case log.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling.models.cases import Case
from counselling.models.grants import Grant
from counselling.models.keys import CustodianKey


class GrantKind(models.TextChoices):
    OWNER = "owner", _("Whose case it is")
    SUCCESSOR = "successor", _("Whose case it became")
    SECOND = "second", _("Second counsellor")
    BREAK_GLASS = "break-glass", _("Reader for 24 hours")


class GrantReason(models.TextChoices):
    OWN_CASE = "own-case", _("Opened the case")
    JOINT_WORK = "joint-work", _("The two work on it together, the client agreed")
    SUPERVISION = "supervision", _("Supervision, the client agreed")
    COVER = "cover", _("Stands in during an absence, the client agreed")
    HANDOVER = "handover", _("Handed over, the client agreed")
    SUCCESSION = "succession", _("The counsellor left without handing over")
    RISK_TO_LIFE = "risk-to-life", _("Risk to life")
    COURT_ORDER = "court-order", _("Court order")


HOLDING = ("owner", "successor")  # whose case it is


class CaseGrant(Grant):
    """One person's right to one case, with the case's secret wrapped to that person's key. Asked through `grants` only."""

    content_object = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=11, choices=GrantKind)
    reason = models.CharField(max_length=12, choices=GrantReason)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    wrapped = models.BinaryField()
    lookup = models.CharField(max_length=64, blank=True)  # opaque: made with a key that only an unlocked browser has

    class Meta(Grant.Meta):
        verbose_name = _("grant")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_object"],
                name="counselling_granted_once",
                violation_error_message=_("This person can open the case already."),
            ),
            models.CheckConstraint(
                condition=~Q(wrapped=b""),
                name="counselling_grant_carries_its_key",
                violation_error_message=_("A grant and a wrapped key exist together or not at all."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="counselling_grant_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="break-glass") | Q(ends_at__isnull=False),
                name="counselling_break_glass_ends",
                violation_error_message=_("An opening has an end."),
            ),
            models.UniqueConstraint(
                fields=["content_object"],
                condition=Q(kind__in=HOLDING),
                name="counselling_one_holder",
                violation_error_message=_("A case belongs to one counsellor."),
            ),
            models.UniqueConstraint(
                fields=["content_object"],
                condition=Q(kind="second"),
                name="counselling_one_second",
                violation_error_message=_("A case is open to two people at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.content_object_id}"


class CustodianShare(models.Model):
    """The case's secret wrapped for a pair of custodians, age within age: neither of the two opens it alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    key_version = models.PositiveSmallIntegerField()
    outer = models.ForeignKey(CustodianKey, on_delete=models.PROTECT, related_name="+")
    inner = models.ForeignKey(CustodianKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("custodians' share")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "outer", "inner"], name="counselling_share_once"),
            models.CheckConstraint(condition=~Q(outer=models.F("inner")), name="counselling_share_of_two"),
            models.CheckConstraint(condition=~Q(sealed=b""), name="counselling_share_is_there"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outer_id} around {self.inner_id}"
