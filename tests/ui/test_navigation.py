"""The menu: for each role what it may open, and only what exists."""

from __future__ import annotations

from datetime import date

import pytest

from hcims.access.permissions import Permission
from hcims.ui import navigation
from hcims.ui.navigation import Entry, Menu, links_for
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ENTRIES = [
    Entry("Components", "ui:components"),
    Entry("Audit", "ui:components", frozenset({Permission.SEE_AUDIT})),
    Entry("Nowhere", "no:such_page"),
]


def test_shows_what_the_reader_may_open_and_what_exists(world: World) -> None:
    def labels(role: str) -> list[str]:
        return [str(link.label) for link in links_for(world.people[role], ENTRIES, on=TODAY)]

    assert labels("officer") == ["Components"]
    assert labels("auditor") == ["Components", "Audit"]


def test_marks_the_entry_that_the_page_lies_under(world: World) -> None:
    def marked(path: str) -> list[bool]:
        return [link.is_current for link in links_for(world.people["officer"], ENTRIES, on=TODAY, path=path)]

    assert marked("/ui/views/") == [True]
    assert marked("/units/") == [False]
    assert marked("") == [False]


def test_what_does_not_fit_into_the_row_stands_under_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def menu_of(count: int) -> Menu:
        monkeypatch.setattr(navigation, "MENU", [Entry(str(number), "ui:components") for number in range(count)])
        return navigation.menu_for(world.people["officer"], on=TODAY)

    assert len(menu_of(11).row) == 11
    assert (len(menu_of(12).row), len(menu_of(12).more)) == (10, 2)
    assert len(menu_of(12).whole) == 12


def test_people_from_outside_are_not_offered_a_record_of_their_own(world: World) -> None:
    own = [Entry("My record", "ui:components", staff_only=True)]
    outside = UserFactory(kind="outside")
    assert links_for(world.people["officer"], own, on=TODAY)
    assert not links_for(outside, own, on=TODAY)


def test_every_entry_leads_somewhere_for_those_who_see_it(world: World) -> None:
    """A link in the menu that its reader finds closed would be worse than none."""
    for role in ("hr-officer", "auditor", "system-administrator", "station-commander"):
        client = client_of(world.people[role])
        menu = navigation.menu_for(world.people[role], on=TODAY)
        closed = [link.url for link in menu.whole if client.get(link.url).status_code not in (200, 302)]
        assert not closed, role
