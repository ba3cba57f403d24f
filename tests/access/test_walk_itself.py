"""The walk can fail: each fault of a faulty URL map is found by the test that is there for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hcims.access.checks import every_view_declares_its_audience
from tests.access import faulty_urls
from tests.access import test_url_map as walk
from tests.access.routes import Route, routes
from tests.world import World

EVERY_TEST = [
    walk.test_says_who_may_open_it_and_nobody_is_asked_to_sign_in,
    walk.test_roles_without_the_permission_find_nothing,
    walk.test_roles_with_the_permission_get_an_answer,
    walk.test_a_thing_that_does_not_exist_breaks_nothing,
    walk.test_a_second_factor_that_is_compelled_comes_first,
    walk.test_a_thing_elsewhere_is_like_a_thing_that_does_not_exist,
]


@pytest.fixture(autouse=True)
def faulty_map(settings: Any) -> None:
    settings.ROOT_URLCONF = faulty_urls.__name__


def faulty(name: str) -> Route:
    return next(route for route in routes() if route.name == name)


@pytest.mark.parametrize(
    ("name", "test", "complaint"),
    [
        ("silent", EVERY_TEST[0], "does not say who may open it"),
        ("open-to-nobody-too", EVERY_TEST[0], "200"),
        ("unguarded", EVERY_TEST[1], "not like a page that does not exist"),
        ("forbidding", EVERY_TEST[1], "not like a page that does not exist"),
        ("breaking", EVERY_TEST[0], "breaking"),
        ("breaking", EVERY_TEST[2], "500 to GET as "),
        ("unguarded", EVERY_TEST[4], "without the second factor"),
        ("telling-unit", EVERY_TEST[5], "another statements"),
        ("far-unit", EVERY_TEST[5], "GET /far-unit/PS-BAMBA/ as .*: another answer"),
        ("unknown", EVERY_TEST[0], "No example of <something_new>"),
    ],
)
def test_a_fault_is_found(name: str, test: Callable[..., None], complaint: str, world: World) -> None:
    with pytest.raises(AssertionError, match=complaint):
        test(faulty(name), world)


@pytest.mark.parametrize("test", EVERY_TEST, ids=lambda test: test.__name__)
def test_a_view_without_fault_passes(test: Callable[..., None], world: World) -> None:
    test(faulty("unit"), world)


def test_a_view_that_says_nothing_stops_the_start() -> None:
    errors = every_view_declares_its_audience(None)
    assert [error.msg for error in errors] == ["The view at 'silent/' does not say who may open it."]
