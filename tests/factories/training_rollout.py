"""Invented cohorts that meet: facilitators with accounts, trainees who joined, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from organisation.models import Unit
from tests.factories.accounts import UserFactory
from tests.factories.deployment import PostingFactory
from tests.factories.training import course_version, enrolled, running
from training.models import Cohort, CohortStaff, Enrolment, Meeting


@dataclass
class Group:
    """A group series that runs."""

    cohort: Cohort
    facilitator: User
    trainees: list[Enrolment]
    meetings: list[Meeting]


def group(unit: Unit, *, on: date, people: int = 3, meetings: int = 3, **more: Any) -> Group:
    """A group whose second meeting is held on that day, the others a week before and after."""
    facilitator = PostingFactory(unit=unit, officer__user=UserFactory()).officer
    version = course_version("muamko-peers")
    first_on = on - timedelta(weeks=1)
    cohort = running(
        unit, version, form="group-series", title="Group of Kilifi North", first_on=first_on, state="running",
        last_on=first_on + timedelta(weeks=meetings - 1), weeks=meetings, **more,
    )  # fmt: skip
    CohortStaff.objects.create(cohort=cohort, officer=facilitator)
    trainees = [
        enrolled(cohort, PostingFactory(unit=unit).officer, state="joined", joined_on=first_on) for _ in range(people)
    ]
    held = [
        Meeting.objects.create(cohort=cohort, number=n + 1, on=first_on + timedelta(weeks=n), minutes=90)
        for n in range(meetings)
    ]
    return Group(cohort, facilitator.user, trainees, held)
