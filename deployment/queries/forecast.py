"""What the forecast rests on: who is here, when they leave by rule or contract, and who left in past years."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from deployment.forecast import YEARS, years_ahead
from deployment.models import DeploymentRule, Posting, PostingKind, RuleCode
from organisation.models import Rank, Unit
from organisation.queries import below
from personnel.models import ExitReason, Officer, RetirementRule
from personnel.queries import retirement_rules, retiring_until

KNOWN = (ExitReason.RETIREMENT, ExitReason.CONTRACT_END, ExitReason.ENTERED_IN_ERROR)


def serving(unit: Unit, *, on: date) -> QuerySet[Officer]:
    """Members posted in the area today."""
    return Officer.objects.filter(unit__in=below([unit.pk], on), exited_on__isnull=True)


def leaving(unit: Unit, kind: str, *, years: int, on: date) -> QuerySet[Officer]:
    """Members of the area who leave within so many years: by the retirement rule, or earlier by the end of a contract.

    `kind` is "retirement" or "contract"; nobody is in both.
    """
    until = years_ahead(on, years)
    ending = Q(contract_ends_on__isnull=False, contract_ends_on__lte=until)
    people = serving(unit, on=on)
    if kind == "contract":
        return people.filter(ending)
    return people.filter(retiring_until(until, retirement_rules())).exclude(ending)


def counts_ahead(unit: Unit, kind: str, *, on: date) -> dict[int, list[int]]:
    """By rank, how many leave within one to five years. Five statements, whatever the size."""
    found: dict[int, list[int]] = {}
    for index, years in enumerate(YEARS):
        rows = (
            leaving(unit, kind, years=years, on=on)
            .filter(rank__isnull=False)
            .values("rank")
            .annotate(number=Count("pk"))
        )
        for row in rows.order_by():
            found.setdefault(row["rank"], [0] * len(YEARS))[index] = row["number"]
    return found


def other_exits(unit: Unit, *, on: date, years_back: int) -> dict[int, int]:
    """By rank, who left the area in the years looked back for other reasons than retirement and ends of contracts.

    The area is that of the last posting: it ended on the day of the exit.
    """
    since = years_ahead(on, -years_back)
    rows = (
        Posting.objects.filter(
            unit__in=below([unit.pk], on),
            kind=PostingKind.SUBSTANTIVE,
            voided_at__isnull=True,
            officer__exited_on__gt=since,
            officer__exited_on__lte=on,
            ends_on=F("officer__exited_on"),
            officer__rank__isnull=False,
        )
        .exclude(officer__exit_reason__in=KNOWN)
        .values("officer__rank")
        .annotate(number=Count("officer", distinct=True))
    )
    return {row["officer__rank"]: row["number"] for row in rows.order_by()}


def years_looked_back(on: date) -> DeploymentRule | None:
    """The rule that says over how many years other exits are averaged."""
    return DeploymentRule.objects.in_force(on).filter(code=RuleCode.FORECAST_YEARS).first()


def rules_shown(on: date) -> list[RetirementRule]:
    """The retirement rules in force, as the method names them."""
    return list(RetirementRule.objects.in_force(on).select_related("rank").order_by("member", "rank__order"))


def ranks() -> list[Rank]:
    return list(Rank.objects.all())


def listed(people: QuerySet[Officer]) -> Any:
    """The list behind a number."""
    return people.select_related("rank", "unit").order_by("born_on", "service_number")
