"""The register of supporters: who keeps it, what it refuses, what is published, and that nobody learns who looked."""

from __future__ import annotations

import gzip
import json
import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from counselling import directory
from counselling.actions import supporters as actions
from counselling.models import Supporter
from counselling.queries import supporters as queries
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from hcims.references import ALPHABET
from tests.factories.accounts import UserFactory, appoint
from tests.factories.supporters import supporter_at
from tests.signing_in import client_of
from tests.world import World

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ON = date(2026, 11, 20)


def codes(found: Any) -> list[str]:
    """References of rows."""
    return [each.ref for each in found]


def directory_of(client: Any) -> list[list[Any]]:
    """The people in the file as anybody gets it."""
    return json.loads(client.get("/w/directory.json").content)["people"]


def test_the_lead_of_an_area_keeps_its_register_and_no_other(world: World) -> None:
    here, elsewhere = supporter_at(world.station), supporter_at(world.other_station)
    lead = appoint(UserFactory(), "wellbeing-lead", world.county)
    page = client_of(lead).get("/wellbeing/supporters/").content.decode()
    assert here.user.full_name in page
    assert elsewhere.user.full_name not in page
    assert client_of(lead).get(f"/wellbeing/supporters/{elsewhere.ref}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.move_supporter(
            supporter=here,
            unit=world.other_station,
            county=elsewhere.county,
            command=world.other_county,
            by=lead,
            at=AT,
        )
    with pytest.raises(NotAllowed):
        actions.end_supporter(supporter=elsewhere, ends_on=ON, reason="test", by=lead, at=AT)


def test_a_lead_puts_somebody_on_the_register_and_nobody_oneself(world: World) -> None:
    lead, person = world.people["wellbeing-lead"], UserFactory()
    form = {
        "person": person.login, "county": world.county.county.code, "unit": world.ward.code, "command": world.county.code,
        "sex": "F", "languages": ["sw", "so"], "starts_on": "2026-03-01", "paper": "NPS/W/1",
    }  # fmt: skip
    answer = client_of(lead).post("/wellbeing/supporters/add/", form)
    assert answer.status_code == 302, answer.content.decode()[-6000:]
    made = Supporter.objects.get(user=person)
    assert (answer.status_code, made.unit, made.is_listed) == (302, world.ward, False)
    assert AuditEvent.objects.filter(event="supporter-accredited", target_ref=made.ref, by_ref=lead.ref).count() == 1
    assert "on the register already" in client_of(lead).post("/wellbeing/supporters/add/", form).content.decode()
    oneself = client_of(lead).post("/wellbeing/supporters/add/", {**form, "person": lead.login})
    assert "Nobody accredits himself or herself" in oneself.content.decode()


def test_lapsing_training_has_a_list_of_its_own(world: World) -> None:
    fresh, lapsing, lapsed = (
        supporter_at(world.station, trained_until=day) for day in (date(2028, 1, 1), date(2027, 1, 1), date(2026, 1, 1))
    )
    untrained = supporter_at(world.station, trained_until=None)
    found = queries.described(queries.visible_to(world.people["wellbeing-lead"], on=ON), on=ON)
    tabs = {tab: set(codes(queries.in_tab(found, tab, on=ON))) for tab in ("serving", "lapsing", "lapsed", "ended")}
    assert tabs["serving"] == {fresh.ref, lapsing.ref, lapsed.ref, untrained.ref}
    assert (tabs["lapsing"], tabs["lapsed"], tabs["ended"]) == ({lapsing.ref}, {lapsed.ref, untrained.ref}, set())


@pytest.mark.parametrize(
    "fields",
    [
        {"is_listed": False},
        {"trained_until": date(2026, 1, 1)},
        {"availability": "away"},
        {"ends_on": date(2026, 6, 1)},
    ],
    ids=["unwilling", "lapsed", "away", "ended"],
)
def test_the_directory_leaves_out(world: World, fields: dict[str, Any]) -> None:
    shown, hidden = (
        supporter_at(world.station, is_listed=True),
        supporter_at(world.station, **{"is_listed": True, **fields}),
    )
    refs = {row["ref"] for row in queries.directory_rows(on=ON)}
    assert (shown.ref in refs, hidden.ref in refs) == (True, False)


