"""The personal file travels with the officer: forwarded by the losing unit, received by the gaining one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from transfers.actions.locking import locked_order
from transfers.models import TransferOrder
from transfers.policies import orders as policies


@action
def forward_file(transfer: TransferOrder, *, happened_on: date, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will record on which day the personal file was forwarded. Errors: NotAllowed outside the losing unit."""
    transfer = locked_order(transfer)
    policies.check_can_send_file(by, transfer, happened_on=happened_on, on=on)
    transfer.file_forwarded_on = happened_on
    transfer.save(update_fields=["file_forwarded_on"])
    trail.record(Event.FILE_FORWARDED, target=transfer, by=by, at=at)
    return transfer


@action
def receive_file(transfer: TransferOrder, *, happened_on: date, by: Any, on: date, at: datetime) -> TransferOrder:
    """This function will record on which day the personal file came. Errors: NotAllowed outside the gaining unit."""
    transfer = locked_order(transfer)
    policies.check_can_take_file(by, transfer, happened_on=happened_on, on=on)
    transfer.file_received_on = happened_on
    transfer.save(update_fields=["file_received_on"])
    trail.record(Event.FILE_FORWARDED, target=transfer, by=by, at=at, details={"received": True})
    return transfer
