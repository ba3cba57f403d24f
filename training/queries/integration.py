"""The integration matrix: which part of the programme is taught in which course at which institution, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.queries import in_scope
from training import cells
from training.cells import Cell, Totals
from training.models import (
    ArrearsReason,
    Course,
    CourseOffered,
    CurriculumVersion,
    Institution,
    IntegrationOrder,
    Part,
    PartTaught,
    Programme,
    ProgrammeKind,
    TrainingRuleCode,
    VersionState,
)
from training.queries import rules

OPEN = "not-confirmed"  # beside the states: taught, and not confirmed by the commandant


@dataclass(frozen=True)
class Curriculum:
    """The programme that is to come into every course, and the version whose parts the matrix counts."""

    programme: Programme
    version: CurriculumVersion
    parts: list[Part]

    @property
    def is_approved(self) -> bool:
        return bool(self.version.state == VersionState.APPROVED)

    def part(self, code: str) -> Part:
        """The part of that code. Errors: NotFound."""
        found = next((each for each in self.parts if each.code == code), None)
        if found is None:
            raise NotFound(code)
        return found


@dataclass(frozen=True)
class Binding:
    """The order that binds an institution: the one given to the command nearest above it."""

    deadline: date
    authority: str
    is_confirmed: bool


@dataclass(frozen=True)
class Look:
    """How the matrix is looked at."""

    on: date
    institution: str = ""
    kind: str = ""
    course: str = ""
    state: str = ""
    arrears: bool = False


@dataclass
class Line:
    """An institution of the matrix: its cells by code of the course, and what they come to."""

    institution: Institution
    binding: Binding | None
    cells: dict[str, Cell]
    totals: Totals
    reasons: list[ArrearsReason] = field(default_factory=list)  # lately given, the newest of each course
    stale: int = 0  # courses whose reason is older than the rule allows

    @property
    def lag(self) -> tuple[int, float, int, str]:
        """Sorts the worst first: bound and late, then least carried out, then most without a reason."""
        late = self.totals.in_arrears > 0
        return (0 if late else 1, *self.totals.lag, self.institution.unit.code)


@dataclass
class Matrix:
    """All that the page says."""

    curriculum: Curriculum
    look: Look
    lines: list[Line]  # the worst first
    courses: list[Course]
    totals: Totals
    reason_days: int
    deadlines: list[date]


def curriculum(on: date) -> Curriculum | None:
    """The integrated programme with the version in force on the day; with none approved, the newest draft. Two statements."""
    versions = CurriculumVersion.objects.filter(programme__kind=ProgrammeKind.INTEGRATED)
    newest = versions.exclude(state=VersionState.WITHDRAWN).select_related("programme").order_by(
        "programme__order", "-number"
    )  # fmt: skip
    known = list(newest)
    if not known:
        return None
    approved = (each for each in known if each.state == VersionState.APPROVED and each.is_in_force(on))
    version = next(approved, known[0])
    return Curriculum(version.programme, version, list(version.parts.all()[: cells.MOST_PARTS]))


def institutions_visible_to(user: Any, *, today: date) -> QuerySet[Institution]:
    """Institutions whose training this reader may see."""
    scope = user.scope(Permission.SEE_TRAINING, on=today)
    return Institution.objects.filter(in_scope(scope, on=today)).select_related("unit")


def access_institution(user: Any, code: str, *, today: date) -> Institution:
    """The institution of that code, if its training may be seen. Errors: NotFound, the same for both reasons."""
    found = institutions_visible_to(user, today=today).filter(unit__code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def bindings(programme: Programme, on: date) -> dict[int, Binding]:
    """The order that binds each institution on the day, by its unit; the nearest command's where two do. One statement."""
    found: dict[int, tuple[int, Binding]] = {}
    rows = IntegrationOrder.objects.filter(
        in_force(on), in_force(on, "unit__below__"), programme=programme, unit__below__descendant__institution__isnull=False
    ).values_list("unit__below__descendant", "unit__below__depth", "deadline", "authority", "is_confirmed")  # fmt: skip
    for unit, depth, deadline, authority, is_confirmed in rows:
        if unit not in found or depth < found[unit][0]:
            found[unit] = (depth, Binding(deadline, authority, is_confirmed))
    return {unit: binding for unit, (_depth, binding) in found.items()}


