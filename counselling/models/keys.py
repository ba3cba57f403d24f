"""Keys: a counsellor's, a custodian's, and the signatures between them. Public halves, and secret ones locked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.references import new_reference


class KeyState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for two custodians")
    CERTIFIED = "certified", _("Certified")
    RETIRED = "retired", _("Out of use")


class CounsellorKey(models.Model):
    """What a counsellor's cases are wrapped to. The secret half stands here only locked with a passphrase never sent."""

    TRANSITIONS = {
        KeyState.PROPOSED: {KeyState.CERTIFIED, KeyState.RETIRED},
        KeyState.CERTIFIED: {KeyState.RETIRED},
        KeyState.RETIRED: set(),
    }
    PENS = {
        KeyState.PROPOSED: "two custodians of different bodies; the counsellor may propose another",
        KeyState.CERTIFIED: "the counsellor, once nothing is wrapped to it any more",
        KeyState.RETIRED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=62)  # age1…
    locked = models.BinaryField()
    recovery_locked = models.BinaryField()
    state = models.CharField(max_length=9, choices=KeyState, default=KeyState.PROPOSED)
    made_on = models.DateField()
    retired_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("counsellor's key")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=~Q(state="retired"),
                name="counselling_one_live_key",
                violation_error_message=_("A key of yours is in use already."),
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_on__isnull=False)
                | ~Q(state="retired") & Q(retired_on__isnull=True),
                name="counselling_key_retired_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.state}"


class Body(models.TextChoices):
    """Where custodians come from: bodies outside any police command."""

    IPOA = "ipoa", _("Independent Policing Oversight Authority")
    KNCHR = "knchr", _("Kenya National Commission on Human Rights")
    CAJ = "caj", _("Commission on Administrative Justice (Ombudsman)")
    ODPC = "odpc", _("Office of the Data Protection Commissioner")
    NPSC = "npsc", _("National Police Service Commission")
    JUDICIARY = "judiciary", _("Judiciary")
    COUNSELLORS = "kcpb", _("Counsellors and Psychologists Board")
    CLERGY = "clergy", _("Inter-Religious Council of Kenya")


class CustodianKeyState(models.TextChoices):
    ACTIVE = "active", _("In use")
    RETIRED = "retired", _("Out of use")


class CustodianKey(models.Model):
    """A custodian's two public keys, for signing and for shares. Which ones to trust is pinned in a file, not here."""

    TRANSITIONS = {CustodianKeyState.ACTIVE: {CustodianKeyState.RETIRED}, CustodianKeyState.RETIRED: set()}
    PENS = {
        CustodianKeyState.ACTIVE: "the custodian, by making another; the pins outside the database decide what it is worth",
        CustodianKeyState.RETIRED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=Body)
    signing_key = models.CharField(max_length=200)  # base64 of the P-256 public key (SPKI)
    recipient = models.CharField(max_length=62)  # age1…
    locked = models.BinaryField()
    recovery_locked = models.BinaryField()
    state = models.CharField(max_length=7, choices=CustodianKeyState, default=CustodianKeyState.ACTIVE)
    made_on = models.DateField()

    class Meta:
        verbose_name = _("custodian's key")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(state="active"),
                name="counselling_one_custodian_a_body",
                violation_error_message=_("This body has a custodian already; custodians come from different bodies."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="active"),
                name="counselling_one_custodian_key",
                violation_error_message=_("A key of yours is in use already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.body}"


class KeySignature(models.Model):
    """A custodian's word that a public key is the counsellor's. Verified here and again in every browser that uses it."""

    key = models.ForeignKey(CounsellorKey, on_delete=models.PROTECT, related_name="signatures")
    custodian = models.ForeignKey(CustodianKey, on_delete=models.PROTECT, related_name="signatures")
    signature = models.CharField(max_length=88)  # base64 of r and s
    signed_on = models.DateField()

    class Meta:
        verbose_name = _("signature on a key")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["key", "custodian"],
                name="counselling_signature_once",
                violation_error_message=_("You have signed this key already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} by {self.custodian_id}"
