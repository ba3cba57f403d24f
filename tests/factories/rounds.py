"""An invented round, brought as far as a test needs it.

found = round_at(world, "frozen")      rule book published, lists closed, frozen: through the product's own actions
pooled(officer, found, place)          a request that waits for the round
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import UserFactory
from tests.factories.organisation import establish
from tests.factories.personnel import OfficerFactory
from tests.world import World
from transfers import lottery, rulebook
from transfers.actions import board, compute, freeze, rounds, rulebooks
from transfers.actions.counting import count_board
from transfers.actions.rounds import Calendar
from transfers.models import Award, RequestedPlace, Round, RuleBook, TransferRequest

BEFORE = date(2026, 11, 2)
CALENDAR = Calendar(
    date(2026, 11, 10), date(2026, 11, 20), date(2026, 11, 25), date(2026, 12, 1), date(2027, 1, 15), date(2026, 12, 31)
)
NONCES = {"National Police Service Commission": "7d1f", "Staff association": "a09c"}
DRAW = "6 of 1 December 2026: 04 11 19"
BASIS = {
    "legal_basis": "Transfers and Deployments Regulations, LN 89/2015", "issuing_authority": "Commission",
    "signatories": ["Chairperson"],
}  # fmt: skip
ORDER = ("draft", "announced", "open", "claims", "frozen", "drawn", "solved", "accepted")


def at(day: date) -> dict[str, Any]:
    """The day, and noon of it."""
    return {"on": day, "at": datetime.combine(day, time(9), UTC)}


def book_of(world: World, *, published: bool = True, code: str = "ordinary", **content: Any) -> RuleBook:
    """A rule book for constables, drafted by the HR officer and published by the Inspector General."""
    said = {**rulebook.starting(["PC"]), **content}
    book = rulebooks.draft_rule_book(
        code=code, title="Ordinary round", content=said, why_changed="A test", by=world.people["hr-officer"], **BASIS,
        **at(BEFORE),
    )  # fmt: skip
    if published:
        rulebooks.publish_rule_book(book=book, by=world.people["inspector-general"], **at(BEFORE))
    return book


def staffed(world: World) -> list[Officer]:
    """Ten posts for constables at either station; five newcomers at the first, who may stay and may not yet ask."""
    for unit in (world.station, world.other_station):
        establish(unit, {"PC": 10}, baseline="working")
    since = {"posted_to__starts_on": date(2026, 6, 1)}
    return [OfficerFactory(posted_to=world.station, user=UserFactory(), **since) for _ in range(5)]


def pooled(officer: Officer, round: Round, *places: Unit, any_below: bool = False) -> TransferRequest:
    """A request of the officer's own that waits for the round."""
    moment = at(CALENDAR.opens_on)["at"]
    request = TransferRequest.objects.create(
        officer=officer, kind="request", state="pooled", round=round, entered_by=officer.user, created_at=moment,
        submitted_at=moment, waits_since=moment, from_unit=officer.unit, rank=officer.rank,
    )  # fmt: skip
    for position, place in enumerate(places, 1):
        RequestedPlace.objects.create(request=request, position=position, unit=place, any_below=any_below)
    return request


def prepared(world: World, book: RuleBook | None = None, code: str = "2026-q4") -> Round:
    """A round under a published rule book."""
    return rounds.prepare_round(
        code=code, title="Round of the fourth quarter", rule_book=book or book_of(world), calendar=CALENDAR,
        seats_source="Working strength", public_draw="National lottery, draw 6", by=world.people["hr-officer"], **at(BEFORE),
    )  # fmt: skip


def round_at(world: World, state: str, round: Round | None = None, **book: Any) -> Round:
    """A round brought to that state; the world's first officer asks for the other station when its lists open."""
    found = round or prepared(world, book_of(world, **book))
    for each in ORDER[ORDER.index(found.state) + 1 : ORDER.index(state) + 1]:
        STEPS[each](world, found)
        found.refresh_from_db()
    return found


def _announce(world: World, round: Round) -> None:
    rounds.announce(round=round, by=world.people["inspector-general"], **at(BEFORE))


def _open(world: World, round: Round) -> None:
    for body, nonce in NONCES.items():
        stamp = {"by": world.people["hr-officer"], **at(BEFORE)}
        rounds.commit(round=round, body=body, sha256=lottery.commitment(nonce), **stamp)
    rounds.open_lists(round=round, by=world.people["hr-officer"], **at(CALENDAR.opens_on))
    if not round.requests.exists():
        pooled(world.officer, round, world.other_station)


def _close(world: World, round: Round) -> None:
    rounds.close_lists(round=round, by=world.people["hr-officer"], **at(CALENDAR.closes_on))


def _freeze(world: World, round: Round) -> None:
    day = CALENDAR.claims_until + timedelta(days=1)
    freeze.freeze(round=round, by=world.people["hr-officer"], **at(day))


def _draw(world: World, round: Round) -> None:
    stamp = {"by": world.people["hr-officer"], **at(CALENDAR.draw_on)}
    for each in round.commitments.all():
        rounds.reveal(commitment=each, nonce=NONCES[each.body], **stamp)
    rounds.draw(round=round, public_result=DRAW, **stamp)


def _compute(world: World, round: Round) -> None:
    compute.compute(round=round, by=world.people["hr-officer"], **at(CALENDAR.draw_on))


def _accept(world: World, round: Round) -> None:
    board.accept(
        round=round, minutes="Accepted as it was computed.", by=world.people["board-member"], **at(CALENDAR.draw_on)
    )


def more_awards(world: World, first: Award, count: int) -> None:
    """As many more officers of the station who get a place as the first one would, with the board's figures counted anew."""
    round = first.participation.round
    for number in range(count):
        taking = first.participation
        taking.pk, taking.ref, taking.pseudonym = None, f"t{number:011}", f"P-{number}"
        taking.officer = OfficerFactory(posted_to=world.station)
        taking.save()
        Award.objects.create(participation=taking, to_unit=world.other_station, choice=1, reason_code="assigned")
    count_board(round)


STEPS = {
    "announced": _announce, "open": _open, "claims": _close, "frozen": _freeze, "drawn": _draw, "solved": _compute,
    "accepted": _accept,
}  # fmt: skip
