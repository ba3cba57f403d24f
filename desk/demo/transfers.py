"""Transfers of the invented service: a round that was published, one that is open, and cases at every step between.

Everything but the decisions of past quarters goes through the product's own actions, on the days on which it happened.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from accounts.models import User
from deployment.models import Duty
from desk.demo import afterwards, planner
from desk.demo.past_transfers import store as store_past
from desk.demo.sign_ins import account
from hcims.errors import Refusal
from organisation.models import Unit
from personnel.models import DisciplineRecord, Officer
from transfers import lottery, rulebook
from transfers.actions import board, compute, decisions, exchange, freeze, orders, requests, stops
from transfers.actions import openness as figures
from transfers.actions import rounds as steps
from transfers.actions.journey import arrive, depart
from transfers.actions.payments import confirm_payment, record_payment
from transfers.actions.publishing_rounds import publish_round
from transfers.actions.release import release
from transfers.actions.requests import Answers, Named, Place
from transfers.actions.rounds import Calendar
from transfers.actions.rulebooks import draft_rule_book, publish_rule_book
from transfers.models import Ground, Round, Stop, TransferOrder, TransferRequest
from transfers.queries import chain
from transfers.said import Partner

LAW = "Transfers and Deployments Regulations, LN 89/2015 (text to be confirmed by counsel)"
CARRIED_OUT = 600
REASONS = "The station keeps its strength, and the ground was looked at."
BODIES = {
    "Independent Policing Oversight Authority": "5b1c",
    "National Police Service Commission": "7d1f",
    "Staff": "a09c",
}


@dataclass
class Cast:
    """Who acts, by role, and when "now" is."""

    people: dict[str, User]
    on: date
    at: datetime

    def when(self, back: int, **by: str) -> dict[str, Any]:
        """So many days ago; `by` the holder of a role."""
        moment = {"on": self.on - timedelta(days=back), "at": self.at - timedelta(days=back)}
        return {**moment, "by": self.people[by["by"]]} if by else moment


def store(chance: random.Random, people: dict[str, User], *, on: date, at: datetime, password: str) -> list[list[str]]:
    """This function will add transfers to the invented service and return further sign-ins to print."""
    cast = Cast(people, on, at)
    store_past(chance, on=on, at=at, by=people["HR officer"])
    first = _first_round(cast, chance)
    _open_round(cast)
    asking = _cases(cast, chance, password)
    hearing = afterwards.store(first, cast, password)
    figures.count_missing(by=None, at=at)
    return [*asking, *hearing]


def _book(cast: Cast, code: str, title: str, ranks: list[str], back: int) -> Any:
    book = draft_rule_book(
        code=code, title=title, content=rulebook.starting(ranks), legal_basis=LAW,
        issuing_authority="National Police Service Commission", signatories=["Chairperson", "Inspector General"],
        **cast.when(back, by="HR officer"),
    )  # fmt: skip
    return publish_rule_book(book=book, **cast.when(back, by="NPSC commissioner"))


def _prepared(cast: Cast, book: Any, code: str, title: str, days: tuple[int, ...], back: int) -> Round:
    """A round whose calendar counts days before today, announced and with its commitments."""
    calendar = Calendar(*(cast.on - timedelta(days=each) for each in days))
    round = steps.prepare_round(
        code=code, title=title, rule_book=book, calendar=calendar, seats_source="Working strength",
        public_draw="National lottery, the first draw of that day", **cast.when(back, by="HR officer"),
    )  # fmt: skip
    steps.announce(round=round, **cast.when(back, by="Inspector General"))
    for body, nonce in BODIES.items():
        steps.commit(round=round, body=body, sha256=lottery.commitment(nonce), **cast.when(back, by="HR officer"))
    return round


def _first_round(cast: Cast, chance: random.Random) -> Round:
    """Sergeants, a few months ago: asked, frozen, drawn, computed, accepted, published."""
    book = _book(cast, "sergeants", "Round for sergeants", ["SGT"], 112)
    round = _prepared(cast, book, "sergeants-1", "First round for sergeants", (105, 90, 80, 70, 25, -12), 110)
    steps.open_lists(round=round, **cast.when(105, by="HR officer"))
    stations = list(Unit.objects.filter(type="station"))
    sergeants = Officer.objects.filter(rank__code="SGT", unit__type="station", exited_on__isnull=True).order_by("pk")
    for officer in chance.sample(list(sergeants), min(60, len(sergeants))):
        user = account(officer, cast.at)
        _ask(officer, chance.sample(stations, 3), cast.when(100), user, chance)
        _advised(TransferRequest.objects.filter(officer=officer).first(), cast, 97)
    steps.close_lists(round=round, **cast.when(90, by="HR officer"))
    freeze.freeze(round=round, **cast.when(79, by="HR officer"))
    for each in round.commitments.all():
        steps.reveal(commitment=each, nonce=BODIES[each.body], **cast.when(70, by="HR officer"))
    round.refresh_from_db()
    steps.draw(round=round, public_result="04 11 19 27 33 48", **cast.when(70, by="HR officer"))
    compute.compute(round=round, **cast.when(69, by="HR officer"))
    round.refresh_from_db()
    board.accept(
        round=round, minutes="The board read the floors and the list of who was held, and accepts the result as computed.",
        **cast.when(65, by="Board member"),
    )  # fmt: skip
    publish_round(round=round, report_by=None, **cast.when(60, by="NPSC commissioner"))
    round.refresh_from_db()
    _carry_out(round, cast)
    return round


def _carry_out(round: Round, cast: Cast) -> None:
    """Most have arrived by now; a few stand at each step before, and one in a dozen is overdue.

    Of a service of full size the first of them only: five deeds for each of thousands would take an hour.
    """
    planner.look()
    found = TransferOrder.objects.filter(award__participation__round=round).order_by("pk")
    for number, each in enumerate(found.select_related("order__officer__unit", "order__from_unit")[:CARRIED_OUT]):
        most = number // 3 if number < 12 else None  # the first dozen stands at the steps before the departure
        for deed in _deeds(each, number, cast)[:most]:
            with contextlib.suppress(Refusal):
                deed()


def _deeds(transfer: TransferOrder, number: int, cast: Cast) -> list[Callable[[], Any]]:
    """What happens to an order, from the release to the arrival; where no allowance is due, its two steps refuse."""
    day = cast.on - timedelta(days=52)
    commander = partial(cast.when, by="Inspector General")
    officer = account(transfer.order.officer, cast.at)
    return [
        lambda: release(transfer, **commander(55)),
        lambda: record_payment(transfer, voucher=f"V/{number}/2026", paid_on=day, **cast.when(52, by="HR officer")),
        lambda: confirm_payment(transfer, by=officer, **cast.when(51)),
        lambda: depart(transfer, happened_on=cast.on - timedelta(days=40), **commander(40)),
        lambda: arrive(transfer, happened_on=cast.on - timedelta(days=36), **commander(36)),
    ]


def _open_round(cast: Cast) -> None:
    """Constables, now: lists are open, and requests wait for it."""
    book = _book(cast, "constables", "Round for constables", ["PC"], 25)
    round = _prepared(cast, book, "constables-1", "First round for constables", (10, -20, -30, -40, -90, -75), 20)
    steps.open_lists(round=round, **cast.when(10, by="HR officer"))


def _ask(
    officer: Officer,
    places: list[Unit],
    when: dict[str, Any],
    user: User,
    chance: random.Random,
    ground: str = "",
    **more: Any,
) -> TransferRequest | None:
    """A request of the officer's own, sent; None where a rule refuses it."""
    code = ground or chance.choice(["spouse", "schooling", "hardship-served", "own-health"])
    named = [Named(each, "Invented for the demonstration.") for each in Ground.objects.filter(code=code)]
    wanted = [Place(each) for each in places if each.pk != officer.unit_id]
    try:
        request = requests.draft(officer=officer, places=wanted, grounds=named, by=user, **more, **when)
        return requests.submit(request, by=user, **when)
    except Refusal:
        return None


