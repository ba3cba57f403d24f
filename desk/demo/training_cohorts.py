"""Invented cohorts: finished ones with results and certificates, one that runs, one that takes names, one with a waiting list."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from organisation.models import Unit
from personnel.models import Officer
from training.actions import calls, certificates, cohorts, nominations, results
from training.actions.cohorts import Days, ShareOf
from training.actions.seats import give_in_order
from training.models import (
    Attendance,
    Cohort,
    CohortStaff,
    CourseVersion,
    Enrolment,
    Instructor,
    Meeting,
    Nomination,
)

COLLEGE = "NPC-KIG"
WHY = "The unit needs the skill and has nobody to spare who holds it."


@dataclass(frozen=True)
class People:
    """Who runs the college's courses, and who puts names forward."""

    trainer: User
    national: User
    commander: User | None
    college: Unit


def store(chance: random.Random, by_role: dict[str, User], *, on: date, at: datetime) -> None:
    """This function will invent cohorts of the college at Kiganjo, through the same deeds as people do."""
    college = Unit.objects.get(code=COLLEGE)
    people = People(
        by_role["Training officer"], by_role["Inspector General"], by_role.get("Officer Commanding Station"), college
    )
    pool = _pool(chance, people)
    finished = _run(people, "driving-b", pool[:14], "Intake 1", on - timedelta(days=120), days=28, on=on, at=at)
    _results(people, finished, chance, on=on, at=at, certify=True)
    second = _run(people, "first-aid", pool[14:26], "Intake 4", on - timedelta(days=40), days=5, on=on, at=at)
    _results(people, second, chance, on=on, at=at, certify=False)
    _run(people, "traffic", pool[26:44], "Intake 2", on - timedelta(days=9), days=28, on=on, at=at)
    _waiting_list(people, pool[44:58], on=on, at=at)
    _taking_names(people, by_role, pool[58:64], on=on, at=at)


def _pool(chance: random.Random, people: People) -> list[Officer]:
    """Constables and corporals of stations all over the service, in an order drawn once."""
    rows = Officer.objects.filter(unit__type="station", exited_on=None, user=None, rank__code__in=["PC", "CPL"])
    keys = list(rows.order_by("service_number").values_list("pk", flat=True)[::7][:900])
    chosen = chance.sample(keys, min(64, len(keys)))
    found = Officer.objects.select_related("rank", "unit", "user").in_bulk(chosen)
    return [found[key] for key in chosen]


def _version(course: str) -> CourseVersion:
    return CourseVersion.objects.select_related("course").get(course__code=course, state="approved")


def _opened(
    people: People,
    course: str,
    title: str,
    days: Days,
    *,
    seats: int,
    on: date,
    at: datetime,
    shares: Sequence[ShareOf] = (),
) -> Cohort:
    cohort = cohorts.plan_cohort(
        version=_version(course), unit=people.college, title=f"{title} of {days.first_on.year}", days=days, seats=seats,
        shares=shares, venue="Main campus", by=people.trainer, on=on, at=at,
    )  # fmt: skip
    return cohorts.open_cohort(cohort, by=people.trainer, on=on, at=at)


def _run(
    people: People,
    course: str,
    officers: Sequence[Officer],
    title: str,
    first: date,
    *,
    days: int,
    on: date,
    at: datetime,
) -> Cohort:
    """A course from its plan to its first day, on the days on which that was; its roll is taken every day."""
    planned, moment = first - timedelta(days=30), at - (on - first) - timedelta(days=30)
    period = Days(first, first + timedelta(days=days - 1), first - timedelta(days=16))
    cohort = _opened(people, course, title, period, seats=len(officers), on=planned, at=moment)
    stamp = {"by": people.trainer, "on": planned + timedelta(days=10), "at": moment + timedelta(days=10)}
    nominations.nominate(cohort, officers=officers, reason=WHY, by=people.national, on=planned, at=moment)
    give_in_order(cohort, **stamp)
    calls.call_trainees(cohort, **stamp)
    came = list(cohort.enrolments.order_by("pk"))[:-1]  # one does not come
    calls.record_first_day(cohort, came=came, by=people.trainer, on=first, at=moment + timedelta(days=30))
    _teach(people, cohort)
    _roll(people, cohort, came, on=on, at=moment + timedelta(days=30))
    cohort.refresh_from_db()
    return cohort


