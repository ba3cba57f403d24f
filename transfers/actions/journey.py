"""Casualty returns of a transfer: the departure, and the arrival on which alone the posting changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from deployment import actions as deployment
from deployment.models import Posting, PostingKind
from hcims import workflow
from hcims.actions import action
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from transfers import links, orders_shown
from transfers.actions.locking import locked, locked_order
from transfers.actions.release import tell_officer
from transfers.actions.taking_back import former_posting
from transfers.models import RequestState, TransferKind, TransferOrder, TransferOrderState
from transfers.policies import orders as policies
from transfers.queries.commands import commanders_of

_S = TransferOrderState


@action
def depart(
    transfer: TransferOrder, *, happened_on: date, number: str = "", by: Any, on: date, at: datetime
) -> TransferOrder:
    """This function will record that the officer left the losing unit.

    Errors: NotAllowed outside the unit; RuleBroken before the release, with an allowance due and not shown paid, or with an
    oral direction whose paper is missing.
    """
    transfer = locked_order(transfer)
    _leave(transfer, by=by, on=on, at=at)
    deployment.record_departure(order=transfer.order, happened_on=happened_on, number=number, by=by, on=on, at=at)
    workflow.move(transfer, _S.DEPARTED, by=by, at=at, note=number)
    notify_many(commanders_of([transfer.order.to_unit_id], on=on), Notice.TRANSFER_AT_UNIT, at=at, link=links.ORDERS)
    return transfer


def _leave(transfer: TransferOrder, *, by: Any, on: date, at: datetime) -> None:
    """Silence is no refusal: the days of the rule over, the officer is released."""
    policies.check_may_leave(transfer, on=on)
    if transfer.state == _S.WAITING:
        workflow.move(transfer, _S.RELEASED, by=by, at=at, note="The days to release are over", released_at=at)


@action
def arrive(
    transfer: TransferOrder, *, happened_on: date, number: str = "", by: Any, on: date, at: datetime
) -> TransferOrder:
    """This function will record the arrival: the posting changes from that day, and the request is completed.

    Errors: NotAllowed outside the gaining unit; RuleBroken for what holds a departure, where none is on record.
    """
    transfer = locked_order(transfer)
    if transfer.state != _S.DEPARTED:
        _leave(transfer, by=by, on=on, at=at)
    deployment.record_arrival(
        order=transfer.order, happened_on=happened_on, number=number, by=by, on=on, at=at,
        counts_on_from=_counts_on_from(transfer),
    )  # fmt: skip
    workflow.move(transfer, _S.ARRIVED, by=by, at=at, note=number)
    _complete(transfer, by=by, at=at)
    tell_officer(transfer, at=at)
    return transfer


def _counts_on_from(transfer: TransferOrder) -> Posting | None:
    """Within a command the time at the station goes on; a move that is taken back gives the old time back."""
    if transfer.kind == TransferKind.WITHIN_COMMAND:
        held = Posting.objects.filter(officer=transfer.order.officer, kind=PostingKind.SUBSTANTIVE)
        return held.filter(ends_on__isnull=True, voided_at__isnull=True).first()
    if transfer.kind == orders_shown.REVERSAL and transfer.reverses is not None:
        return former_posting(transfer.reverses)
    return None


def _complete(transfer: TransferOrder, *, by: Any, at: datetime) -> None:
    """The request is over when everybody whom it moves has arrived, or was left where he or she is."""
    if transfer.request is None:
        return
    transfer.request = request = locked(transfer.request)
    under_way = request.orders.exclude(state__in=(_S.ARRIVED, _S.CANCELLED))
    if request.state == RequestState.PUBLISHED and not under_way.exists():
        workflow.move(request, RequestState.COMPLETED, by=by, at=at)