def _advised(request: TransferRequest | None, cast: Cast, back: int, *, most: int = 9) -> TransferRequest | None:
    """As many of the commanders as will: the HR desk passes over where nobody holds the office."""
    for _ in range(most):
        if request is None or request.state != "advice" or request.step is None or request.waits_at is None:
            break
        when = cast.when(back)
        holder = next((each for each in chain.holders(request.step, request.waits_at, on=when["on"])), None)
        try:
            if holder is None:
                request = decisions.pass_over(
                    request, reasons="Nobody holds the office.", by=cast.people["HR officer"], **when
                )
            else:
                request = decisions.advise(request, verdict="support", reasons=REASONS, by=holder, **when)
        except Refusal:
            break
    return request


def _cases(cast: Cast, chance: random.Random, password: str) -> list[list[str]]:
    """Corporals at several commands, whose requests go outside rounds, one at each step; and who can sign in to see it."""
    stations = list(Unit.objects.filter(type="station"))
    officers = list(
        Officer.objects.filter(rank__code="CPL", unit__type="station", user__isnull=True, exited_on__isnull=True)
        .exclude(orders__state__in=["issued", "departed"])
        .exclude(pk__in=DisciplineRecord.objects.filter(state="open").values("officer"))
        .select_related("unit", "rank", "user").order_by("pk")
    )  # fmt: skip
    crowd = iter(chance.sample(officers, min(60, len(officers))))
    printed = []
    for label, make in _STORIES:
        officer = next(crowd)
        places = [each for each in chance.sample(stations, 4) if each.pk != officer.unit_id][:3]
        made = make(cast, chance, officer, account(officer, cast.at, password), places)
        if made is not None:
            own = account(made.officer, cast.at, password)
            printed.append([f"Officer: {label}", own.login, made.officer.unit.name if made.officer.unit else ""])
    for officer in list(crowd)[:24]:  # a queue with something in it
        request = _ask(
            officer, chance.sample(stations, 2), cast.when(chance.randint(3, 50)), account(officer, cast.at), chance
        )
        _advised(request, cast, 2, most=chance.randint(0, 6))
    _exchange(cast, chance, officers, password)
    return printed


