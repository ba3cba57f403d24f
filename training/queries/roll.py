"""Rolls: the cohorts whose roll a person takes, their meetings and who is to be marked at them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from training.models import Attendance, Cohort, CohortStaff, Enrolment, Meeting, TrainingRuleCode
from training.policies.roll import ON_THE_ROLL, TAKEN_IN, last_day
from training.queries import rules

AHEAD = timedelta(days=14)  # meetings to come that a phone is given: names are kept there no longer than they are used
AT_MOST = 40  # cohorts on one phone


@dataclass
class Roll:
    """One meeting with the marks there are: present or not, and when tapped, by the trainee's key."""

    meeting: Meeting
    marks: dict[int, Attendance] = field(default_factory=dict)

    @property
    def present(self) -> int:
        return sum(each.present for each in self.marks.values())


@dataclass
class Book:
    """A cohort with its meetings and its trainees."""

    cohort: Cohort
    rolls: list[Roll]
    trainees: list[Enrolment]
    days_late: int  # days after a meeting in which its roll may be taken


def taken_by(user: Any, *, on: date) -> QuerySet[Cohort]:
    """The cohorts whose roll the user takes: those he or she teaches, and those of a unit whose training he or she runs."""
    teaches = CohortStaff.objects.filter(officer__user=user).values("cohort")
    runs = in_scope(user.scope(Permission.RUN_TRAINING, on=on), on=on)
    return Cohort.objects.filter(Q(pk__in=teaches) | runs)


def books_for(user: Any, *, on: date) -> list[Book]:
    """What a phone is given: running cohorts with the meetings whose roll is open or to come; five statements."""
    days_late = rules.value(TrainingRuleCode.ROLL_DAYS_LATE, on)
    open_now = Meeting.objects.filter(
        on__gte=on - timedelta(days=days_late), on__lte=on + AHEAD, cancelled_on__isnull=True
    )
    cohorts = list(
        taken_by(user, on=on)
        .filter(state__in=TAKEN_IN, meetings__in=open_now.values("pk"))
        .select_related("version__course", "unit")
        .distinct()
        .order_by("first_on", "pk")[:AT_MOST]
    )
    return _books(cohorts, open_now, days_late)


def _books(cohorts: list[Cohort], meetings: QuerySet[Meeting], days_late: int) -> list[Book]:
    keys = [each.pk for each in cohorts]
    rolls: dict[int, list[Roll]] = defaultdict(list)
    by_meeting: dict[int, Roll] = {}
    for meeting in meetings.filter(cohort__in=keys).select_related("part").order_by("on", "number"):
        by_meeting[meeting.pk] = Roll(meeting)
        rolls[meeting.cohort_id].append(by_meeting[meeting.pk])
    for mark in Attendance.objects.filter(meeting__in=list(by_meeting)):
        by_meeting[mark.meeting_id].marks[mark.enrolment_id] = mark
    people: dict[int, list[Enrolment]] = defaultdict(list)
    for each in trainees_of(keys):
        people[each.cohort_id].append(each)
    return [Book(each, rolls[each.pk], people[each.pk], days_late) for each in cohorts]


def trainees_of(cohorts: list[int]) -> QuerySet[Enrolment]:
    """Those whom a roll names, in the order of a roll."""
    rows = Enrolment.objects.filter(cohort__in=cohorts, state__in=ON_THE_ROLL).select_related("officer__rank")
    return rows.order_by("officer__surname", "officer__other_names", "pk")


def access_meeting(user: Any, ref: str, *, on: date) -> Meeting:
    """A meeting whose roll the user takes. Errors: NotFound."""
    found = (
        Meeting.objects.filter(ref=ref, cohort__in=taken_by(user, on=on).values("pk"))
        .select_related("cohort__unit", "cohort__version__course", "part")
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def roll_of(meeting: Meeting) -> tuple[Roll, list[Enrolment]]:
    """The roll of one meeting with everybody it is to name: who had left by then does not stand on it."""
    marks = {each.enrolment_id: each for each in meeting.attendance.select_related("taken_by")}
    people = [
        each
        for each in trainees_of([meeting.cohort_id])
        if each.left_on is None or each.left_on > meeting.on or each.pk in marks
    ]
    return Roll(meeting, marks), people


def is_open(meeting: Meeting, *, on: date) -> bool:
    """Whether the roll of the meeting may be taken or changed on the day."""
    days_late = rules.value(TrainingRuleCode.ROLL_DAYS_LATE, on)
    return meeting.cancelled_on is None and meeting.on <= on <= last_day(meeting, days_late)
