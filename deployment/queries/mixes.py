"""The rank-mix check of an area, with the rules that say what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from deployment.models import DeploymentRule, RuleCode
from deployment.queries.viewed import Rules
from deployment.strength import Question
from deployment.strength.rank_mix import (
    MANY_NCOS,
    RUN_BY_JUNIORS,
    Limits,
    MixedStation,
    MixTotals,
    flagged_stations,
    mix_totals,
)
from organisation.models import Rank

KINDS = (RUN_BY_JUNIORS, MANY_NCOS)
SHOWN = (RuleCode.HEAD_OF_STATION, RuleCode.HEAD_OF_POST, RuleCode.NCO_SHARE)
LOWEST, ALWAYS = 14, 100  # what flags nobody's rank, and more NCOs than constables, where no rule is in force


@dataclass(frozen=True)
class Asked:
    """A question and the limits it is checked against."""

    question: Question
    limits: Limits


def asked(question: Question, rules: Rules) -> Asked:
    """The question with the rules in force on its day."""
    return Asked(
        question,
        Limits(
            station_head=rules.value(RuleCode.HEAD_OF_STATION, LOWEST),
            post_head=rules.value(RuleCode.HEAD_OF_POST, LOWEST),
            percent=rules.value(RuleCode.NCO_SHARE, ALWAYS),
        ),
    )


def totals(what: Asked) -> MixTotals:
    """How many stations there are and how many each check flags."""
    return mix_totals(what.question, what.limits)


def rows(what: Asked, kind: str, *, first: int = 0, number: int | None = None) -> list[MixedStation]:
    """The stations that a check flags, the worst first."""
    return flagged_stations(what.question, kind, what.limits, first=first, number=number)


def rules_shown(rules: Rules) -> list[tuple[DeploymentRule, str]]:
    """The rows behind the checks, for the foot of the page, each with its value in words."""
    names = rank_names()
    found = [(rules.rows[code], rules.value(code)) for code in SHOWN if code in rules.rows]
    return [
        (row, str(value) if row.code == RuleCode.NCO_SHARE else f"{value}, {names.get(value)}") for row, value in found
    ]


def rank_names() -> dict[int | None, str]:
    """Rank names by their order; nobody there has none."""
    return {each.order: str(each) for each in Rank.objects.all()}
