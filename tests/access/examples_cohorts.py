"""Cohorts, names, trainees and certificates for the walk of the URL map."""

from __future__ import annotations

from typing import Any

from organisation.models import Unit
from personnel.models import Officer
from tests.factories.machinery import letter_to
from tests.factories.organisation import MOMENT
from tests.factories.training_cohorts import AT, FIRST, LAST, course_version
from tests.world import World
from training.models import Certificate, Cohort, CohortStaff, CourseVersion, Enrolment, Nomination


def _version() -> CourseVersion:
    return CourseVersion.objects.filter(course__code="test-driving").first() or course_version()


def cohort_at(world: World, unit: Unit, teacher: Officer) -> Cohort:
    """A cohort that takes names, held by the unit and taught by its officer."""
    known = Cohort.objects.filter(unit=unit, title="Intake of the walk").first()
    if known is not None:
        return known
    cohort = Cohort.objects.create(
        version=_version(), unit=unit, title="Intake of the walk", first_on=FIRST, last_on=LAST, nominate_by=FIRST,
        seats=5, state="open", planned_by=world.people["training-director"], planned_at=AT,
    )  # fmt: skip
    CohortStaff.objects.create(cohort=cohort, officer=teacher)
    return cohort


def name_at(world: World, unit: Unit, officer: Officer) -> Nomination:
    """The officer's own request for it, forwarded."""
    cohort = cohort_at(world, unit, officer)
    known = Nomination.objects.filter(cohort=cohort, officer=officer).first()
    return known or Nomination.objects.create(
        cohort=cohort, officer=officer, unit=unit, source="own", put_by=world.people["protection-authority"], put_at=AT
    )


def trainee_at(world: World, unit: Unit, officer: Officer) -> Enrolment:
    """The officer as a trainee."""
    return Enrolment.objects.get_or_create(cohort=cohort_at(world, unit, officer), officer=officer)[0]


def certificate_at(world: World, unit: Unit, officer: Officer) -> Certificate:
    """A certificate with its paper."""
    trainee = trainee_at(world, unit, officer)
    known = Certificate.objects.filter(enrolment=trainee).first()
    if known is not None:
        return known
    letter = letter_to(world.people["protection-authority"], code=trainee.ref)
    return Certificate.objects.create(enrolment=trainee, letter=letter, issued_on=MOMENT.date())


def _both(make: Any) -> dict[str, Any]:
    return {
        "here": lambda world: make(world, world.station, world.officer).ref,
        "elsewhere": lambda world: make(world, world.other_station, world.other_officer).ref,
    }


COHORT, NAME, TRAINEE, CERTIFICATE = _both(cohort_at), _both(name_at), _both(trainee_at), _both(certificate_at)
# What opens to every commander and every officer while names are taken, wherever it is held.
OPEN_COHORT = {"here": lambda world: cohort_at(world, world.station, world.officer).ref}
OF_COHORT = ("cohort", "change_cohort", "open_names", "staff", "cancel", "finish", "names", "give_in_order", "give", "call",
             "first_day", "results", "certificates", "register", "results_sheet")  # fmt: skip
EXAMPLES: dict[str, dict[str, Any]] = {
    "need skill": {"here": lambda world: "traffic", "absent": "no-such-skill"},
    "lapsing skill": {"here": lambda world: "traffic", "absent": "no-such-skill"},
    "nominate ref": OPEN_COHORT,
    "offer ref": OPEN_COHORT,
    **{f"{route} ref": NAME for route in ("answer_request", "withdraw_name", "my_name", "withdraw_own")},
    **{f"{route} ref": COHORT for route in OF_COHORT},
    "refuse_name ref": NAME,
    **{f"{route} ref": TRAINEE for route in ("trainee", "joined", "left", "correct")},
    **{f"{route} ref": CERTIFICATE for route in ("certificate_file", "withdraw_certificate")},
}
