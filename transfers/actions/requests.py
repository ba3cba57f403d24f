"""A request from its first word to the first pen: drafted, changed, submitted, answered, withdrawn; and moves proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from deployment.models import Duty
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, RuleBroken
from hcims.notify.kinds import Notice
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from transfers.actions import stops
from transfers.actions.chain import forward, tell_officer
from transfers.actions.exchange import tell_parties
from transfers.actions.locking import locked
from transfers.models import (
    Checked,
    FamilyImpact,
    RequestedPlace,
    RequestGround,
    RequestState,
    TransferKind,
    TransferRequest,
)
from transfers.policies import requests as policies
from transfers.said import Answers, Named, Place

__all__ = [
    "OPEN_UNDECIDED",
    "Answers",
    "Named",
    "Place",
    "answer_family",
    "change",
    "draft",
    "propose",
    "submit",
    "withdraw",
]
OPEN_UNDECIDED = (RequestState.DRAFT, RequestState.ADVICE, RequestState.DECISION, RequestState.POOLED)


@action
def draft(
    *,
    officer: Officer,
    kind: str = TransferKind.REQUEST,
    places: Sequence[Place] = (),
    grounds: Sequence[Named] = (),
    statement: str = "",
    receipt_number: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> TransferRequest:
    """This function will keep a request that is still being written. A ground that calls for protection makes it protected.

    Errors: NotAllowed for anyone but the officer and the HR desk; RuleBroken where one is open already.
    """
    is_protected = any(each.ground.is_protected for each in grounds)
    policies.check_can_ask(by, officer, kind=kind, is_protected=is_protected, on=on)
    _check_none_open(officer, kind, is_protected)
    request = TransferRequest.objects.create(
        officer=officer,
        kind=kind,
        is_protected=is_protected,
        statement=statement,
        receipt_number=receipt_number,
        entered_by=by,
        created_at=at,
    )
    _set_places(request, places)
    _set_grounds(request, grounds)
    return request


def _check_none_open(officer: Officer, kind: str, is_protected: bool) -> None:
    """A protected request never stands in the way of another, or its existence could be found out by trying."""
    states = [*OPEN_UNDECIDED, RequestState.APPROVED]
    open_ones = TransferRequest.objects.filter(officer=officer, is_protected=is_protected, state__in=states)
    if not is_protected:
        open_ones = open_ones.filter(kind=kind)
        if kind != TransferKind.REQUEST:
            return
    if open_ones.exists():
        raise RuleBroken(_("The officer has an open request; change or withdraw that one."), policies.REGULATIONS)


def _set_places(request: TransferRequest, places: Sequence[Place]) -> None:
    seen = [each.unit.pk for each in places]
    if len(seen) != len(set(seen)):
        raise RuleBroken(_("A place stands on the list twice."))
    if request.officer.unit_id in [each.unit.pk for each in places if not each.any_below]:
        raise RuleBroken(_("The present station stands on the list: it is kept anyway when nothing else is free."))
    request.places.all().delete()
    RequestedPlace.objects.bulk_create(
        RequestedPlace(request=request, position=number, unit=each.unit, any_below=each.any_below)
        for number, each in enumerate(places, start=1)
    )


def _set_grounds(request: TransferRequest, grounds: Sequence[Named]) -> None:
    named = {each.ground.pk: each for each in grounds}
    request.grounds.exclude(ground__in=named).delete()
    held = {each.ground_id: each for each in request.grounds.all()}
    for key, each in named.items():
        kept = held.get(key) or RequestGround(request=request, ground=each.ground)
        changed = kept.pk is None or kept.detail != each.detail or bool(each.evidence)
        kept.detail = each.detail
        if each.evidence:
            kept.evidence.save(each.evidence.name, each.evidence, save=False)
        if changed:  # what was checked against other papers is checked again
            kept.checked, kept.checked_by, kept.checked_at, kept.check_note = Checked.UNVERIFIED, None, None, ""
            kept.save()


@action
def change(
    request: TransferRequest,
    *,
    places: Sequence[Place] | None = None,
    grounds: Sequence[Named] | None = None,
    statement: str | None = None,
    by: Any,
    on: date,
    at: datetime,
) -> TransferRequest:
    """This function will change places, grounds or words of a request that nobody decides on yet; None leaves a part alone.

    Errors: NotAllowed; RuleBroken once it is before the authority, or where a ground would make it protected afterwards.
    """
    request = locked(request)
    policies.check_can_change(by, request)
    if places is not None:
        _set_places(request, places)
    if grounds is not None:
        _protect(request, any(each.ground.is_protected for each in grounds), by)
        _set_grounds(request, grounds)
    if statement is not None:
        request.statement = statement
        request.save(update_fields=["statement"])
    if request.state != RequestState.DRAFT:
        stops.refresh(request, on=on, at=at)
        trail.record(Event.TRANSFER_ASKED, target=request, by=by, at=at, details={"changed": True})
    return request


def _protect(request: TransferRequest, is_protected: bool, by: Any) -> None:
    """What others have seen cannot be sealed afterwards, and what is sealed is not opened by a change."""
    if is_protected == request.is_protected:
        return
    if request.state != RequestState.DRAFT or by.pk != request.officer.user_id:
        raise RuleBroken(
            _(
                "This request was seen by others. Make a new one with this ground: only the protection authority reads it."
            ),
            policies.REGULATIONS,
        )
    request.is_protected = is_protected
    request.save(update_fields=["is_protected"])


@action
def submit(request: TransferRequest, *, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will send a request on its way: the officer's post is kept, its stops are raised, the first pen is told.

    Errors: RuleBroken without a place or a ground where one is needed; InvalidTransition when it was sent already.
    """
    request = locked(request)
    policies.check_holds_draft(by, request)
    policies.check_serves(request.officer)
    if request.state != RequestState.DRAFT:
        raise InvalidTransition(_("This request was sent already."))
    if request.kind == TransferKind.EXCHANGE:
        raise RuleBroken(_("An exchange goes on its way when all of its officers have agreed."), policies.REGULATIONS)
    if request.kind == TransferKind.REQUEST and not request.is_protected and not request.places.exists():
        raise RuleBroken(_("Name at least one place."), policies.REGULATIONS)
    _keep_post(request, at)
    trail.record(Event.TRANSFER_ASKED, target=request, by=by, at=at, details={"kind": request.kind})
    return forward(request, by=by, on=on, at=at)


