"""What may be told of a round's result: counts, moves by county and rank, and differences with small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, QuerySet, When

from deployment.models import OrderState, PostingOrder
from organisation.models import Unit
from transfers.models import Award, Round, RuleCode
from transfers.queries import rules
from transfers.queries.restricted import restricted_codes

# Why no order can carry out an award any more.
LEFT, ORDERED, MOVED, CLOSED = "left-service", "open-order", "moved-since", "unit-closed"
SEXES = {"F": "women", "M": "men"}


def by_sex(awards: Iterable[Award], *, on: date) -> list[dict[str, Any]]:
    """Participants and moves of women and of men; of neither where one group is small: the other would give it away."""
    least = rules.value(RuleCode.SMALL_GROUP, on)
    taking, moving = Counter[str](), Counter[str]()
    for award in awards:
        group = SEXES.get(award.participation.officer.sex)
        if group is None:
            continue
        taking[group] += 1
        unit = award.varied_to_id if award.is_varied else award.to_unit_id
        moving[group] += unit is not None and unit != award.participation.from_unit_id
    small = any(0 < count < least for group in taking for count in (moving[group], taking[group] - moving[group]))
    if small or any(count < least for count in taking.values()):
        return []
    return [{"group": group, "participants": taking[group], "moved": moving[group]} for group in sorted(taking)]


def destination(award: Award) -> Unit | None:
    """Where the officer goes; None where he or she stays."""
    unit = award.varied_to if award.is_varied else award.to_unit
    return None if unit is None or unit.pk == award.participation.from_unit_id else unit


def impossible(awards: Iterable[Award], *, on: date) -> list[tuple[Award, str]]:
    """Awards of a move that no order can carry out any more, each with its code."""
    open_orders = set(
        PostingOrder.objects.filter(state__in=(OrderState.ISSUED, OrderState.DEPARTED)).values_list(
            "officer", flat=True
        )
    )
    found = []
    for award in awards:
        unit, officer = destination(award), award.participation.officer
        if unit is None:
            continue
        if officer.exited_on is not None:
            found.append((award, LEFT))
        elif officer.pk in open_orders:
            found.append((award, ORDERED))
        elif officer.unit_id != award.participation.from_unit_id:
            found.append((award, MOVED))
        elif unit.closed_on is not None and unit.closed_on <= on:
            found.append((award, CLOSED))
    return found


def first_day_to_report(on: date) -> date:
    """The first day on which an order of today may ask somebody to report."""
    return on + timedelta(days=rules.value(RuleCode.NOTICE_DAYS, on))


def moves(round: Round) -> QuerySet[Award]:
    """Who moves, under references, by county and rank."""
    taken = Award.objects.filter(participation__round=round).annotate(
        going=Case(When(is_varied=True, then=F("varied_to")), default=F("to_unit"))
    )
    return (
        taken.filter(going__isnull=False)
        .exclude(going=F("participation__from_unit"))
        .select_related(
            "participation__rank", "participation__from_unit__county", "to_unit__county", "varied_to__county"
        )
        .order_by("participation__rank__order", "participation__pseudonym")
    )


@dataclass(frozen=True)
class Told:
    """A move as it is told outside the service: counties; nothing where the unit is restricted or in no county."""

    reference: str
    rank: str
    left: str
    taken: str
    is_varied: bool


def without_places(awards: Iterable[Award], *, on: date) -> list[Told]:
    """The moves with counties in place of units."""
    hidden = restricted_codes(on)

    def county(unit: Unit | None) -> str:
        return unit.county.name if unit and unit.county and unit.code not in hidden else ""

    return [
        Told(
            each.participation.pseudonym, str(each.participation.rank), county(each.participation.from_unit),
            county(each.goes_to), each.is_varied,
        )
        for each in awards
    ]  # fmt: skip
