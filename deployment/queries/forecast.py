"""What the forecast rests on: who is here, when they leave by rule or contract, and who left in past years."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from deployment.forecast import YEARS, years_ahead
from deployment.models import DeploymentRule, Posting, PostingKind, RuleCode
from deployment.strength import sides
from organisation.models import Rank, Unit, UnitType
from organisation.queries import below
from personnel.models import ExitReason, Member, Officer, RetirementRule
from personnel.queries import retirement_rules, retiring_until
from personnel.retirement import Rule

KNOWN = (ExitReason.RETIREMENT, ExitReason.CONTRACT_END, ExitReason.ENTERED_IN_ERROR)


def serving(unit: Unit, *, on: date) -> QuerySet[Officer]:
    """Officers posted in the area today; a civilian member's leaving makes no police post vacant."""
    inside = Q(unit__isnull=False) if unit.type == UnitType.SERVICE else Q(unit__in=below([unit.pk], on))
    return Officer.objects.filter(inside, exited_on__isnull=True, member=Member.OFFICER)


def _leaves(kind: str, years: int, on: date, rules: list[Rule]) -> Q:
    """Who leaves within so many years: by the end of a contract, else by the retirement rule; nobody is in both."""
    until = years_ahead(on, years)
    if kind == "contract":
        return Q(contract_ends_on__lte=until)
    return retiring_until(until, rules) & (Q(contract_ends_on__isnull=True) | Q(contract_ends_on__gt=until))


def posts_by_rank(unit: Unit, *, baseline: str, on: date) -> dict[int, tuple[int, int, int]]:
    """By rank of the posts: authorised posts, holders, vacancies."""
    found: dict[int, tuple[int, int, int]] = {}
    for side in sides(unit, on=on):
        if side.baseline == baseline:
            posts, posted, vacant = found.get(side.rank, (0, 0, 0))
            found[side.rank] = (posts + side.posts, posted + side.posted, vacant + side.vacant)
    return found


def leaving(unit: Unit, kind: str, *, years: int, on: date) -> QuerySet[Officer]:
    """Members of the area who leave within so many years; `kind` is "retirement" or "contract"."""
    return serving(unit, on=on).filter(_leaves(kind, years, on, retirement_rules()))


def counts_ahead(unit: Unit, kind: str, *, on: date) -> dict[int, list[int]]:
    """By rank, how many leave within one to five years. One statement, whatever the size."""
    rules = retirement_rules()
    counts = {f"within_{years}": Count("pk", filter=_leaves(kind, years, on, rules)) for years in YEARS}
    last = years_ahead(on, YEARS[-1])
    candidates = Q(contract_ends_on__lte=last) if kind == "contract" else retiring_until(last, rules)
    people = serving(unit, on=on).filter(candidates, rank__isnull=False)
    rows = people.order_by().values_list("rank").annotate(**counts)
    return {rank: list(numbers) for rank, *numbers in rows}


def other_exits(unit: Unit, *, on: date, years_back: int) -> dict[int, int]:
    """By rank, who left the area in the years looked back for other reasons than retirement and ends of contracts.

    The area is that of the last posting: it ended on the day of the exit.
    """
    since = years_ahead(on, -years_back)
    inside = Q() if unit.type == UnitType.SERVICE else Q(unit__in=below([unit.pk], on))
    rows = (
        Posting.objects.filter(
            inside,
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
