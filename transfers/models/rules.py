"""What decides about a transfer, as dated rows with their legal basis: limits, school terms, grounds, approvers, exemptions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from deployment.models import Duty
from hcims.dated_rules import DatedRule, one_in_force
from hcims.periods import Period
from hcims.references import new_reference
from organisation.models import Rank, Skill, Unit, UnitType
from organisation.models.catalogue import Named


class TransferKind(models.TextChoices):
    """Why a transfer is on the table at all."""

    REQUEST = "request", "Officer's own request"
    EXCHANGE = "exchange", "Mutual exchange"
    COMPASSIONATE = "compassionate", "Compassionate"
    EMERGENCY = "emergency", "Emergency: safety of an officer or of the public"
    SERVICE_NEED = "service-need", "Need of the service"
    ROTATION = "rotation", "Rotation: longer at the station than the rule allows"
    WITHIN_COMMAND = "within-command", "Deployment within a command"


class RuleCode(models.TextChoices):
    MOVES = "moves-maximum", "Moves of one officer within the period below"
    MOVES_MONTHS = "moves-period-months", "Period over which moves are counted (months)"
    NOTICE_DAYS = "notice-days", "Days between an order and the day to report"
    DEFER_DAYS = "defer-days-maximum", "Longest deferment of the day to report (days)"
    RELEASE_DAYS = "release-days", "Days in which the losing unit releases or says why not"
    REVIEW_DAYS = "emergency-review-days", "Days in which an emergency move is reviewed"
    APPEAL_DAYS = "appeal-days", "Days to appeal after a decision"
    APPEAL_ANSWER_DAYS = "appeal-answer-days", "Days in which an appeal is answered"
    DUE_AHEAD = "due-ahead-months", "How far ahead the list of who is due looks (months)"
    HARDSHIP_MONTHS = "hardship-rotation-months", "Time in a hardship area after which a rotation is due (months)"
    RETIREMENT_CHOICE = (
        "retirement-choice-months",
        "Time before retirement from which the county may be chosen (months)",
    )
    WAITING_DAYS = "waiting-days", "Days a request may wait with one person before it counts as stuck"
    SMALL_GROUP = "small-group", "Groups smaller than this are hidden on public pages"


class TransferRule(DatedRule):
    """The value of one rule while it is in force."""

    code = models.CharField(max_length=40, choices=RuleCode)

    class Meta(DatedRule.Meta):
        constraints = [*DatedRule.Meta.constraints, one_in_force("transfers_rule_one_in_force")]


class SchoolTerm(Period):
    """A term of the school calendar; a move inside one needs an answer about the family."""

    name = models.CharField(max_length=60, unique=True)
    source = models.CharField(max_length=200)
    is_confirmed = models.BooleanField(default=False)

    class Meta(Period.Meta):
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.name


class Ground(Named):
    """A reason that a request may name. Personal grounds are seen by commanders as "verified personal ground" alone."""

    code = models.CharField(max_length=30, unique=True)
    is_personal = models.BooleanField(default=False)
    # Safety, harassment, retaliation: goes to the named authority, and the officer's line never sees the request.
    is_protected = models.BooleanField(default=False)
    needs_evidence = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "code"]


class Stage(models.TextChoices):
    """What a step in the chain of approval is for."""

    ADVICE = "advice", "Advises"
    DECISION = "decision", "Decides"
    REVIEW = "review", "Reviews afterwards"
    PROTECTED = "protected", "Decides on protected requests"
    RELEASE = "release", "Decides on a refused release"


class Side(models.TextChoices):
    LOSING = "losing", "of the unit the officer leaves"
    GAINING = "gaining", "of the unit the officer goes to"


class ApprovalStep(Period):
    """Who has a say on which transfers, by rank: dated, on a legal basis, and frozen where a court has frozen it.

    Ranks are bounded by their order (1 is the Inspector General). `role` is held at the nearest unit of type `at_type`
    above the unit of `side`; an empty `at_type` means anywhere above it.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=60)  # the same in each version of the step
    kind = models.CharField(max_length=20, choices=TransferKind)
    stage = models.CharField(max_length=10, choices=Stage)
    sequence = models.PositiveSmallIntegerField()
    highest_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    lowest_rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at_type = models.CharField(max_length=14, choices=UnitType, blank=True)
    side = models.CharField(max_length=7, choices=Side, default=Side.LOSING)
    authority = models.CharField(max_length=200)  # in whose name it is done
    legal_basis = models.CharField(max_length=300)
    is_frozen = models.BooleanField(default=False)
    frozen_why = models.CharField(max_length=300, blank=True)

    class Meta(Period.Meta):
        ordering = ["kind", "stage", "sequence"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_frozen=False) | ~Q(frozen_why=""),
                name="transfers_step_frozen_with_reason",
                violation_error_message="Say which order or judgment freezes this step.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(ends_on__isnull=True),
                name="transfers_step_one_in_force",
                violation_error_message="One version of this step is in force; end it before entering the next.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.authority}"


class TenureExemption(Period):
    """Whom the limit of tenure does not count for: holders of a skill, a duty, a unit or a type of unit."""

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_type = models.CharField(max_length=14, choices=UnitType, blank=True)
    code = models.SlugField(max_length=40)
    reason = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)

    class Meta(Period.Meta):
        ordering = ["-starts_on"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(skill__isnull=False) | Q(duty__isnull=False) | Q(unit__isnull=False) | ~Q(unit_type=""),
                name="transfers_exemption_names_whom",
                violation_error_message="Name the skill, duty, unit or type of unit that is exempt.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(ends_on__isnull=True),
                name="transfers_exemption_one_in_force",
                violation_error_message="One version of this exemption is in force; end it before entering the next.",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
