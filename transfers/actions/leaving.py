"""An officer leaves the service: what was under way for him or her ends, in the same deed as the exit (settings.ON_LEAVING)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from personnel.models import Officer
from transfers.actions.exchange import tell_parties
from transfers.actions.locking import locked, locked_order
from transfers.actions.taking_back import OVER, cancel_for_leaving
from transfers.models import ExchangeOffer, RequestState, TransferKind, TransferOrder, TransferRequest

NO_ORDER_YET = (
    RequestState.DRAFT, RequestState.ADVICE, RequestState.DECISION, RequestState.POOLED, RequestState.APPROVED,
)  # fmt: skip


@action
def end_transfers(*, officer: Officer, paper: str, by: Any, on: date, at: datetime) -> None:
    """This function will cancel the officer's open orders and withdraw the requests and offers that no order has answered.

    For `deployment`, which has recorded the exit and checked who may. An exchange ends for all who take part: nobody comes in
    the place of who left. Appeals stay before their panel: being heard does not end with the service.
    """
    why = _("Has left the service: %(paper)s") % {"paper": paper}
    for transfer in TransferOrder.objects.filter(order__officer=officer).exclude(state__in=OVER).order_by("pk"):
        cancel_for_leaving(locked_order(transfer), reason=why, by=by, on=on, at=at)
    concerned = Q(officer=officer) | Q(parties__officer=officer)
    found = TransferRequest.objects.filter(concerned, state__in=NO_ORDER_YET).order_by("pk").distinct()
    for request in found:
        _withdraw(locked(request), why, by=by, at=at)
    ExchangeOffer.objects.filter(officer=officer, withdrawn_at=None, looked_at=None).update(withdrawn_at=at)


def _withdraw(request: TransferRequest, why: str, *, by: Any, at: datetime) -> None:
    if request.state not in NO_ORDER_YET:
        return
    workflow.move(request, RequestState.WITHDRAWN, by=by, at=at, note=why, step=None, waits_at=None, waits_since=None)
    trail.record(Event.TRANSFER_WITHDRAWN, target=request, by=by, at=at, reason=why)
    if request.kind == TransferKind.EXCHANGE:
        tell_parties(request, at=at, but=by)
