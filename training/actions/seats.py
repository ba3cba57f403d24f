"""Seats: given in the published order, out of it with a reason, refused with a code; the waiting list moves up by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import Refusal, RuleBroken
from training import reasons
from training.actions import calls
from training.actions.cohorts import locked, tell_officers
from training.models import Cohort, CohortState, Nomination, NominationSource, NominationState
from training.policies import nominations as policies
from training.policies.cohorts import check_is_not_about_oneself
from training.queries.eligibility import findings_for
from training.queries.seats import standing

__all__ = ["Chosen", "give_in_order", "give_seats", "move_up", "refuse", "refused"]
UNDECIDED = (NominationState.PROPOSED, NominationState.WAITING)


@dataclass
class Chosen:
    """Who was given a seat, who waits, and what was left with the reason."""

    given: list[Nomination] = field(default_factory=list)
    waiting: list[Nomination] = field(default_factory=list)
    skipped: list[tuple[Nomination, str]] = field(default_factory=list)


@action
def give_in_order(cohort: Cohort, *, by: Any, on: date, at: datetime) -> Chosen:
    """This function will give the seats by the published order, and put everybody else on the waiting list.

    One's own name, and one whose conditions no longer hold, is left for another person or for a refusal.
    Errors: NotAllowed, InvalidTransition once seats are no longer given.
    """
    cohort = locked(cohort)
    policies.check_gives_seats(by, cohort, on=on)
    by_key = {each.pk: each for each in _undecided(cohort)}
    chosen = Chosen()
    findings = findings_for(cohort, [each.officer for each in by_key.values()], on=on)
    for placed in standing(cohort, on=on):
        nomination = by_key.get(placed.candidate.key)
        if nomination is None:
            continue
        try:
            check_is_not_about_oneself(by, nomination.officer)
            if placed.is_seated:
                policies.check_is_eligible(findings[nomination.officer_id])
                _accept(nomination, reasons.IN_ORDER, "", by=by, at=at)
                chosen.given.append(nomination)
            elif nomination.state == NominationState.PROPOSED:
                _decide(nomination, NominationState.WAITING, reasons.ON_LIST, "", by=by, at=at)
                chosen.waiting.append(nomination)
        except Refusal as refusal:
            chosen.skipped.append((nomination, refusal.message))
    _close(cohort, chosen, on=on, at=at, by=by)
    return chosen


@action
def give_seats(
    cohort: Cohort,
    *,
    nominations: Sequence[Nomination],
    note: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> Chosen:
    """This function will give seats to these names; out of the published order only with a reason, which the officers read.

    Errors: NotAllowed, InvalidTransition. A name without a free seat, out of the order without a reason, or one's own is left.
    """
    cohort = locked(cohort)
    policies.check_gives_seats(by, cohort, on=on)
    wanted = {each.pk for each in nominations}
    in_order = {each.candidate.key for each in standing(cohort, on=on) if each.is_seated}
    rows = [each for each in _undecided(cohort) if each.pk in wanted]
    findings = findings_for(cohort, [each.officer for each in rows], on=on)
    free = cohort.seats - cohort.nominations.filter(state=NominationState.ACCEPTED).count()
    chosen = Chosen()
    for nomination in rows:
        try:
            check_is_not_about_oneself(by, nomination.officer)
            policies.check_is_eligible(findings[nomination.officer_id])
            code = _code(nomination, nomination.pk in in_order, note)
            if free < 1:
                raise RuleBroken(_("All %(n)s seats are given.") % {"n": cohort.seats}, policies.ORDER)
        except Refusal as refusal:
            chosen.skipped.append((nomination, refusal.message))
            continue
        _accept(nomination, code, note, by=by, at=at)
        chosen.given.append(nomination)
        free -= 1
    _close(cohort, chosen, on=on, at=at, by=by)
    return chosen


def _code(nomination: Nomination, is_in_order: bool, note: str) -> str:
    if nomination.source == NominationSource.PLAN:
        return reasons.CALLED_BY_PLAN
    if is_in_order:
        return reasons.IN_ORDER
    if len(note.strip()) < 10:
        raise RuleBroken(
            _("Others come first in the published order. Say in a sentence why this name goes before them."),
            policies.ORDER,
        )
    return reasons.OUT_OF_ORDER


def _undecided(cohort: Cohort) -> list[Nomination]:
    rows = cohort.nominations.select_for_update(of=("self",)).filter(state__in=UNDECIDED)
    return list(rows.select_related("officer__rank", "officer__unit").order_by("pk"))


def _accept(nomination: Nomination, code: str, note: str, *, by: Any, at: datetime) -> None:
    _decide(nomination, NominationState.ACCEPTED, code, note, by=by, at=at)


def _decide(nomination: Nomination, to: str, code: str, note: str, *, by: Any, at: datetime) -> None:
    workflow.move(
        nomination, to, by=by, at=at, note=code, decided_by=by, decided_at=at, decision_code=code,
        decision_note=note.strip()[:300],
    )  # fmt: skip


def _close(cohort: Cohort, chosen: Chosen, *, by: Any, on: date, at: datetime) -> None:
    if not (chosen.given or chosen.waiting):
        return
    details = {"given": len(chosen.given), "waiting": len(chosen.waiting)}
    trail.record(Event.NOMINATION_DECIDED, target=cohort, by=by, at=at, details=details)
    if cohort.state == CohortState.CALLED:  # the others have their letters: these get theirs at once
        calls.enrol(cohort, by=by, on=on, at=at)
    tell_officers([each.officer_id for each in (*chosen.given, *chosen.waiting)], at=at)


@action
def refuse(nomination: Nomination, *, code: str, words: str, by: Any, on: date, at: datetime) -> Nomination:
    """This function will refuse a name with a reason of the list and a sentence. Errors: NotAllowed, InvalidTransition."""
    cohort = locked(nomination.cohort)
    policies.check_gives_seats(by, cohort, on=on)
    list(Nomination.objects.select_for_update().filter(pk=nomination.pk).values_list("pk"))
    nomination = Nomination.objects.select_related("officer", "cohort", "decided_by").get(pk=nomination.pk)
    check_is_not_about_oneself(by, nomination.officer)
    policies.check_waits(nomination, *UNDECIDED)
    policies.check_refusal(code, reasons.BY_INSTITUTION, words)
    return refused(nomination, code, words, by=by, at=at)


def refused(nomination: Nomination, code: str, words: str, *, by: Any, at: datetime) -> Nomination:
    """This function will write a refusal down and tell the officer; the caller has checked who may."""
    _decide(nomination, NominationState.REFUSED, code, words, by=by, at=at)
    trail.record(Event.NOMINATION_DECIDED, target=nomination, by=by, at=at, details={"refused": code})
    tell_officers([nomination.officer_id], at=at)
    return nomination


def move_up(cohort: Cohort, *, on: date, at: datetime) -> list[Nomination]:
    """This function will give seats that fell free to the next on the waiting list, in the published order.

    Nobody decides: the order does. Where trainees are called already, those who move up are called too. The cohort is locked
    by the caller. Whoever waits and no longer meets a condition is passed over, and stays on the list for a person to answer.
    """
    waiting = {each.pk: each for each in _undecided(cohort) if each.state == NominationState.WAITING}
    if not waiting:
        return []
    findings = findings_for(cohort, [each.officer for each in waiting.values()], on=on)
    free = cohort.seats - cohort.nominations.filter(state=NominationState.ACCEPTED).count()
    moved = []
    for placed in standing(cohort, on=on, nominations=_with_seats(cohort, waiting)):
        nomination = waiting.get(placed.candidate.key)
        if nomination is None or not placed.is_seated or free < 1:
            continue
        if not all(each.holds is not False for each in findings[nomination.officer_id]):
            continue
        _accept(nomination, reasons.MOVED_UP, "", by=None, at=at)
        moved.append(nomination)
        free -= 1
    if moved and cohort.state == CohortState.CALLED:
        calls.enrol(cohort, by=None, on=on, at=at)
    tell_officers([each.officer_id for each in moved], at=at)
    return moved


def _with_seats(cohort: Cohort, waiting: dict[int, Nomination]) -> list[Nomination]:
    """The list stands before names that nobody has answered yet."""
    given = cohort.nominations.filter(state=NominationState.ACCEPTED).select_related("officer")
    return [*given, *waiting.values()]
