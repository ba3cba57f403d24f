"""Invented cohorts, with the people who put names forward, choose, teach and are taught.

school = make_school()                 a college that gives a course of driving; its training officer; two stations
cohort = planned(school, seats=2)      opened for names: `opened(school, seats=2)`
put_forward(school, cohort, officer)   by the commander of the officer's station
calling(school, officer, …)            a cohort whose trainees are called; `under_way` where they joined
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO, UserFactory, appoint
from tests.factories.organisation import MOMENT, UnitFactory
from tests.factories.personnel import OfficerFactory
from training.actions import calls, cohorts, nominations
from training.actions.seats import give_seats
from training.models import (
    Cohort,
    Course,
    CourseOffered,
    CourseVersion,
    Enrolment,
    EntryCondition,
    Given,
    Institution,
    Nomination,
)

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
FIRST = date(2026, 12, 1)
LAST = date(2026, 12, 18)
WHY = "Four drivers of the station retire this year."


@dataclass
class School:
    """A college, the course it gives, and the people around it."""

    service: Unit
    region: Unit
    college: Unit
    station: Unit
    other_station: Unit  # in another region
    version: CourseVersion
    trainer: User  # training officer of the college
    commandant: User
    commander: User  # of the station
    other_commander: User

    def officer(self, *, elsewhere: bool = False, **more: Any) -> Officer:
        """A constable with an account, at the station."""
        at = self.other_station if elsewhere else self.station
        return OfficerFactory(posted_to=at, user=UserFactory(), **more)


def course_version(code: str = "test-driving", *, gives: str = "driving-b", **more: Any) -> CourseVersion:
    """An approved version in force since 2020."""
    course = Course.objects.get_or_create(
        code=code, defaults={"name_en": f"Course {code}", "name_sw": f"Kozi {code}", "kind": "technical"}
    )[0]
    fields = {
        "number": 1, "state": "approved", "authority": "Test paper", "starts_on": LONG_AGO, "days": 18, "pass_mark": 50,
        "drafted_by": UserFactory(), "drafted_at": MOMENT, "decided_by": UserFactory(), "decided_at": MOMENT, **more,
    }  # fmt: skip
    version = CourseVersion.objects.create(course=course, **fields)
    if gives:
        Given.objects.create(version=version, kind="skill", skill=Skill.objects.get(code=gives), level=1)
    return version


def make_school(**version: Any) -> School:
    """Eight units at most, and one person for each part."""
    service = UnitFactory(code="NPS-T", name="Service", type="service", line="headquarters")
    region = UnitFactory(code="R-ONE", name="Pwani Region", type="region", under=service)
    other = UnitFactory(code="R-TWO", name="Bonde Region", type="region", under=service)
    college = UnitFactory(code="COL-T", name="Mfano College", type="training", line="training", under=service)
    station = UnitFactory(code="PS-ONE", name="Moja Police Station", under=region)
    other_station = UnitFactory(code="PS-TWO", name="Mbili Police Station", under=other)
    school = School(
        service, region, college, station, other_station, course_version(**version),
        trainer=appoint(UserFactory(full_name="Mkufunzi Mfano"), "training-officer", college),
        commandant=appoint(UserFactory(), "commandant", college),
        commander=appoint(UserFactory(), "station-commander", station),
        other_commander=appoint(UserFactory(), "station-commander", other_station),
    )  # fmt: skip
    institution = Institution.objects.create(unit=college, kind="college", capacity=200, beds=100)
    CourseOffered.objects.create(institution=institution, course=school.version.course, starts_on=LONG_AGO)
    return school


def condition(school: School, kind: str, **more: Any) -> EntryCondition:
    """An entry condition of the school's course, since 2020: `condition(school, "rank-from", rank="SGT")`."""
    if "rank" in more:
        more["rank"] = Rank.objects.get(code=more["rank"])
    if "skill" in more:
        more["skill"] = Skill.objects.get(code=more["skill"])
    fields = {"legal_basis": "Test circular 7", "starts_on": LONG_AGO, **more}
    return EntryCondition.objects.create(course=school.version.course, kind=kind, **fields)


def planned(school: School, *, seats: int = 2, **more: Any) -> Cohort:
    """A cohort that is planned; names until ten days before it begins."""
    days = cohorts.Days(FIRST, LAST, FIRST - timedelta(days=10))
    fields = {"title": "Intake 9 of 2026", "days": days, "version": school.version, "unit": school.college, **more}
    return cohorts.plan_cohort(seats=seats, **{"by": school.trainer, "on": ON, "at": AT, **fields})


def opened(school: School, *, seats: int = 2, **more: Any) -> Cohort:
    """A cohort for which names are taken."""
    return cohorts.open_cohort(planned(school, seats=seats, **more), by=school.trainer, on=ON, at=AT)


def put_forward(school: School, cohort: Cohort, *officers: Officer, **more: Any) -> list[Nomination]:
    """Put forward by the commanders of their stations; asserts that nobody was left."""
    done = []
    for officer in officers:
        by = school.commander if officer.unit_id == school.station.pk else school.other_commander
        fields = {"reason": WHY, "by": by, "on": ON, "at": AT, **more}
        outcome = nominations.nominate(cohort, officers=[officer], **fields)
        assert not outcome.skipped, outcome.skipped
        done += outcome.done
    return done


def calling(school: School, *officers: Officer, seats: int | None = None, **more: Any) -> Cohort:
    """A cohort whose seats went to these officers, called to it."""
    cohort = opened(school, seats=seats or len(officers), **more)
    names = put_forward(school, cohort, *officers)
    stamp: dict[str, Any] = {"by": school.trainer, "on": ON, "at": AT}
    give_seats(cohort, nominations=names, note=WHY, **stamp)
    calls.call_trainees(cohort, **stamp)
    cohort.refresh_from_db()
    return cohort


def under_way(school: School, *officers: Officer, **more: Any) -> tuple[Cohort, list[Enrolment]]:
    """A cohort that runs, with these trainees."""
    cohort = calling(school, *officers, **more)
    came = list(cohort.enrolments.order_by("pk"))
    calls.record_first_day(cohort, came=came, by=school.trainer, on=FIRST, at=AT + (FIRST - ON))
    cohort.refresh_from_db()
    return cohort, list(cohort.enrolments.order_by("pk"))


def state_of(*rows: Any) -> list[str]:
    """The states of the rows as the database has them."""
    for each in rows:
        each.refresh_from_db()
    return [each.state for each in rows]
