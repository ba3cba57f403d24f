"""What a plan of a cohort is made from: approved versions, regions, the units whose training a person runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims.access.permissions import Permission
from hcims.errors import RuleBroken
from organisation.models import Unit, UnitType
from organisation.queries import units_visible_to
from training.models import CourseVersion, VersionState


def versions_to_plan(*, on: date) -> list[CourseVersion]:
    """The approved versions that are in force or will be, by course."""
    rows = CourseVersion.objects.filter(state=VersionState.APPROVED).exclude(ends_on__lte=on)
    return list(
        rows.filter(course__in_use=True).select_related("course").order_by("course__order", "course__code", "number")
    )


def version_on(course: str, *, on: date) -> CourseVersion:
    """The approved version of a course that is in force on the day. Errors: RuleBroken where none is."""
    rows = CourseVersion.objects.in_force(on).filter(state=VersionState.APPROVED, course__code=course)
    found: CourseVersion | None = rows.select_related("course").first()
    if found is None:
        raise RuleBroken(
            "No approved version of this course is in force on the first day; the Director of training approves it."
        )
    return found


def regions(*, on: date) -> list[Unit]:
    """The regions, for seats that are kept."""
    return list(Unit.objects.open_on(on).filter(type=UnitType.REGION).order_by("name"))


def only_unit_run(user: Any, *, on: date) -> Unit | None:
    """The unit whose training the user runs, where it is one only."""
    scope = user.scope(Permission.RUN_TRAINING, on=on)
    places = scope.units | scope.trees
    if scope.everywhere or len(places) != 1:
        return None
    return units_visible_to(user, on=on, permission=Permission.RUN_TRAINING).filter(pk__in=places).first()
