"""Courses, curricula and orders for the walk of the URL map: they are the whole service's, and belong to no place."""

from __future__ import annotations

from typing import Any

from tests.factories.training import AT, approved, course, course_version, curriculum, order_to_integrate
from tests.world import World
from training.models import CourseVersion, CurriculumVersion, IntegrationOrder


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


def curriculum_draft(_world: World) -> str:
    """The draft that came with the product."""
    return CurriculumVersion.objects.get(programme__code="muamko-mpya", number=1).ref


def _curricula(world: World) -> str:
    """An approved version beside the draft."""
    version = curriculum()
    CurriculumVersion.objects.filter(number=1, programme=version.programme).update(
        state="approved", decided_by=world.officer.user, decided_at=AT, ends_on="2019-01-01", starts_on="2018-01-01"
    )
    return version.ref


def _order(world: World) -> str:
    """The order that binds the whole service, entered once a world."""
    known = IntegrationOrder.objects.filter(unit=world.service, ends_on=None).first()
    return (known or order_to_integrate(world.service)).ref


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
    "curriculum ref": {"here": lambda world: curriculum().ref},
    "compare_curricula ref": {"here": _curricula},
    "edit_curriculum ref": {"here": curriculum_draft},
    "decide_curriculum ref": {"here": curriculum_draft},
    "decide_curriculum deed": {"here": lambda world: "submit", "absent": "nothing"},
    **{f"{route} programme": {"here": lambda world: "muamko-leaders", "absent": "no-such-programme"}
       for route in ("change_programme", "draft_curriculum")},
    **{f"{route} ref": {"here": _order}
       for route in ("order", "decide_order")},
    "decide_order deed": {"here": lambda world: "confirm", "absent": "nothing"},
}  # fmt: skip
