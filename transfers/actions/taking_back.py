"""Orders suspended, resumed, cancelled, and reversed after the arrival: everything is put back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from deployment import actions as deployment
from deployment.models import OrderState, Posting, PostingKind
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.letters import actions as letters
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from transfers import links, orders_shown
from transfers.actions import redress
from transfers.actions.locking import locked, locked_order
from transfers.actions.publishing import publish
from transfers.models import RequestState, RuleCode, TransferOrder, TransferOrderState
from transfers.policies import orders as policies
from transfers.queries import rules
from transfers.queries.commands import commanders_of

_S = TransferOrderState
OVER = (_S.ARRIVED, _S.CANCELLED)


@action
def suspend(transfer: TransferOrder, *, paper: str, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will hold an order until it is resumed; a departure is withdrawn. `paper`: the court's order, or why.

    Errors: NotAllowed; RuleBroken without a word; InvalidTransition once the officer has arrived.
    """
    transfer = locked_order(transfer)
    policies.check_can_take_back(by, transfer, reason=paper, on=on)
    deployment.take_back(order=transfer.order, to=OrderState.ISSUED, reason=paper, by=by, at=at)
    workflow.move(transfer, _S.SUSPENDED, by=by, at=at, note=paper, suspended_why=paper.strip()[:300])
    trail.record(Event.TRANSFER_SUSPENDED, target=transfer, by=by, at=at, reason=paper)
    _tell(transfer, on=on, at=at)
    return transfer


