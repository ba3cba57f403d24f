"""Each answer is asked for at the same moment, so that two of them differ only by what they are about.

The world stands for a whole file of tests: making it and signing thirty people in takes longer than most of the questions.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.template.base import Template

from hcims import clock
from tests.access.asking import Reader
from tests.world import World, make_world

MOMENT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 20))


@pytest.fixture(autouse=True)
def no_copies_of_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client keeps a copy of the context of each part of each page, which nobody asks for here."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world with everybody signed in. Each test runs inside its transaction and undoes what it does itself."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        world = make_world()
        world.signed_in = {role: Reader(person) for role, person in world.people.items()}
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def world(standing_world: World, db: None) -> World:
    """The standing world; what a test does to these objects is its own."""
    signed_in, standing_world.signed_in = standing_world.signed_in, {}
    try:
        own = copy.deepcopy(standing_world)
    finally:
        standing_world.signed_in = signed_in
    own.signed_in = dict(signed_in)
    return own
