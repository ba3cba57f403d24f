"""An officer reads who opened the file: office, time and purpose; what a lawful investigation holds back, later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from hcims import clock
from hcims.audit import actions
from hcims.audit.models import AuditEvent
from personnel.actions import note_opening
from tests.factories.accounts import UserFactory, appoint
from tests.signing_in import client_of
from tests.world import World


@pytest.fixture
def investigator(world: World) -> User:
    return appoint(UserFactory(full_name="Siri Mpelelezi"), "director-dci", world.service)


def told(world: World) -> str:
    """The page on which the officer reads who opened the file."""
    answer = client_of(world.officer.user).get("/me/readers/")
    assert answer.status_code == 200
    return answer.content.decode()


def opened(world: World, by: User, purpose: str) -> AuditEvent:
    note_opening(officer=world.officer, purpose=purpose, by=by, at=clock.now())
    return AuditEvent.objects.latest("sequence")


def test_the_officer_is_told_the_office_and_not_the_name(world: World, investigator: User) -> None:
    opened(world, investigator, "investigation")
    text = told(world)
    assert "Director of Criminal Investigations" in text
    assert "Lawful investigation" in text
    assert "Siri" not in text


def test_a_delay_holds_back_the_investigation_alone_and_only_for_its_time(world: World, investigator: User) -> None:
    opened(world, world.people["hr-officer"], "records")
    event, at = opened(world, investigator, "investigation"), clock.now()
    first, second = world.people["auditor"], appoint(UserFactory(), "auditor", world.service)
    delay = actions.ask_delay(
        event=event,
        authority="IAU/7",
        source="NPS Act s.87",
        until_on=clock.today() + timedelta(days=30),
        by=first,
        at=at,
    )
    assert "Lawful investigation" in told(world), "held back before a second auditor has agreed"
    actions.approve_delay(delay=delay, by=second, at=at)
    assert "Lawful investigation" not in told(world)
    assert "Director" not in client_of(world.officer.user).get("/me/").content.decode()
    assert "Keeping the record" in told(world)
    actions.end_delay(delay=delay, note="The inquiry is closed", by=first, at=at)
    assert "Lawful investigation" in told(world)


def test_a_delay_ends_by_itself(world: World, investigator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    event, at, on = opened(world, investigator, "investigation"), clock.now(), clock.today()
    delay = actions.ask_delay(
        event=event,
        authority="IAU/7",
        source="s.87",
        until_on=on + timedelta(days=1),
        by=world.people["auditor"],
        at=at,
    )
    actions.approve_delay(delay=delay, by=appoint(UserFactory(), "auditor", world.service), at=at)
    assert "Lawful investigation" not in told(world)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=1))
    monkeypatch.setattr(clock, "today", lambda: on + timedelta(days=1))
    assert "Lawful investigation" in told(world)
