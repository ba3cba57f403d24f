"""A transfer on the table: who asks or proposes, where to, on what grounds, and how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from deployment.models import Duty
from hcims.encryption import EncryptedTextField
from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from transfers.models.rounds import Round
from transfers.models.rules import ApprovalStep, Ground, TransferKind


class RequestState(models.TextChoices):
    DRAFT = "draft", "Being written"
    ADVICE = "advice", "Waiting for advice"
    DECISION = "decision", "Waiting for a decision"
    POOLED = "pooled", "Waiting for the round"
    APPROVED = "approved", "Approved, not yet published"
    PUBLISHED = "published", "Order issued"
    COMPLETED = "completed", "Officer has arrived"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CANCELLED = "cancelled", "Cancelled after the order"


_S = RequestState
OPEN_STATES = (_S.ADVICE, _S.DECISION, _S.POOLED, _S.APPROVED, _S.PUBLISHED)


class TransferRequest(models.Model):
    """One case from the first word to the arrival. Whoever typed and whoever decided are kept apart throughout."""

    TRANSITIONS = {
        _S.DRAFT: {_S.ADVICE, _S.DECISION, _S.POOLED, _S.WITHDRAWN},
        _S.ADVICE: {_S.DECISION, _S.POOLED, _S.WITHDRAWN},
        _S.DECISION: {_S.APPROVED, _S.REFUSED, _S.ADVICE, _S.POOLED, _S.WITHDRAWN},
        _S.POOLED: {_S.DECISION, _S.PUBLISHED, _S.WITHDRAWN},
        _S.APPROVED: {_S.DECISION, _S.PUBLISHED, _S.WITHDRAWN},
        _S.PUBLISHED: {_S.COMPLETED, _S.CANCELLED},
        _S.REFUSED: {_S.DECISION},
        _S.COMPLETED: {_S.CANCELLED},
        _S.WITHDRAWN: set(),
        _S.CANCELLED: {_S.DECISION},
    }
    PENS = {
        _S.DRAFT: "officer",
        _S.ADVICE: "commander named by the chain of approval",
        _S.DECISION: "authority in force for the rank",
        _S.POOLED: "nobody, until the round is published",
        _S.APPROVED: "HR officer",
        _S.PUBLISHED: "losing and gaining commander",
        _S.COMPLETED: "nobody; a court or the deciding authority takes it back by a reversing order",
        _S.REFUSED: "nobody; the officer may appeal",
        _S.WITHDRAWN: "nobody",
        _S.CANCELLED: "nobody; on appeal the deciding authority",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=20, choices=TransferKind)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="transfer_requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.DRAFT)
    is_protected = models.BooleanField(default=False)  # never seen by the officer's own line
    statement = EncryptedTextField(blank=True)  # the officer's own words
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="requests")

    # How it came in
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    receipt_number = models.CharField(max_length=40, blank=True)  # given for a request on paper
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    carried_forward = models.PositiveSmallIntegerField(default=0)  # rounds it has gone through without a place

    # The officer's post when it was submitted
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    # Where it waits: one step, one unit whose holder of the step's role has the pen, since when
    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waits_at = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waits_since = models.DateTimeField(null=True, blank=True)

    # What is proposed, and once decided, what was decided
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    report_by = models.DateField(null=True, blank=True)
    overstrength_authority = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_paper = models.CharField(max_length=200, blank=True)  # minute or signal on which HR typed it
    reason_code = models.CharField(max_length=40, blank=True)  # a code of transfers.reasons
    reasons = models.TextField(blank=True)  # written to the officer
    legal_basis = models.CharField(max_length=300, blank=True)
    review_by = models.DateField(null=True, blank=True)  # emergency moves
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_upheld = models.BooleanField(null=True)
    review_outcome = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(
                    kind="request",
                    is_protected=False,
                    state__in=["draft", "advice", "decision", "pooled", "approved"],
                ),
                name="transfers_one_open_request",
                violation_error_message="The officer has an open request; change or withdraw that one.",
            ),
            # Apart, or a desk would learn from its refusal that a protected one is there.
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(is_protected=True, state__in=["draft", "decision", "approved"]),
                name="transfers_one_open_protected",
                violation_error_message="A protected request of yours is open; change or withdraw that one.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="transfers_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False) | Q(state="withdrawn"),
                name="transfers_submitted_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "waits_since"]),
            models.Index(fields=["waits_at", "state"]),
            models.Index(fields=["published_at"], condition=Q(published_at__isnull=False), name="transfers_published"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.ref}"

    @property
    def is_sealed(self) -> bool:
        """Whether the trail keeps digests in place of references: who asked for protection is not found by searching it."""
        return self.is_protected


class RequestedPlace(models.Model):
    """One place asked for, in order: a station, or any station in a ward, sub-county or county."""

    request = models.ForeignKey(TransferRequest, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    any_below = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="transfers_place_position_once"),
            models.UniqueConstraint(
                fields=["request", "unit"],
                name="transfers_place_once",
                violation_error_message="This place is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class Checked(models.TextChoices):
    UNVERIFIED = "unverified", "Not yet checked"
    VERIFIED = "verified", "Checked against papers"
    REFUSED = "refused", "Not accepted"


class RequestGround(models.Model):
    """A ground named in a request, with its evidence: seen by the officer, and by HR with the permission for it."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    request = models.ForeignKey(TransferRequest, on_delete=models.CASCADE, related_name="grounds")
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="+")
    detail = EncryptedTextField(blank=True)
    evidence = models.FileField(upload_to="evidence/", blank=True)
    checked = models.CharField(max_length=10, choices=Checked, default=Checked.UNVERIFIED)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["ground__order"]
        constraints = [models.UniqueConstraint(fields=["request", "ground"], name="transfers_ground_once")]

    def __str__(self) -> str:
        return f"{self.ground_id}"


