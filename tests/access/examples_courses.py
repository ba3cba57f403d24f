"""Courses, curricula and orders for the walk of the URL map: they are the whole service's, and belong to no place."""

from __future__ import annotations

from typing import Any

from tests.factories.training import approved, course, course_version
from tests.world import World
from training.models import CourseVersion


def course_draft(world: World) -> str:
    """A draft of a course that nobody of the world wrote."""
    course_version()
    fields = {**approved(), "state": "draft", "decided_by": None, "decided_at": None, "days": 3}
    return CourseVersion.objects.get_or_create(course=course(), number=2, defaults=fields)[0].ref


def _two(_world: World) -> str:
    """An approved version beside which another stands."""
    before = course_version()
    fields = {**approved(), "days": 3, "ends_on": before.starts_on}
    CourseVersion.objects.get_or_create(course=course(), number=9, defaults=fields)
    return before.ref


EXAMPLES: dict[str, dict[str, Any]] = {
    **{f"{route} course": {"here": lambda world: course().code, "absent": "no-such-course"}
       for route in ("course", "change_course", "add_condition", "draft_course_version")},
    "condition ref": {"here": lambda world: course("corporals").conditions.all()[0].ref},
    "condition deed": {"here": lambda world: "confirm", "absent": "nothing"},
    "course_version ref": {"here": lambda world: course_version().ref},
    "compare_course_versions ref": {"here": _two},
    "edit_course_version ref": {"here": course_draft},
    "decide_course_version ref": {"here": course_draft},
    "decide_course_version deed": {"here": lambda world: "submit", "absent": "nothing"},
}  # fmt: skip
