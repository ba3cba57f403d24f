"""Invented roll-out: some hundred trained officers over the wards, groups that run with their rolls, and plans of calls."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from accounts.models import Appointment, User
from deployment.models import Posting
from organisation.models import Unit
from personnel.models import Officer
from training.actions.plans import make_plan
from training.meeting_days import spread
from training.models import (
    Attendance,
    Cohort,
    CohortStaff,
    CourseVersion,
    CurriculumVersion,
    Enrolment,
    Meeting,
    Part,
)

LEADERS, PEERS = "muamko-leaders", "muamko-peers"
COORDINATOR, DIRECTOR, CAPITAL = "Roll-out coordinator", "Director of training", "C-047"
GROUP, WEEKS, WEEKS_HELD = 20, 12, 7
LEADS_FROM = 9  # the training for leaders was given from the rank of Chief Inspector upwards
MINUTES, STAFF = 120, 2
DISTANCE = 5  # trained officers are thickest in every fifth county: the roll-out began somewhere


def store(chance: random.Random, by_role: dict[str, User], *, on: date, at: datetime) -> None:
    """This function will invent past workshops, groups that run in the capital, and a plan for the next group."""
    by = by_role[COORDINATOR]
    versions = {
        each.course.code: each
        for each in CourseVersion.objects.filter(course__code__in=[LEADERS, PEERS], state="approved").select_related("course")
    }  # fmt: skip
    if len(versions) < 2:
        return
    counties = list(Unit.objects.filter(type="county", line="territorial").order_by("code"))
    _past(chance, versions, counties, by, on=on, at=at)
    groups = _groups(chance, versions[PEERS], by, on=on, at=at)
    _rolls(chance, groups, by, on=on, at=at)
    _plans(versions[PEERS], by_role, on=on, at=at)


def _serving(county: Unit) -> list[tuple[int, int]]:
    """Officers of a county command with the order of their ranks, in the order of their numbers."""
    rows = Posting.objects.filter(
        kind="substantive", ends_on=None, voided_at=None, post_rank__isnull=False,
        unit__above__ancestor=county, unit__above__ends_on=None,
    )  # fmt: skip
    return list(rows.order_by("officer__service_number").values_list("officer", "post_rank__order").distinct())


def _past(
    chance: random.Random,
    versions: dict[str, CourseVersion],
    counties: Sequence[Unit],
    by: User,
    *,
    on: date,
    at: datetime,
) -> None:
    """A workshop for leaders and two groups of supporters in the counties where it began; one group in most others."""
    cohorts: list[tuple[Cohort, list[int]]] = []
    for place, county in enumerate(counties):
        people = _serving(county)
        leaders = [pk for pk, rank in people if rank <= LEADS_FROM]
        others = [pk for pk, rank in people if rank > LEADS_FROM]
        began = place % DISTANCE == 0
        if began and leaders:
            cohorts.append((_ended(versions[LEADERS], county, "Workshop of leaders", place, by, on, at),
                            chance.sample(leaders, min(GROUP, len(leaders)))))  # fmt: skip
        if others and (began or place % 3):
            number = min(GROUP * 2 if began else chance.randint(4, 10), len(others))
            cohorts.append((_ended(versions[PEERS], county, "Group of supporters", place, by, on, at),
                            chance.sample(others, number)))  # fmt: skip
    Cohort.objects.bulk_create(cohort for cohort, _people in cohorts)
    Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort, officer_id=pk, joined_on=cohort.first_on, result_on=cohort.last_on,
            state="passed" if chance.random() < 0.93 else "failed",
        )
        for cohort, people in cohorts
        for pk in people
    )  # fmt: skip


def _ended(version: CourseVersion, county: Unit, title: str, place: int, by: User, on: date, at: datetime) -> Cohort:
    first = on - timedelta(days=500 - place * 5)
    days = timedelta(days=4) if version.course.code == LEADERS else timedelta(weeks=WEEKS - 1)
    return Cohort(
        version=version, unit=county, form="workshop" if version.course.code == LEADERS else "group-series",
        title=f"{title}, {county.name}"[:120], first_on=first, last_on=first + days, seats=GROUP * 2, state="finished",
        staff_needed=STAFF, planned_by=by, planned_at=at - timedelta(days=520),
        weeks=None if version.course.code == LEADERS else WEEKS,
    )  # fmt: skip


def _groups(
    chance: random.Random, version: CourseVersion, by: User, *, on: date, at: datetime
) -> list[tuple[Cohort, list[Enrolment]]]:
    """Two groups in the capital in their eighth week; a coordinator of the demonstration teaches one of them."""
    capital = Unit.objects.get(code=CAPITAL)
    taken = set(Enrolment.objects.values_list("officer", flat=True)) | _with_accounts()
    free = [pk for pk, rank in _serving(capital) if rank > LEADS_FROM and pk not in taken]
    chance.shuffle(free)
    parts = _parts(version)
    found = []
    for number, name in enumerate(("East", "West")):
        first = on - timedelta(weeks=WEEKS_HELD, days=number)
        cohort = Cohort.objects.create(
            version=version, unit=capital, form="group-series", title=f"Nairobi {name}, group series 2", seats=GROUP,
            first_on=first, last_on=first + timedelta(weeks=WEEKS - 1), weeks=WEEKS, staff_needed=STAFF, state="running",
            venue=f"Social hall, Nairobi {name}", planned_by=by, planned_at=at - timedelta(days=80),
        )  # fmt: skip
        people, free = free[:GROUP], free[GROUP:]
        staff = [*free[:STAFF], *_own_officer(by, number)]
        free = free[STAFF:]
        CohortStaff.objects.bulk_create(
            CohortStaff(cohort=cohort, officer_id=pk, role="lead" if place == 0 else "facilitator")
            for place, pk in enumerate(staff)
        )
        joined = Enrolment.objects.bulk_create(
            Enrolment(cohort=cohort, officer_id=pk, state="joined", joined_on=first) for pk in people
        )
        Meeting.objects.bulk_create(
            Meeting(cohort=cohort, number=week + 1, on=first + timedelta(weeks=week), minutes=MINUTES, part=part)
            for week, part in enumerate(spread(parts, WEEKS))
        )
        found.append((cohort, joined))
    return found


def _own_officer(by: User, number: int) -> list[int]:
    """The coordinator's own record, in the first group alone."""
    return list(Officer.objects.filter(user=by).values_list("pk", flat=True)) if number == 0 else []


