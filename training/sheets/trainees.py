"""Finds the trainee that a row of a sheet is about, some thousand rows in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hcims.imports.cells import simplified
from hcims.imports.kinds import Block
from training.models import CohortState, Enrolment

HELD = (CohortState.CALLED, CohortState.RUNNING, CohortState.FINISHED)


def trainees(numbers: Iterable[str | None], area: set[int] | None) -> dict[str, list[Enrolment]]:
    """Service number to the trainee's places in cohorts that are held in the area, the latest cohort first."""
    rows = Enrolment.objects.filter(
        officer__service_number__in={each for each in numbers if each}, cohort__state__in=HELD
    ).select_related("officer", "cohort__unit", "cohort__version__course")
    if area is not None:
        rows = rows.filter(cohort__unit__in=area)
    found: dict[str, list[Enrolment]] = {}
    for each in rows.order_by("-cohort__first_on", "pk"):
        found.setdefault(each.officer.service_number, []).append(each)
    return found


def choose(block: Block, index: int, places: list[Enrolment], on: date) -> Enrolment | None:
    """The one place that the row is about: the cohort it names, else the only one that had begun by the day `on`.

    Problems go to the block.
    """
    if not places:
        block.reject(index, "service_number", "no-trainee")
        return None
    named = block.values["cohort"][index] if "cohort" in block.values else None
    if named:
        wanted = simplified(named)
        places = [each for each in places if wanted in (simplified(each.cohort.title), each.cohort.ref)]
        if not places:
            block.reject(index, "cohort", "no-cohort", value=named)
            return None
    else:
        begun = [each for each in places if each.cohort.first_on <= on]
        running = [each for each in begun if each.cohort.state == CohortState.RUNNING]
        places = running if len(running) == 1 else begun or places
    if len(places) > 1:
        block.reject(index, "service_number", "which-cohort", codes=", ".join(each.cohort.title for each in places))
        return None
    return places[0]


def label_of(place: Enrolment | None) -> str:
    """The trainee's name."""
    return f"{place.officer.other_names} {place.officer.surname}" if place else ""