@action
def resume(transfer: TransferOrder, *, report_by: date, paper: str, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will let a suspended order run again, with a new day to report; the losing unit is asked anew.

    Errors: NotAllowed; RuleBroken with less notice than the rule asks for.
    """
    transfer = locked_order(transfer)
    policies.check_can_take_back(by, transfer, reason=paper, on=on)
    policies.check_days_of_notice(transfer, report_by=report_by, on=on)
    days = timedelta(days=rules.value(RuleCode.RELEASE_DAYS, on))
    deployment.report_later(order=transfer.order, until=report_by)
    workflow.move(
        transfer, _S.WAITING, by=by, at=at, note=paper, suspended_why="", release_by=min(on + days, report_by),
        released_by=None, released_at=None, release_reason="", release_refused_by=None, escalated_to=None,
    )  # fmt: skip
    _tell(transfer, on=on, at=at)
    return transfer


@action
def cancel(transfer: TransferOrder, *, reason: str, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will cancel an order before the arrival; of an exchange, the orders of all who take part.

    Errors: NotAllowed; RuleBroken without a reason; InvalidTransition once an officer has arrived: a reversing order then.
    """
    transfer = locked_order(transfer)
    policies.check_can_take_back(by, transfer, reason=reason, on=on)
    found = cancel_locked(transfer, reason=reason, by=by, at=at)
    _tell(transfer, on=on, at=at)
    return found


def cancel_locked(transfer: TransferOrder, *, reason: str, by: Any, at: datetime) -> TransferOrder:
    """Cancels the order and those of the same exchange; for the actions of this module, rights checked."""
    _cancel_each([transfer, *_of_the_exchange(transfer, but=[_S.CANCELLED])], reason=reason, by=by, at=at)
    _close_request(transfer, by=by, at=at)
    return transfer


def cancel_for_leaving(transfer: TransferOrder, *, reason: str, by: Any, on: date, at: datetime) -> None:
    """This function will cancel the order of an officer who left; whoever of an exchange has arrived stays where he or she is."""
    if transfer.state in OVER:  # cancelled a moment ago, with the other's of the same exchange
        return
    _cancel_each([transfer, *_of_the_exchange(transfer, but=OVER)], reason=reason, by=by, at=at)
    if transfer.request is not None and transfer.request.orders.filter(state=_S.ARRIVED).exists():
        transfer.request = request = locked(transfer.request)
        if request.state == RequestState.PUBLISHED:
            workflow.move(request, RequestState.COMPLETED, by=by, at=at, note=reason)
    else:
        _close_request(transfer, by=by, at=at)
    _tell(transfer, on=on, at=at)


def _of_the_exchange(transfer: TransferOrder, *, but: Sequence[str]) -> list[TransferOrder]:
    """The orders of the others who take part in the same exchange."""
    if transfer.request is None or transfer.request.kind != "exchange":
        return []
    others = transfer.request.orders.exclude(pk=transfer.pk).exclude(state__in=but).order_by("pk")
    return [locked_order(each) for each in others]


def _cancel_each(together: Sequence[TransferOrder], *, reason: str, by: Any, at: datetime) -> None:
    for each in together:
        deployment.take_back(order=each.order, to=OrderState.CANCELLED, reason=reason, by=by, at=at)
        workflow.move(each, _S.CANCELLED, by=by, at=at, note=reason)
        if each.letter is not None:
            letters.withdraw(each.letter, by=by, at=at, reason=reason)
        if each.order.officer.user is not None:
            notify(each.order.officer.user, Notice.POSTING_CANCELLED, at=at, link=links.OWN_ORDERS)
        trail.record(Event.TRANSFER_CANCELLED, target=each, by=by, at=at, reason=reason)
        redress.given_by_cancelling(each, by=by, at=at)
        redress.owed_again(each)


def _close_request(transfer: TransferOrder, *, by: Any, at: datetime) -> None:
    if transfer.request is None:
        return
    transfer.request = request = locked(transfer.request)
    if request.state in (RequestState.PUBLISHED, RequestState.COMPLETED):
        workflow.move(request, RequestState.CANCELLED, by=by, at=at)


def former_posting(transfer: TransferOrder) -> Posting | None:
    """The posting that the arrival on this order ended."""
    posting = transfer.order.posting
    if posting is None:
        return None
    held = Posting.objects.filter(
        officer=transfer.order.officer, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, ends_on=posting.starts_on
    )
    return held.select_related("unit", "duty", "post_rank", "post_skill").order_by("-starts_on", "-pk").first()


@action
def reverse(transfer: TransferOrder, *, paper: str, report_by: date, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will order an officer who has arrived back to the former post: a court quashed the move, or it was wrong.

    The former posting's time at the station counts on, as if the move had not been. Returns the new order.
    Errors: NotAllowed; RuleBroken without a paper, or where the former unit is closed.
    """
    policies.check_can_reverse(by, locked_order(transfer), paper=paper, on=on)
    return reverse_for(transfer, paper=paper, report_by=report_by, by=by, on=on, at=at)


def reverse_for(
    transfer: TransferOrder, *, paper: str, report_by: date, by: Any, on: date, at: datetime
) -> TransferOrder:
    """Reverses an order after the arrival; for the actions of this module, rights checked."""
    transfer = locked_order(transfer)
    policies.check_is_reversible(transfer)
    before = policies.check_has_former_post(former_posting(transfer))
    day = date_format(timezone.localdate(at), "j F Y")
    back = publish(
        officer=transfer.order.officer, to_unit=before.unit, duty=before.duty, post_rank=before.post_rank,
        post_skill=before.post_skill, report_by=report_by, kind=orders_shown.REVERSAL, reason_code=orders_shown.REVERSAL,
        legal_basis=paper, authority=f"{paper.strip()[:150]}; {day}", decided_by=by, reverses=transfer,
        overstrength_authority=paper.strip()[:200], by=by, on=on, at=at,
    )  # fmt: skip
    _close_request(transfer, by=by, at=at)
    trail.record(Event.TRANSFER_CANCELLED, target=transfer, by=by, at=at, reason=paper, details={"reversed": True})
    return back


def _tell(transfer: TransferOrder, *, on: date, at: datetime) -> None:
    order = transfer.order
    if order.officer.user is not None:
        notify(order.officer.user, Notice.TRANSFER_NEWS, at=at, link=links.OWN_ORDERS)
    units = [unit for unit in (order.from_unit_id, order.to_unit_id) if unit is not None]
    notify_many(commanders_of(units, on=on), Notice.TRANSFER_AT_UNIT, at=at, link=links.ORDERS)
