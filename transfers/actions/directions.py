"""Directions: what a desk was told to do, by whom, in which form, with dissent; an oral one blocks until its paper is here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, RuleBroken
from transfers.actions import stops
from transfers.actions.locking import locked
from transfers.models import Direction, TransferRequest
from transfers.policies import decisions as policies
from transfers.policies.requests import NO_ORAL


@action
def record_direction(
    request: TransferRequest,
    *,
    directed_by: str,
    directed_on: date,
    is_oral: bool,
    what: str,
    dissent: str = "",
    paper: Any = None,
    paper_reference: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> Direction:
    """This function will put on record what somebody directed, and any dissent of whoever records it.

    Errors: NotAllowed for anyone who does not work on the transfer; RuleBroken for a written one without its paper.
    """
    request = locked(request)
    policies.check_can_direct(by, request, on=on)
    if directed_on > on:
        raise RuleBroken(_("The day of the direction lies ahead."))
    if not is_oral and not paper and not paper_reference.strip():
        raise RuleBroken(_("Attach the paper of a written direction, or name it; else it is an oral one."), NO_ORAL)
    direction = Direction(
        request=request,
        directed_by=directed_by.strip(),
        directed_on=directed_on,
        is_oral=is_oral,
        what=what.strip(),
        dissent=dissent.strip(),
        paper_reference=paper_reference.strip()[:120],
        recorded_by=by,
        recorded_at=at,
        state=request.state,
    )
    _keep(direction, paper)
    stops.refresh(request, on=on, at=at)
    details = {"oral": is_oral, "dissent": bool(dissent.strip())}
    trail.record(Event.DIRECTION_RECORDED, target=request, by=by, at=at, source=paper_reference, details=details)
    return direction


@action
def attach_paper(
    direction: Direction, *, reference: str, paper: Any = None, by: Any, on: date, at: datetime
) -> Direction:
    """This function will attach the paper that confirms an oral direction; its stop goes. Errors: InvalidTransition."""
    direction = Direction.objects.select_for_update().get(pk=direction.pk)
    request = locked(direction.request)
    policies.check_can_direct(by, request, on=on)
    if direction.paper or direction.paper_reference:
        raise InvalidTransition(_("The paper of this direction is here already."))
    if len(reference.strip()) < 3:
        raise RuleBroken(_("Name the paper: its number and its day."), NO_ORAL)
    direction.paper_reference = reference.strip()[:120]
    _keep(direction, paper)
    stops.refresh(request, on=on, at=at)
    trail.record(Event.DIRECTION_RECORDED, target=request, by=by, at=at, source=reference, details={"paper": True})
    return direction


def _keep(direction: Direction, paper: Any) -> None:
    if paper:
        direction.paper.save(paper.name, paper, save=False)
    direction.save()
