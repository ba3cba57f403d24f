"""Entries made wrongly: changed on a paper with before and after, or marked as errors; never gone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from desk.own_record import record_of
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Qualification
from personnel import actions
from personnel.queries import permissions_at
from personnel.queries.entries import cases_of, commendations_of
from personnel.queries.history import changes_of
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 6, 1)


@pytest.fixture
def hr(world: World) -> Any:
    return world.people["hr-officer"]


@pytest.fixture
def award(world: World, hr: Any) -> Any:
    return actions.record_commendation(
        officer=world.officer, title="For courage", awarded_on=date(2025, 1, 1), awarded_by="IG", paper="IG/9", by=hr,
        at=AT,
    )  # fmt: skip


@pytest.fixture
def case(world: World, hr: Any) -> Any:
    return actions.open_discipline(
        officer=world.officer, charge="Absent", opened_on=date(2025, 1, 1), paper="OR/1", by=hr, at=AT
    )


def test_a_change_keeps_before_and_after_with_its_paper(world: World, hr: Any, case: Any) -> None:
    actions.mend_entry(entry=case, facts={"charge": "Late for duty"}, paper="OR/1 seen again", by=hr, at=AT)
    entries = changes_of(world.officer, permissions_at(hr, world.officer, on=ON))
    (mended,) = [each for each in entries if each.paper == "OR/1 seen again"]
    assert ("Absent", "Late for duty") in [(each.was, each.now) for each in mended.changes]


def test_an_error_leaves_the_file_and_the_own_record_but_not_the_changes(
    world: World, hr: Any, award: Any, case: Any
) -> None:
    for entry in (award, case):
        actions.void_conduct(entry=entry, reason="Another officer's", paper="HR/3", by=hr, at=AT)
        with pytest.raises(RuleBroken, match="already"):
            actions.void_conduct(entry=entry, reason="Again", paper="HR/3", by=hr, at=AT)
    assert not commendations_of(world.officer).exists()
    assert not cases_of(world.officer).exists()
    record = record_of(world.officer, at=AT)
    assert (record["commendations"], record["discipline"]) == ([], [])
    assert sum("Another officer's" in each["before_and_after"] for each in record["changes"]) == 2


def test_who_may_not_enter_may_not_mend(world: World, case: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.mend_entry(
            entry=case, facts={"charge": "None"}, paper="P/1", by=world.people["county-commander"], at=AT
        )
    with pytest.raises(NotAllowed):
        actions.void_conduct(entry=case, reason="No", paper="P/1", by=world.officer.user, at=AT)


def test_the_pages_mend_and_mark_as_error(world: World, hr: Any) -> None:
    client, file = client_of(hr), f"/officers/{world.officer.service_number}"
    degree = Qualification.objects.order_by("-order").first()
    facts = {"qualification": degree.pk, "subject": "Law", "paper": "Certificate 1"}
    assert client.post(f"{file}/enter/qualification/", facts).status_code == 302
    held = world.officer.qualifications.get()
    mended = client.post(f"{file}/enter/qualification/{held.ref}/", facts | {"subject": "Criminology"})
    held.refresh_from_db()
    assert (mended.status_code, held.subject) == (302, "Criminology")
    assert client.post(f"{file}/enter/qualification/{held.ref}/", facts | {"subject": "Criminology"}).status_code == 422
    error = {"reason": "Another officer's certificate", "paper": "HR/3"}
    assert client.post(f"{file}/enter/void-qualification/{held.ref}/", error).status_code == 302
    held.refresh_from_db()
    assert held.state == "refused"
    assert client.get(f"{file}/enter/qualification/{held.ref}/").status_code == 404


def test_the_own_record_is_all_there_is(world: World, hr: Any) -> None:
    actions.record_family_fact(
        officer=world.officer, kind="spouse", facts={"name": "A", "in_service": world.other_officer}, paper="M/1", by=hr,
        at=AT,
    )  # fmt: skip
    client_of(hr).get(f"/officers/{world.officer.service_number}/?part=family")
    record = record_of(world.officer, at=AT)
    assert record["spouses"][0]["in_service"] == world.other_officer.service_number
    assert [each["part"] for each in record["opened_by"]] == ["Family"]
    assert {"orders", "changes", "corrections", "background"} <= record.keys()
