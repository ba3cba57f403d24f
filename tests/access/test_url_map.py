"""Walks the URL map as every role and as nobody, GET and POST. A new route is walked without a word said here."""

from __future__ import annotations

import zlib

import pytest
from django.contrib.auth.views import redirect_to_login
from django.db import connection

from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from tests.access.asking import METHODS, Reader
from tests.access.examples import example_for
from tests.access.routes import Route, routes
from tests.world import World, appoint

every_route = pytest.mark.parametrize("route", routes(), ids=lambda route: route.label)


def here(route: Route, world: World) -> str:
    """The route's address of a thing at the world's station."""
    return route.address({name: example_for(route.label, name).here(world) for name in route.parameters})


def absent(route: Route) -> str:
    """The route's address of a thing that does not exist."""
    return route.address({name: example_for(route.label, name).absent for name in route.parameters})


def is_allowed(route: Route, role: str) -> bool:
    """Whether the role is in the route's audience."""
    assert route.audience, f"'{route.text}' does not say who may open it: use a guard of hcims.access.guards"
    return route.audience.kind != "permitted" or bool(ROLES[role].permissions & route.audience.permissions)


def broken(readers: dict[str, Reader], address: str, *, statuses: tuple[int, ...]) -> list[str]:
    """Who gets one of these statuses at the address, by which method."""
    return [
        f"{answer.status_code} to {method} as {name}"
        for name, reader in readers.items()
        for method in METHODS
        if (answer := reader.ask(method, address)).status_code in statuses
    ]


@every_route
def test_says_who_may_open_it_and_nobody_is_asked_to_sign_in(route: Route, world: World) -> None:
    assert route.audience, f"'{route.text}' does not say who may open it: use a guard of hcims.access.guards"
    address, nobody = here(route, world), Reader(None)
    if route.audience.kind == "everyone":
        assert not broken({"nobody": nobody}, address, statuses=(404, 500)), address
        return
    for method in METHODS:
        answer = nobody.ask(method, address)
        back = address if method == "GET" else "/"  # an address of a deed may have no page of its own to come back to
        assert (answer.status_code, answer.headers.get("Location")) == (302, redirect_to_login(back).url)


@every_route
def test_roles_without_the_permission_find_nothing(route: Route, world: World) -> None:
    address = here(route, world)
    strangers = without_permission(route, world)
    seen = [
        f"{method} as {role}"
        for role, reader in strangers.items()
        for method in METHODS
        if not reader.is_refused_like_a_missing_page(method, address)
    ]
    assert not seen, f"{address} is not like a page that does not exist: {', '.join(seen)}"


@every_route
def test_roles_with_the_permission_get_an_answer(route: Route, world: World) -> None:
    """Each of them at the right unit. A page about oneself with a thing of one's own on it answers its owner."""
    readers = with_permission(route, world)
    if route.audience and route.audience.kind == "signed-in" and route.parameters:
        readers = {"the owner": Reader(world.officer.user)}
    address = here(route, world)
    wrong = broken(readers, address, statuses=(404, 500))
    assert not wrong, f"{address} answers {', '.join(wrong)}"


@every_route
def test_a_list_is_taken_away_without_breaking(route: Route, world: World) -> None:
    """One who may open the page asks for it as a file. Pages that give none show themselves, or say so."""
    readers = with_permission(route, world)
    able = next((role for role in readers if Permission.EXPORT in ROLES[role].permissions), next(iter(readers), ""))
    if able:
        answer = readers[able].ask("GET", f"{here(route, world)}?format=csv")
        assert answer.status_code != 500, f"{route.label} breaks when {able} takes it away"


@every_route
def test_a_thing_that_does_not_exist_breaks_nothing(route: Route, world: World) -> None:
    if not route.parameters:
        return  # the address is the same as in the tests above
    kinds = [role for role in one_of_each_kind() if is_allowed(route, role)]
    readers = {role: world.signed_in[role] for role in sample(route, kinds, most=1)}
    wrong = broken(readers, absent(route), statuses=(200, 500))
    assert not wrong, f"{absent(route)} answers {', '.join(wrong)}"


@every_route
def test_a_second_factor_that_is_compelled_comes_first(route: Route, world: World) -> None:
    roles = [role for role in ROLES if is_allowed(route, role) and ROLES[role].second_factor]
    if route.audience and route.audience.kind == "permitted" and roles:
        answer = Reader(world.people[roles[0]], second_factor=False).ask("GET", here(route, world))
        assert answer.status_code == 302, f"{route.label} opens to {roles[0]} without the second factor"


@every_route
def test_a_thing_elsewhere_is_like_a_thing_that_does_not_exist(route: Route, world: World) -> None:
    """Those whom the page opens to, but at the other county: same answer, same statements, same line in the log."""
    if not any(example_for(route.label, name).elsewhere for name in route.parameters):
        return
    address, missing = here(route, world), absent(route)
    roles = sample(route, [role for role in one_of_each_kind() if is_allowed(route, role)], most=2)
    for role, person in appoint(dict.fromkeys(roles, world.other_county)).items():
        reader = Reader(person)
        for method in METHODS:
            unseen, not_there = reader.traces(method, address), reader.traces(method, missing)
            for what, one, other in zip(("answer", "statements", "log"), unseen, not_there, strict=True):
                assert one == other, f"{method} {address} as {role}: another {what} than for {missing}"


def one_of_each_kind() -> list[str]:
    """Roles without those that permit and reach the same as one before them."""
    kinds = {(role.permissions, role.reach): code for code, role in reversed(ROLES.items())}
    return list(kinds.values())


def sample(route: Route, roles: list[str], *, most: int) -> list[str]:
    """All of them on SQLite. On PostgreSQL, where the same code is walked again, a few, other ones from route to route."""
    if connection.vendor != "postgresql" or len(roles) <= most:
        return roles
    first = zlib.crc32(route.label.encode()) % len(roles)
    return [(roles + roles)[first + place] for place in range(most)]


def with_permission(route: Route, world: World) -> dict[str, Reader]:
    """Every role that may, on SQLite; on PostgreSQL some of them, each of another kind."""
    kinds = one_of_each_kind() if connection.vendor == "postgresql" else ROLES
    return {
        role: world.signed_in[role]
        for role in sample(route, [each for each in kinds if is_allowed(route, each)], most=3)
    }


def without_permission(route: Route, world: World) -> dict[str, Reader]:
    """Every role that may not, on SQLite; on PostgreSQL two of them."""
    strangers = [role for role in ROLES if not is_allowed(route, role)]
    return {role: world.signed_in[role] for role in sample(route, strangers, most=2)}
