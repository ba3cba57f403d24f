"""Institutions as pages read them: the list, one with what it has, and who may change it.

What is taught where is no secret of the place: whoever sees training or nominates anywhere reads every institution.
Names of people there are shown only where the reader's own scope reaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hcims.access.permissions import Permission as P
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit, UnitType
from organisation.queries import in_scope
from training.models import (
    CalendarEntry,
    Cohort,
    CohortState,
    Course,
    CourseOffered,
    CourseVersion,
    Enrolment,
    EnrolmentState,
    Institution,
    Instructor,
    InstructorCertificate,
    TrainingRoom,
    VersionState,
)

READERS = (P.SEE_TRAINING, P.RUN_TRAINING, P.NOMINATE_TRAINEES)
TO_COME = (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED)


def institutions(*, on: date) -> QuerySet[Unit]:
    """Every open training unit, described or not, and every unit that was ever described."""
    is_open = Q(type=UnitType.TRAINING) & (Q(closed_on=None) | Q(closed_on__gt=on))
    return Unit.objects.filter(is_open | Q(institution__isnull=False)).select_related("county", "institution")


def counted(units: QuerySet[Any], *, on: date) -> QuerySet[Any]:
    """The units with what stands beside them in the list, in the same statement."""
    here, at_unit = {"institution__unit": OuterRef("pk")}, {"unit": OuterRef("pk")}
    teaching = Instructor.objects.filter(in_force(on), **here)
    lapsed = InstructorCertificate.objects.filter(
        in_force(on, "instructor__"),
        instructor__institution__unit=OuterRef("pk"),
        withdrawn_on=None,
        expires_on__lte=on,
    )
    trainees = Enrolment.objects.filter(
        cohort__unit=OuterRef("pk"), cohort__state=CohortState.RUNNING, state=EnrolmentState.JOINED
    )
    to_come = Cohort.objects.filter(state__in=TO_COME, first_on__gte=on, **at_unit)
    return units.annotate(
        courses=_number(CourseOffered.objects.filter(in_force(on), **here), "institution__unit"),
        rooms=_number(TrainingRoom.objects.filter(in_use=True, **here), "institution__unit"),
        instructors=_number(teaching, "institution__unit"),
        lapsed=_number(lapsed, "instructor__institution__unit"),
        trainees=_number(trainees, "cohort__unit"),
        next_on=Subquery(to_come.order_by().values("unit").annotate(day=Min("first_on")).values("day")),
    )


def _number(rows: QuerySet[Any], by: str) -> Any:
    each = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(each, output_field=IntegerField()), 0)


def filtered(units: QuerySet[Any], asked: dict[str, Any], *, on: date) -> QuerySet[Any]:
    """The units that the form of the list asks for."""
    if words := asked.get("q"):
        units = units.filter(Q(name__icontains=words) | Q(code__icontains=words))
    if kind := asked.get("kind"):
        units = units.filter(institution__kind=kind)
    if course := asked.get("course"):
        gives = CourseOffered.objects.filter(in_force(on), institution__unit=OuterRef("pk"), course=course)
        units = units.filter(Exists(gives))
    state = asked.get("state")
    if state == "undescribed":
        units = units.filter(institution__isnull=True)
    elif state == "lapsed":
        units = units.filter(lapsed__gt=0)
    elif state == "no-courses":
        units = units.filter(courses=0)
    return units


def access_unit(user: Any, code: str, *, on: date) -> Unit:
    """The institution's unit, for whoever may read institutions. Errors: NotFound."""
    unit = institutions(on=on).filter(code=code).first() if _reads(user, on) else None
    if unit is None:
        raise NotFound(code)
    return unit


def access_unit_run(user: Any, code: str, *, on: date) -> Unit:
    """The institution's unit, if the user runs training there. Errors: NotFound."""
    unit = institutions(on=on).filter(runs(user, on=on, field="pk"), code=code).first()
    if unit is None:
        raise NotFound(code)
    return unit


def _reads(user: Any, on: date) -> bool:
    return any(user.can(each, on=on) for each in READERS)


def runs(user: Any, *, on: date, field: str) -> Q:
    """A filter for rows of institutions at which the user runs training."""
    return in_scope(user.scope(P.RUN_TRAINING, on=on), on=on, field=field)


def sees_people(user: Any, *, on: date, field: str) -> Q:
    """A filter for rows of institutions whose people the user may read by name."""
    return in_scope(user.scope(P.SEE_TRAINING, on=on), on=on, field=field)


def people_reached(user: Any, units: QuerySet[Any], *, on: date) -> set[int]:
    """Those of the units whose people the user may read by name. One statement."""
    return set(units.filter(sees_people(user, on=on, field="pk")).values_list("pk", flat=True))


def described(unit: Unit) -> Institution | None:
    """What the unit has to teach with, if anybody has said so yet."""
    return getattr(unit, "institution", None)


def offers_of(institution: Institution, *, on: date) -> QuerySet[CourseOffered]:
    """The courses given on the day or from a later one on, each with the version in force."""
    current = CourseVersion.objects.filter(in_force(on), state=VersionState.APPROVED)
    return (
        institution.offers.exclude(ends_on__lte=on)
        .select_related("course")
        .prefetch_related(Prefetch("course__versions", current, to_attr="in_force_now"))
    )


def calendar_of(institution: Institution, year: int) -> QuerySet[CalendarEntry]:
    """The entries of the calendar that touch the year."""
    return institution.calendar.filter(
        withdrawn_on=None, first_on__lte=date(year, 12, 31), last_on__gte=date(year, 1, 1)
    )


def cohorts_at(unit: Unit, year: int) -> QuerySet[Cohort]:
    """The cohorts held there that touch the year, but for those called off."""
    return (
        Cohort.objects.filter(unit=unit, first_on__lte=date(year, 12, 31), last_on__gte=date(year, 1, 1))
        .exclude(state=CohortState.CANCELLED)
        .select_related("version__course")
        .annotate(
            trainees=Count("enrolments", filter=Q(enrolments__state__in=["called", "joined", "passed", "failed"]))
        )
        .order_by("first_on", "pk")
    )


def courses_not_given(institution: Institution, *, on: date) -> QuerySet[Course]:
    """The courses that the institution might begin to give."""
    given = institution.offers.exclude(ends_on__lte=on).values("course")
    return Course.objects.filter(in_use=True).exclude(pk__in=given)


# One of the things an institution has, by its reference, for whoever runs training there. Errors: NotFound.


def access_room(user: Any, ref: str, *, on: date) -> TrainingRoom:
    """The room of that reference."""
    return _one(TrainingRoom.objects.select_related("institution__unit"), user, ref, on)


def access_offer(user: Any, ref: str, *, on: date) -> CourseOffered:
    """The course offered of that reference."""
    return _one(CourseOffered.objects.select_related("institution__unit", "course"), user, ref, on)


def access_days(user: Any, ref: str, *, on: date) -> CalendarEntry:
    """The entry of a calendar of that reference."""
    return _one(CalendarEntry.objects.filter(withdrawn_on=None).select_related("institution__unit"), user, ref, on)


def _one(rows: QuerySet[Any], user: Any, ref: str, on: date) -> Any:
    found = rows.filter(runs(user, on=on, field="institution__unit"), ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def file_rows(units: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """The list as plain rows, for a file."""
    for each in units:
        has = described(each)
        yield (
            each.code, each.name, has.get_kind_display() if has else "", str(each.county or ""),
            has.capacity if has else None, has.beds if has else None, each.courses, each.rooms, each.instructors,
            each.lapsed, each.trainees, each.next_on,
        )  # fmt: skip
