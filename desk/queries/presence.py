"""Of those posted to a unit and below it: who is there to work, and how far the stations themselves have said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from deployment.models import RuleCode
from deployment.queries.viewed import rules_on
from deployment.strength import Question, confirmations
from deployment.strength.confirmations import Confirmed
from deployment.strength.people import elsewhere
from organisation.models import Unit


@dataclass(frozen=True)
class Presence:
    """Away, attached from elsewhere, and the officers whose stations found them here."""

    away: int
    attached: int
    confirmed: Confirmed


def presence_of(unit: Unit, *, on: date, today: date) -> Presence:
    """Who of the posted is there on the day; three statements, whatever the size."""
    question = Question(
        unit=unit.pk, on=on, baseline="working", today=today, whole_service=unit.type == "service",
        overdue_before=on - timedelta(days=1), overdue_before_in_operations=on - timedelta(days=1),
    )  # fmt: skip
    away, attached = elsewhere(question)
    stale_days = rules_on(on).value(RuleCode.CONFIRMATION_DAYS, 45)
    confirmed = confirmations.confirmations(question, stale_days=stale_days)
    return Presence(away, attached, sum(confirmed.values(), Confirmed()))
