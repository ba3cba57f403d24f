"""Whoever looks at an officer finds the same, byte for byte, before an episode of counselling and after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from hcims import clock
from hcims.audit.models import AuditEvent
from personnel.models import Officer
from tests.access.asking import Reader, comparable
from tests.factories.cases import Circle
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are compared are of one moment."""
    now, today = clock.now(), clock.today()
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: today)


def seen(world: World) -> dict[str, Any]:
    """What HR, commanders, the auditor, the administrator and the officer see of the officer."""
    number = world.officer.service_number
    pages = {
        "hr-officer": (f"/officers/{number}/", "/officers/?format=csv", f"/search/?q={number}", "/overview/", "/"),
        "station-commander": (f"/officers/{number}/", f"/units/{world.station.code}/", "/notices/"),
        "county-commander": (f"/officers/{number}/", "/officers/"),
        "inspector-general": (f"/officers/{number}/",),
        "auditor": ("/audit/", f"/audit/?target={number}"),
        "system-administrator": ("/jobs/", "/status/"),
    }
    readers = {role: Reader(world.people[role]) for role in pages}
    asked = [(role, address, readers[role]) for role, addresses in pages.items() for address in addresses]
    own = Reader(world.officer.user)
    asked += [("officer", address, own) for address in ("/me/", "/me/readers/", "/me/record/json/", "/notices/", "/")]
    found = {}
    for role, address, reader in asked:
        answer = reader.ask("POST" if "/record/" in address else "GET", address)
        content = b"".join(answer.streaming_content) if answer.streaming and not answer.is_async else b""
        found[f"{role} {address}"] = (answer.status_code, content, comparable(answer, address))
    return found


def episode(circle: Circle, officer: Officer) -> None:
    """A case about the officer from its opening to its end: sessions, notes, a colleague, a referral, erased at last."""
    ann = circle.asks(circle.ann)
    case = circle.case(lookup="b" * 64)
    secret = f"cases/{case.ref}/"
    note = circle.text(case.ref, "note", f"about {officer.full_name}, {officer.service_number}")
    held = {
        "ref": "23456789abcd",
        "kind": "intake",
        "on": case.opened_on.isoformat(),
        "minutes": 50,
        "mode": "in-person",
    }
    for path, content in (
        ("sessions/", {**held, "note": note}),
        ("close/", {"face": circle.text(case.ref, "face")}),
        ("reopen/", {}),
    ):
        assert ann.post(secret + path, content).status_code == 200
    ann.get(secret)
    assert ann.post(f"{secret}erase/", {"confirm": case.pseudonym}).status_code == 200
    circle.case(lookup="c" * 64)


def test_an_episode_of_counselling_leaves_no_trace_in_any_page_about_the_officer(
    world: World, settings: Any, tmp_path: Path, moment: None
) -> None:
    settings.CUSTODIAN_PINS_FILE = tmp_path / "pins.txt"
    circle = Circle.made(world.service)
    before, trail = seen(world), AuditEvent.objects.count()
    broken = {name: answer[0] for name, answer in before.items() if answer[0] not in (200, 302)}
    assert not broken
    episode(circle, world.officer)
    after = seen(world)
    assert [name for name in before if before[name] != after[name]] == []
    assert AuditEvent.objects.count() == trail


OF_CASES = ("case", "counsellorkey", "custodiankey", "keysignature", "casegrant", "custodianshare", "session", "sealedtext",
            "sealedreferral", "opening", "caseevent", "caseeventhead")  # fmt: skip


@pytest.mark.parametrize("name", OF_CASES)
def test_tables_of_cases_point_at_no_officer_keep_no_history_and_stand_in_no_admin(name: str) -> None:
    table = apps.get_model("counselling", name)
    pointed_at = {field.related_model for field in table._meta.get_fields() if isinstance(field, models.ForeignKey)}
    assert Officer not in pointed_at
    assert not [field.name for field in table._meta.fields if isinstance(field, models.TextField)], "no free text"
    assert not hasattr(table, "history")
    assert table not in admin.site._registry