def _with_accounts() -> set[int]:
    """People of the demonstration's sign-ins stay out: nobody is a trainee of his or her own group."""
    holders = Appointment.objects.values("user")
    return set(Officer.objects.filter(user__in=holders).values_list("pk", flat=True))


def _parts(version: CourseVersion) -> list[Part]:
    curriculum = CurriculumVersion.objects.filter(programme=version.course.programme_id, state="approved").first()
    return list(curriculum.parts.all()) if curriculum else []


def _rolls(
    chance: random.Random, groups: Iterable[tuple[Cohort, list[Enrolment]]], by: User, *, on: date, at: datetime
) -> None:
    """The rolls of the weeks behind; a meeting of today waits for its roll."""
    rows = []
    for cohort, people in groups:
        held = list(cohort.meetings.filter(on__lt=on).order_by("number"))
        for meeting in held:
            moment = at - (on - meeting.on)
            rows += [
                Attendance(meeting=meeting, enrolment=each, present=chance.random() < 0.9, source="phone", taken_by=by,
                           taken_at=moment)
                for each in people
            ]  # fmt: skip
    Attendance.objects.bulk_create(rows)


def _plans(version: CourseVersion, by_role: dict[str, User], *, on: date, at: datetime) -> None:
    """The coordinator's next group, and a workshop for the whole service, each with whom to call."""
    for role, code, title in (
        (COORDINATOR, "R-NAIROBI", "Nairobi Region, group series 3"), (DIRECTOR, "NPS", "Supporters of every county"),
    ):  # fmt: skip
        area, first = Unit.objects.get(code=code), on + timedelta(days=35)
        cohort = Cohort.objects.create(
            version=version, unit=area, form="group-series", title=title, seats=GROUP, first_on=first, state="open",
            last_on=first + timedelta(weeks=WEEKS - 1), weeks=WEEKS, staff_needed=STAFF,
            nominate_by=on + timedelta(days=21), venue=area.name, planned_by=by_role[role], planned_at=at,
        )  # fmt: skip
        make_plan(cohort, area=area, by=by_role[role], on=on, at=at)
