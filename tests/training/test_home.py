"""The first page of training: what waits for whom, and only pages that the reader may open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.organisation import small_service
from tests.factories.training import AT, ON, approved, course, course_version
from training.models import CourseVersion
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
