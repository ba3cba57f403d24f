"""What more than one test of training starts from."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.factories.personnel import OfficerFactory
from tests.factories.training import enrolled
from tests.factories.training_cohorts import School, make_school
from tests.world import World
from training.models import Cohort, Enrolment


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def officer(world: World) -> User:
    """Who runs the training at the world's station."""
    return world.people["training-officer"]


@pytest.fixture
def trainees(cohort: Cohort) -> list[Enrolment]:
    """Two who joined the cohort of the test's own fixture: 200001 and 200002."""
    return [enrolled(cohort, OfficerFactory(service_number=f"20000{n}"), state="joined") for n in (1, 2)]
