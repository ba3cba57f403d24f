"""One officer in one round, before the freeze: the points he or she would have now, item by item, and what each rests on.

The same rules and the same scoring as the freeze, over the officer's own rows alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deployment.models import Posting, PostingKind
from personnel.models import Officer
from transfers.freezing.people import LeftOut, Taking, taking_part
from transfers.freezing.reading import read_one
from transfers.freezing.rows import Record
from transfers.models import (
    Checked,
    Redress,
    RequestedPlace,
    RequestGround,
    RequestState,
    Round,
    TransferKind,
    TransferRequest,
)
from transfers.points import Item
from transfers.queries.redress import priority_of
from transfers.rulebook import PointRule, Rules, read
from transfers.scoring import items

OPEN = (RequestState.DRAFT, RequestState.ADVICE, RequestState.DECISION, RequestState.POOLED)


@dataclass(frozen=True)
class ItemShown:
    """One rule of points, what it gives the officer now, and where."""

    rule: PointRule
    points: int
    counties: tuple[str, ...]  # codes where it counts; none: everywhere
    is_unchecked: bool  # a ground was named and nobody has checked it against papers yet


@dataclass(frozen=True)
class PlaceShown:
    """A place asked for, with the points there."""

    place: RequestedPlace
    points: int


@dataclass(frozen=True)
class Standing:
    """Where an officer stands in a round before the freeze."""

    request: TransferRequest | None
    posting: Posting | None
    months: int
    due: bool
    left_out: str  # code, where he or she would take no part
    items: list[ItemShown]
    places: list[PlaceShown]
    minimum: int
    maximum: int
    first: tuple[str, ...]  # grounds by which he or she comes before points
    priority: Redress | None  # owed after an upheld appeal, and not counted by a round yet


def request_of(officer: Officer) -> TransferRequest | None:
    """The officer's own open request that goes, or would go, into a round."""
    return (
        TransferRequest.objects.filter(officer=officer, kind=TransferKind.REQUEST, is_protected=False, state__in=OPEN)
        .select_related("round")
        .order_by("-created_at")
        .first()
    )


def standing_of(officer: Officer, round: Round, *, on: date) -> Standing:
    """Points, due or not, and what would leave the officer out, by the rules of the round and the record of today."""
    rules, request = read(round.rule_book.content), request_of(officer)
    record = read_one(round, officer, request, on=on)
    taking, left = taking_part(record, rules)
    mine = taking[0] if taking else None
    posting = _posting(officer, on)
    places = list(request.places.select_related("unit__county")) if request else []
    lines = _items(mine, rules) if mine else []
    return Standing(
        request=request,
        posting=posting,
        months=mine.months if mine else 0,
        due=mine.must_move if mine else False,
        left_out=_reason(left),
        items=_shown(mine, rules, lines, request) if mine else [],
        places=[PlaceShown(each, _at(each.unit.county.code if each.unit.county else "", lines)) for each in places],
        minimum=rules.minimum_months,
        maximum=_limit(record, officer, rules),
        first=tuple(each for each in rules.statutory if mine and each in mine.facts.grounds),
        priority=priority_of(officer),
    )


def _reason(left: Sequence[LeftOut]) -> str:
    return left[0].reason if left else ""


def _limit(record: Record, officer: Officer, rules: Rules) -> int:
    return record.tenure_limit.get(officer.unit_id or 0, rules.maximum_months)


def _posting(officer: Officer, on: date) -> Posting | None:
    held = Posting.objects.in_force(on).filter(officer=officer, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
    return held.select_related("unit").first()


def _items(mine: Taking, rules: Rules) -> list[Item]:
    """Items with counties in place of the nodes that a freeze would name."""
    counties = {code for codes in mine.facts.counties.values() for code in codes}
    return items(mine.facts, rules, {code: (code,) for code in counties})


def _at(county: str, lines: Sequence[Item]) -> int:
    return sum(each.points for each in lines if not each.only or county in each.only)


def _shown(mine: Taking, rules: Rules, lines: Sequence[Item], request: TransferRequest | None) -> list[ItemShown]:
    by_code = {each.code: each for each in lines}
    waiting = set(
        RequestGround.objects.filter(request=request, checked=Checked.UNVERIFIED).values_list("ground__code", flat=True)
        if request
        else ()
    )
    found = []
    for rule in rules.points:
        line = by_code.get(rule.code)
        unchecked = rule.ground in waiting
        found.append(ItemShown(rule, line.points if line else 0, line.only if line else (), unchecked))
    return found
