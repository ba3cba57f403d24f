"""Courses as pages read them: the catalogue, one course, one version, two versions compared.

The catalogue is the whole service's: whoever sees training or nominates reads all of it. Drafts are read by those who write
or approve them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hcims.errors import NotFound
from hcims.periods import in_force
from training.models import (
    Cohort,
    CohortState,
    Course,
    CourseOffered,
    CourseUnit,
    CourseVersion,
    EntryCondition,
    Given,
    Part,
    VersionState,
)
from training.queries.versions import UNDECIDED, seen_by, works_on_versions

TO_COME = (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED)


def in_force_now(on: date) -> QuerySet[CourseVersion]:
    """The approved versions of the day, one a course at most."""
    return CourseVersion.objects.filter(in_force(on), state=VersionState.APPROVED)


def catalogue(user: Any, *, on: date) -> QuerySet[Any]:
    """Every course with what stands beside it in the list, in one statement."""
    now = in_force_now(on).filter(course=OuterRef("pk"))
    units = CourseUnit.objects.filter(
        in_force(on, "version__"), version__state="approved", version__course=OuterRef("pk")
    )
    to_come = Cohort.objects.filter(version__course=OuterRef("pk"), state__in=TO_COME, first_on__gte=on)
    given = CourseOffered.objects.filter(in_force(on), course=OuterRef("pk"), institution__unit__closed_on=None)
    begun = CourseVersion.objects.filter(course=OuterRef("pk"), state__in=UNDECIDED)
    if not works_on_versions(user, on=on):
        begun = begun.none()
    return Course.objects.annotate(
        version_number=Subquery(now.values("number")[:1]),
        version_ref=Subquery(now.values("ref")[:1]),
        days=Subquery(now.values("days")[:1]),
        minutes=_sum(units, "minutes", "version__course"),
        muamko=_count(units.exclude(part_code=""), "version__course"),
        given=_count(given, "course"),
        conditions_now=_count(EntryCondition.objects.filter(in_force(on), course=OuterRef("pk")), "course"),
        next_on=Subquery(to_come.order_by().values("version__course").annotate(day=Min("first_on")).values("day")),
        begun_state=Subquery(begun.order_by("-number").values("state")[:1]),
        begun_ref=Subquery(begun.order_by("-number").values("ref")[:1]),
    )


def _count(rows: QuerySet[Any], by: str) -> Any:
    return Coalesce(Subquery(_grouped(rows, by, Count("pk")), output_field=IntegerField()), 0)


def _sum(rows: QuerySet[Any], name: str, by: str) -> Any:
    return Coalesce(Subquery(_grouped(rows, by, Sum(name)), output_field=IntegerField()), 0)


def _grouped(rows: QuerySet[Any], by: str, what: Any) -> Any:
    return rows.order_by().values(by).annotate(figure=what).values("figure")


def filtered(rows: QuerySet[Any], asked: dict[str, Any], *, on: date) -> QuerySet[Any]:
    """The courses that the form of the list asks for."""
    if words := asked.get("q"):
        rows = rows.filter(Q(name_en__icontains=words) | Q(name_sw__icontains=words) | Q(code__icontains=words))
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if code := asked.get("unit"):
        given = CourseOffered.objects.filter(in_force(on), course=OuterRef("pk"), institution__unit__code=code)
        rows = rows.filter(Exists(given))
    if skill := asked.get("skill"):
        gives = Given.objects.filter(in_force(on, "version__"), version__state="approved", skill=skill)
        rows = rows.filter(Exists(gives.filter(version__course=OuterRef("pk"))))
    state = asked.get("state") or ""
    if state == "no-version":
        rows = rows.filter(version_number=None, in_use=True)
    elif state in UNDECIDED:
        rows = rows.filter(begun_state=state)
    elif state == "not-given":
        rows = rows.filter(given=0, in_use=True)
    return rows if state == "ended" else rows.filter(in_use=True)


def access_course(code: str) -> Course:
    """The course of that code. Errors: NotFound."""
    found = Course.objects.filter(code=code).select_related("programme").first()
    if found is None:
        raise NotFound(code)
    return found


def conditions_of(course: Course, *, on: date) -> tuple[list[EntryCondition], list[EntryCondition]]:
    """The conditions of entry in force or to come, and those that ended. One statement."""
    rows = list(course.conditions.select_related("rank", "skill", "qualification", "passed"))
    ended = [each for each in rows if each.ends_on is not None and each.ends_on <= on]
    return [each for each in rows if each not in ended], ended


def access_condition(ref: str) -> EntryCondition:
    """The condition of that reference. Errors: NotFound."""
    rows = EntryCondition.objects.select_related("course", "rank", "skill", "qualification", "passed")
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def versions_of(course: Course, user: Any, *, on: date) -> list[CourseVersion]:
    """The versions that the user may read, the latest first."""
    return list(course.versions.filter(seen_by(user, on=on)).select_related("drafted_by", "decided_by"))


def access_version(user: Any, ref: str, *, on: date) -> CourseVersion:
    """The version of that reference with all it consists of, if the user may read it. Errors: NotFound."""
    rows = CourseVersion.objects.filter(seen_by(user, on=on)).select_related(
        "course__programme", "drafted_by", "decided_by"
    )
    found = rows.prefetch_related(*_contents()).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def current_of(course: Course, *, on: date) -> CourseVersion | None:
    """The version in force with all it consists of."""
    rows = in_force_now(on).filter(course=course).select_related("drafted_by", "decided_by", "course")
    return rows.prefetch_related(*_contents()).first()


def _contents() -> tuple[Prefetch, Prefetch]:
    return (
        Prefetch("units", CourseUnit.objects.select_related("programme")),
        Prefetch("gives", Given.objects.select_related("skill", "rank")),
    )


def part_names() -> dict[tuple[int, str], str]:
    """The names of parts by programme and code, as the latest version has them. One statement."""
    parts = Part.objects.select_related("version").order_by("version__number")
    return {(each.version.programme_id, each.code): str(each) for each in parts}


def given_at(course: Course, *, on: date) -> QuerySet[CourseOffered]:
    """Where the course is given."""
    rows = CourseOffered.objects.filter(in_force(on), course=course)
    return rows.select_related("institution__unit").order_by("institution__unit__name")


def cohorts_to_come(course: Course, *, on: date) -> QuerySet[Cohort]:
    """The next intakes, wherever they are held."""
    rows = Cohort.objects.filter(version__course=course, last_on__gte=on).exclude(state=CohortState.CANCELLED)
    return rows.select_related("unit").order_by("first_on", "pk")[:12]


def file_rows(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """The catalogue as plain rows, for a file."""
    for each in rows:
        yield (
            each.code, str(each), each.get_kind_display(), each.version_number, each.days, round(each.minutes / 60, 2),
            each.muamko, each.conditions_now, each.given, each.next_on, "" if each.in_use else "–",
        )  # fmt: skip
