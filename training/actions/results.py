"""Results: entered, many at once or one by one; corrected with a paper. A pass becomes a line of the personnel record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import Refusal
from personnel import actions as personnel
from personnel.validity import lapses_on
from training.actions import certificates
from training.actions.calls import locked_enrolment
from training.actions.cohorts import locked, tell_officers
from training.models import Cohort, Enrolment, EnrolmentState
from training.policies import results as policies
from training.queries.attendance import Needed, needed_for, shares_of
from training.queries.given import skills_given

__all__ = ["Line", "Outcome", "correct_result", "enter_result", "enter_results", "keep_in_record", "take_back_result"]
PASSED = "Passed"


@dataclass(frozen=True)
class Line:
    """The result of one trainee: the mark where the course has a pass mark, else whether he or she passed."""

    enrolment: Enrolment
    mark: int | None = None
    passed: bool | None = None
    note: str = ""


@dataclass
class Outcome:
    """What was entered, and what was left with the reason."""

    done: list[Enrolment] = field(default_factory=list)
    skipped: list[tuple[Enrolment, str]] = field(default_factory=list)


@action
def enter_result(
    enrolment: Enrolment,
    *,
    mark: int | None = None,
    passed: bool | None = None,
    note: str = "",
    paper: str = "",
    by: Any,
    on: date,
    at: datetime,
) -> Enrolment:
    """This function will enter the result of one trainee; a pass goes to the personnel record at once.

    Errors: NotAllowed for one's own and for anyone who does not run the training; InvalidTransition where a result stands;
    RuleBroken without a mark, or for a pass with less attendance than the rule asks for.
    """
    cohort = locked(enrolment.cohort)
    shares, needed = shares_of(cohort), needed_for(cohort, on=on)
    found = shares.get(enrolment.pk)
    line = Line(enrolment, mark, passed, note)
    entered = _enter(line, found.of_100 if found else None, needed, paper=paper, by=by, on=on, at=at)
    trail.record(Event.RESULTS_ENTERED, target=entered, by=by, at=at, source=paper, details={"result": entered.state})
    tell_officers([entered.officer_id], at=at)
    return entered


@action
def enter_results(
    cohort: Cohort, *, lines: Sequence[Line], paper: str = "", by: Any, on: date, at: datetime
) -> Outcome:
    """This function will enter many results, each by itself: one that cannot be is left, with why."""
    cohort = locked(cohort)
    shares, needed = shares_of(cohort), needed_for(cohort, on=on)
    outcome = Outcome()
    for line in sorted(lines, key=lambda each: each.enrolment.pk):
        found = shares.get(line.enrolment.pk)
        try:
            entered = _enter(line, found.of_100 if found else None, needed, paper=paper, by=by, on=on, at=at)
        except Refusal as refusal:
            source = f" ({refusal.source})" if refusal.source else ""
            outcome.skipped.append((line.enrolment, f"{refusal.message}{source}"))
        else:
            outcome.done.append(entered)
    if outcome.done:
        passed = sum(each.state == EnrolmentState.PASSED for each in outcome.done)
        details = {"count": len(outcome.done), "passed": passed}
        trail.record(Event.RESULTS_ENTERED, target=cohort, by=by, at=at, source=paper, details=details)
        tell_officers([each.officer_id for each in outcome.done], at=at)
    return outcome


def _enter(line: Line, share: int | None, needed: Needed, *, paper: str, by: Any, on: date, at: datetime) -> Enrolment:
    enrolment = locked_enrolment(line.enrolment)
    policies.check_can_enter_result(by, enrolment, on=on)
    is_pass = policies.passes(enrolment, line.mark, line.passed)
    if is_pass:
        policies.check_attendance(share, needed.share, needed.basis)
    to = EnrolmentState.PASSED if is_pass else EnrolmentState.FAILED
    workflow.move(
        enrolment, to, by=by, at=at, note=paper, mark=line.mark, result_on=_result_day(enrolment, on),
        result_paper=paper.strip()[:120], result_note=line.note.strip()[:200],
    )  # fmt: skip
    if is_pass:
        keep_in_record(enrolment, paper=paper_of(enrolment), by=by, at=at)
    return enrolment


def _result_day(enrolment: Enrolment, on: date) -> date:
    """The last day of the course, also where the result is entered later: validity counts from there."""
    return min(on, enrolment.cohort.last_on)


def paper_of(enrolment: Enrolment) -> str:
    """What the entry in the record rests on until the certificate is out: the paper named, or the result list."""
    cohort = enrolment.cohort
    named = enrolment.result_paper or f"Results of {cohort.version.course.code}, {cohort.title}"
    return f"{named}, {cohort.unit.name}, {date_format(cohort.last_on, 'j F Y')}"[:200]


def keep_in_record(enrolment: Enrolment, *, paper: str, by: Any, at: datetime) -> None:
    """This function will write the course passed, and the skills that it gives, into the personnel record."""
    cohort, officer = enrolment.cohort, enrolment.officer
    day = enrolment.result_on or cohort.last_on
    personnel.keep_course_passed(
        officer=officer, title=cohort.version.course.name_en, institution=cohort.unit.name, starts_on=cohort.first_on,
        ends_on=cohort.last_on, result=PASSED if enrolment.mark is None else f"{PASSED}, {enrolment.mark} of 100",
        paper=paper, by=by, at=at,
    )  # fmt: skip
    for given in skills_given(cohort):
        personnel.keep_skill_given(
            officer=officer, skill=given.skill, level=given.level, acquired_on=day,
            expires_on=lapses_on(day, given.months), paper=paper, by=by, at=at,
        )  # fmt: skip


@action
def correct_result(
    enrolment: Enrolment,
    *,
    mark: int | None = None,
    passed: bool | None = None,
    paper: str,
    note: str,
    by: Any,
    on: date,
    at: datetime,
) -> Enrolment:
    """This function will put another result in place of a wrong one, with its paper and why; the record follows.

    A pass that falls takes its certificate, the course and the skill that rested on it with it.
    Errors: NotAllowed, InvalidTransition, RuleBroken without a paper, a reason or a fitting mark.
    """
    cohort = locked(enrolment.cohort)
    enrolment = locked_enrolment(enrolment)
    policies.check_can_correct_result(by, enrolment, paper=paper, note=note, on=on)
    was_pass, is_pass = enrolment.state == EnrolmentState.PASSED, policies.passes(enrolment, mark, passed)
    if is_pass:
        share = shares_of(cohort).get(enrolment.pk)
        needed = needed_for(cohort, on=on)
        policies.check_attendance(share.of_100 if share else None, needed.share, needed.basis)
    rested_on = paper_of(enrolment)
    changed = {"mark": mark, "result_paper": paper.strip()[:120], "result_note": note.strip()[:200]}
    if was_pass != is_pass:
        to = EnrolmentState.PASSED if is_pass else EnrolmentState.FAILED
        workflow.move(enrolment, to, by=by, at=at, note=note, **changed)
    else:
        for name, value in changed.items():
            setattr(enrolment, name, value)
        enrolment._history_user, enrolment._history_date = by, at  # type: ignore[attr-defined]
        enrolment._change_reason = note[:100]  # type: ignore[attr-defined]
        enrolment.save(update_fields=list(changed))
    certificate = certificates.standing_certificate(enrolment)
    if is_pass:
        paper_now = certificate.letter.number if certificate is not None else paper_of(enrolment)
        keep_in_record(enrolment, paper=paper_now, by=by, at=at)
    elif was_pass:
        if certificate is not None:
            rested_on = certificate.letter.number
            certificates.withdraw(certificate, note, by=by, on=on, at=at)
        _take_back(enrolment, rested_on, note=note, paper=paper, by=by, at=at)
    details = {"result": enrolment.state, "corrected": True}
    trail.record(Event.RESULTS_ENTERED, target=enrolment, by=by, at=at, reason=note, source=paper, details=details)
    tell_officers([enrolment.officer_id], at=at)
    return enrolment


@action
def take_back_result(enrolment: Enrolment, *, note: str, by: Any, on: date, at: datetime) -> Enrolment:
    """This function will leave a trainee without a result again, where the list that brought it is taken back.

    The record follows. Errors: NotAllowed, InvalidTransition without a result or once the course is over; RuleBroken
    while a certificate stands on it.
    """
    enrolment = locked_enrolment(enrolment)
    policies.check_can_take_back_result(by, enrolment, certificates.standing_certificate(enrolment), on=on)
    rested_on, was_pass = paper_of(enrolment), enrolment.state == EnrolmentState.PASSED
    workflow.move(
        enrolment,
        EnrolmentState.JOINED,
        by=by,
        at=at,
        note=note,
        mark=None,
        result_on=None,
        result_paper="",
        result_note="",
    )
    if was_pass:
        _take_back(enrolment, rested_on, note=note, paper=rested_on, by=by, at=at)
    trail.record(Event.RESULTS_ENTERED, target=enrolment, by=by, at=at, reason=note, details={"taken back": True})
    tell_officers([enrolment.officer_id], at=at)
    return enrolment


def _take_back(enrolment: Enrolment, rested_on: str, *, note: str, paper: str, by: Any, at: datetime) -> None:
    cohort = enrolment.cohort
    personnel.take_back_course_passed(
        officer=enrolment.officer, title=cohort.version.course.name_en, starts_on=cohort.first_on, ends_on=cohort.last_on,
        note=note, paper=paper, by=by, at=at,
    )  # fmt: skip
    for given in skills_given(cohort):
        personnel.take_back_skill_given(
            officer=enrolment.officer, skill=given.skill, resting_on=rested_on, note=note, paper=paper, by=by, at=at
        )