class FamilyImpact(models.Model):
    """The questions about the family that are asked before any move (Namu v NPSC [2023] KEELRC 1231)."""

    request = models.OneToOneField(TransferRequest, on_delete=models.CASCADE, related_name="family_impact")
    children_at_school = models.BooleanField()
    exam_this_year = models.BooleanField()
    dependant_with_disability = models.BooleanField()
    spouse_at_work = models.BooleanField()
    detail = EncryptedTextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    considered = models.TextField(blank=True)  # how the authority weighed it, in its own words

    def __str__(self) -> str:
        return "family impact"


class ExchangeParty(models.Model):
    """One of the two or three officers of a mutual exchange, and where he or she would go."""

    request = models.ForeignKey(TransferRequest, on_delete=models.CASCADE, related_name="parties")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="exchanges")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "officer"], name="transfers_exchange_party_once"),
            models.UniqueConstraint(fields=["request", "to_unit"], name="transfers_exchange_place_once"),
            models.CheckConstraint(
                condition=Q(consented_at__isnull=True) | Q(declined_at__isnull=True), name="transfers_exchange_one_word"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} to {self.to_unit_id}"


class Verdict(models.TextChoices):
    SUPPORT = "support", "Supports"
    SUPPORT_LATER = "later", "Supports once a replacement is there"
    OPPOSE = "oppose", "Does not support"
    NONE = "none", "No advice given: passed over by the HR desk"


class Advice(models.Model):
    """What a commander advised, with reasons; typed by, where somebody else typed it; any dissent beside."""

    request = models.ForeignKey(TransferRequest, on_delete=models.CASCADE, related_name="advice")
    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reasons = models.TextField()
    advised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=200)
    paper = models.CharField(max_length=200, blank=True)  # on which somebody else typed it
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "step"],
                name="transfers_advice_once",
                violation_error_message="Advice at this step has been given already.",
            )
        ]

    def __str__(self) -> str:
        return self.verdict


class Direction(models.Model):
    """ "Directed by": somebody told the desk what to do. An oral direction blocks completion until its paper is here."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    request = models.ForeignKey(TransferRequest, on_delete=models.CASCADE, related_name="directions")
    directed_by = models.CharField(max_length=200)  # name and office, as told
    directed_on = models.DateField()
    is_oral = models.BooleanField()
    what = models.TextField()
    dissent = models.TextField(blank=True)  # of whoever records it
    paper = models.FileField(upload_to="evidence/", blank=True)
    paper_reference = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    state = models.CharField(max_length=40, choices=RequestState)  # of the request when it was recorded

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"directed on {self.directed_on}"


class StopCode(models.TextChoices):
    DISCIPLINE = "discipline", "Open discipline case: a transfer is no punishment"
    SCHOOL_TERM = "school-term", "Inside a school term without an answer about the family"
    TOO_SOON = "too-soon", "Shorter at the station than the minimum"
    TOO_MANY = "too-many", "More moves than the rule allows in the period"
    ALLOWANCE = "allowance", "Transfer allowance due and not shown as paid"
    ORAL = "oral-direction", "Directed by word of mouth; the paper is missing"
    HOME_AREA = "home-area", "Posting into the home area"
    OVERSTRENGTH = "over-strength", "The post asked for is full"
    FAMILY = "family", "Dependant with a disability or another protected family duty"
    FROZEN = "frozen", "The power to decide is frozen by a court"


class Stop(models.Model):
    """A rule that holds a transfer until its cause is gone or the named authority lifts it, with reasons."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    request = models.ForeignKey(TransferRequest, on_delete=models.CASCADE, related_name="stops")
    code = models.CharField(max_length=20, choices=StopCode)
    message = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    lifted_by_role = models.CharField(max_length=200, blank=True)  # in words, who may lift it; empty: nobody
    raised_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.CharField(max_length=300, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)  # its cause is gone

    class Meta:
        ordering = ["raised_at", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "code"], condition=Q(gone_at__isnull=True), name="transfers_stop_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lift_reason=""),
                name="transfers_stop_lifted_with_reason",
                violation_error_message="Say why the stop is lifted; it is published with the count.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def holds(self) -> bool:
        """Whether the transfer still waits for it."""
        return self.lifted_at is None and self.gone_at is None
