"""The integration matrix, its papers, surveys and askings for the walk of the URL map."""

from __future__ import annotations

from typing import Any

from hcims import clock
from organisation.models import Unit
from tests.access.examples_cohorts import cohort_at
from tests.factories import training as made
from tests.factories.organisation import MOMENT
from tests.factories.training_matrix import LATE
from tests.world import World
from training.models import IntegrationOrder, Survey, SurveyQuestion, TeachingEvidence
from training.queries import integration

COURSE, OTHER_COURSE = "traffic", "investigation"
PART = "identity"


def taught_at(unit: Unit) -> str:
    """The unit's code: it teaches a course, bound by an order whose day has passed; the other station another one, too."""
    made.curriculum()
    institution = made.institution(unit)
    made.offered(institution, made.course(COURSE))
    if unit.code == "PS-NYALI":
        made.offered(institution, made.course(OTHER_COURSE))
    if not IntegrationOrder.objects.filter(unit=unit).exists():
        made.order_to_integrate(unit, deadline=LATE)
    return unit.code


def here(world: World) -> str:
    return taught_at(world.station)


def elsewhere(world: World) -> str:
    return taught_at(world.other_station)


def course_here(world: World) -> str:
    here(world)
    return COURSE


def course_elsewhere(world: World) -> str:
    elsewhere(world)
    return OTHER_COURSE


def part_here(world: World) -> str:
    here(world)
    return PART


def _paper(world: World, unit: Unit) -> str:
    taught_at(unit)
    chosen = integration.curriculum(clock.today())
    assert chosen is not None
    return TeachingEvidence.objects.create(
        institution=made.institution(unit), course=made.course(COURSE), programme=chosen.programme, kind="timetable",
        title="Timetable", file=_kept(), file_name="evidence.pdf", size=9, added_by=world.people["protection-authority"],
        added_at=MOMENT,
    ).ref  # fmt: skip


def _kept() -> str:
    from django.core.files.base import ContentFile

    from hcims.imports.sealed_files import SealedStorage

    return SealedStorage().save("training-evidence/walk.pdf", ContentFile(b"%PDF-1.4\n"))


def survey(world: World) -> str:
    """A draft by nobody who walks."""
    number = Survey.objects.count() + 1
    found = Survey.objects.create(
        programme=made.programme(), number=number, title_en="Survey", title_sw="Dodoso", source="Test",
        drafted_by=world.people["protection-authority"], drafted_at=MOMENT,
    )  # fmt: skip
    SurveyQuestion.objects.create(survey=found, order=1, text_en="I rest.", text_sw="Napumzika.")
    return found.ref


def _cohort(unit: str, officer: str) -> Any:
    return lambda world: cohort_at(world, getattr(world, unit), getattr(world, officer)).ref


OF_A_COURSE = ("taught", "mark", "confirm", "attach", "reason", "part")
EXAMPLES: dict[str, dict[str, Any]] = {
    **{f"{route} code": {"here": here, "elsewhere": elsewhere} for route in ("matrix_institution", *OF_A_COURSE)},
    **{f"{route} course": {"here": course_here} for route in OF_A_COURSE},
    "matrix_course course": {"here": course_here, "elsewhere": course_elsewhere},
    "part part": {"here": part_here},
    **{
        f"{route} ref": {
            "here": lambda world: _paper(world, world.station),
            "elsewhere": lambda world: _paper(world, world.other_station),
        }
        for route in ("evidence", "withdraw_evidence")
    },
    **{f"{route} ref": {"here": survey} for route in ("survey", "change_survey", "survey_step")},
    "cohort_answers ref": {
        "here": _cohort("station", "officer"),
        "elsewhere": _cohort("other_station", "other_officer"),
    },
}
