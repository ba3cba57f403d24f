"""What follows upon decisions in the invented service: signals of commands, emergency moves under review, appeals and redress.

Through the product's own actions, on the days on which it happened, like the transfers themselves.
"""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from deployment.models import Duty
from desk.demo.sign_ins import SECOND, THIRD, account
from hcims.errors import Refusal
from organisation.models import Unit
from personnel.models import DisciplineRecord, Officer
from transfers.actions import appeals, decisions, orders, requests, signals
from transfers.actions.journey import arrive, depart
from transfers.actions.redress import live_order
from transfers.actions.release import release
from transfers.models import Appeal, Award, Remedy, Round, TransferOrder, TransferRequest
from transfers.policies.appeals import orders_of
from transfers.queries import chain
from transfers.queries import signals as waiting_signals

if TYPE_CHECKING:
    from desk.demo.transfers import Cast

BOARD = ("Board member" + SECOND, "Board member" + THIRD)  # the first one accepted the round: it hears no appeal
SIGNALLED = ("C-047", "R-NAIROBI", "GSU")
REASONS = "The panel heard the officer and read the papers of the desk."
UPHELD = "A fact was wrong; the record is mended."
DISMISSED = "The facts were as the desk had them."
THREAT = "A threat against the officer was reported on the night before."


def store(round: Round, cast: Cast, password: str) -> list[list[str]]:
    """This function will add signals, emergency moves and appeals at each step, and return further sign-ins to print."""
    _signals(cast)
    _emergencies(cast)
    _appeals_against_awards(round, cast)
    _appeals_against_refusals(cast)
    shown = {
        "an appeal before its panel": Appeal.objects.filter(state="hearing"),
        "an appeal that gave priority": Appeal.objects.filter(remedy=Remedy.PRIORITY),
        "an appeal that gave the former post back": Appeal.objects.filter(remedy=Remedy.STAY),
    }
    printed = []
    for label, found in shown.items():
        if appeal := found.select_related("officer__unit", "officer__user").first():
            own = account(appeal.officer, cast.at, password)
            printed.append([f"Officer: {label}", own.login, appeal.officer.unit.name if appeal.officer.unit else ""])
    return printed


def _signals(cast: Cast) -> None:
    """The desk listed the moves of three commands three weeks ago; the other commands' moves wait."""
    by, moment = cast.people["HR officer"], cast.when(21)
    for code in SIGNALLED:
        command = Unit.objects.get(code=code)
        moves = waiting_signals.waiting(by, command, **moment).filter(published_at__lte=moment["at"])
        if chosen := list(waiting_signals.listed(moves)[:12]):
            signals.issue_signal(command=command, orders=chosen, by=by, **moment)


def _emergencies(cast: Cast) -> None:
    """Three emergency moves: one waits for its review, one was not upheld on the way, one not upheld after the arrival."""
    busy = TransferRequest.objects.values("officer")
    officers = Officer.objects.filter(rank__code="CPL", unit__type="station", exited_on__isnull=True).exclude(
        pk__in=busy
    )
    held = DisciplineRecord.objects.filter(state="open").values("officer")
    found = officers.exclude(pk__in=held).select_related("unit", "rank", "user").order_by("-pk")[:90:30]
    for number, officer in enumerate(found):
        order = _moved_at_once(officer, cast)
        if order is None or order.request is None or number == 0:
            continue
        if number == 2:
            _carried_out(order, cast, report=17)
        decisions.review_emergency(
            order.request, upheld=False, outcome="The threat was to the whole station, not to this officer.",
            **cast.when(8, by="NPSC commissioner"),
        )  # fmt: skip