def test_the_directory_shows_what_was_chosen_and_is_the_same_for_everybody(world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, telephone="0712345678", shows_command=False)
    nobody, somebody = client_of(None), client_of(world.officer.user)
    row = directory_of(nobody)[0]
    assert row[:2] == [thing.ref, thing.shown_name]
    assert row[5:] == ["", "0712345678", "days", 0]
    first, second = nobody.get("/w/directory.json"), somebody.get("/w/directory.json")
    assert first.content == second.content
    assert (second.cookies, "cookie" in second.headers.get("Vary", "").lower()) == ({}, False)
    assert thing.user.full_name not in first.content.decode()
    again = nobody.get("/w/directory.json", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    Supporter.objects.update(telephone="")
    assert nobody.get("/w/directory.json", HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 200


def test_only_the_supporter_decides_what_is_shown(world: World) -> None:
    thing = supporter_at(world.station, is_listed=False, user=world.people["peer-supporter"])
    chosen = {
        "is_listed": True, "shown_name": "Zawadi", "telephone": "", "shows_command": True, "languages": ["sw"],
        "availability": "days",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.choose_what_is_shown(supporter=thing, **chosen, by=world.people["wellbeing-lead"], at=AT)
    with pytest.raises(RuleBroken):
        actions.choose_what_is_shown(supporter=thing, **{**chosen, "shown_name": " "}, by=thing.user, at=AT)
    client = client_of(thing.user)
    wrong = client.post("/w/me/", {**chosen, "telephone": "12"})
    assert (wrong.status_code, "not a Kenyan mobile number" in wrong.content.decode()) == (422, True)
    assert client.post("/w/me/", {**chosen, "telephone": "0712 345 678"}).status_code == 302
    thing.refresh_from_db()
    assert (thing.is_listed, thing.shown_name, thing.telephone) == (True, "Zawadi", "0712345678")
    row = AuditEvent.objects.get(event="supporter-changed", target_ref=thing.ref)
    assert "0712" not in row.details + row.reason
    assert "Zawadi" not in row.details


def test_an_ended_service_takes_the_name_out_at_once(world: World) -> None:
    thing = supporter_at(world.station, is_listed=True, telephone="0712345678")
    actions.end_supporter(supporter=thing, ends_on=ON, reason="asked to stop", by=world.people["wellbeing-lead"], at=AT)
    thing.refresh_from_db()
    assert (thing.is_listed, thing.telephone) == (False, "")
    assert not queries.directory_rows(on=ON)
    with pytest.raises(RuleBroken):
        actions.end_supporter(supporter=thing, ends_on=ON, reason="again", by=world.people["wellbeing-lead"], at=AT)


def test_a_supporter_for_each_ward_fits_into_sixty_kilobytes() -> None:
    """1,450 wards; half show a telephone. References and numbers cannot be packed, so the budget is about 40 bytes a person."""
    chance = random.Random(47)
    rows = [
        {
            "ref": "".join(chance.choices(ALPHABET, k=12)), "shown_name": chance.choice(["Amani", "Baraka", "Zawadi", "Neema"]),
            "county__code": f"{1 + number % 47:03d}", "sex": "FM"[number % 2], "languages": ["sw", "en"], "shows_command": True,
            "command_code": f"C-{1 + number % 47:03d}", "command_name": f"County {number % 47}", "availability": "days",
            "telephone": f"07{chance.randrange(10**8):08d}" if number % 2 else "", "has_key": True,
        }
        for number in range(1450)
    ]  # fmt: skip
    file = directory.content(rows, {f"{number:03d}": f"County {number}" for number in range(1, 48)})
    assert len(gzip.compress(file, 6)) <= 60_000
    assert directory.tag(file) == directory.tag(
        directory.content(rows, {f"{n:03d}": f"County {n}" for n in range(1, 48)})
    )
