"""Rounds: the rule book they run by, the frozen problem, the lottery, the runs, the awards, the certificate."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hcims.encryption import EncryptedTextField
from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from transfers import lottery


class RuleBookState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Replaced by a later version"


class RuleBook(models.Model):
    """One version of the rules of a round. Published, it never changes again: a change is the next version.

    `content` is the canonical form that `transfers.rulebook` describes and checks; `sha256` is its digest.
    """

    TRANSITIONS = {
        RuleBookState.DRAFT: {RuleBookState.PUBLISHED},
        RuleBookState.PUBLISHED: {RuleBookState.SUPERSEDED},
        RuleBookState.SUPERSEDED: set(),
    }
    PENS = {
        RuleBookState.DRAFT: "HR officer of the service",
        RuleBookState.PUBLISHED: "nobody; a change is a new version",
        RuleBookState.SUPERSEDED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=30)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=RuleBookState, default=RuleBookState.DRAFT)
    content = models.JSONField()
    legal_basis = models.CharField(max_length=300)
    issuing_authority = models.CharField(max_length=200)
    signatories = models.JSONField(default=list)  # names of offices, in order
    why_changed = models.TextField(blank=True)  # from the version before
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="transfers_rulebook_version_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | (Q(published_at__isnull=False) & ~Q(sha256="")),
                name="transfers_rulebook_published_with_digest",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("drafted_by")),
                name="transfers_rulebook_needs_two",
                violation_error_message="Whoever drafted the rule book cannot publish it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class RoundState(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    ANNOUNCED = "announced", "Announced"
    OPEN = "open", "Open for requests"
    CLAIMS = "claims", "Lists closed; facts may be corrected"
    FROZEN = "frozen", "Frozen"
    DRAWN = "drawn", "Lottery revealed"
    SOLVED = "solved", "Computed, before the board"
    ACCEPTED = "accepted", "Accepted, to be signed"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


_S = RoundState


class Round(models.Model):
    """One round of transfers, from its announcement to the last appeal."""

    TRANSITIONS = {
        _S.DRAFT: {_S.ANNOUNCED, _S.CANCELLED},
        _S.ANNOUNCED: {_S.OPEN, _S.CANCELLED},
        _S.OPEN: {_S.CLAIMS, _S.CANCELLED},
        _S.CLAIMS: {_S.FROZEN, _S.CANCELLED},
        _S.FROZEN: {_S.DRAWN, _S.CANCELLED},
        _S.DRAWN: {_S.SOLVED, _S.CANCELLED},
        _S.SOLVED: {_S.ACCEPTED, _S.CANCELLED},
        _S.ACCEPTED: {_S.PUBLISHED, _S.SOLVED, _S.CANCELLED},
        _S.PUBLISHED: {_S.CLOSED},
        _S.CLOSED: set(),
        _S.CANCELLED: set(),
    }
    PENS = {
        _S.DRAFT: "HR officer of the service",
        _S.ANNOUNCED: "HR officer of the service, by the calendar",
        _S.OPEN: "officers",
        _S.CLAIMS: "officers and HR officers",
        _S.FROZEN: "bodies that committed to the lottery",
        _S.DRAWN: "HR officer of the service",
        _S.SOLVED: "board",
        _S.ACCEPTED: "issuing authority",
        _S.PUBLISHED: "appeal panel",
        _S.CLOSED: "nobody",
        _S.CANCELLED: "nobody",
    }

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=30, unique=True)  # such as 2027-q1
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    rule_book = models.ForeignKey(RuleBook, on_delete=models.PROTECT, related_name="rounds")
    ranks = models.ManyToManyField(Rank, related_name="+")  # one market for each
    seats_source = models.CharField(max_length=200)  # the working strength, or the paper of an approved seat table

    opens_on = models.DateField()
    closes_on = models.DateField()
    claims_until = models.DateField()
    draw_on = models.DateField()
    report_by = models.DateField()
    appeals_until = models.DateField()
    public_draw = models.CharField(max_length=200)  # the later draw whose numbers enter the seed, named beforehand
    public_draw_result = models.CharField(max_length=200, blank=True)

    secret = EncryptedTextField(blank=True)  # of the pseudonyms and the salts; kept as long as the round
    problem = models.FileField(upload_to="rounds/", blank=True)  # canonical lines as frozen
    problem_sha256 = models.CharField(max_length=64, blank=True)
    problem_root = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    feasibility = models.JSONField(null=True, blank=True)  # the proof, or the set that makes it impossible
    seed = models.CharField(max_length=64, blank=True)

    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    board_minutes = models.TextField(blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=models.F("opens_on"))
                & Q(claims_until__gte=models.F("closes_on"))
                & Q(draw_on__gt=models.F("claims_until"))
                & Q(report_by__gt=models.F("draw_on"))
                & Q(appeals_until__gt=models.F("draw_on")),
                name="transfers_round_calendar_in_order",
                violation_error_message="The calendar is not in order: opens, closes, claims, draw, then report and appeals.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SeatLine(models.Model):
    """Seats of a class of post (unit, rank, skill) where an approved table says so; elsewhere the working strength counts."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seat_lines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seats = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "rank", "skill"],
                condition=Q(skill__isnull=False),
                name="transfers_seat_line_once",
            ),
            models.UniqueConstraint(
                fields=["round", "unit", "rank"], condition=Q(skill__isnull=True), name="transfers_plain_seat_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats}"


class LotteryCommitment(models.Model):
    """The digest of a secret number that a body laid down before the lists closed, and later the number itself."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="commitments")
    body = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=128, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["body"]
        constraints = [models.UniqueConstraint(fields=["round", "body"], name="transfers_commitment_once")]

    def __str__(self) -> str:
        return self.body


class Standing(models.TextChoices):
    VOLUNTEER = "volunteer", "Asked to move"
    DUE = "due", "Must move: longer at the station than the rule allows"


class Participation(models.Model):
    """An officer in a round: the facts as frozen, the points item by item, and a pseudonym fixed before the seed."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participations")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="participations")
    pseudonym = models.CharField(max_length=20)
    standing = models.CharField(max_length=9, choices=Standing)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    points = models.PositiveIntegerField()  # the most for any place; items say which count where
    items = models.JSONField(default=list)  # as frozen: code, value, places it counts for, what it rests on
    release = models.IntegerField(default=0)  # lower is held back first where a floor binds

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "officer"], name="transfers_participation_once"),
            models.UniqueConstraint(fields=["round", "pseudonym"], name="transfers_pseudonym_once"),
        ]
        indexes = [models.Index(fields=["round", "rank", "pseudonym"])]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def ticket(self) -> str:
        """The lottery ticket under the round's seed; empty before the draw."""
        return lottery.ticket(self.round.seed, self.pseudonym) if self.round.seed else ""


