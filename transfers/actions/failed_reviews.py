"""An emergency move whose review did not uphold it: what undoes it is done or stands ready, not only said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims import workflow
from transfers.actions import redress
from transfers.actions.taking_back import cancel_locked
from transfers.models import RedressKind, RequestState, TransferOrder, TransferOrderState, TransferRequest
from transfers.queries.orders import at_hand


def take_back(request: TransferRequest, *, by: Any, on: date, at: datetime) -> None:
    """Ends an approval that no order carries out, cancels an order before the arrival, prepares the reversal after it."""
    day = date_format(timezone.localdate(at), "j F Y")
    why = _("Review of the emergency move, %(day)s: not upheld") % {"day": day}
    if request.state == RequestState.APPROVED:
        workflow.move(request, RequestState.WITHDRAWN, by=by, at=at, note=why)
        return
    order = redress.live_order(at_hand().filter(request=request).order_by("pk"))
    if order is None:
        return
    redress.owe(order.order.officer, RedressKind.RETURN, why=why, at=at, reviewed=request, transfer=order)
    cancel_unless_arrived(order, why=why, by=by, at=at)


def cancel_unless_arrived(order: TransferOrder, *, why: str, by: Any, at: datetime) -> None:
    """Cancels an order that has not been carried out, which gives what is owed; after the arrival the reversal waits."""
    if order.state != TransferOrderState.ARRIVED:
        cancel_locked(order, reason=why, by=by, at=at)
