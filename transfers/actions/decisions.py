"""Decisions on a transfer: what is proposed to be decided, decided, taken back until published; and the later review."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, Refusal, RuleBroken
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from transfers import links
from transfers.actions import failed_reviews, stops
from transfers.actions.advice import advise, pass_over
from transfers.actions.chain import tell_holders, tell_officer
from transfers.actions.directions import attach_paper, record_direction
from transfers.actions.locking import locked
from transfers.models import ExchangeParty, RequestState, RuleCode, Stage, TransferKind, TransferRequest
from transfers.moves import Line, Move
from transfers.policies import decisions as policies
from transfers.queries import chain, rules

__all__ = [
    "Line",
    "Move",
    "Outcome",
    "advise",
    "attach_paper",
    "consider",
    "decide",
    "decide_many",
    "pass_over",
    "record_direction",
    "review_emergency",
    "undo",
    "undo_many",
]


@action
def consider(request: TransferRequest, *, move: Move, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will keep the move under consideration and raise the stops that it meets, so that they can be dealt with.

    Errors: NotAllowed for anyone but the holder of the pen and the HR desk.
    """
    request = locked(request)
    policies.check_waits_for(request, RequestState.DECISION)
    policies.check_is_not_about_oneself(request, by)
    if not chain.holds_pen(by, request, on=on) and not policies.is_desk(by, request, on=on):
        raise NotAllowed(_("You do not hold the pen for this transfer now."), policies.WHO)
    _place(request, move)
    stops.refresh(request, on=on, at=at)
    return request


def _place(request: TransferRequest, move: Move) -> None:
    names = ("to_unit", "duty", "post_rank", "post_skill", "report_by", "overstrength_authority")
    for name in names:
        setattr(request, name, getattr(move, name))
    request.save(update_fields=list(names))


