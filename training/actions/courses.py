"""Courses and their versions: units, hours, assessment, what passing gives; and the dated conditions of entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from training.actions import dated, versions
from training.actions.institutions import changed
from training.models import ConditionKind, Course, CourseUnit, CourseVersion, EntryCondition, Given
from training.policies import institutions as papers
from training.policies import versions as policies
from training.slugs import free_slug

FACTS = ("name_en", "name_sw", "kind", "programme", "order", "in_use")
VERSION_FACTS = (*versions.FACTS, "days", "assessment", "pass_mark", "attendance_share")
UNIT = ("title", "order", "minutes", "assessment", "programme", "part_code")
ONE_AT_A_TIME = (ConditionKind.RANK_FROM, ConditionKind.RANK_TO)


@action
def add_course(*, code: str, paper: str, by: Any, at: datetime, **facts: Any) -> Course:
    """This function will put a course into the catalogue. Shape: `facts` holds those of FACTS."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    papers.check_paper(paper)
    if Course.objects.filter(code=code).exists():
        raise RuleBroken(_("A course has the code “%(code)s” already: take another.") % {"code": code})
    course = Course.objects.create(code=code, **facts)
    trail.record(Event.COURSE_DRAFTED, target=course, by=by, at=at, source=paper, details={"code": code})
    return course


@action
def change_course(*, course: Course, paper: str, by: Any, at: datetime, **facts: Any) -> Course:
    """This function will change what the catalogue says of a course; its code stays, old certificates name it."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    papers.check_paper(paper)
    differences = changed(course, facts, FACTS)
    course.save(update_fields=FACTS)
    details = {"changed": {name: [str(each) for each in pair] for name, pair in differences.items()}}
    trail.record(Event.COURSE_DRAFTED, target=course, by=by, at=at, source=paper, details=details)
    return course


@action
def draft_version(*, course: Course, by: Any, at: datetime) -> CourseVersion:
    """This function will begin the next version of a course as a copy of the one approved last."""
    draft: CourseVersion
    draft, before = versions.begin(course, "course", by=by, at=at, days=1)
    if before is None:
        return draft
    for name in ("days", "assessment", "pass_mark", "attendance_share"):
        setattr(draft, name, getattr(before, name))
    draft.save()
    CourseUnit.objects.bulk_create(
        CourseUnit(version=draft, code=each.code, **{name: getattr(each, name) for name in UNIT})
        for each in before.units.select_related("programme")
    )
    Given.objects.bulk_create(
        Given(version=draft, kind=each.kind, skill_id=each.skill_id, level=each.level, months=each.months,
              rank_id=each.rank_id)
        for each in before.gives.all()
    )  # fmt: skip
    return draft


@action
def change_version(
    *, version: CourseVersion, units: list[dict[str, Any]], gives: list[dict[str, Any]], by: Any, at: datetime,
    **facts: Any,
) -> CourseVersion:  # fmt: skip
    """This function will write a draft anew: its facts (VERSION_FACTS), its units in order, what passing gives.

    Shape: a unit that was there has its `ref`; one that is not among `units` goes.
    """
    locked = versions.write_in(version, by=by, at=at, facts=facts)
    known = {each.ref: each for each in locked.units.all()}
    codes = {each.code for each in known.values()}
    kept = set()
    for order, row in enumerate(units, start=1):
        unit = known.get(row.get("ref", ""))
        if unit is None:
            unit = CourseUnit(version=locked, code=free_slug(row["title"], codes))
            codes.add(unit.code)
        for name in UNIT:
            setattr(unit, name, order if name == "order" else row.get(name, getattr(unit, name)))
        unit.save()
        kept.add(unit.ref)
    locked.units.exclude(ref__in=kept).delete()
    locked.gives.all().delete()
    Given.objects.bulk_create(Given(version=locked, **row) for row in gives)
    versions.record_written(locked, by=by, at=at, units=len(units), gives=len(gives))
    return locked


@action
def add_condition(
    *, course: Course, kind: str, starts_on: date, legal_basis: str, by: Any, at: datetime, **asked: Any
) -> EntryCondition:
    """This function will put a condition of entry in force from a day on, with what it rests on."""
    policies.check_can_draft(by, on=timezone.localdate(at))
    papers.check_paper(legal_basis)
    needed = EntryCondition.NEEDS[ConditionKind(kind)]
    if asked.get(needed) is None:
        raise RuleBroken(_("Say what the condition asks for."))
    # With a rank, years in the rank are asked of its holders only: several may stand side by side.
    names = {needed, "value"} | ({"rank"} if kind == ConditionKind.YEARS_IN_RANK else set())
    given = {name: value for name, value in asked.items() if name in names and value is not None}
    standing = course.conditions.filter(kind=kind).exclude(ends_on__lte=starts_on)
    if kind in ONE_AT_A_TIME and standing.exists():
        raise RuleBroken(_("Such a condition is in force in these days; end it first."))
    made = EntryCondition.objects.create(
        course=course, kind=kind, starts_on=starts_on, legal_basis=legal_basis, entered_by=by, **given
    )
    _record(made, "added", by=by, at=at, source=legal_basis, on=starts_on)
    return made


@action
def end_condition(*, condition: EntryCondition, ends_on: date, paper: str, by: Any, at: datetime) -> EntryCondition:
    """This function will end a condition of entry from a day on; who was refused by it stays refused."""
    locked = dated.end(condition, ends_on, paper=paper, by=by, at=at)
    _record(locked, "ended", by=by, at=at, source=paper, on=ends_on)
    return locked


@action
def confirm_condition(*, condition: EntryCondition, by: Any, at: datetime) -> EntryCondition:
    """This function will say that the paper behind a condition has been seen."""
    dated.confirm(condition, by=by, at=at)
    _record(condition, "confirmed", by=by, at=at, source=condition.legal_basis)
    return condition


def _record(condition: EntryCondition, what: str, *, by: Any, at: datetime, source: str, **more: Any) -> None:
    details = {"what": what, "kind": condition.kind, "course": condition.course.code, **more}
    trail.record(Event.CONDITION_CHANGED, target=condition, by=by, at=at, source=source, details=details)
