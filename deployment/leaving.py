"""Tells the modules above that an officer left: settings.ON_LEAVING names what each then ends. This one knows none of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from deployment.models import OrderState, PostingOrder
from hcims import workflow
from hcims.audit import trail
from hcims.audit.events import Event
from personnel.models import Officer

OPEN_ORDERS = (OrderState.ISSUED, OrderState.DEPARTED)


def end_what_is_under_way(*, officer: Officer, paper: str, by: Any, on: date, at: datetime) -> None:
    """This function will run every action named in settings.ON_LEAVING, inside the action that records the exit.

    Then orders that no module above carried are cancelled too.
    """
    for name in settings.ON_LEAVING:
        import_string(name)(officer=officer, paper=paper, by=by, on=on, at=at)
    for order in PostingOrder.objects.filter(officer=officer, state__in=OPEN_ORDERS).order_by("pk"):
        workflow.move(order, OrderState.CANCELLED, by=by, at=at, note=paper)
        trail.record(Event.ORDER_CANCELLED, target=order, by=by, at=at, reason=paper, source=paper)
