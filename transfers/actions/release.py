"""The losing unit lets the officer go, or says why not; a refusal goes up the chain of release."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from transfers import links
from transfers.actions.locking import locked_order
from transfers.actions.taking_back import cancel_locked
from transfers.models import TransferOrder, TransferOrderState
from transfers.policies import orders as policies
from transfers.policies.decisions import check_reasons
from transfers.queries import releases
from transfers.queries.chain import holders

_S = TransferOrderState


@action
def release(transfer: TransferOrder, *, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will release the officer from the losing unit. Errors: NotAllowed for anyone but its commander."""
    transfer = locked_order(transfer)
    policies.check_can_release(by, transfer, on=on)
    workflow.move(transfer, _S.RELEASED, by=by, at=at, released_by=by, released_at=at)
    tell_officer(transfer, at=at)
    return transfer


@action
def refuse_release(transfer: TransferOrder, *, reason: str, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will refuse the release, with reasons, and put it before the authority above. Errors: NotAllowed."""
    transfer = locked_order(transfer)
    policies.check_can_release(by, transfer, on=on)
    check_reasons(reason)
    workflow.move(transfer, _S.REFUSED, by=by, at=at, release_reason=reason.strip(), release_refused_by=by)
    return _escalate(transfer, by=by, on=on, at=at)


def _escalate(transfer: TransferOrder, *, by: Any, on: date, at: datetime) -> TransferOrder:
    """To the first authority above the unit where it stands now; the order is taken back where there is none left."""
    found = releases.next_authority(transfer, refused_by=by, on=on)
    if found is None:
        return cancel_locked(transfer, reason=transfer.release_reason, by=by, at=at)
    step, unit = found
    transfer.escalated_to = unit
    transfer.save(update_fields=["escalated_to"])
    notify_many(holders(step, unit, on=on), Notice.RELEASE_TO_DECIDE, at=at, link=links.order(transfer.ref))
    return transfer


@action
def decide_release(
    transfer: TransferOrder, *, released: bool, reason: str, by: Any, on: date, at: datetime
) -> TransferOrder:
    """This function will decide on a refused release. Where it is upheld, it goes on to the next authority above.

    Only the last of them takes the order back by upholding it. Errors: NotAllowed for anyone but the authority it waits for.
    """
    transfer = locked_order(transfer)
    policies.check_can_decide_release(by, transfer, on=on)
    check_reasons(reason)
    transfer.release_reason = f"{transfer.release_reason}\n{by.office(on=on)}: {reason.strip()}"
    transfer.save(update_fields=["release_reason"])
    trail.record(Event.RELEASE_DECIDED, target=transfer, by=by, at=at, reason=reason, details={"released": released})
    if not released:
        return _escalate(transfer, by=by, on=on, at=at)
    workflow.move(transfer, _S.RELEASED, by=by, at=at, released_by=by, released_at=at)
    tell_officer(transfer, at=at)
    return transfer


def tell_officer(transfer: TransferOrder, *, at: datetime, notice: Notice = Notice.TRANSFER_NEWS) -> None:
    """This function will tell the officer that the page of the order says something new."""
    user = transfer.order.officer.user
    if user is not None:
        notify(user, notice, at=at, link=links.OWN_ORDERS)
