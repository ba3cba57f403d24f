"""Invented training.

curriculum()                          Muamko Mpya with an approved version: its seven parts, an hour each
course_version("traffic", gives="traffic", parts=["identity"])   an approved version of a course of the catalogue
institution(college)                  what a training unit has to teach with
offered(institution, version.course)  given there since 2020
running(college, version, state="open")   a cohort
enrolled(cohort, officer, state="joined") a trainee of it
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from organisation.models import Skill, Unit
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO, UserFactory
from training.models import (
    Cohort,
    Course,
    CourseOffered,
    CourseUnit,
    CourseVersion,
    CurriculumVersion,
    Enrolment,
    Given,
    Institution,
    IntegrationOrder,
    Part,
    Programme,
)

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
PAPER = "NPS/TRG/1 of 1 January 2020"
MINUTES = 60


def programme(code: str = "muamko-mpya") -> Programme:
    """The programme of that code, a reference row."""
    return Programme.objects.get(code=code)


def course(code: str = "traffic") -> Course:
    """The course of that code, a reference row."""
    return Course.objects.get(code=code)


def approved(**more: Any) -> dict[str, Any]:
    """What an approved version has: two people, neither of them the other."""
    people = {"drafted_by": UserFactory(), "decided_by": UserFactory(), "drafted_at": AT, "decided_at": AT}
    return {"state": "approved", "authority": PAPER, "starts_on": LONG_AGO, **people, **more}


def curriculum(code: str = "muamko-mpya", **more: Any) -> CurriculumVersion:
    """The approved version of a programme; the parts are those of the draft that came with the product."""
    found = CurriculumVersion.objects.filter(programme__code=code, state="approved").first()
    if found is not None:
        return found
    draft = CurriculumVersion.objects.filter(programme__code=code).order_by("number").first()
    number = draft.number + 1 if draft else 1
    version = CurriculumVersion.objects.create(programme=programme(code), number=number, **approved(**more))
    Part.objects.bulk_create(
        Part(version=version, code=each.code, name_en=each.name_en, name_sw=each.name_sw, order=each.order, minutes=MINUTES)
        for each in (draft.parts.all() if draft else [])
    )  # fmt: skip
    return version


def course_version(
    code: str = "traffic", *, gives: str = "", parts: Sequence[str] = (), units: int = 2, **more: Any
) -> CourseVersion:
    """The approved version of a course: its units, those that carry parts of Muamko Mpya, the skill it gives."""
    known = course(code).versions.filter(state="approved").first()
    if known is not None:
        return known
    fields = {"number": 1, "days": 30, "pass_mark": 50, **approved(**more)}
    version = CourseVersion.objects.create(course=course(code), **fields)
    plain = [
        CourseUnit(version=version, code=f"unit-{n}", title=f"Unit {n}", order=n, minutes=10 * MINUTES)
        for n in range(1, units + 1)
    ]
    carrying = [
        CourseUnit(version=version, code=f"mm-{each}", title=f"Muamko Mpya: {each}", order=50 + n, minutes=MINUTES,
                   programme=programme(), part_code=each)
        for n, each in enumerate(parts)
    ]  # fmt: skip
    CourseUnit.objects.bulk_create([*plain, *carrying])
    if gives:
        Given.objects.create(version=version, kind="skill", skill=Skill.objects.get(code=gives), level=1)
    return version


def institution(unit: Unit, **more: Any) -> Institution:
    """What the unit has to teach with."""
    fields = {"kind": "college", "capacity": 200, "beds": 180, **more}
    return Institution.objects.get_or_create(unit=unit, defaults=fields)[0]


def offered(at: Institution, what: Course, **more: Any) -> CourseOffered:
    """The institution gives the course."""
    return CourseOffered.objects.get_or_create(
        institution=at, course=what, defaults={"starts_on": LONG_AGO, **more}
    )[0]  # fmt: skip


def order_to_integrate(unit: Unit, *, deadline: date = ON, **more: Any) -> IntegrationOrder:
    """Muamko Mpya is to be taught in all courses under the unit."""
    fields = {"programme": programme(), "unit": unit, "authority": PAPER, "starts_on": LONG_AGO, **more}
    return IntegrationOrder.objects.create(deadline=deadline, **fields)


def running(unit: Unit, version: CourseVersion, *, by: User | None = None, **more: Any) -> Cohort:
    """A cohort of the version at the unit, planned unless `state` says otherwise."""
    fields = {
        "title": "Intake 1 of 2026", "first_on": date(2026, 11, 16), "last_on": date(2026, 12, 11), "seats": 30,
        "planned_by": by or UserFactory(), "planned_at": AT, **more,
    }  # fmt: skip
    return Cohort.objects.create(version=version, unit=unit, **fields)


def enrolled(cohort: Cohort, officer: Officer, **more: Any) -> Enrolment:
    """A trainee of the cohort, called unless `state` says otherwise."""
    return Enrolment.objects.create(cohort=cohort, officer=officer, **more)
