"""Meetings of a cohort: proposed all at once, then added, moved and cancelled one by one. A series may grow or shrink."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from training.actions.cohorts import locked
from training.meeting_days import proposed_days, spread
from training.models import Cohort, CohortForm, Meeting, Part
from training.policies import meetings as policies
from training.queries.meetings import parts_of

__all__ = ["add_meeting", "cancel_meeting", "change_meeting", "propose_meetings"]


@action
def propose_meetings(cohort: Cohort, *, how: str, minutes: int, by: Any, on: date, at: datetime) -> list[Meeting]:
    """This function will enter a meeting a week, or one a working day, with the parts of the curriculum in their order.

    Errors: NotAllowed; RuleBroken where meetings stand already, or no day falls to one.
    """
    cohort = locked(cohort)
    policies.check_can_set(by, cohort, on=on)
    policies.check_has_none(cohort)
    days = proposed_days(cohort.first_on, cohort.last_on, how, cohort.weeks)
    if not days:
        raise RuleBroken("No working day lies between the first day and the last.", policies.DAYS)
    parts = spread(parts_of(cohort, on=cohort.first_on), len(days))
    made = Meeting.objects.bulk_create(
        Meeting(cohort=cohort, number=number, on=day, minutes=minutes, part=part)
        for number, (day, part) in enumerate(zip(days, parts, strict=True), start=1)
    )
    _fit(cohort)
    _record(cohort, {"meetings": len(made), "how": how}, by=by, at=at)
    return made


@action
def add_meeting(
    cohort: Cohort,
    *,
    day: date,
    minutes: int,
    title: str = "",
    part: Part | None = None,
    by: Any,
    on: date,
    at: datetime,
) -> Meeting:
    """This function will add a meeting; a day after the last one makes the cohort longer. Errors: NotAllowed, RuleBroken."""
    cohort = locked(cohort)
    policies.check_can_set(by, cohort, on=on)
    policies.check_day(cohort, day)
    number = (cohort.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Meeting.objects.create(
        cohort=cohort, number=number, on=day, minutes=minutes, title=title.strip()[:160], part=part
    )
    _fit(cohort)
    _record(cohort, {"meeting": made.ref, "added": day.isoformat()}, by=by, at=at)
    return made


@action
def change_meeting(
    meeting: Meeting,
    *,
    day: date,
    minutes: int,
    title: str = "",
    part: Part | None = None,
    by: Any,
    on: date,
    at: datetime,
) -> Meeting:
    """This function will change a meeting; its day only while no roll was taken. Errors: NotAllowed, RuleBroken."""
    cohort = locked(meeting.cohort)
    policies.check_can_set(by, cohort, on=on)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    policies.check_stands(meeting)
    if day != meeting.on:
        policies.check_day(cohort, day)
        policies.check_has_no_roll(meeting)
    before = meeting.on
    meeting.on, meeting.minutes, meeting.title, meeting.part = day, minutes, title.strip()[:160], part
    meeting.save()
    _fit(cohort)
    details = {"meeting": meeting.ref, "from": before.isoformat(), "to": day.isoformat()}
    _record(cohort, details, by=by, at=at)
    return meeting


@action
def cancel_meeting(meeting: Meeting, *, reason: str, by: Any, on: date, at: datetime) -> Meeting:
    """This function will cancel a meeting that is not held, with a reason. Errors: NotAllowed, RuleBroken."""
    cohort = locked(meeting.cohort)
    policies.check_can_set(by, cohort, on=on)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    policies.check_stands(meeting)
    policies.check_has_no_roll(meeting)
    meeting.cancelled_on = on
    meeting.save(update_fields=["cancelled_on"])
    _fit(cohort)
    _record(cohort, {"meeting": meeting.ref, "cancelled": True}, reason=reason, by=by, at=at)
    return meeting


def _fit(cohort: Cohort) -> None:
    """The last day is that of the last meeting where one lies later; a series has as many weeks as its meetings span."""
    held = cohort.meetings.filter(cancelled_on__isnull=True)
    last = held.aggregate(last=Max("on"))["last"]
    if last is None:
        return
    if last > cohort.last_on or cohort.form == CohortForm.GROUP_SERIES:
        cohort.last_on = last
    if cohort.form == CohortForm.GROUP_SERIES:
        cohort.weeks = (last - cohort.first_on).days // 7 + 1
    cohort.save(update_fields=["last_on", "weeks"])


def _record(cohort: Cohort, details: dict[str, Any], *, by: Any, at: datetime, reason: str = "") -> None:
    trail.record(Event.COHORT_CHANGED, target=cohort, by=by, at=at, reason=reason, details=details)
