"""A later day to report: asked for before the first one has passed, and answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from deployment import actions as deployment
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from transfers import links
from transfers.actions.locking import locked_order
from transfers.actions.release import tell_officer
from transfers.models import Deferment, TransferOrder
from transfers.policies import orders as policies
from transfers.policies.decisions import check_reasons
from transfers.queries.commands import commanders_of


@action
def ask_deferment(transfer: TransferOrder, *, until: date, reason: str, by: Any, on: date, at: datetime) -> Deferment:
    """This function will ask for a later day to report. Errors: NotAllowed; RuleBroken after the day, or for too long."""
    transfer = locked_order(transfer)
    policies.check_can_ask_deferment(by, transfer, until=until, on=on)
    check_reasons(reason)
    asked = Deferment.objects.create(
        transfer=transfer, until=until, reason=reason.strip()[:300], asked_by=by, asked_at=at
    )
    units = [transfer.order.to_unit_id]
    notify_many(commanders_of(units, on=on), Notice.DEFERMENT_TO_DECIDE, at=at, link=links.order(transfer.ref))
    trail.record(Event.DEFERMENT_ASKED, target=transfer, by=by, at=at, details={"asked": str(until)})
    return asked


@action
def decide_deferment(deferment: Deferment, *, granted: bool, answer: str, by: Any, on: date, at: datetime) -> Deferment:
    """This function will answer a deferment; granted, it moves the day to report. Errors: NotAllowed; InvalidTransition."""
    transfer = locked_order(deferment.transfer)
    deferment = Deferment.objects.select_for_update().get(pk=deferment.pk)
    policies.check_can_decide_deferment(by, deferment, transfer, on=on)
    if deferment.granted is not None:
        raise InvalidTransition("This deferment was answered already.")
    if not granted:
        check_reasons(answer)
    deferment.granted, deferment.answer = granted, answer.strip()[:300]
    deferment.decided_by, deferment.decided_at = by, at
    deferment.save(update_fields=["granted", "answer", "decided_by", "decided_at"])
    if granted:
        deployment.report_later(order=transfer.order, until=deferment.until)
    tell_officer(transfer, at=at)
    trail.record(Event.DEFERMENT_DECIDED, target=transfer, by=by, at=at, reason=answer, details={"granted": granted})
    return deferment
