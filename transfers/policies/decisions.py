"""Who advises, decides, types for somebody else, takes back and reviews; nobody about himself, nobody on his own proposal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from transfers import reasons
from transfers.models import RequestState, RuleCode, Stage, TransferKind, TransferRequest
from transfers.policies.requests import NOT_ONESELF, REGULATIONS, is_own
from transfers.queries import chain, rules

FAIR = "Fair Administrative Action Act 2015, s.4(3): reasons in writing"
WHO = "Chain of approval in force"
SHORTEST = 10  # characters of a reason that says anything


def check_is_not_about_oneself(request: TransferRequest, *people: Any) -> None:
    """Neither the officer, nor a party to the exchange."""
    for each in people:
        if is_own(each, request.officer) or chain.is_party(each, request):
            raise NotAllowed(_("Nobody advises or decides on a transfer of his or her own."), NOT_ONESELF)


def is_desk(by: Any, request: TransferRequest, *, on: date) -> bool:
    """Whether the user's HR desk processes the transfer."""
    if request.is_protected or is_own(by, request.officer) or request.from_unit is None:
        return False
    return by.can(Permission.PROCESS_TRANSFERS, at=request.from_unit, on=on)


def check_pen(request: TransferRequest, *, holder: Any, by: Any, paper: str, on: date) -> None:
    """The holder of the pen acts, or the HR desk types on a paper what the holder decided. Both stand on record."""
    check_is_not_about_oneself(request, holder, by)
    if holder.pk == request.proposed_by_id:
        raise NotAllowed(_("Whoever put a move forward does not advise or decide on it."), NOT_ONESELF)
    if not chain.holds_pen(holder, request, on=on):
        raise NotAllowed(_("%(name)s does not hold the pen for this transfer now.") % {"name": holder.full_name}, WHO)
    if holder.pk == by.pk:
        return
    if not is_desk(by, request, on=on):
        raise NotAllowed(_("Only the HR desk of the unit types for somebody else."), WHO)
    if not paper.strip():
        raise RuleBroken(_("Name the minute or signal on which you type this for %(name)s.") % {"name": holder.full_name},
                         FAIR)  # fmt: skip


def check_waits_for(request: TransferRequest, state: str) -> None:
    """Whoever comes second is told who was first."""
    if request.state == state:
        return
    who, when = request.decided_by, request.decided_at
    if who is not None and when is not None and request.state in (RequestState.APPROVED, RequestState.REFUSED):
        word = _("approved") if request.state == RequestState.APPROVED else _("refused")
        moment = timezone.localtime(when)
        raise InvalidTransition(
            _("%(name)s decided this already, at %(time)s on %(day)s: %(word)s. Open it again to read why.")
            % {"name": who.full_name, "time": f"{moment:%H:%M}", "day": f"{moment:%-d %B %Y}", "word": word}
        )
    raise InvalidTransition(
        _("This transfer has gone on meanwhile: %(state)s. Open it again.") % {"state": request.get_state_display()}
    )


def check_reasons(words: str) -> None:
    """A word is no reason."""
    if len(words.strip()) < SHORTEST:
        raise RuleBroken(_("Write the reasons in a sentence: the officer reads them, and so may a court."), FAIR)


def check_reason_code(code: str, *, grants: bool, is_protected: bool) -> reasons.Reason:
    """A code of the closed list that decides this way; the neutral one where the ground is nobody else's business."""
    found = reasons.of(code)
    if found is None or found.grants != grants:
        raise RuleBroken(_("Choose a reason from the list that fits the decision."), FAIR)
    if is_protected and grants and code != reasons.NEUTRAL:
        raise RuleBroken(
            _("The order of a protected request gives the neutral reason."), "Constitution arts. 28 and 29"
        )
    return found


