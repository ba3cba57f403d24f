"""Invented institutions with what they have to teach with; approved curricula and courses; the order to integrate."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from desk.demo import training_plan as plan
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from training.models import (
    CalendarEntry,
    Course,
    CourseOffered,
    CourseUnit,
    CourseVersion,
    CurriculumVersion,
    Given,
    Institution,
    Instructor,
    InstructorCertificate,
    IntegrationOrder,
    Part,
    PartSession,
    Programme,
    TrainingRoom,
)

PAPER = "Demonstration training paper 1"
ORDERED_ON = date(2020, 3, 10)
PEOPLE = "Office of the Director of training", "Director of training"


@dataclass(frozen=True)
class Hands:
    """Who drafted and who approved, and when."""

    drafts: User
    approves: User
    at: datetime

    def approved(self) -> dict[str, object]:
        return {
            "state": "approved", "drafted_by": self.drafts, "drafted_at": self.at, "decided_by": self.approves,
            "decided_at": self.at,
        }  # fmt: skip

    def submitted(self) -> dict[str, object]:
        return {"state": "submitted", "drafted_by": self.drafts, "drafted_at": self.at}


def store(chance: random.Random, by_role: dict[str, User], *, on: date, at: datetime) -> None:
    """This function will fill institutions, curricula and courses; the other parts of the demonstration build on them."""
    drafts, approves = (by_role[each] for each in PEOPLE)
    since = date(on.year - 2, 1, 1)
    hands = Hands(drafts, approves, at - timedelta(days=400))
    programmes = {each.code: each for each in Programme.objects.all()}
    _curricula(programmes, hands, since)
    courses = {each.code: each for each in Course.objects.all()}
    _courses(courses, programmes["muamko-mpya"], hands, since)
    _waiting(programmes["muamko-mpya"], courses["traffic"], Hands(drafts, approves, at - timedelta(days=5)), on)
    _order(programmes["muamko-mpya"], on)
    institutions = _institutions(chance)
    _offers(institutions, courses, since)
    _calendar(institutions, on)
    _instructors(institutions, courses, programmes, on)


def _curricula(programmes: dict[str, Programme], hands: Hands, since: date) -> None:
    """Muamko Mpya's first version is approved with hours; the two beside it have parts of the demonstration's own."""
    first = CurriculumVersion.objects.get(programme=programmes["muamko-mpya"], number=1)
    CurriculumVersion.objects.filter(pk=first.pk).update(starts_on=since, **hands.approved())
    Part.objects.filter(version=first).update(minutes=plan.PART_MINUTES)
    for code, parts in plan.PARTS.items():
        version = CurriculumVersion.objects.create(
            programme=programmes[code], number=1, starts_on=since, authority=PAPER, **hands.approved()
        )
        Part.objects.bulk_create(
            Part(version=version, code=each, name_en=en, name_sw=sw, order=order, minutes=plan.PART_MINUTES)
            for order, (each, en, sw) in enumerate(parts, start=1)
        )
    PartSession.objects.bulk_create(
        PartSession(part=part, title=f"{part.name_en}: {title}", order=order, minutes=plan.PART_MINUTES // 2)
        for part in Part.objects.filter(version__programme__in=programmes.values())
        for order, title in enumerate(("opening", "practice"), start=1)
    )


def _courses(courses: dict[str, Course], muamko: Programme, hands: Hands, since: date) -> None:
    skills = {each.code: each for each in Skill.objects.all()}
    ranks = {each.code: each for each in Rank.objects.all()}
    versions = CourseVersion.objects.bulk_create(
        CourseVersion(
            course=courses[each.course], number=1, starts_on=since, days=each.days, assessment=each.assessment,
            pass_mark=each.pass_mark, authority=PAPER, **hands.approved(),
        )
        for each in plan.COURSES
    )  # fmt: skip
    CourseUnit.objects.bulk_create(
        unit for version, each in zip(versions, plan.COURSES, strict=True) for unit in _units(version, each, muamko)
    )
    Given.objects.bulk_create(
        Given(version=version, kind="skill", skill=skills[each.gives])
        if each.gives in skills
        else Given(version=version, kind="eligibility", rank=ranks[each.gives])
        for version, each in zip(versions, plan.COURSES, strict=True)
        if each.gives
    )


def _units(version: CourseVersion, planned: plan.PlannedCourse, muamko: Programme) -> list[CourseUnit]:
    own = [
        CourseUnit(version=version, code=f"u{order}", title=title, order=order, minutes=hours * 60,
                   assessment="Written paper" if order == 1 else "Practical")
        for order, (title, hours) in enumerate(planned.units, start=1)
    ]  # fmt: skip
    carrying = [
        CourseUnit(version=version, code=f"mm-{part}", title=f"Muamko Mpya: {name}", order=50 + order,
                   minutes=plan.PART_MINUTES, programme=muamko, part_code=part)
        for order, (part, name) in enumerate(plan.MUAMKO_PARTS[: planned.parts])
    ]  # fmt: skip
    return own + carrying


def _waiting(muamko: Programme, course: Course, hands: Hands, on: date) -> None:
    """What the director finds waiting: a second version of the curriculum with an eighth part, and one of a course."""
    starts = date(on.year + 1, 1, 1)
    version = CurriculumVersion.objects.create(
        programme=muamko, number=2, starts_on=starts, authority=PAPER, note="Leadership as a part of its own",
        **hands.submitted(),
    )  # fmt: skip
    names = [*plan.MUAMKO_PARTS, ("leadership", "Leadership")]
    Part.objects.bulk_create(
        Part(version=version, code=code, name_en=name, order=order, minutes=plan.PART_MINUTES)
        for order, (code, name) in enumerate(names, start=1)
    )
    planned = next(each for each in plan.COURSES if each.course == course.code)
    draft = CourseVersion.objects.create(
        course=course, number=2, starts_on=starts, days=planned.days + 5, assessment=planned.assessment, pass_mark=60,
        authority=PAPER, note="A week of accident scenes; a higher pass mark", **hands.submitted(),
    )  # fmt: skip
    CourseUnit.objects.bulk_create(_units(draft, plan.longer(planned), muamko))
    Given.objects.create(version=draft, kind="skill", skill=Skill.objects.get(code="traffic"))


def _order(muamko: Programme, on: date) -> None:
    IntegrationOrder.objects.create(
        programme=muamko, unit=Unit.objects.get(code="NPS"), starts_on=ORDERED_ON, deadline=date(on.year, 6, 30),
        authority="Direction of the Inspector-General at the launch, 10 March 2020; the day is the demonstration's own",
    )  # fmt: skip


def _institutions(chance: random.Random) -> list[Institution]:
    units = list(Unit.objects.filter(type="training", closed_on=None).order_by("code"))
    made = Institution.objects.bulk_create(
        Institution(unit=unit, kind=plan.kind_of(unit.name), capacity=capacity, beds=capacity - chance.randint(0, 30))
        for unit, capacity in zip(units, (plan.capacity_of(unit.code) for unit in units), strict=True)
    )
    TrainingRoom.objects.bulk_create(
        TrainingRoom(institution=each, name=name, seats=seats) for each in made for name, seats in plan.ROOMS
    )
    return made


def _offers(institutions: list[Institution], courses: dict[str, Course], since: date) -> None:
    CourseOffered.objects.bulk_create(
        CourseOffered(institution=each, course=courses[code], starts_on=since, authority=PAPER)
        for each in institutions
        for code in plan.offers_of(each.unit.code)
    )


def _calendar(institutions: list[Institution], on: date) -> None:
    CalendarEntry.objects.bulk_create(
        CalendarEntry(institution=each, kind=kind, title=title, first_on=first, last_on=last)
        for each in institutions
        for kind, title, first, last in plan.calendar(on.year)
    )


def _instructors(
    institutions: list[Institution], courses: dict[str, Course], programmes: dict[str, Programme], on: date
) -> None:
    """Those posted there who hold the instructor's skill; some of their certificates lapse soon, some have lapsed."""
    unit_of = {each.unit_id: each for each in institutions}
    found: dict[int, list[Officer]] = {}
    holders = Officer.objects.filter(unit__in=unit_of, skills__skill__code="instructor").order_by("service_number")
    for officer in holders.only("pk", "unit_id"):
        found.setdefault(officer.unit_id or 0, []).append(officer)
    made = Instructor.objects.bulk_create(
        Instructor(institution=unit_of[unit], officer=officer, starts_on=on - timedelta(days=600), authority=PAPER)
        for unit, officers in found.items()
        for officer in officers[:8]
    )
    certificates = []
    for number, each in enumerate(made):
        expires = on + timedelta(days=(40, 400, 700, -20)[number % 4])
        what = plan.offers_of(each.institution.unit.code)[number % 3]
        named = {"programme": programmes["muamko-mpya"]} if number % 2 else {"course": courses[what]}
        certificates.append(
            InstructorCertificate(instructor=each, number=f"NPS/TRG/INS/{number + 1}", expires_on=expires,
                                  issued_on=expires - timedelta(days=3 * 365), **named)
        )  # fmt: skip
    InstructorCertificate.objects.bulk_create(certificates)
