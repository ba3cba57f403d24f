"""Qualifications and courses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Qualification
from personnel import policies
from personnel.models import CourseAttended, EvidenceState, Officer, QualificationHeld, keep

Learning = QualificationHeld | CourseAttended


def _enter(record: Learning, paper: str, by: Any, at: datetime) -> None:
    record.source, record.state = paper[:200], EvidenceState.VERIFIED
    record.checked_by, record.checked_at = by, at
    keep(record, by=by, paper=paper, at=at)


@action
def record_qualification(
    *, officer: Officer, qualification: Qualification, subject: str = "", institution: str = "", year: int | None = None,
    paper: str, by: Any, at: datetime,
) -> QualificationHeld:  # fmt: skip
    """This function will enter a qualification on the certificate shown. Errors: NotAllowed, RuleBroken."""
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    if year and not 1940 <= year <= timezone.localdate(at).year:
        raise RuleBroken(_("The year of the certificate cannot be right."), source="order of days")
    held = QualificationHeld(
        officer=officer, qualification=qualification, subject=subject, institution=institution, year=year
    )
    _enter(held, paper, by, at)
    details = {"qualification": qualification.code}
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details=details)
    return held


@action
def record_course(
    *, officer: Officer, title: str, institution: str = "", starts_on: date | None = None, ends_on: date | None = None,
    result: str = "", paper: str, by: Any, at: datetime,
) -> CourseAttended:  # fmt: skip
    """This function will enter a course attended. Errors: NotAllowed, RuleBroken."""
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    policies.check_course_days(starts_on, ends_on, timezone.localdate(at))
    course = CourseAttended(
        officer=officer, title=title, institution=institution, starts_on=starts_on, ends_on=ends_on, result=result
    )
    _enter(course, paper, by, at)
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details={"course": course.ref})
    return course


@action
def keep_course_passed(
    *, officer: Officer, title: str, institution: str = "", starts_on: date | None = None, ends_on: date | None = None,
    result: str = "", paper: str, by: Any, at: datetime,
) -> CourseAttended:  # fmt: skip
    """This function will enter a course that the module of training says was passed, or put a later paper on that entry.

    The caller has checked who may; here only the days are. Errors: RuleBroken.
    """
    policies.check_course_days(starts_on, ends_on)
    days = {"title": title[:160], "starts_on": starts_on, "ends_on": ends_on}
    course = CourseAttended.objects.select_for_update().filter(officer=officer, **days).first()
    course = course or CourseAttended(officer=officer, **days)
    course.institution, course.result, course.check_note = institution[:120], result[:60], ""
    _enter(course, paper, by, at)
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details={"course": course.ref})
    return course


@action
def take_back_course_passed(
    *, officer: Officer, title: str, starts_on: date | None, ends_on: date | None, note: str, paper: str, by: Any,
    at: datetime,
) -> CourseAttended | None:  # fmt: skip
    """This function will mark such an entry as one that does not stand, because the result was corrected: it counts nowhere.

    The caller has checked who may.
    """
    days = {"title": title[:160], "starts_on": starts_on, "ends_on": ends_on}
    course: CourseAttended | None = CourseAttended.objects.select_for_update().filter(officer=officer, **days).first()
    if course is None or course.state == EvidenceState.REFUSED:
        return course
    workflow.move(
        course, EvidenceState.REFUSED, by=by, at=at, note=paper, checked_by=by, checked_at=at, check_note=note[:200]
    )
    trail.record(Event.SKILL_RECORDED, target=officer, by=by, at=at, source=paper, details={"course": course.ref})
    return course


def _check(record: Learning, to: EvidenceState, note: str, by: Any, at: datetime) -> Learning:
    policies.check_can_verify(by, record.officer, on=timezone.localdate(at))
    workflow.move(record, to, by=by, at=at, note=note, checked_by=by, checked_at=at, check_note=note[:200])
    details = {str(record._meta.model_name): record.ref, "outcome": to}
    trail.record(Event.SKILL_VERIFIED, target=record.officer, by=by, at=at, reason=note, details=details)
    return record


@action
def verify_learning(*, record: Learning, note: str = "", by: Any, at: datetime) -> Learning:
    """This function will record that a qualification or course was checked and holds. Errors: NotAllowed."""
    return _check(record, EvidenceState.VERIFIED, note, by, at)


@action
def refuse_learning(*, record: Learning, note: str, by: Any, at: datetime) -> Learning:
    """This function will record that a qualification or course does not stand, and why: it stays, and counts nowhere.

    Errors: NotAllowed, RuleBroken.
    """
    if len(note.strip()) < 3:
        raise RuleBroken(_("Say why: the officer reads it."), source=policies.WRITTEN_ANSWER)
    return _check(record, EvidenceState.REFUSED, note, by, at)
