"""The menu: for each role what it may open, and only what exists."""

from __future__ import annotations

from datetime import date

import pytest

from hcims.access.permissions import Permission
from hcims.ui.navigation import Entry, links_for
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
