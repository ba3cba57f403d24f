"""One transfer as a reader is shown it: facts, grounds as far as they are the reader's business, stops, advice, deeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from deployment.queries.tenure import months_between
from transfers import reasons
from transfers.models import (
    Advice,
    Checked,
    Direction,
    RequestedPlace,
    RequestGround,
    RequestState,
    Stage,
    Stop,
    StopCode,
    TransferRequest,
)
from transfers.policies.decisions import is_desk, may_pass_over
from transfers.policies.stops import lift_refused_why
from transfers.queries import chain
from transfers.queries.access import Reading, reading
from transfers.queries.effect import Effect, effects_of
from transfers.queries.queue import needs_review, office_of
from transfers.queries.stop_facts import facts_of, station_since
from transfers.stops import found as causes_of

OF_TIME = frozenset({StopCode.TOO_SOON, StopCode.TOO_MANY})  # stops whose cause comes and goes by the day alone


@dataclass(frozen=True)
class GroundLine:
    """A ground as this reader is shown it; `paper` is the reference of its evidence where the reader may open it."""

    text: str
    checked: str
    detail: str = ""
    paper: str = ""
    to_check: str = ""  # its reference where this reader's desk checks it


@dataclass(frozen=True)
class StopLine:
    """A stop, and whether this reader may lift it, or why not."""

    stop: Stop
    may_lift: bool
    why_not: str = ""
    today: str = (
        ""  # what its cause says on the day of reading, where that is something else than when it was last looked at
    )
    is_over: bool = False  # the cause is gone since: the stop goes with the next step of the transfer


@dataclass(frozen=True)
class Deeds:
    """What this reader may do to the transfer now."""

    advise: bool
    decide: bool
    type_for_holder: bool
    pass_over: bool
    undo: bool
    direct: bool
    review: bool


@dataclass(frozen=True)
class Case:
    """Everything that the page of one transfer shows to one reader."""

    request: TransferRequest
    reading: Reading
    places: list[RequestedPlace]
    grounds: list[GroundLine]
    statement: str
    stops: list[StopLine]
    advice: list[Advice]
    directions: list[Direction]
    effect: Effect
    office: str
    holders: list[User]
    days: int
    months_at_station: int | None
    reason: str
    deeds: Deeds

    @property
    def holding(self) -> list[StopLine]:
        """The stops that it waits for."""
        return [each for each in self.stops if each.stop.holds]

    @property
    def past_stops(self) -> list[StopLine]:
        """The stops that were lifted, or whose cause is gone."""
        return [each for each in self.stops if not each.stop.holds]


def case_of(user: Any, request: TransferRequest, *, on: date) -> Case:
    """What this reader is shown of a transfer that he or she may see."""
    seen = reading(user, request, on=on)
    holders = pen_holders(request, on=on)
    since = station_since(request.officer)
    reason = reasons.of(request.reason_code)
    return Case(
        request=request,
        reading=seen,
        places=list(request.places.select_related("unit")),
        grounds=grounds_of(request, seen),
        statement=request.statement if seen.opens_papers or is_proposal(request) else "",
        stops=_stops(user, request, on),
        advice=list(request.advice.select_related("unit", "advised_by", "typed_by")),
        directions=list(request.directions.select_related("recorded_by")),
        effect=effects_of([request], on=on)[request.pk],
        office=office_of(request),
        holders=holders,
        days=(on - timezone.localdate(request.waits_since)).days if request.waits_since else 0,
        months_at_station=_months(since, on),
        reason=reason.text(get_language() or "en") if reason else "",
        deeds=_deeds(user, request, seen, holders, on),
    )


def pen_holders(request: TransferRequest, *, on: date) -> list[User]:
    """Those who may act at the step where the transfer waits."""
    if request.step is None or request.waits_at is None:
        return []
    found = chain.holders(request.step, request.waits_at, on=on)
    return [each for each in found if chain.holds_pen(each, request, on=on)]


def is_proposal(request: TransferRequest) -> bool:
    """Whether the words are a commander's reasons rather than the officer's own."""
    return request.proposed_by_id is not None


def grounds_of(request: TransferRequest, seen: Reading) -> list[GroundLine]:
    """The grounds, personal ones in neutral words for whoever only advises. Two of them then read as one."""
    lines: list[GroundLine] = []
    for each in request.grounds.select_related("ground"):
        hidden = each.ground.is_personal and not seen.names_grounds
        line = _hidden(each) if hidden else _shown(each, seen)
        if line not in lines:
            lines.append(line)
    return lines


def _hidden(named: RequestGround) -> GroundLine:
    words = {
        Checked.VERIFIED: _("verified personal ground"),
        Checked.REFUSED: _("personal ground that was not accepted"),
    }
    return GroundLine(words.get(Checked(named.checked), _("personal ground, not yet checked")), named.checked)


def _shown(named: RequestGround, seen: Reading) -> GroundLine:
    text = named.ground.name_sw if get_language() == "sw" and named.ground.name_sw else named.ground.name_en
    if not seen.opens_papers:
        return GroundLine(text, named.checked)
    paper, to_check = named.ref if named.evidence else "", named.ref if seen.is_desk else ""
    return GroundLine(text, named.checked, named.detail, paper, to_check)


def _stops(user: Any, request: TransferRequest, on: date) -> list[StopLine]:
    found, stops = [], list(request.stops.select_related("lifted_by"))
    # Time runs on while a transfer waits: what is read is today's, not that of the last step.
    causes = causes_of(facts_of(request, on=on)) if any(each.holds for each in stops) else []
    today = {each.code: each.message[:300] for each in causes}
    for stop in stops:
        stop.request = request
        refused = lift_refused_why(user, stop, on=on) if stop.holds else ("", "")
        words = today.get(stop.code, "")
        other = words if words != stop.message and stop.code in OF_TIME else ""
        is_over = stop.holds and not words and stop.code in OF_TIME
        found.append(StopLine(stop, refused is None, refused[0] if refused else "", other, is_over))
    return found


def _months(since: date | None, on: date) -> int | None:
    return months_between(since, on) if since else None


def _deeds(user: Any, request: TransferRequest, seen: Reading, holders: list[User], on: date) -> Deeds:
    desk = is_desk(user, request, on=on)
    advice = request.state == RequestState.ADVICE
    others = [each for each in holders if each.pk != user.pk]
    worked = user.pk in (request.entered_by_id, request.proposed_by_id, request.decided_by_id, request.typed_by_id)
    decided = request.state in (RequestState.APPROVED, RequestState.REFUSED)
    return Deeds(
        advise=seen.holds_pen and advice,
        decide=seen.holds_pen and not advice,
        type_for_holder=desk and not seen.holds_pen and bool(others) and request.state in chain.WAITING,
        pass_over=desk and may_pass_over(request, on=on),
        undo=decided and user.pk in (request.decided_by_id, request.typed_by_id),
        direct=not seen.is_own and (desk or seen.holds_pen or worked),
        review=not seen.is_own and needs_review(request) and _reviews(user, request, on),
    )


def _reviews(user: Any, request: TransferRequest, on: date) -> bool:
    roles = {role for role, _unit in chain.offices_of(user, on=on)}
    decided = user.pk in (request.decided_by_id, request.typed_by_id)
    return not decided and any(step.role in roles for step in chain.steps_of(request, [Stage.REVIEW], on=on))
