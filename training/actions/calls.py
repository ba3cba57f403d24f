"""Calling trainees with a joining letter, and who came: the first day, late arrivals, those who leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import InvalidTransition, RuleBroken
from hcims.jobs.actions import enqueue
from hcims.letters.actions import TOGETHER, issue_many
from training import joining_letter, links, reasons
from training.actions.cohorts import locked, tell_officers
from training.models import (
    Cohort,
    CohortState,
    Enrolment,
    EnrolmentState,
    Nomination,
    NominationState,
)
from training.policies import results as policies
from training.policies.cohorts import check_words
from training.queries.letters import due_by, without_joining_letter
from training.queries.seats import attempts_before

__all__ = [
    "call_trainees",
    "enrol",
    "locked_enrolment",
    "print_joining_letters",
    "record_first_day",
    "record_joined",
    "record_left",
]
PIECE = 50  # letters in one piece of work: what a killed worker does again at most


@action
def call_trainees(cohort: Cohort, *, late_reason: str = "", by: Any, on: date, at: datetime) -> list[Enrolment]:
    """This function will make everybody with a seat a trainee; the joining letters are printed by one job.

    After the day by which letters go out, the reason stays with the cohort and in the trail. Errors: NotAllowed;
    InvalidTransition once the course runs; RuleBroken when nobody has a seat, or letters are late and nobody says why.
    """
    cohort = locked(cohort)
    policies.check_can_call(by, cohort, on=on)
    due = due_by(cohort, on=on)
    policies.check_says_why_late(due, late_reason, on=on)
    reason = late_reason.strip()[:300] if due is not None and on > due else ""
    called = enrol(cohort, reason=reason, by=by, on=on, at=at)
    if not called:
        raise RuleBroken(_("Nobody who has a seat still waits for a call. Give seats first."), policies.JOINING)
    if cohort.state != CohortState.CALLED:
        workflow.move(cohort, CohortState.CALLED, by=by, at=at, late_reason=reason)
    return called


def enrol(cohort: Cohort, *, reason: str = "", by: Any, on: date, at: datetime) -> list[Enrolment]:
    """This function will make trainees of those with a seat who are none yet, and put their letters in the queue."""
    rows = list(
        cohort.nominations.filter(state=NominationState.ACCEPTED, enrolment__isnull=True)
        .select_related("officer")
        .order_by("pk")
    )
    if not rows:
        return []
    before = attempts_before([each.officer_id for each in rows], cohort.version.course_id)
    there = {each.officer_id: each for each in cohort.enrolments.select_for_update().filter(state=EnrolmentState.LEFT)}
    made = [_enrol(cohort, each, before[each.officer_id] + 1, there.get(each.officer_id), by, at) for each in rows]
    digest = trail.digest(",".join(each.ref for each in made))
    details = {"count": len(made), "digest": digest}
    trail.record(Event.TRAINEES_CALLED, target=cohort, by=by, at=at, reason=reason, details=details)
    enqueue("training-letters", by=by, at=at, link=links.cohort(cohort.ref), once="all")
    tell_officers([each.officer_id for each in made], at=at)
    return made


def _enrol(
    cohort: Cohort, nomination: Nomination, attempt: int, before: Enrolment | None, by: Any, at: datetime
) -> Enrolment:
    """Whoever took the name back and is given a seat again is the same trainee, called anew with a new letter."""
    if before is not None:
        return workflow.move(
            before, EnrolmentState.CALLED, by=by, at=at, nomination=nomination, attempt=attempt, letter=None,
            left_on=None, joined_on=None, result_note="",
        )  # fmt: skip
    enrolment = Enrolment(cohort=cohort, officer=nomination.officer, nomination=nomination, attempt=attempt)
    enrolment._history_user, enrolment._history_date = by, at  # type: ignore[attr-defined]
    enrolment.save()
    return enrolment


@action
def print_joining_letters(keys: Iterable[int], *, at: datetime) -> int:
    """This function will print the joining letters of these trainees, in the name of whoever called them, and say how many.

    The caller is the job: it finds every trainee who was called and has no letter.
    """
    rows = list(
        without_joining_letter()
        .select_for_update(of=("self",))
        .filter(pk__in=list(keys))
        .select_related(*joining_letter.AT_HAND)
        .order_by("cohort", "pk")
    )
    by_sender: dict[tuple[int, str], list[Enrolment]] = {}
    for each in rows:
        by_sender.setdefault((joining_letter.sender(each).pk, each.cohort.unit.name), []).append(each)
    for (_sender, office), group in by_sender.items():
        for start in range(0, len(group), TOGETHER):
            piece = group[start : start + TOGETHER]
            issued = issue_many(
                "joining-letter",
                [joining_letter.draft(each) for each in piece],
                by=joining_letter.sender(piece[0]),
                at=at,
                office=office,
                joined=False,
            )
            for each, letter in zip(piece, issued.letters, strict=True):
                each.letter = letter
                each._history_date = at  # type: ignore[attr-defined]
                each.save(update_fields=["letter"])
    tell_officers([each.officer_id for each in rows], at=at)
    return len(rows)


def locked_enrolment(enrolment: Enrolment) -> Enrolment:
    """This function will read a trainee again under a lock, with what deeds on him or her name."""
    list(Enrolment.objects.select_for_update().filter(pk=enrolment.pk).values_list("pk"))
    return Enrolment.objects.select_related(
        "cohort__version__course", "cohort__unit", "officer__user", "officer__unit", "letter"
    ).get(pk=enrolment.pk)


@action
def record_first_day(
    cohort: Cohort, *, came: Iterable[Enrolment], by: Any, on: date, at: datetime
) -> tuple[list[Enrolment], list[Enrolment]]:
    """This function will record in one list who joined and who did not come; the course then runs.

    Whoever still waits for a seat is told that there is none: the time waited counts at the next running.
    Errors: NotAllowed, InvalidTransition when somebody recorded it already, RuleBroken before the first day.
    """
    cohort = locked(cohort)
    policies.check_records_joining(by, cohort, on=on)
    keys = {each.pk for each in came}
    joined, absent = [], []
    for each in _called(cohort):
        if each.pk in keys:
            workflow.move(each, EnrolmentState.JOINED, by=by, at=at, joined_on=on)
            joined.append(each)
        else:
            workflow.move(each, EnrolmentState.NO_SHOW, by=by, at=at)
            absent.append(each)
    if not joined:
        raise RuleBroken(_("Nobody joined. Cancel the course with a reason instead."), policies.JOINING)
    workflow.move(cohort, CohortState.RUNNING, by=by, at=at)
    details = {"joined": len(joined), "no_show": len(absent)}
    trail.record(Event.TRAINEE_JOINED, target=cohort, by=by, at=at, details=details)
    _close_list(cohort, by=by, at=at)
    tell_officers([each.officer_id for each in absent], at=at)
    return joined, absent


def _called(cohort: Cohort) -> QuerySet[Enrolment]:
    return cohort.enrolments.select_for_update().filter(state=EnrolmentState.CALLED).order_by("pk")


def _close_list(cohort: Cohort, *, by: Any, at: datetime) -> None:
    """No seat fell free in time: said once, with where to turn, and the wait counts next time."""
    codes = {
        NominationState.PROPOSED: "no-seat", NominationState.WAITING: "no-seat", NominationState.ASKED: reasons.TIME_OUT,
    }  # fmt: skip
    rows = list(cohort.nominations.select_for_update().filter(state__in=list(codes)).order_by("pk"))
    for each in rows:
        code = codes[NominationState(each.state)]
        workflow.move(
            each, NominationState.REFUSED, by=by, at=at, note=code, decided_by=by, decided_at=at, decision_code=code
        )
    tell_officers([each.officer_id for each in rows], at=at)


@action
def record_joined(enrolment: Enrolment, *, by: Any, on: date, at: datetime) -> Enrolment:
    """This function will record a trainee who comes late, or comes back. Errors: NotAllowed, InvalidTransition."""
    enrolment = locked_enrolment(enrolment)
    policies.check_can_change_trainee(by, enrolment, on=on)
    workflow.move(enrolment, EnrolmentState.JOINED, by=by, at=at, joined_on=enrolment.joined_on or on, left_on=None)
    trail.record(Event.TRAINEE_JOINED, target=enrolment, by=by, at=at, details={"late": True})
    return enrolment


@action
def record_left(enrolment: Enrolment, *, reason: str, by: Any, on: date, at: datetime) -> Enrolment:
    """This function will record a trainee who leaves before the end, and why. Errors: NotAllowed, InvalidTransition."""
    enrolment = locked_enrolment(enrolment)
    policies.check_can_change_trainee(by, enrolment, on=on)
    if enrolment.state != EnrolmentState.JOINED:
        raise InvalidTransition(_("Only a trainee who joined can leave."))
    check_words(reason, _("Say in a sentence why: the reason stays on record."))
    workflow.move(enrolment, EnrolmentState.LEFT, by=by, at=at, left_on=on, result_note=reason.strip()[:200])
    trail.record(Event.TRAINEE_JOINED, target=enrolment, by=by, at=at, reason=reason, details={"left": True})
    return enrolment