def check_place(request: TransferRequest, *, on: date) -> None:
    """An approval says where to, as what and by when; with notice, but where it is urgent."""
    place = request.to_unit
    if place is None or request.duty is None or request.post_rank is None or request.report_by is None:
        raise RuleBroken(_("An approval names the unit, the duty, the post and the day to report."), REGULATIONS)
    if place.pk == request.officer.unit_id:
        raise RuleBroken(_("The officer serves at %(unit)s already.") % {"unit": place.name}, REGULATIONS)
    if place.closed_on is not None and place.closed_on <= request.report_by:
        raise RuleBroken(_("%(unit)s is closed on the day to report.") % {"unit": place.name}, REGULATIONS)
    notice = rules.rule(RuleCode.NOTICE_DAYS, on)
    urgent = request.is_protected or request.kind in (TransferKind.EMERGENCY, TransferKind.WITHIN_COMMAND)
    if (request.report_by - on).days < (0 if urgent else notice.value):
        raise RuleBroken(
            _("The day to report is less than %(days)s days ahead.") % {"days": 0 if urgent else notice.value},
            notice.legal_basis,
        )


def check_parties(request: TransferRequest) -> None:
    """An exchange goes through when all of them said yes."""
    if request.kind == TransferKind.EXCHANGE and request.parties.filter(consented_at__isnull=True).exists():
        raise RuleBroken(_("Not all officers of this exchange have agreed."), REGULATIONS)


def check_can_undo(by: Any, request: TransferRequest) -> None:
    """Who decided, or who typed it, takes it back until it is published; afterwards a reversing order does."""
    if by.pk not in (request.decided_by_id, request.typed_by_id):
        raise NotAllowed(_("Only who decided, or who typed the decision, takes it back."), WHO)
    if request.state not in (RequestState.APPROVED, RequestState.REFUSED):
        raise InvalidTransition(_("There is no decision left to take back: an order is out, or it was taken back."))
    if request.state == RequestState.REFUSED and request.appeals.exists():
        raise RuleBroken(_("An appeal was lodged against this decision: the panel answers it."), REGULATIONS)


def check_can_pass_over(by: Any, request: TransferRequest, *, words: str, on: date) -> None:
    """Advice is passed over where nobody holds the office, or where it has been waited for too long."""
    if not is_desk(by, request, on=on):
        raise NotAllowed(_("Only the HR desk of the unit passes an advice over."), WHO)
    check_waits_for(request, RequestState.ADVICE)
    check_reasons(words)
    if may_pass_over(request, on=on):
        return
    limit = rules.rule(RuleCode.WAITING_DAYS, on)
    raise RuleBroken(
        _("The office is held and has had less than %(days)s days.") % {"days": limit.value}, limit.legal_basis
    )


def may_pass_over(request: TransferRequest, *, on: date) -> bool:
    """Whether nobody can answer, or the time to answer is over."""
    if request.state != RequestState.ADVICE or request.step is None or request.waits_at is None:
        return False
    people = chain.holders(request.step, request.waits_at, on=on)
    if not any(chain.holds_pen(each, request, on=on) for each in people):
        return True
    limit = rules.value(RuleCode.WAITING_DAYS, on)
    return request.waits_since is not None and (on - timezone.localdate(request.waits_since)).days > limit


def check_can_direct(by: Any, request: TransferRequest, *, on: date) -> None:
    """Whoever works on the transfer may put on record what he or she was told to do; after the order too."""
    if is_own(by, request.officer):
        raise NotAllowed(_("A direction is recorded by whoever was given it."), NOT_ONESELF)
    worked = by.pk in (request.entered_by_id, request.proposed_by_id, request.decided_by_id, request.typed_by_id)
    if worked or chain.holds_pen(by, request, on=on) or is_desk(by, request, on=on):
        return
    if request.advice.filter(advised_by=by).exists():
        return
    raise NotAllowed(_("A direction is recorded by whoever works on the transfer."), WHO)


def check_can_review(by: Any, request: TransferRequest, *, words: str, on: date) -> None:
    """The office that the chain names, never who decided, once, with reasons."""
    check_is_not_about_oneself(request, by)
    if by.pk in (request.decided_by_id, request.typed_by_id):
        raise NotAllowed(_("Whoever decided does not review the decision."), NOT_ONESELF)
    offices = chain.offices_of(by, on=on)
    roles = {role for role, _unit in offices}
    if not any(step.role in roles for step in chain.steps_of(request, [Stage.REVIEW], on=on)):
        raise NotAllowed(_("Emergency moves are reviewed by the authority that the chain of approval names."), WHO)
    if request.review_by is None or request.reviewed_at is not None:
        raise InvalidTransition(_("There is nothing to review: the move is not decided, or it was reviewed already."))
    check_reasons(words)