class RunKind(models.TextChoices):
    OFFICIAL = "official", "The round's own"
    SHADOW = "shadow", "Second mechanism, for comparison"
    TRIAL = "trial", "What if"
    APPEAL = "appeal", "With a corrected fact"


class RoundRun(models.Model):
    """One computation over the frozen problem. Trials and reruns are seen by those who may make them, and nobody else."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=8, choices=RunKind)
    label = models.CharField(max_length=160)
    changes = models.JSONField(default=dict)  # what differs from the rule book, or which fact was corrected
    result = models.FileField(upload_to="rounds/", blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(null=True, blank=True)
    passes = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind"],
                condition=Q(kind__in=["official", "shadow"]),
                name="transfers_one_official_run",
                violation_error_message="This round has been computed already.",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Award(models.Model):
    """What a round gave an officer: a place, or the own one kept, with the reason and the answer to "why not me?"."""

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="award")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # null: stays
    to_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    choice = models.PositiveSmallIntegerField(null=True, blank=True)  # which of the places asked for
    reason_code = models.CharField(max_length=40)
    explanation = models.JSONField(default=dict)  # place by place; the shape is transfers.explanations'
    is_held = models.BooleanField(default=False)  # by a floor; the explanation says which
    varied_to = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    varied_skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_varied = models.BooleanField(default=False)
    variation_reason = models.TextField(blank=True)  # published with the result
    varied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    varied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_varied=False, varied_by__isnull=True)
                | (Q(is_varied=True, varied_by__isnull=False) & ~Q(variation_reason="")),
                name="transfers_varied_with_reason",
                violation_error_message="A varied award carries the reason, which is published, and who varied it.",
            )
        ]
        indexes = [
            models.Index(fields=["participation"], condition=Q(is_varied=True), name="transfers_award_varied"),
            models.Index(fields=["participation"], condition=Q(is_held=True), name="transfers_award_held"),
        ]

    def __str__(self) -> str:
        return f"award {self.ref}"

    @property
    def goes_to(self) -> Unit | None:
        """Where the officer goes in the end, the board's variation before the computation; None: stays."""
        return self.varied_to if self.is_varied else self.to_unit

    @property
    def goes_as(self) -> Skill | None:
        """The skill of the post there."""
        return self.varied_skill if self.is_varied else self.to_skill


class RoundFigure(models.Model):
    """A line of a board's page, counted whenever the awards change, so that no reading counts them again.

    `part` and the meaning of `numbers` are those of `transfers.queries.board_figures`.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="figures")
    part = models.CharField(max_length=10)
    code = models.CharField(max_length=120, blank=True)  # outcome, rank, sex, service, command or class of post
    position = models.PositiveIntegerField()
    numbers = models.JSONField()

    class Meta:
        ordering = ["part", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "part", "code"], name="transfers_round_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.code}"


class Certificate(models.Model):
    """What anyone may check (public tier) and what the Commission, the oversight authority and courts hold (sealed tier)."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="certificate")
    public = models.FileField(upload_to="rounds/")
    sealed = models.FileField(upload_to="rounds/")
    leaves = models.FileField(upload_to="rounds/", blank=True)  # every officer's own file, in one archive
    root = models.CharField(max_length=64)
    public_sha256 = models.CharField(max_length=64)
    sealed_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.root
