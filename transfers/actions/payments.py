"""The allowance of a move, shown as paid before it: voucher, day, and the officer's own word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from transfers import links
from transfers.actions.locking import locked_order
from transfers.actions.release import tell_officer
from transfers.models import Allowance, TransferOrder
from transfers.policies import orders as policies
from transfers.policies.decisions import check_reasons


@action
def record_payment(
    transfer: TransferOrder,
    *,
    voucher: str,
    paid_on: date,
    amount_cents: int | None = None,
    by: Any,
    on: date,
    at: datetime,
) -> Allowance:
    """This function will record that the allowance was paid; the officer is asked to confirm. Errors: NotAllowed; RuleBroken."""
    transfer = locked_order(transfer)
    policies.check_can_pay(by, transfer, paid_on=paid_on, voucher=voucher, on=on)
    due = transfer.allowance
    due.voucher, due.paid_on, due.amount_cents, due.recorded_by, due.confirmed_at = (
        voucher.strip(), paid_on, amount_cents, by, None,
    )  # fmt: skip
    due.save()
    tell_officer(transfer, at=at, notice=Notice.ALLOWANCE_TO_CONFIRM)
    trail.record(Event.ALLOWANCE_RECORDED, target=transfer, by=by, at=at, source=voucher)
    return due


@action
def confirm_payment(transfer: TransferOrder, *, received: bool = True, by: Any, on: date, at: datetime) -> Allowance:
    """This function will keep the officer's word: received, or not, which takes the payment off the record again.

    Errors: NotAllowed for anyone but the officer; RuleBroken where no payment is on record.
    """
    transfer = locked_order(transfer)
    policies.check_is_own_order(by, transfer)
    due = transfer.allowance
    if due.paid_on is None:
        raise RuleBroken("No payment is on record yet.", policies.PAID_FIRST)
    recorded = due.recorded_by
    if received:
        due.confirmed_at = at
    else:
        due.paid_on, due.voucher, due.amount_cents, due.confirmed_at = None, "", None, None
    due.save()
    if not received and recorded is not None:
        notify(recorded, Notice.TRANSFER_AT_UNIT, at=at, link=links.order(transfer.ref))
    trail.record(Event.ALLOWANCE_RECORDED, target=transfer, by=by, at=at, details={"received": received})
    return due


@action
def let_leave_unpaid(transfer: TransferOrder, *, reason: str, by: Any, on: date, at: datetime) -> Allowance:
    """This function will let the officer leave before the allowance is paid; it stays due. Errors: NotAllowed."""
    transfer = locked_order(transfer)
    policies.check_can_waive(by, transfer, on=on)
    check_reasons(reason)
    due = transfer.allowance
    due.waived_by, due.waived_at, due.waived_why = by, at, reason.strip()[:300]
    due.save(update_fields=["waived_by", "waived_at", "waived_why"])
    trail.record(Event.STOP_LIFTED, target=transfer, by=by, at=at, reason=reason, details={"stop": "allowance"})
    return due