def packed(chosen: Curriculum, on: date, institutions: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """By institution and course: the states of all parts in one number (`training.cells`), and how many of those carried
    out nobody has confirmed. One statement, one row a cell."""
    weights = Case(
        *[When(part_code=each.code, then=Value(cells.weight(n))) for n, each in enumerate(chosen.parts)],
        default=Value(0),
        output_field=IntegerField(),
    )
    states = Case(
        *[When(state=code, then=Value(number)) for number, code in enumerate(cells.CODES)],
        default=Value(0),
        output_field=IntegerField(),
    )
    done = Q(state__in=cells.CODES[cells.TAUGHT :], part_code__in=[each.code for each in chosen.parts])
    rows = (
        PartTaught.objects.filter(in_force(on), programme=chosen.programme, institution__in=institutions)
        .order_by()
        .values_list("institution", "course")
        .annotate(packed=Sum(weights * states), open=Count("pk", filter=done & Q(confirmed_by__isnull=True)))
    )
    return {(institution, course): (number or 0, unconfirmed) for institution, course, number, unconfirmed in rows}


def reasons(programme: Programme, on: date, institutions: Any) -> dict[tuple[int, int], ArrearsReason]:
    """The newest reason for each course at each institution. One statement."""
    found: dict[tuple[int, int], ArrearsReason] = {}
    rows = ArrearsReason.objects.filter(
        programme=programme, institution__in=institutions, given_at__date__lte=on
    ).order_by("given_at", "pk")
    for each in rows:
        found[each.institution_id, each.course_id] = each
    return found


def offered(on: date, institutions: Any) -> list[tuple[int, int]]:
    """Institution and course, of courses given on the day. A course that is itself a programme carries no other."""
    rows = CourseOffered.objects.filter(in_force(on), institution__in=institutions, course__programme__isnull=True)
    return list(rows.order_by().values_list("institution", "course"))


def matrix(user: Any, look: Look, *, today: date, visible: Iterable[Institution] | None = None) -> Matrix | None:
    """The matrix of the institutions this reader may see; None while no curriculum has been drafted.

    `visible` where they have been read already, by `institutions_visible_to` the same reader.
    """
    chosen = curriculum(look.on)
    if chosen is None:
        return None
    if visible is None:
        visible = institutions_visible_to(user, today=today)
    seen = {each.pk: each for each in visible if look.institution in ("", each.unit.code)}
    bound = bindings(chosen.programme, look.on)
    courses = {each.pk: each for each in _courses(look)}
    given: dict[int, list[int]] = {pk: [] for pk in seen}
    for institution, course in offered(look.on, list(seen)):
        if course in courses:
            given[institution].append(course)
    numbers = packed(chosen, look.on, list(seen))
    said = reasons(chosen.programme, look.on, list(seen))
    days = rules.value(TrainingRuleCode.REASON_DAYS, look.on)
    lines = [
        _line(each, bound.get(each.unit_id), chosen, look, [courses[pk] for pk in given[each.pk]], numbers, said, days)
        for each in seen.values()
    ]
    lines = [each for each in lines if _is_asked_for(each, look)]
    for each in lines:
        each.cells = {code: cell for code, cell in each.cells.items() if _cell_is_asked_for(cell, look)}
    shown = {code for each in lines for code in each.cells}
    whole = cells.added([each.totals for each in lines], len(chosen.parts))
    deadlines = sorted({each.binding.deadline for each in lines if each.binding})
    lines.sort(key=lambda each: each.lag)
    return Matrix(
        chosen, look, lines, [each for each in courses.values() if each.code in shown], whole, days, deadlines
    )


def _courses(look: Look) -> QuerySet[Course]:
    found = Course.objects.filter(programme__isnull=True)
    if look.kind:
        found = found.filter(kind=look.kind)
    return found.filter(code=look.course) if look.course else found


def _line(
    institution: Institution,
    binding: Binding | None,
    chosen: Curriculum,
    look: Look,
    courses: list[Course],
    numbers: dict[tuple[int, int], tuple[int, int]],
    said: dict[tuple[int, int], ArrearsReason],
    days: int,
) -> Line:
    late = cells.is_late(binding.deadline if binding else None, look.on)
    found, fresh, stale = {}, [], 0
    for course in courses:
        key = (institution.pk, course.pk)
        number, unconfirmed = numbers.get(key, (0, 0))
        cell = Cell(course.code, cells.unpacked(number, len(chosen.parts)), unconfirmed)
        if late and not cell.is_whole:
            reason = said.get(key)
            is_fresh = reason is not None and is_still_good(reason, look.on, days)
            cell = Cell(course.code, cell.states, unconfirmed, in_arrears=True, has_reason=is_fresh)
            stale += reason is not None and not is_fresh
            if reason is not None and is_fresh:
                fresh.append(reason)
        found[course.code] = cell
    return Line(institution, binding, found, cells.totals(found.values(), len(chosen.parts)), fresh, stale)


def is_still_good(reason: ArrearsReason, on: date, days: int) -> bool:
    """Whether a reason for arrears still stands: given lately enough, and the day it promised not yet past."""
    return timezone.localdate(reason.given_at) > on - timedelta(days=days) and reason.expected_on >= on


def _is_asked_for(line: Line, look: Look) -> bool:
    if look.arrears or look.state:
        return any(_cell_is_asked_for(each, look) for each in line.cells.values())
    return True


def _cell_is_asked_for(cell: Cell, look: Look) -> bool:
    if look.arrears and not cell.in_arrears:
        return False
    if look.state == OPEN:
        return cell.unconfirmed > 0
    return not look.state or cells.CODES.index(look.state) in cell.states


def courses_of(user: Any, look: Look, code: str, *, today: date) -> tuple[Matrix, Line]:
    """One institution's line of the matrix with every course. Errors: NotFound."""
    own = access_institution(user, code, today=today)
    found = matrix(user, Look(look.on, kind=look.kind, state=look.state), today=today, visible=[own])
    if found is None or not found.lines:
        raise NotFound(code)
    return found, found.lines[0]


def first_marked(programme: Programme) -> date | None:
    """The first day of which the matrix knows anything."""
    return (
        PartTaught.objects.filter(programme=programme)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
        .exclude(ends_on=F("starts_on"))
        .first()
    )
