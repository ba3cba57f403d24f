"""Commendations and discipline are read each by a permission of its own; neither comes with the right to open a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hcims.access.permissions import Permission as P
from hcims.access.roles import ROLES
from personnel import actions
from personnel.models import Officer
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
PRAISE, CHARGE = "For courage at the ford", "Absent from the night shift"
RIGHTS = frozenset({P.SEE_COMMENDATIONS, P.SEE_DISCIPLINE})


@pytest.fixture
def entered(world: World) -> dict[str, Any]:
    """A commendation and a case on the officer's record."""
    who = {"officer": world.officer, "by": world.people["hr-officer"], "at": AT}
    day = date(2025, 1, 1)
    award = actions.record_commendation(title=PRAISE, awarded_on=day, awarded_by="IG", paper="IG/9", **who)
    return {"commendation": award, "case": actions.open_discipline(charge=CHARGE, opened_on=day, paper="OR/1", **who)}


def read(client: Any, officer: Officer) -> tuple[set[str], bool, bool]:
    """What of the two a reader finds in the pages of the file, and whether there is a part and a tab for them."""
    address = f"/officers/{officer.service_number}/"
    answers = [client.get(f"{address}?part={part}") for part in ("service", "conduct", "changes")]
    text = "".join(each.content.decode() for each in answers if each.status_code == 200)
    return (
        {words for words in (PRAISE, CHARGE) if words in text},
        answers[1].status_code == 200,
        "?part=conduct" in text,
    )


@pytest.mark.parametrize(
    ("rights", "found"),
    [
        (RIGHTS, {PRAISE, CHARGE}),
        ({P.SEE_COMMENDATIONS}, {PRAISE}),
        ({P.SEE_DISCIPLINE}, {CHARGE}),
        (set(), set()),
    ],
)
def test_each_is_read_and_mended_by_its_own_right(
    world: World, entered: dict[str, Any], monkeypatch: pytest.MonkeyPatch, rights: set[P], found: set[str]
) -> None:
    hr = ROLES["hr-officer"]
    monkeypatch.setitem(ROLES, "hr-officer", replace(hr, permissions=hr.permissions - RIGHTS | rights))
    client = client_of(world.people["hr-officer"])
    assert read(client, world.officer) == (found, bool(rights), bool(rights))
    for kind, right in (("commendation", P.SEE_COMMENDATIONS), ("case", P.SEE_DISCIPLINE)):
        wanted = 200 if right in rights else 404
        for deed in (kind, f"void-{kind}"):
            address = f"/officers/{world.officer.service_number}/enter/{deed}/{entered[kind].ref}/"
            assert client.get(address).status_code == wanted, address


def test_the_officer_reads_the_own_ones_without_any_role(world: World, entered: dict[str, Any]) -> None:
    assert read(client_of(world.officer.user), world.officer) == ({PRAISE, CHARGE}, True, True)


def test_whoever_may_open_a_file_reads_the_commendations() -> None:
    readers = {code for code, role in ROLES.items() if P.SEE_FILE in role.permissions}
    assert readers == {code for code, role in ROLES.items() if P.SEE_COMMENDATIONS in role.permissions}
