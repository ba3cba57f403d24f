"""Corrections asked for by the officer, or proposed by a commander, and answered by HR in writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from personnel import policies
from personnel.models import ENTRIES, CorrectionRequest, CorrectionState, Officer

# Parts of a record whose changes stand in this module's histories; postings are corrected in `deployment`.
KEPT_HERE = ("names", "service", "skills", "family", "identity", "conduct")


@action
def ask_correction(
    *, officer: Officer, section: str, what_is_wrong: str, should_be: str, evidence: Any = None, by: Any, at: datetime
) -> CorrectionRequest:
    """This function will put a request to correct the record before HR.

    Errors: NotAllowed, RuleBroken (nothing said; the same section waits already).
    """
    policies.check_can_ask_correction(by, officer, on=timezone.localdate(at))
    if not what_is_wrong.strip() or not should_be.strip():
        raise RuleBroken(_("Say what is wrong, and what it should be."), source=policies.OWN_RECORD)
    waiting = CorrectionRequest.objects.filter(
        officer=officer, section=section, asked_by=by, state=CorrectionState.ASKED
    )
    if waiting.exists():
        raise RuleBroken(
            _("You have asked about this part already; it is waiting for an answer."), source="one request"
        )
    request = CorrectionRequest(
        officer=officer, asked_by=by, section=section, what_is_wrong=what_is_wrong, should_be=should_be, asked_at=at
    )
    if evidence:
        request.evidence.save(evidence.name, evidence, save=False)
    request.save()
    details = {"request": request.ref, "section": section}
    trail.record(Event.CORRECTION_ASKED, target=officer, by=by, at=at, details=details)
    return request


def _has_changed(request: CorrectionRequest) -> bool:
    """Whether somebody entered anything on the record since the request was made."""
    own = Officer.history.filter(id=request.officer_id)  # type: ignore[attr-defined]
    others = [model.history.filter(officer_id=request.officer_id) for model in ENTRIES]  # type: ignore[attr-defined]
    return any(rows.filter(history_date__gte=request.asked_at).exists() for rows in (own, *others))


@action
def decide_correction(
    *, request: CorrectionRequest, made: bool, answer: str, by: Any, at: datetime
) -> CorrectionRequest:
    """This function will answer a request: the record was corrected, or why not. Enter the change itself before this.

    Errors: NotAllowed, RuleBroken (corrected in words alone), InvalidTransition (answered or withdrawn meanwhile).
    """
    policies.check_can_decide_correction(by, request, answer=answer, on=timezone.localdate(at))
    if made and request.section in KEPT_HERE and not _has_changed(request):
        raise RuleBroken(
            _(
                "Nothing on this record has changed since the officer asked. Enter the change first, or say why it stands."
            ),
            source=policies.OWN_RECORD,
        )
    to = CorrectionState.MADE if made else CorrectionState.REFUSED
    workflow.move(request, to, by=by, at=at, decided_by=by, decided_at=at, answer=answer)
    notify(request.asked_by, Notice.CORRECTION_DECIDED, at=at, by=by, link=f"/corrections/{request.ref}/")
    details = {"request": request.ref, "outcome": to}
    trail.record(Event.CORRECTION_DECIDED, target=request.officer, by=by, at=at, details=details)
    return request


@action
def withdraw_correction(*, request: CorrectionRequest, by: Any, at: datetime) -> CorrectionRequest:
    """This function will take back a request that has not been answered. Errors: NotAllowed, InvalidTransition."""
    if request.asked_by_id != by.pk:
        raise NotAllowed(_("Only whoever asked may withdraw."), source=policies.OWN_RECORD)
    workflow.move(request, CorrectionState.WITHDRAWN, by=by, at=at, decided_by=by, decided_at=at)
    details = {"request": request.ref, "outcome": CorrectionState.WITHDRAWN}
    trail.record(Event.CORRECTION_DECIDED, target=request.officer, by=by, at=at, details=details)
    return request
