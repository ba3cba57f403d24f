"""What an upheld appeal or a failed review owes an officer: owed at once, given by an order or a round, never by a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from hcims.audit import trail
from hcims.audit.events import Event
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from organisation.models import Unit
from organisation.queries import below
from personnel.models import Officer
from transfers import links
from transfers.models import (
    Appeal,
    Redress,
    RedressKind,
    Round,
    TransferOrder,
    TransferOrderState,
    TransferRequest,
)
from transfers.queries.redress import WAITS_FOR_A_ROUND


def owe(
    officer: Officer, kind: RedressKind, *, why: str, at: datetime, appeal: Appeal | None = None,
    reviewed: TransferRequest | None = None, place: Unit | None = None, transfer: TransferOrder | None = None,
) -> Redress:  # fmt: skip
    """Puts on the list what is owed; for the actions of this module, rights checked."""
    return Redress.objects.create(
        officer=officer, kind=kind, appeal=appeal, reviewed=reviewed, why=why[:200], owed_at=at, place=place,
        transfer=transfer,
    )  # fmt: skip


def live_order(orders: Iterable[TransferOrder]) -> TransferOrder | None:
    """The order among these that is not cancelled and that nothing reversed."""
    standing = (
        each for each in orders
        if each.state != TransferOrderState.CANCELLED and getattr(each, "reversed_by", None) is None
    )  # fmt: skip
    return next(standing, None)


def given_by_orders(made: Sequence[TransferOrder], *, by: Any, on: date, at: datetime) -> None:
    """Closes what these new orders give: a return by the order that reverses, a vacancy by one to the place. One query
    where nothing is owed."""
    by_officer = {each.order.officer_id: each for each in made}
    owed = Redress.objects.filter(officer__in=list(by_officer), given_at__isnull=True)
    for each in owed.exclude(kind=RedressKind.PRIORITY).select_related("appeal", "place", "officer__user"):
        order = by_officer[each.officer_id]
        returned = each.kind == RedressKind.RETURN and order.reverses_id == each.transfer_id
        there = each.place_id is not None and order.order.to_unit_id in set(
            below([each.place_id], on).values_list("descendant", flat=True)
        )
        if returned or there:
            _give(each, order=order, how=order.order.number, by=by, at=at)


def given_by_cancelling(transfer: TransferOrder, *, by: Any, at: datetime) -> None:
    """Closes a return that is owed for an order which is cancelled: there is nothing left to return from."""
    owed = Redress.objects.filter(transfer=transfer, kind=RedressKind.RETURN, given_at__isnull=True)
    for each in owed.select_related("appeal", "officer__user"):
        _give(each, order=transfer, how=transfer.order.number, by=by, at=at)


def owed_again(transfer: TransferOrder) -> None:
    """Opens again the vacancy that this order gave, because the order is cancelled."""
    again = Redress.objects.filter(order=transfer, kind=RedressKind.NEXT_VACANCY)
    Appeal.objects.filter(redress__in=again).update(carried_out_at=None, carried_out_by=None, carried_out_how="")
    again.update(order=None, given_at=None, given_by=None)


def count_in(round: Round, officers: Iterable[int]) -> None:
    """Notes on each priority that the freeze of this round counted it."""
    owed = Redress.objects.filter(WAITS_FOR_A_ROUND, officer__in=list(officers)).values_list("pk", flat=True)
    Redress.objects.filter(pk__in=list(owed)).update(round=round)


def given_by_round(round: Round, *, by: Any, at: datetime) -> None:
    """Closes the priorities that a round counted, now that its result is out."""
    for each in Redress.objects.filter(round=round, given_at__isnull=True).select_related("appeal", "officer__user"):
        _give(each, order=None, how=round.title, by=by, at=at)


def _give(owed: Redress, *, order: TransferOrder | None, how: str, by: Any, at: datetime) -> None:
    owed.order, owed.given_at, owed.given_by = order, at, by
    owed.save(update_fields=["order", "given_at", "given_by"])
    if (appeal := owed.appeal) is not None:
        appeal.carried_out_at, appeal.carried_out_by, appeal.carried_out_how = at, by, how[:300]
        appeal.save(update_fields=["carried_out_at", "carried_out_by", "carried_out_how"])
        if owed.officer.user is not None:
            notify(owed.officer.user, Notice.TRANSFER_NEWS, at=at, link=links.appeal(appeal.ref))
    trail.record(Event.REDRESS_GIVEN, target=owed, by=by, at=at, details={"kind": owed.kind})
