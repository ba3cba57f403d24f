"""Invented cohorts that meet: facilitators with accounts, trainees who joined, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import UserFactory
from tests.factories.deployment import PostingFactory
from tests.factories.training import course_version, enrolled, running
from training.models import CallPlan, Cohort, CohortStaff, Enrolment, Meeting, PlannedCall


@dataclass
class Group:
    """A group series that runs."""

    cohort: Cohort
    facilitator: User
    trainees: list[Enrolment]
    meetings: list[Meeting]


def group(
    unit: Unit, *, on: date, people: int = 3, meetings: int = 3, taught_by: Officer | None = None, **more: Any
) -> Group:
    """A group whose second meeting is held on that day, the others a week before and after."""
    facilitator = taught_by or PostingFactory(unit=unit, officer__user=UserFactory()).officer
    version = course_version("muamko-peers")
    first_on = on - timedelta(weeks=1)
    cohort = running(
        unit, version, form="group-series", title="Group of Kilifi North", first_on=first_on, state="running",
        last_on=first_on + timedelta(weeks=max(meetings, 3) - 1), weeks=max(meetings, 3), **more,
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


def planned(unit: Unit, officer: Officer, *, on: date) -> CallPlan:
    """A plan for a planned cohort at the unit, with one call."""
    cohort = running(unit, course_version("muamko-peers"), title="Planned group")
    plan = CallPlan.objects.create(
        cohort=cohort, area=unit, made_on=on, made_by=UserFactory(), uncovered_before=1, reached=1, at_best=1,
        rules={"seats": 30, "all_wards": 1, "covered": 0, "under_way": 0, "without_candidate": 0, "read": 1},
    )  # fmt: skip
    facts = {"who": "only", "covered": 0, "of": 1, "others": 0, "officers": 1, "days": None, "region": None, "sex": ""}
    PlannedCall.objects.create(plan=plan, position=1, officer=officer, reason="county", facts=facts)
    return plan