def _teach(people: People, cohort: Cohort) -> None:
    staff = Instructor.objects.filter(institution__unit=people.college).order_by("pk")[:2]
    CohortStaff.objects.bulk_create(CohortStaff(cohort=cohort, officer_id=each.officer_id) for each in staff)


def _roll(people: People, cohort: Cohort, came: Sequence[Enrolment], *, on: date, at: datetime) -> None:
    """Every weekday up to today; the last on the list misses many."""
    days = [cohort.first_on + timedelta(days=number) for number in range((cohort.last_on - cohort.first_on).days + 1)]
    meetings = Meeting.objects.bulk_create(
        Meeting(cohort=cohort, number=number, on=day, title=f"Day {number}", minutes=360)
        for number, day in enumerate((day for day in days if day.weekday() < 5), start=1)
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, enrolment=each, source="page", taken_by=people.trainer, taken_at=at,
            present=not (each == came[-1] and meeting.number % 3 == 0),
        )
        for meeting in meetings
        if meeting.on < on
        for each in came
    )  # fmt: skip


def _results(people: People, cohort: Cohort, chance: random.Random, *, on: date, at: datetime, certify: bool) -> None:
    """Two do not pass: one by the mark, one was absent too often."""
    day = cohort.last_on
    stamp = {"by": people.trainer, "on": day, "at": at - (on - day)}
    joined = list(cohort.enrolments.filter(state="joined").order_by("pk"))
    lines = [results.Line(each, mark=chance.randint(62, 94)) for each in joined[1:-1]]
    lines += [results.Line(joined[0], mark=38), results.Line(joined[-1], mark=45, note="Absent on many days.")]
    results.enter_results(cohort, lines=lines, paper=f"Result list of {cohort.title}", **stamp)
    cohorts.finish_cohort(cohort, **stamp)
    if certify:
        certificates.issue_certificates(cohort, **stamp)


def _waiting_list(people: People, officers: Sequence[Officer], *, on: date, at: datetime) -> None:
    """More names than seats: the seats were given in the published order, three wait, one has just been put forward."""
    days = Days(on + timedelta(days=35), on + timedelta(days=62), on + timedelta(days=12))
    earlier, moment = on - timedelta(days=8), at - timedelta(days=8)
    cohort = _opened(
        people, "driving-b", "Intake 2", days, seats=10, on=earlier, at=moment, shares=[ShareOf(3, sex="F")]
    )
    nominations.nominate(cohort, officers=officers[:-1], reason=WHY, by=people.national, on=earlier, at=moment)
    give_in_order(cohort, by=people.trainer, on=on - timedelta(days=2), at=at - timedelta(days=2))
    nominations.nominate(cohort, officers=officers[-1:], reason=WHY, by=people.national, on=on, at=at)


def _taking_names(
    people: People, by_role: dict[str, User], officers: Sequence[Officer], *, on: date, at: datetime
) -> None:
    """Names are taken: some came, and an officer of the demonstration's station asks its commander."""
    days = Days(on + timedelta(days=49), on + timedelta(days=53), on + timedelta(days=21))
    earlier, moment = on - timedelta(days=3), at - timedelta(days=3)
    cohort = _opened(people, "first-aid", "Intake 5", days, seats=24, on=earlier, at=moment)
    nominations.nominate(cohort, officers=officers, reason=WHY, by=people.national, on=earlier, at=moment)
    asking = Officer.objects.select_related("unit", "rank", "user").filter(user=by_role.get("Officer")).first()
    if asking is not None and not Nomination.objects.filter(cohort=cohort, officer=asking).exists():
        nominations.ask(
            cohort, officer=asking, reason="I am often first at accidents on the highway.", by=asking.user, on=earlier,
            at=moment,
        )  # fmt: skip