def _moved_at_once(officer: Officer, cast: Cast) -> TransferOrder | None:
    station = Unit.objects.filter(type="station").exclude(county=officer.home_county).exclude(pk=officer.unit_id)
    place = station.order_by("-pk").first()
    if place is None:
        return None
    account(officer, cast.at)
    day = cast.when(19)
    request = requests.propose(
        officer=officer, to_unit=place, kind="emergency", reasons=THREAT, **cast.when(19, by="Inspector General")
    )
    holder = next(iter(chain.holders(request.step, request.waits_at, on=day["on"])), None)  # type: ignore[arg-type]
    move = decisions.Move(
        place, Duty.objects.get(code="general"), officer.rank, day["on"] + timedelta(days=2),  # type: ignore[arg-type]
        overstrength_authority="Demonstration paper",
    )  # fmt: skip
    try:
        request = decisions.decide(
            request, approve=True, reason_code="urgent-safety", reasons=THREAT, move=move, by=holder, **day
        )  # fmt: skip
        return orders.publish_request(request, **cast.when(19, by="HR officer"))[0]
    except Refusal:
        return None


def _carried_out(order: TransferOrder, cast: Cast, *, report: int) -> None:
    commander: dict[str, Any] = cast.when(report, by="Inspector General")
    if order.state == "waiting":
        release(order, **commander)
    depart(order, happened_on=commander["on"], **commander)
    arrive(order, happened_on=commander["on"], **commander)


def _appeals_against_awards(round: Round, cast: Cast) -> None:
    """One waits for a panel, one is heard, and of two that were upheld one gave priority and one the former post back."""
    awards = Award.objects.filter(participation__round=round).select_related("participation__officer__user")
    left = list(awards.filter(to_unit__isnull=True, participation__officer__user__isnull=False).order_by("pk")[:4])
    for number, award in enumerate(left):
        appeal = _lodged(
            award, "My months at the station are counted from the wrong day.", cast, 2 if number == 0 else 40
        )
        if appeal is not None and number > 0:
            _heard(appeal, cast, [None, None, Remedy.PRIORITY, Remedy.NONE][number])
    moved = awards.filter(to_unit__isnull=False).order_by("pk")
    arrived = moved.filter(order__state="arrived", participation__officer__user__isnull=False)
    award = arrived.first()
    if award is not None:
        appeal = _lodged(award, "The school year of my daughter was not looked at.", cast, 30, ground="new-ground")
        if appeal is not None and live_order(orders_of(appeal)) is not None:
            _heard(appeal, cast, Remedy.STAY)


def _appeals_against_refusals(cast: Cast) -> None:
    """The next vacancy at the place asked for, and a request that goes back to the authority."""
    own = TransferRequest.objects.filter(state="refused", places__isnull=False, officer__user__isnull=False)
    lately = own.filter(decided_at__gte=cast.at - timedelta(days=40)).distinct().order_by("-decided_at", "pk")
    for request, remedy in zip(lately[:2], (Remedy.NEXT_VACANCY, Remedy.DECIDE_AGAIN), strict=False):
        appeal = _lodged(request, "There was a free post of my rank at the place I asked for.", cast, 14)
        if appeal is not None:
            _heard(appeal, cast, remedy)


def _lodged(
    thing: Award | TransferRequest, text: str, cast: Cast, back: int, ground: str = "wrong-input"
) -> Appeal | None:
    officer = thing.participation.officer if isinstance(thing, Award) else thing.officer
    with contextlib.suppress(Refusal):
        return appeals.lodge(thing, ground=ground, text=text, by=account(officer, cast.at), **cast.when(back))
    return None


def _heard(appeal: Appeal, cast: Cast, remedy: Remedy | None) -> None:
    """A panel of two is named; without a remedy it has not decided yet, and with none it dismisses."""
    members = [cast.people[each] for each in BOARD]
    back = (cast.at - appeal.lodged_at).days
    appeal = appeals.name_panel(appeal, members=members, **cast.when(back - 3, by="NPSC commissioner" + SECOND))
    if remedy is None:
        return
    place = appeal.request.places.order_by("position").first() if appeal.request else None
    appeals.decide(
        appeal, upheld=remedy != Remedy.NONE, remedy=remedy, reasons=REASONS,
        place=place.unit if place is not None and remedy == Remedy.NEXT_VACANCY else None,
        public_outcome=DISMISSED if remedy == Remedy.NONE else UPHELD,
        by=members[0], **cast.when(max(back - 9, 1)),
    )  # fmt: skip
