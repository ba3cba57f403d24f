"""Where a transfer could go: the places asked for, in order, each with its free posts; and the plan of a bulk approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from deployment.models import Duty, Posting, PostingKind
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure
from transfers.models import RequestedPlace, RequestState, Stop, TransferRequest
from transfers.moves import Line, Move
from transfers.queries import chain
from transfers.queries.stop_facts import into_home_county
from transfers.queries.strength import Strength, strength_of

MOST_BELOW = 5  # units offered of a command of which any station was asked for
STATION_TYPES = ("station", "post", "patrol-base", "company", "formation", "training", "office", "headquarters")


@dataclass(frozen=True)
class Option:
    """One unit that a transfer could go to."""

    unit: Unit
    position: int  # on the list of the officer; 0 where it was proposed
    free: int | None
    in_home_county: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it has a free post, or no establishment says how many there are."""
        return self.free is None or self.free > 0


def options_of(requests: Iterable[TransferRequest], *, on: date) -> dict[int, list[Option]]:
    """The units that fit each of many transfers, in the officer's order. Five queries, however many there are."""
    rows = list(requests)
    places: dict[int, list[RequestedPlace]] = {}
    for place in RequestedPlace.objects.filter(request__in=[each.pk for each in rows]).select_related("unit"):
        places.setdefault(place.request_id, []).append(place)
    below = _stations_below([place.unit_id for found in places.values() for place in found if place.any_below], on)
    units = {unit.pk for found in below.values() for unit in found}
    units |= {place.unit_id for found in places.values() for place in found}
    units |= {each.to_unit_id for each in rows if each.to_unit_id}
    strength = strength_of(units, on=on)
    return {each.pk: _options(each, places.get(each.pk, []), below, strength) for each in rows}


def _stations_below(commands: list[int], on: date) -> dict[int, list[Unit]]:
    found: dict[int, list[Unit]] = {}
    if not commands:
        return found
    links = UnitClosure.objects.filter(in_force(on), ancestor__in=commands, descendant__type__in=STATION_TYPES)
    for link in links.select_related("descendant").order_by("descendant__code"):
        if link.descendant.closed_on is None or link.descendant.closed_on > on:
            found.setdefault(link.ancestor_id, []).append(link.descendant)
    return found


def _options(
    request: TransferRequest, places: list[RequestedPlace], below: dict[int, list[Unit]], strength: Strength
) -> list[Option]:
    found: dict[int, Option] = {}
    if request.to_unit is not None:
        _offer(found, request, request.to_unit, 0, strength)
    for place in places:
        if not place.any_below:
            _offer(found, request, place.unit, place.position, strength)
            continue
        inside = sorted(
            below.get(place.unit_id, []), key=lambda unit: (-(_free(strength, request, unit) or 0), unit.code)
        )
        for unit in inside[:MOST_BELOW]:
            _offer(found, request, unit, place.position, strength)
    return list(found.values())


def _offer(found: dict[int, Option], request: TransferRequest, unit: Unit, position: int, strength: Strength) -> None:
    if unit.pk == request.from_unit_id or unit.pk in found:
        return
    home = bool(into_home_county(request.officer, unit))
    found[unit.pk] = Option(unit, position, _free(strength, request, unit), home)


def _free(strength: Strength, request: TransferRequest, unit: Unit) -> int | None:
    rank: Any = request.post_rank or request.rank or request.officer.rank
    return strength.free(unit.pk, rank.pk, request.post_skill_id) if rank else None


@dataclass(frozen=True)
class Planned:
    """One row of a bulk decision as previewed: what would be done, or why it would be skipped."""

    request: TransferRequest
    move: Move | None = None
    skipped: str = ""

    @property
    def line(self) -> Line:
        """What the action is given."""
        return Line(self.request, self.move)


def plan(
    requests: Iterable[TransferRequest], *, holder: Any, approve: bool, report_by: date | None, on: date
) -> list[Planned]:
    """What a bulk decision would do with each transfer. Each free post is given once; nobody is sent to a full unit in bulk."""
    rows = list(requests)
    held = _held([each.pk for each in rows])
    options = options_of(rows, on=on) if approve else {}
    duties = _duties([each.officer_id for each in rows], on) if approve else {}
    given: Counter[tuple[int, Any]] = Counter()
    planned = []
    for each in rows:
        why = _why_not(each, holder, held.get(each.pk, []), approve=approve, on=on)
        move = None
        if approve and not why:
            move = _move(each, options[each.pk], duties, given, report_by)
            why = "" if move else _("none of the places asked for has a free post outside the home county")
        planned.append(Planned(each, move, why))
    return planned


def _held(requests: list[int]) -> dict[int, list[Stop]]:
    found: dict[int, list[Stop]] = {}
    for stop in Stop.objects.filter(request__in=requests, lifted_at__isnull=True, gone_at__isnull=True):
        found.setdefault(stop.request_id, []).append(stop)
    return found


def _duties(officers: list[int], on: date) -> dict[int, Duty]:
    """What each does now: a bulk decision keeps it."""
    held = Posting.objects.in_force(on).filter(
        officer__in=officers, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True
    )
    return {each.officer_id: each.duty for each in held.select_related("duty")}


def _why_not(request: TransferRequest, holder: Any, held: list[Stop], *, approve: bool, on: date) -> str:
    if request.state != RequestState.DECISION:
        return _("it does not wait for a decision")
    if request.kind == "exchange":
        return _("an exchange is decided by itself")
    if not chain.holds_pen(holder, request, on=on):
        return _("%(name)s does not hold the pen for it") % {"name": holder.full_name}
    # The place decides over these two, and the plan chooses the place.
    standing = [each for each in held if each.code not in ("over-strength", "home-area")]
    if approve and standing:
        return "; ".join(each.message for each in standing)
    return "; ".join(each.message for each in held if each.code == "frozen")


def _move(
    request: TransferRequest,
    options: list[Option],
    duties: dict[int, Duty],
    given: Counter[tuple[int, Any]],
    report_by: date | None,
) -> Move | None:
    rank = request.post_rank or request.rank or request.officer.rank
    duty = request.duty or duties.get(request.officer_id)
    if rank is None or duty is None or report_by is None:
        return None
    for option in options:
        line = (option.unit.pk, (rank.pk, request.post_skill_id))
        if option.in_home_county or (option.free is not None and option.free <= given[line]):
            continue
        given[line] += 1
        return Move(option.unit, duty, rank, request.report_by or report_by, request.post_skill)
    return None
