"""The rank-mix check of an area, with the rules that say what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from deployment.models import DeploymentRule, RuleCode
from deployment.queries.viewed import Rules
from deployment.strength import Question
from deployment.strength.rank_mix import (
    MANY_NCOS,
    RUN_BY_JUNIORS,
    MixedStation,
    MixTotals,
    flagged_stations,
    mix_totals,
)
from organisation.models import Rank

KINDS = (RUN_BY_JUNIORS, MANY_NCOS)
LOWEST, ALWAYS = 14, 100  # what flags nobody's rank, and more NCOs than constables, where no rule is in force


@dataclass(frozen=True)
class Asked:
    """A question and the two limits it is checked against."""

    question: Question
    head: int
    percent: int


def asked(question: Question, rules: Rules) -> Asked:
    """The question with the rules in force on its day."""
    return Asked(question, rules.value(RuleCode.HEAD_OF_STATION, LOWEST), rules.value(RuleCode.NCO_SHARE, ALWAYS))


def totals(what: Asked) -> MixTotals:
    """How many stations there are and how many each check flags."""
    return mix_totals(what.question, head=what.head, percent=what.percent)


def rows(what: Asked, kind: str, *, first: int = 0, number: int | None = None) -> list[MixedStation]:
    """The stations that a check flags, by code."""
    return flagged_stations(what.question, kind, head=what.head, percent=what.percent, first=first, number=number)


def rules_shown(rules: Rules) -> list[DeploymentRule]:
    """The rows behind the two checks, for the foot of the page."""
    return [rules.rows[code] for code in (RuleCode.HEAD_OF_STATION, RuleCode.NCO_SHARE) if code in rules.rows]


def rank_names() -> dict[int | None, str]:
    """Rank names by their order; nobody there has none."""
    return {each.order: str(each) for each in Rank.objects.all()}