def _keep_post(request: TransferRequest, at: datetime) -> None:
    request.from_unit, request.rank, request.submitted_at = request.officer.unit, request.officer.rank, at
    request.save(update_fields=["from_unit", "rank", "submitted_at"])


@action
def withdraw(request: TransferRequest, *, reason: str = "", by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will end a request at the wish of who made it, until an order is out. Errors: NotAllowed."""
    request = locked(request)
    policies.check_can_withdraw(by, request, on=on)
    workflow.move(request, RequestState.WITHDRAWN, by=by, at=at, step=None, waits_at=None, waits_since=None)
    trail.record(Event.TRANSFER_WITHDRAWN, target=request, by=by, at=at, reason=reason)
    if request.kind == TransferKind.EXCHANGE:
        tell_parties(request, at=at, but=by)
    elif by.pk != request.officer.user_id:
        tell_officer(request, at=at)
    return request


@action
def answer_family(request: TransferRequest, *, answers: Answers, by: Any, on: date, at: datetime) -> FamilyImpact:
    """This function will keep what the officer says about the family, and see which stops that raises or takes away.

    Errors: NotAllowed for anyone but the officer and the HR desk; RuleBroken once it is decided.
    """
    request = locked(request)
    policies.check_can_answer_family(by, request, on=on)
    if request.state not in (*OPEN_UNDECIDED, RequestState.APPROVED):
        raise RuleBroken(_("This transfer is over or ordered; say it in an appeal."), policies.REGULATIONS)
    kept, _made = FamilyImpact.objects.update_or_create(
        request=request,
        defaults={
            "children_at_school": answers.children_at_school,
            "exam_this_year": answers.exam_this_year,
            "dependant_with_disability": answers.dependant_with_disability,
            "spouse_at_work": answers.spouse_at_work,
            "detail": answers.detail,
            "answered_by": by,
            "answered_at": at,
        },
    )
    request.family_impact = kept
    if request.state != RequestState.DRAFT:
        stops.refresh(request, on=on, at=at)
    return kept


@action
def propose(
    *,
    officer: Officer,
    to_unit: Unit | None,
    kind: str = TransferKind.SERVICE_NEED,
    reasons: str,
    duty: Duty | None = None,
    post_rank: Rank | None = None,
    post_skill: Skill | None = None,
    report_by: date | None = None,
    by: Any,
    on: date,
    at: datetime,
) -> TransferRequest:
    """This function will put a move forward for the service, with reasons, and ask the officer about the family.

    Errors: NotAllowed for anyone but a commander of either unit and the HR desk, and about oneself; RuleBroken without reasons.
    """
    policies.check_can_propose(by, officer, kind=kind, to_unit=to_unit, reasons=reasons, on=on)
    request = TransferRequest.objects.create(
        officer=officer,
        kind=kind,
        statement=reasons.strip(),
        entered_by=by,
        proposed_by=by,
        created_at=at,
        to_unit=to_unit,
        duty=duty,
        post_rank=post_rank or officer.rank,
        post_skill=post_skill,
        report_by=report_by,
    )
    _keep_post(request, at)
    details = {"kind": kind, "to": to_unit.code if to_unit else ""}
    trail.record(Event.TRANSFER_PROPOSED, target=request, by=by, at=at, details=details)
    forward(request, by=by, on=on, at=at)
    tell_officer(request, at=at, notice=Notice.TRANSFER_TO_ANSWER)
    return request
