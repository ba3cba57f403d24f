"""Walks the URL map as every role and as nobody, GET and POST. A new route is walked without a word said here."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.views import redirect_to_login
from django.test import Client

from hcims.access.roles import ROLES
from tests.access.asking import METHODS, ask, comparable, queries_of
from tests.access.examples import example_for
from tests.access.routes import Route, routes
from tests.signing_in import client_of
from tests.world import World, appoint

ROUTES = routes()
NOWHERE = "/there-is-no-such-page/"
every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.label)


def here(route: Route, world: World) -> str:
    """The route's address of a thing at the world's station."""
    return route.address({name: example_for(route.label, name).here(world) for name in route.parameters})


def absent(route: Route) -> str:
    """The route's address of a thing that does not exist."""
    return route.address({name: example_for(route.label, name).absent for name in route.parameters})


def is_allowed(route: Route, role: str) -> bool:
    """Whether the role is in the route's audience."""
    assert route.audience
    return route.audience.kind != "permitted" or bool(ROLES[role].permissions & route.audience.permissions)


def refused_like_a_missing_page(client: Client, method: str, address: str) -> bool:
    """Whether the answer is, byte for byte, that of an address that does not exist."""
    missing = ask(client, method, NOWHERE)
    assert missing.status_code == 404
    return comparable(ask(client, method, address), address) == comparable(missing, NOWHERE)


@every_route
def test_says_who_may_open_it(route: Route) -> None:
    assert route.audience, f"'{route.text}' does not say who may open it: use a guard of hcims.access.guards"


@every_route
def test_nobody_is_asked_to_sign_in(route: Route, world: World) -> None:
    assert route.audience
    address = here(route, world)
    for method in METHODS:
        answer = ask(client_of(None), method, address)
        if route.audience.kind == "everyone":
            assert answer.status_code not in (404, 500), f"{method} {address} as nobody: {answer.status_code}"
        else:
            assert (answer.status_code, answer.headers.get("Location")) == (302, redirect_to_login(address).url)


@every_route
def test_roles_without_the_permission_find_nothing(route: Route, world: World) -> None:
    address = here(route, world)
    seen = [
        f"{method} as {role}"
        for role, person in world.people.items()
        for method in METHODS
        if not is_allowed(route, role) and not refused_like_a_missing_page(client_of(person), method, address)
    ]
    assert not seen, f"{address} is not like a page that does not exist: {', '.join(seen)}"


@every_route
def test_roles_with_the_permission_get_an_answer(route: Route, world: World) -> None:
    """Each of them at the right unit. A page about oneself with a thing of one's own on it answers its owner."""
    assert route.audience
    address = here(route, world)
    people = {"the owner": world.officer.user} if route.audience.kind == "signed-in" and route.parameters else {}
    people |= {role: person for role, person in world.people.items() if is_allowed(route, role) and not people}
    broken = [
        f"{answer.status_code} to {method} as {role}"
        for role, person in people.items()
        for method in METHODS
        if (answer := ask(client_of(person), method, address)).status_code in (404, 500)
    ]
    assert not broken, f"{address} answers {', '.join(broken)}"


@every_route
def test_nothing_breaks_for_a_thing_that_does_not_exist(route: Route, world: World) -> None:
    address = absent(route)
    broken = [
        f"{method} as {role}"
        for role, person in world.people.items()
        for method in METHODS
        if ask(client_of(person), method, address).status_code == 500
    ]
    assert not broken, f"{address} breaks: {', '.join(broken)}"


@every_route
def test_a_second_factor_that_is_compelled_comes_first(route: Route, world: World) -> None:
    if not route.audience or route.audience.kind != "permitted":
        return
    role = next((role for role in ROLES if is_allowed(route, role) and ROLES[role].second_factor), None)
    if role:
        answer = ask(client_of(world.people[role], second_factor=False), "GET", here(route, world))
        assert answer.status_code == 302, f"{route.label} opens to {role} without the second factor"


@every_route
def test_a_thing_elsewhere_is_like_a_thing_that_does_not_exist(
    route: Route, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Every role at the other county asks for what is here: same bytes, same statements, same line in the log."""
    examples = {name: example_for(route.label, name) for name in route.parameters}
    if not any(each.elsewhere for each in examples.values()):
        return
    address, missing = here(route, world), absent(route)
    for role, person in appoint(dict.fromkeys(ROLES, world.other_county)).items():
        client = client_of(person)
        for method in METHODS:
            unseen, not_there = ask(client, method, address), ask(client, method, missing)
            assert comparable(unseen, address) == comparable(not_there, missing), f"{method} {address} as {role}"
        assert logged(caplog, client, address) == logged(caplog, client, missing), f"{address} as {role}: log"
        assert queries_of(client, address)[1] == queries_of(client, missing)[1], f"{address} as {role}: statements"


def logged(caplog: pytest.LogCaptureFixture, client: Client, address: str) -> list[tuple[str, int, object]]:
    """What a request writes to the log, without the references."""
    caplog.clear()
    logger = logging.getLogger("hcims")
    level, logger.level, logger.propagate = logger.level, logging.INFO, True
    ask(client, "GET", address)
    logger.level, logger.propagate = level, False
    return [(record.name, record.levelno, record.msg) for record in caplog.records if record.name.startswith("hcims")]