Story = Callable[[Cast, random.Random, Officer, User, list[Unit]], TransferRequest | None]


def _drafted(
    cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
) -> TransferRequest | None:
    return requests.draft(officer=officer, places=[Place(each) for each in places], by=user, **cast.when(1))


def _waiting(
    cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
) -> TransferRequest | None:
    return _ask(officer, places, cast.when(20), user, chance)


def _before_authority(
    cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
) -> TransferRequest | None:
    request = _advised(_ask(officer, places, cast.when(30), user, chance), cast, 22)
    if request is not None:
        decisions.record_direction(
            request, directed_by="Invented office of the county", directed_on=cast.on - timedelta(days=5), is_oral=True,
            what="Move this officer before the others.", dissent="There is no paper; others have waited longer.",
            **cast.when(4, by="HR officer"),
        )  # fmt: skip
    return request


def _decided(approve: bool, reason: str, back: int = 15) -> Story:
    def make(
        cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
    ) -> TransferRequest | None:
        request = _advised(_ask(officer, places, cast.when(40), user, chance), cast, 33)
        return _decide(cast, request, places, approve, reason, back)

    return make


def _decide(
    cast: Cast, request: TransferRequest | None, places: list[Unit], approve: bool, reason: str, back: int
) -> TransferRequest | None:
    if request is None or request.state != "decision" or request.step is None or request.waits_at is None:
        return request
    when = cast.when(back)
    if approve:
        _answer(request, when)
        _lift(request, cast, back)
    holder = next((each for each in chain.holders(request.step, request.waits_at, on=when["on"])), None)
    move = decisions.Move(
        places[0], Duty.objects.get(code="general"), request.officer.rank, when["on"] + timedelta(days=21),  # type: ignore[arg-type]
        overstrength_authority="Demonstration paper",
    )  # fmt: skip
    if holder is None:
        return request
    return decisions.decide(
        request, approve=approve, reason_code=reason, reasons=REASONS, move=move if approve else None, by=holder, **when
    )


def _answer(request: TransferRequest, when: dict[str, Any]) -> None:
    said = Answers(children_at_school=True, exam_this_year=False, dependant_with_disability=False, spouse_at_work=True)
    if request.officer.user is not None:
        requests.answer_family(request, answers=said, by=request.officer.user, **when)


def _lift(request: TransferRequest, cast: Cast, back: int) -> None:
    """Stops that somebody may lift are lifted by the Inspector General, with a reason."""
    for stop in Stop.objects.filter(request=request, lifted_at__isnull=True, gone_at__isnull=True).exclude(
        lifted_by_role=""
    ):
        stops.lift(
            stop, reason="Weighed; the move is the officer's own wish.", **cast.when(back, by="Inspector General")
        )


def _ordered(back: int) -> Story:
    def make(
        cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
    ) -> TransferRequest | None:
        request = _advised(_ask(officer, places, cast.when(back + 25), user, chance), cast, back + 12)
        request = _decide(cast, request, places, True, "own-request", back + 2)
        if request is not None and request.state == "approved":
            orders.publish_request(request, **cast.when(back, by="HR officer"))
        return request

    return make


def _protected(
    cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
) -> TransferRequest | None:
    return _ask(officer, places[:1], cast.when(6), user, chance, ground="harassment")


def _needed(
    cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
) -> TransferRequest | None:
    return requests.propose(
        officer=officer, to_unit=places[0], reasons="Four of six posts of the station are empty since March.",
        **cast.when(9, by="HR officer"),
    )  # fmt: skip


def _for_the_round(
    cast: Cast, chance: random.Random, officer: Officer, user: User, places: list[Unit]
) -> TransferRequest | None:
    constable = Officer.objects.filter(unit=officer.unit, rank__code="PC", user__isnull=True).order_by("pk").first()
    if constable is None:
        return None
    return _advised(_ask(constable, places, cast.when(8), account(constable, cast.at), chance), cast, 5)


_STORIES: list[tuple[str, Story]] = [
    ("a request being written", _drafted),
    ("a request before his or her commander", _waiting),
    ("a request before the authority, with an oral direction", _before_authority),
    ("a request that was refused", _decided(False, "no-post")),
    ("a request that was granted, order to come", _decided(True, "own-request", 3)),
    ("an order that waits for release", _ordered(3)),
    ("an order whose day to report has passed", _ordered(40)),
    ("a protected request", _protected),
    ("a move put forward by the service", _needed),
    ("a request for the open round", _for_the_round),
]


def _exchange(cast: Cast, chance: random.Random, officers: list[Officer], password: str) -> None:
    """Two of a rank at two stations: one has proposed, the other is asked."""
    for one in officers[::-1]:
        other = next((each for each in officers if each.unit_id != one.unit_id and each.service == one.service), None)
        if (
            other is None
            or one.unit is None
            or other.unit is None
            or TransferRequest.objects.filter(officer=one).exists()
        ):
            continue
        account(other, cast.at, password)
        proposer = account(one, cast.at, password)
        exchange.propose_exchange(
            officer=one, partners=[Partner(other.service_number, other.unit)], by=proposer, **cast.when(4)
        )
        return
