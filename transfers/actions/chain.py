"""Moving a transfer to the next pen, and telling whoever holds it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.errors import RuleBroken
from hcims.notify.actions import notify, notify_many
from hcims.notify.kinds import Notice
from transfers import links
from transfers.actions import stops
from transfers.models import RequestState, Stage, TransferRequest
from transfers.queries import chain

WHO_DECIDES = "Chain of approval in force"


@action
def forward(request: TransferRequest, *, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will put the transfer before whoever has the say next, refresh its stops, and tell the holders.

    Errors: RuleBroken where no authority in force may decide.
    """
    found = chain.next_step(request, on=on)
    if found is None:
        raise RuleBroken(
            _("Nobody in force may decide on this: no step of the chain of approval fits the rank and the place, or the "
              "only one is held by whoever put the move forward. See Reference data, Approval steps."),
            WHO_DECIDES,
        )  # fmt: skip
    step, unit = found
    if step.stage != Stage.ADVICE and (pool := chain.round_for(request, on=on)):
        _move(request, RequestState.POOLED, by=by, at=at, step=None, waits_at=None, waits_since=at, round=pool)
        return request
    to = RequestState.ADVICE if step.stage == Stage.ADVICE else RequestState.DECISION
    _move(request, to, by=by, at=at, note=step.code, step=step, waits_at=unit, waits_since=at)
    stops.refresh(request, on=on, at=at)
    tell_holders(request, at=at, on=on)
    return request


def _move(request: TransferRequest, to: str, *, by: Any, at: datetime, note: str = "", **fields: Any) -> None:
    """From one adviser to the next the state stays: only the pen moves."""
    if request.state != to:
        workflow.move(request, to, by=by, at=at, note=note, **fields)
        return
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=list(fields))


def tell_holders(request: TransferRequest, *, on: date, at: datetime) -> None:
    """This function will tell those who hold the pen that something waits for them."""
    if request.step is None or request.waits_at is None:
        return
    people = [
        each for each in chain.holders(request.step, request.waits_at, on=on) if chain.holds_pen(each, request, on=on)
    ]
    advice = request.step.stage == Stage.ADVICE
    kind = Notice.TRANSFER_TO_ADVISE if advice else Notice.TRANSFER_TO_DECIDE
    link = links.advice if advice else links.desk
    notify_many(people, kind, at=at, link=link(request.ref))


def tell_officer(request: TransferRequest, *, at: datetime, notice: Notice = Notice.TRANSFER_NEWS) -> None:
    """This function will tell the officer that the page of the transfer says something new."""
    if request.officer.user is not None:
        notify(request.officer.user, notice, at=at, link=links.own(request.ref))