@action
def decide(
    request: TransferRequest,
    *,
    approve: bool,
    reason_code: str,
    reasons: str,
    move: Move | None = None,
    considered: str = "",
    decided_by: Any = None,
    paper: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> TransferRequest:
    """This function will decide on a transfer with a reason of the closed list and reasons in writing.

    `decided_by` and `paper` where the HR desk types the decision. Errors: NotAllowed; InvalidTransition naming who was first;
    RuleBroken while a stop holds an approval, or with a frozen power.
    """
    request, holder = locked(request), decided_by or by
    policies.check_waits_for(request, RequestState.DECISION)
    policies.check_pen(request, holder=holder, by=by, paper=paper, on=on)
    reason = policies.check_reason_code(reason_code, grants=approve, is_protected=request.is_protected)
    policies.check_reasons(reasons)
    if move is not None and approve:
        _place(request, move)
    if approve:
        _check_move(request, on=on)
    _check_stops(request, approve=approve, on=on, at=at)
    _weigh_family(request, considered, approve=approve)
    to = RequestState.APPROVED if approve else RequestState.REFUSED
    workflow.move(
        request, to, by=by, at=at, note=reason_code, decided_by=holder, typed_by=by, decided_at=at,
        decision_paper=paper.strip()[:200], reason_code=reason_code, reasons=reasons.strip(),
        legal_basis=_basis(request, reason.source), review_by=_review_day(request, approve, on), waits_since=at,
    )  # fmt: skip
    details = {"approved": approve, "reason": reason_code, "typed": holder.pk != by.pk}
    trail.record(Event.TRANSFER_DECIDED, target=request, by=by, at=at, source=paper, details=details)
    _tell(request, approve=approve, on=on, at=at)
    return request


def _check_move(request: TransferRequest, *, on: date) -> None:
    if request.kind == TransferKind.EXCHANGE:
        policies.check_parties(request)
        own: ExchangeParty | None = request.parties.filter(officer=request.officer).first()
        if own is not None and request.to_unit_id != own.to_unit_id:
            request.to_unit = own.to_unit
            request.save(update_fields=["to_unit"])
    policies.check_place(request, on=on)


def _check_stops(request: TransferRequest, *, approve: bool, on: date, at: datetime) -> None:
    held = stops.refresh(request, on=on, at=at)
    if not approve:  # a refusal needs the power to decide, and nothing else
        held = [each for each in held if each.code == "frozen"]
    if held:
        words = "; ".join(each.message for each in held)
        raise RuleBroken(_("It is held: %(stops)s") % {"stops": words}, "; ".join(each.source for each in held))


def _weigh_family(request: TransferRequest, considered: str, *, approve: bool) -> None:
    """Who moves somebody against his or her wish says how the family was weighed."""
    family = getattr(request, "family_impact", None)
    if family is None:
        return
    duties = family.children_at_school or family.exam_this_year or family.dependant_with_disability
    forced = request.kind not in (TransferKind.REQUEST, TransferKind.EXCHANGE, TransferKind.COMPASSIONATE)
    if approve and forced and duties and len(considered.strip()) < policies.SHORTEST:
        raise RuleBroken(_("Say how the answers about the family were weighed."), "Namu v NPSC [2023] KEELRC 1231")
    if considered.strip():
        family.considered = considered.strip()
        family.save(update_fields=["considered"])


def _basis(request: TransferRequest, source: str) -> str:
    step = request.step.legal_basis if request.step else ""
    return f"{source}; {step}".strip("; ")[:300]


def _review_day(request: TransferRequest, approve: bool, on: date) -> date | None:
    if not approve or request.kind != TransferKind.EMERGENCY or request.is_protected:
        return None
    return on + timedelta(days=rules.value(RuleCode.REVIEW_DAYS, on))


def _tell(request: TransferRequest, *, approve: bool, on: date, at: datetime) -> None:
    """The officer reads a refusal at once, and an approval with the order: until then it can be taken back."""
    if not approve:
        tell_officer(request, at=at)
    if request.review_by is None or request.waits_at is None:
        return
    for step in chain.steps_of(request, [Stage.REVIEW], on=on):
        people = [each for each in chain.holders(step, request.waits_at, on=on) if each.pk != request.decided_by_id]
        notify_many(people, Notice.TRANSFER_TO_REVIEW, at=at, link=links.desk(request.ref))


@action
def undo(request: TransferRequest, *, by: Any, on: date, at: datetime) -> TransferRequest:
    """This function will take a decision back that no order carries out yet; the transfer waits for it again.

    Errors: NotAllowed for anyone but who decided or typed it; InvalidTransition once an order is out.
    """
    request = locked(request)
    policies.check_can_undo(by, request)
    was_refused = request.state == RequestState.REFUSED
    workflow.move(
        request, RequestState.DECISION, by=by, at=at, decided_by=None, typed_by=None, decided_at=None, decision_paper="",
        reason_code="", reasons="", legal_basis="", review_by=None, waits_since=_came_at(request),
    )  # fmt: skip
    trail.record(Event.TRANSFER_UNDONE, target=request, by=by, at=at)
    if was_refused:
        tell_officer(request, at=at)
    tell_holders(request, on=on, at=at)
    return request


def _came_at(request: TransferRequest) -> datetime | None:
    """When it came before the authority: what was taken back has waited since then."""
    last = request.advice.order_by("-at").first()
    return last.at if last is not None else request.submitted_at


@dataclass
class Outcome:
    """What a bulk deed did, and what it left with the reason."""

    done: list[TransferRequest] = field(default_factory=list)
    skipped: list[tuple[TransferRequest, str]] = field(default_factory=list)


@action
def decide_many(
    lines: list[Line],
    *,
    approve: bool,
    reason_code: str,
    reasons: str,
    decided_by: Any = None,
    paper: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> Outcome:
    """This function will decide on each of many transfers by itself: one that is held or was decided meanwhile is left, with why.

    All of them carry the moment `at`, by which the whole of it can be taken back.
    """
    outcome = Outcome()
    for line in sorted(lines, key=lambda each: each.request.pk):  # locks in one order, whoever decides
        try:
            decided = decide(
                line.request, approve=approve, reason_code=reason_code, reasons=reasons, move=line.move,
                decided_by=decided_by, paper=paper, by=by, on=on, at=at,
            )  # fmt: skip
        except Refusal as refusal:
            outcome.skipped.append((line.request, refusal.message))
        else:
            outcome.done.append(decided)
    return outcome


@action
def undo_many(requests: list[TransferRequest], *, by: Any, on: date, at: datetime) -> Outcome:
    """This function will take back many decisions; what is published or was taken back already is left, with why."""
    outcome = Outcome()
    for request in sorted(requests, key=lambda each: each.pk):
        try:
            outcome.done.append(undo(request, by=by, on=on, at=at))
        except Refusal as refusal:
            outcome.skipped.append((request, refusal.message))
    return outcome


@action
def review_emergency(
    request: TransferRequest, *, upheld: bool, outcome: str, by: Any, on: date, at: datetime
) -> TransferRequest:
    """This function will keep what the review of an emergency move found; one that is not upheld is taken back.

    Before the arrival the order is cancelled at once; after it the reversing order stands ready and waits for a signature.
    Errors: NotAllowed for who decided it.
    """
    request = locked(request)
    policies.check_can_review(by, request, words=outcome, on=on)
    request.reviewed_by, request.reviewed_at = by, at
    request.review_upheld, request.review_outcome = upheld, outcome.strip()
    request.save(update_fields=["reviewed_by", "reviewed_at", "review_upheld", "review_outcome"])
    trail.record(Event.TRANSFER_REVIEWED, target=request, by=by, at=at, details={"upheld": upheld})
    if not upheld:
        failed_reviews.take_back(request, by=by, on=on, at=at)
    tell_officer(request, at=at)
    return request
