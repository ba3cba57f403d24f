"""Advice of commanders, and passing over where none will come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, RuleBroken
from transfers.actions.chain import forward
from transfers.actions.locking import locked
from transfers.models import Advice, RequestState, TransferRequest, Verdict
from transfers.policies import decisions as policies


@action
def advise(
    request: TransferRequest,
    *,
    verdict: str,
    reasons: str,
    advised_by: Any = None,
    paper: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> TransferRequest:
    """This function will keep a commander's advice with its reasons and pass the pen on.

    `advised_by` and `paper` where the HR desk types it. Errors: NotAllowed; InvalidTransition when it was given meanwhile.
    """
    request, holder = locked(request), advised_by or by
    policies.check_waits_for(request, RequestState.ADVICE)
    policies.check_pen(request, holder=holder, by=by, paper=paper, on=on)
    if verdict not in (Verdict.SUPPORT, Verdict.SUPPORT_LATER, Verdict.OPPOSE):
        raise RuleBroken(_("Choose whether you support the transfer."), policies.FAIR)
    policies.check_reasons(reasons)
    _keep(request, verdict, reasons, holder=holder, paper=paper, by=by, on=on, at=at)
    return forward(request, by=by, on=on, at=at)


@action
def pass_over(request: TransferRequest, *, reasons: str, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will go on without the advice that is due, where nobody holds the office or the time is over.

    Errors: NotAllowed for anyone but the HR desk; RuleBroken while an answer may still come.
    """
    request = locked(request)
    policies.check_can_pass_over(by, request, words=reasons, on=on)
    _keep(request, Verdict.NONE, reasons, holder=by, paper="", by=by, on=on, at=at)
    return forward(request, by=by, on=on, at=at)


def _keep(
    request: TransferRequest, verdict: str, reasons: str, *, holder: Any, paper: str, by: Any, on: date, at: datetime
) -> None:
    step, unit = request.step, request.waits_at
    if step is None or unit is None:
        raise InvalidTransition(_("This transfer waits for nobody."))
    Advice.objects.create(
        request=request,
        step=step,
        unit=unit,
        verdict=verdict,
        reasons=reasons.strip(),
        advised_by=holder,
        typed_by=by,
        office=holder.office(on=on)[:200],
        paper=paper.strip(),
        at=at,
    )
    details = {"verdict": verdict, "step": step.code, "typed": holder.pk != by.pk}
    trail.record(Event.TRANSFER_ADVISED, target=request, by=by, at=at, source=paper, details=details)
