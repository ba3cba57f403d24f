"""Own certificates about to lapse: told on the first page, on the record and under training, with what renews them."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from organisation.models import Skill
from personnel.models import SkillHeld
from tests.factories.accounts import LONG_AGO
from tests.factories.personnel import OfficerFactory
from tests.factories.training_cohorts import School, condition, course_version
from tests.signing_in import client_of
from tests.training.test_nomination_pages import soon
from training.models import CourseOffered
from training.queries import needs, own
from training.queries.waits import own_lapsing

pytestmark = pytest.mark.django_db


def held(officer: Any, skill: Any, days: int | None, state: str = "verified") -> SkillHeld:
    """A skill of the officer that lapses so many days before the last day of the rule."""
    until = needs.soon(timezone.localdate()) - timedelta(days=days) if days is not None else None
    return SkillHeld.objects.create(officer=officer, skill=skill, expires_on=until, state=state)


def test_what_lapses_by_the_day_of_the_rule_the_first_on_top(school: School) -> None:
    today, officer = timezone.localdate(), school.officer()
    skills = list(Skill.objects.order_by("pk")[:7])
    last, first = held(officer, skills[0], 0), held(officer, skills[1], 9)
    held(officer, skills[2], -1)  # later than the rule looks
    held(officer, skills[3], None)  # never
    held(officer, skills[4], (needs.soon(today) - today).days)  # lapsed today
    held(officer, skills[5], 5, state="refused")
    held(school.officer(), skills[6], 5)  # somebody else's
    assert own_lapsing(officer, on=today) == [first, last]


def test_each_is_shown_with_the_courses_that_renew_it(school: School) -> None:
    today = timezone.localdate()
    officer = OfficerFactory(posted_to=school.station, user=school.commander)  # whose first page is not the record
    driving, other = Skill.objects.get(code="driving-b"), Skill.objects.exclude(code="driving-b").order_by("pk")[0]
    kept, lone = held(officer, driving, 9), held(officer, other, 0)
    cohort = soon(school)
    plain = course_version("test-nothing", gives="")
    CourseOffered.objects.create(institution=school.college.institution, course=plain.course, starts_on=LONG_AGO)
    soon(school, version=plain, title="Another")
    offers = own.mine(officer, on=today).offers
    assert len(offers) == 2
    found = own.renewals(officer, offers, on=today)
    assert [(line, [each.cohort for each in renewing]) for line, renewing in found] == [(kept, [cohort]), (lone, [])]
    condition(school, "years-in-service", value=40)
    client = client_of(officer.user)
    pages = {each: html.unescape(client.get(each).content.decode()) for each in ("/", "/me/", "/training/mine/")}
    for address in ("/", "/me/"):
        assert f"Your certificate in {driving} lapses on" in pages[address]
        assert 'href="/training/mine/">How to renew it' in pages[address]
    page = pages["/training/mine/"].split('id="lapsing"')[1].split("<h2")[0]
    assert page.count(f'href="/training/mine/courses/{cohort.ref}/"') == 1
    assert "not open to you now" in page
    assert page.count("No course that renews it takes names now.") == 1
