"""What leaves a case's circle: an opening by two custodians, a referral sealed to another counsellor."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counselling.models.cases import Case
from counselling.models.keys import CounsellorKey, CustodianKey
from hcims.references import new_reference


class OpeningGround(models.TextChoices):
    RISK_TO_LIFE = "risk-to-life", _("Risk to life")
    COURT_ORDER = "court-order", _("Order of a court that names this case")
    SUCCESSION = "succession", _("The counsellor left without handing over")


class OpeningState(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    HALF_OPEN = "half-open", _("One custodian has acted")
    OPEN = "open", _("Open to its reader")
    ENDED = "ended", _("Over")
    REFUSED = "refused", _("Refused")


class RefusalReason(models.TextChoices):
    NO_RISK = "no-risk", _("No risk to life was shown")
    NO_PAPER = "no-paper", _("The order does not name this case, or was not shown")
    WRONG_READER = "wrong-reader", _("Not to this reader")
    OTHER_WAY = "other-way", _("The counsellor can be reached")


IN_HAND = ("requested", "half-open", "open")


class Opening(models.Model):
    """One case opened without its counsellor: asked by one person, done by two others, read by one for 24 hours."""

    TRANSITIONS = {
        OpeningState.REQUESTED: {OpeningState.HALF_OPEN, OpeningState.REFUSED},
        OpeningState.HALF_OPEN: {OpeningState.OPEN, OpeningState.REFUSED},
        OpeningState.OPEN: {OpeningState.ENDED},
        OpeningState.ENDED: set(),
        OpeningState.REFUSED: set(),
    }
    PENS = {
        OpeningState.REQUESTED: "a custodian other than who asked",
        OpeningState.HALF_OPEN: "a second custodian, of another body",
        OpeningState.OPEN: "the clock",
        OpeningState.ENDED: "nobody; the case is re-keyed",
        OpeningState.REFUSED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings")
    ground = models.CharField(max_length=12, choices=OpeningGround)
    paper = models.CharField(max_length=60)  # number of the order or the report; never a name
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reader_key = models.ForeignKey(CounsellorKey, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=OpeningState, default=OpeningState.REQUESTED)
    outer = models.ForeignKey(CustodianKey, on_delete=models.PROTECT, null=True, related_name="+")
    inner = models.ForeignKey(CustodianKey, on_delete=models.PROTECT, null=True, related_name="+")
    inner_sealed = models.BinaryField(default=b"")
    opened_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)  # the counsellor, by a neutral notice
    refused_reason = models.CharField(max_length=12, choices=RefusalReason, blank=True)

    class Meta:
        verbose_name = _("opening")
        default_permissions = ()
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=IN_HAND),
                name="counselling_one_opening",
                violation_error_message=_("An opening of this case is in hand already."),
            ),
            models.CheckConstraint(
                condition=Q(outer__isnull=True) | Q(inner__isnull=True) | ~Q(outer=F("inner")),
                name="counselling_opening_needs_two",
                violation_error_message=_("Two custodians act, not one twice."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "ended"])
                | Q(outer__isnull=False, inner__isnull=False, opened_at__isnull=False),
                name="counselling_opened_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.state}"


class ReferralState(models.TextChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class SealedReferral(models.Model):
    """What one counsellor shares with another, the client agreeing: chosen in the browser, sealed to the receiver."""

    TRANSITIONS = {
        ReferralState.SENT: {ReferralState.ACCEPTED, ReferralState.DECLINED},
        ReferralState.ACCEPTED: set(),
        ReferralState.DECLINED: set(),
    }
    PENS = {
        ReferralState.SENT: "the counsellor it was sent to",
        ReferralState.ACCEPTED: "nobody",
        ReferralState.DECLINED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    to = models.ForeignKey(CounsellorKey, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=ReferralState, default=ReferralState.SENT)
    sent_on = models.DateField()

    class Meta:
        verbose_name = _("referral")
        default_permissions = ()
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.ref} {self.state}"
