"""What is short and what lapses become seats to open, and names to put forward."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from organisation.models import Skill
from personnel.models import SkillHeld
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import establish
from tests.factories.training_cohorts import School, opened
from tests.signing_in import client_of
from tests.statements import statements_of
from training.actions import cohorts
from training.apportioning import apportioned
from training.models import Nomination


def page_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def lapsing(officer: Any, days: int) -> SkillHeld:
    until = timezone.localdate() + timedelta(days=days)
    skill = Skill.objects.get(code="driving-b")
    return SkillHeld.objects.create(officer=officer, skill=skill, expires_on=until, state="verified")


def test_seats_go_where_they_are_lacking_and_nobody_gets_more_than_that() -> None:
    assert apportioned(10, {"a": 6, "b": 3, "c": 1}) == {"a": 6, "b": 3, "c": 1}
    assert apportioned(5, {"a": 6, "b": 3, "c": 1}) == {"a": 3, "b": 2}
    assert apportioned(100, {"a": 2}) == {"a": 2}
    assert apportioned(5, {}) == {}


@pytest.mark.django_db
def test_a_gap_becomes_a_plan_with_its_seats_filled_in(school: School) -> None:
    establish(school.station, {"PC/driving-b": 3}, baseline="working")
    establish(school.other_station, {"PC/driving-b": 1}, baseline="working")
    client = client_of(school.trainer)
    assert "Driving class B" in page_of(client, "/training/needs/")
    page = page_of(client, "/training/needs/driving-b/?seats=4")
    assert f"?course={school.version.course.code}&seats=4&share-R-ONE-either=3&share-R-TWO-either=1" in page
    plan = page_of(client, f"/training/cohorts/new/?course={school.version.course.code}&seats=4&share-R-ONE-either=3")
    assert 'name="share-R-ONE-either" id="id_share-R-ONE-either" value="3"' in plan


@pytest.mark.django_db
def test_whoever_lapses_is_put_forward_from_the_list_and_nobody_out_of_reach_is_named(school: School) -> None:
    own, far, later = school.officer(), school.officer(elsewhere=True), school.officer()
    lapsing(own, 60)
    lapsing(far, 60)
    lapsing(later, 400)
    today = timezone.localdate()
    days = cohorts.Days(today + timedelta(days=20), today + timedelta(days=30), today + timedelta(days=5))
    cohort = opened(school, days=days)
    client = client_of(school.commander)
    page = page_of(client, "/training/needs/driving-b/lapsing/")
    assert own.service_number in page
    assert far.service_number not in page
    assert later.service_number not in page
    sent = {"refs": [own.service_number], "reason": "The certificate is about to lapse."}
    client.post(f"/training/nominations/{cohort.ref}/", sent)
    assert Nomination.objects.get().officer == own
    assert "put forward" in page_of(client, "/training/needs/driving-b/lapsing/")
    assert client_of(school.trainer).get("/training/needs/driving-b/lapsing/").status_code == 404


@pytest.mark.django_db
def test_every_number_is_as_long_as_its_list_and_many_cost_no_more(school: School) -> None:
    director = client_of(appoint(UserFactory(), "training-director", school.service))
    lapsing(school.officer(), 60)
    few = len(statements_of(director, "/training/needs/"))
    for _ in range(3):
        lapsing(school.officer(elsewhere=True), 30)
    assert len(statements_of(director, "/training/needs/")) == few
    assert ">4</a>" in page_of(director, "/training/needs/")
    assert page_of(director, "/training/needs/driving-b/lapsing/").count('"nowrap"><a href="/officers/') == 4
