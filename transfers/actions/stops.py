"""Stops on a transfer: raised and taken away by their facts, lifted by the authority they name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition
from transfers import stops
from transfers.models import Stop, TransferRequest
from transfers.policies.stops import check_can_lift
from transfers.queries.stop_facts import facts_of


@action
def refresh(request: TransferRequest, *, on: date, at: datetime) -> list[Stop]:
    """This function will raise the stops whose cause is there, mark those whose cause is gone, and return what holds.

    A lifted stop stays lifted for as long as its cause says the same: another unit that is full is another stop.
    """
    due = {each.code: each for each in stops.found(facts_of(request, on=on))}
    for stop in request.stops.select_for_update().filter(gone_at__isnull=True):
        cause = due.get(stop.code)
        if cause is not None and (stop.message == cause.message[:300] or not _is_new_cause(stop, cause)):
            _reword(stop, cause)
            del due[stop.code]
        else:
            stop.gone_at = at
            stop.save(update_fields=["gone_at"])
    for cause in due.values():
        request.stops.create(
            code=cause.code,
            message=cause.message[:300],
            source=cause.source[:300],
            lifted_by_role=cause.lifted_by,
            raised_at=at,
        )
        trail.record(
            Event.STOP_RAISED, target=request, by=None, at=at, source=cause.source, details={"stop": cause.code}
        )
    return holding(request)


def _is_new_cause(stop: Stop, cause: stops.Found) -> bool:
    """Time at a station and days of a term run on under the same stop; another place or another order is a new one."""
    return stop.code in ("over-strength", "home-area", "allowance", "frozen")


def _reword(stop: Stop, cause: stops.Found) -> None:
    if stop.lifted_at is None and stop.message != cause.message[:300]:
        stop.message, stop.source = cause.message[:300], cause.source[:300]
        stop.save(update_fields=["message", "source"])


def holding(request: TransferRequest) -> list[Stop]:
    """The stops that the transfer still waits for."""
    return list(request.stops.filter(lifted_at__isnull=True, gone_at__isnull=True))


@action
def lift(stop: Stop, *, reason: str, by: Any, on: date, at: datetime) -> Stop:
    """This function will lift a stop with a reason that is published with the count.

    Errors: NotAllowed for anyone but the authority it names, or who raised the move; InvalidTransition when it holds no more.
    """
    stop = (
        Stop.objects.select_for_update(of=("self",)).select_related("request__officer", "request__step").get(pk=stop.pk)
    )
    check_can_lift(by, stop, reason=reason, on=on)
    if not stop.holds:
        raise InvalidTransition("This stop holds no more: it was lifted, or its cause is gone.")
    stop.lifted_by, stop.lifted_at, stop.lift_reason = by, at, reason.strip()[:300]
    stop.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    details = {"stop": stop.code}
    trail.record(
        Event.STOP_LIFTED, target=stop.request, by=by, at=at, reason=reason, source=stop.source, details=details
    )
    return stop
