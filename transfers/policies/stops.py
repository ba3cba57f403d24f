"""Who may lift a stop: never the officer, never who raised the move, and for discipline never who decides on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from transfers.models import Stop, StopCode, TransferRequest
from transfers.policies.requests import NOT_ONESELF
from transfers.queries import chain

SECOND = "Fair Administrative Action Act 2015, s.7(2)(a); a stop needs a second authority"


def lift_refused_why(by: Any, stop: Stop, *, on: date) -> tuple[str, str] | None:
    """Why this user may not lift the stop, with the source; None where he or she may."""
    request = stop.request
    if not stop.lifted_by_role:
        return _("Nobody lifts this stop: it goes when its cause is gone."), stop.source
    if request.officer.user_id == by.pk or chain.is_party(by, request):
        return _("Nobody lifts a stop on a transfer of his or her own."), NOT_ONESELF
    if by.pk in _raised_by(request):
        return _("Whoever raised the move, advised on it or typed it does not lift its stops."), SECOND
    if not _reaches(by, request, on):
        return _("This stop is lifted by %(who)s.") % {"who": stop.lifted_by_role}, SECOND
    decides = chain.holds_pen(by, request, on=on) or request.decided_by_id == by.pk
    if stop.code == StopCode.DISCIPLINE and decides:
        return _("You decide on this transfer; a second authority lifts the stop for an open discipline case."), SECOND
    return None


def check_can_lift(by: Any, stop: Stop, *, reason: str, on: date) -> None:
    """Errors: NotAllowed with the reason; RuleBroken without one for the lifting."""
    if refused := lift_refused_why(by, stop, on=on):
        raise NotAllowed(*refused)
    if len(reason.strip()) < 10:
        raise RuleBroken(_("Say why the stop is lifted, in a sentence: it is published with the count."), SECOND)


def _raised_by(request: TransferRequest) -> set[int]:
    people = {request.entered_by_id, request.proposed_by_id, request.typed_by_id}
    people |= set(request.advice.values_list("advised_by", flat=True))
    return {each for each in people if each is not None}


def _reaches(by: Any, request: TransferRequest, on: date) -> bool:
    if request.is_protected:
        return not by.scope(Permission.DECIDE_PROTECTED, on=on).is_empty
    return request.from_unit is not None and by.can(Permission.LIFT_STOPS, at=request.from_unit, on=on)
