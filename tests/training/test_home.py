"""The first page of training: what waits for whom, and only pages that the reader may open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Skill
from personnel.models import SkillHeld
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.organisation import small_service
from tests.factories.training import AT, ON, approved, course, course_version
from tests.factories.training_cohorts import FIRST, LAST, School, opened, put_forward
from training.actions import calls, nominations, seats
from training.models import Cohort, CourseVersion
from training.queries import home

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> dict[str, Any]:
    return small_service()


def _submitted(by: Any) -> CourseVersion:
    fields = {**approved(), "state": "submitted", "decided_by": None, "decided_at": None, "drafted_by": by}
    return CourseVersion.objects.create(course=course(), number=2, days=10, **fields)


def test_a_submitted_version_waits_for_the_director_and_not_for_whoever_drafted_it(service: dict[str, Any]) -> None:
    office = appoint(UserFactory(), "training-office", service["service"])
    director = appoint(UserFactory(), "training-director", service["service"])
    course_version()
    _submitted(office)
    curricula, courses = home.versions.to_approve(director, on=ON)
    assert (curricula.count(), courses.count()) == (0, 1)
    CourseVersion.objects.filter(state="submitted").update(drafted_by=director)
    assert home.versions.to_approve(director, on=ON)[1].count() == 0
    assert home.versions.to_approve(office, on=ON)[1].count() == 0
    assert all(each.count for each in home.waiting_for(office, on=ON, at=AT))


def test_the_page_opens_to_those_who_see_train_or_nominate(client: Client, service: dict[str, Any]) -> None:
    commander = appoint(UserFactory(), "county-commander", service["county"])
    assert sign_in(client, commander).get(reverse("training:home")).status_code == 200
    assert sign_in(client, UserFactory()).get(reverse("training:home")).status_code == 404


def test_what_waits_in_names_cohorts_and_certificates_stands_on_the_start_page(school: School, client: Client) -> None:
    asking, seated, lapsing = (school.officer() for _ in range(3))
    SkillHeld.objects.create(
        officer=lapsing, skill=Skill.objects.get(code="driving-b"), expires_on=ON + timedelta(days=9)
    )
    cohort = opened(school, seats=3)
    nominations.ask(cohort, officer=asking, by=asking.user, on=ON, at=AT)
    (name,) = put_forward(school, cohort, seated)

    def waiting(user: Any, on: date = ON) -> dict[str, str]:
        return {each.title: each.url for each in home.waiting_for(user, on=on, at=AT)}

    mine = {"Officers who ask for a course": "/training/nominations/"}
    lapse = {"Officers' certificates about to lapse": "/training/needs/?show=lapsing"}
    assert waiting(school.commander) == mine | lapse
    assert waiting(school.trainer) == {"Cohorts with names to answer": "/training/cohorts/?waits=names"} | lapse
    seats.give_seats(cohort, nominations=[name], by=school.trainer, on=ON, at=AT)
    assert waiting(school.trainer) == lapse
    late = FIRST - timedelta(days=13)
    assert "Cohorts to call" in waiting(school.trainer, on=late)
    calls.call_trainees(cohort, late_reason="The venue was confirmed late.", by=school.trainer, on=late, at=AT)
    assert next(iter(waiting(school.trainer, on=FIRST))) == "First days to record"
    Cohort.objects.update(state="running")
    cohort.enrolments.update(state="joined")
    assert "Courses over without all results" in waiting(school.trainer, on=LAST + timedelta(days=1))
    cohort.enrolments.update(state="passed", result_on=LAST)
    assert "Cohorts with certificates to issue" in waiting(school.trainer, on=LAST)
    assert not {"Cohorts with certificates to issue"} & set(waiting(school.commander, on=LAST))
    answer = sign_in(client, school.trainer).get("/training/cohorts/?waits=certificates")
    assert cohort.title in answer.content.decode()
    assert cohort.title not in client.get("/training/cohorts/?waits=results").content.decode()
