"""The status page: true figures, each a link to what it counts; the public one says one word."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client

from hcims import clock
from hcims.audit.actions import take_checkpoint
from hcims.jobs.models import Job, WorkerSeen
from hcims.jobs.worker import Worker
from hcims.notify import actions as notify
from hcims.notify.kinds import Notice
from hcims.status import queries
from hcims.version import VERSION
from tests.factories.machinery import job_of
from tests.rules.source import ROOT
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def lines() -> dict[str, queries.Line]:
    return {line.label: line for _name, group in queries.groups(at=clock.now()) for line in group}


def test_every_count_equals_the_list_it_opens(world: World) -> None:
    job_of(world.officer.user)
    job_of(None)
    for at in (clock.now(), clock.now() - timedelta(days=2)):
        Job.objects.create(kind="send-messages", state="failed", queued_at=at, started_at=at, finished_at=at)
    notify.notify_many([world.officer.user, world.other_officer.user], Notice.APPOINTED, at=clock.now())
    client = client_of(world.people["system-administrator"])
    counted = 0
    for line in lines().values():
        if not line.url:
            continue
        text = client.get(line.url).content.decode()
        rows = re.search(r"<tbody>(.*?)</tbody>", text, re.S)
        assert (len(re.findall("<tr", rows[1])) if rows else 0) == int(line.text), line.label
        counted += int(line.text)
    assert counted == 2 + 1 + 4


def test_a_missing_worker_is_said_and_a_live_one_too() -> None:
    assert lines()["Worker last seen"].tone == "bad"
    Worker(drain=True).work_once()
    assert lines()["Worker last seen"].tone == "good"
    WorkerSeen.objects.update(seen_at=clock.now() - timedelta(minutes=2))
    assert lines()["Worker last seen"].tone == "bad"


def test_the_last_checkpoint_is_said() -> None:
    label = "Last verified and vouched for by a checkpoint"
    assert (lines()[label].text, lines()[label].tone) == ("never", "wait")
    take_checkpoint(by=None, at=clock.now())
    assert lines()[label].tone == "good"


def test_a_relaxed_second_factor_and_a_missing_gateway_are_said(settings: Any) -> None:
    settings.SECOND_FACTOR_COMPULSORY = False
    settings.SMS_BACKEND = "hcims.notify.backends.NoSms"
    assert lines()["Second factor"].tone == "wait"
    assert lines()["SMS gateway"].tone == "bad"


def test_a_folder_that_cannot_be_written_to_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.os, "access", lambda *args: False)
    assert lines()["Private files"].tone == "bad"


def test_the_database_in_use_is_named(world: World) -> None:
    text = client_of(world.people["system-administrator"]).get("/status/").content.decode()
    assert {"sqlite": "SQLite 3.", "postgresql": "PostgreSQL 1"}[connection.vendor] in text
    assert all(each.here == getattr(each, connection.vendor) for each in queries.guarantees())


def test_the_public_word(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get("/status/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "Set-Cookie" not in answer.headers

    def fail(self: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(type(connections["default"]), "cursor", fail)
    assert not queries.database_answers()


def test_the_version_is_that_of_the_package() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION
