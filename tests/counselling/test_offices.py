"""Offices: kept by the lead, read by everyone; what is not on record is not shown as none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from counselling.models import CounsellingOffice, Supporter, SupporterTraining
from counselling.queries import cover as queries
from counselling.reference_offices import load_offices
from hcims.audit.models import AuditEvent
from organisation.models import Unit
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.supporters import supporter_at
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Kilifi office", "hours_en": "Monday to Friday, 8:00 to 17:00", "telephone": "0800 721 070",
    "languages": ["en", "sw"], "services": ["trauma"], "source": "Letter 1 of 2 March 2026",
}  # fmt: skip


def office_at(world: World) -> CounsellingOffice:
    return CounsellingOffice.objects.create(unit=world.county, starts_on=date(2024, 5, 1), **FACTS)


def test_the_lead_puts_an_office_on_the_list_and_everyone_reads_it(world: World) -> None:
    client = client_of(world.people["wellbeing-lead"])
    sent = {**FACTS, "unit": "C-KILIFI", "starts_on": "2026-03-02", "counsellors": "2"}
    assert client.post("/wellbeing/offices/new/", sent).status_code == 302
    page = Client().get("/w/offices/")
    assert b"Kilifi office" in page.content
    assert b"tel:0800721070" in page.content
    assert not page.cookies
    assert AuditEvent.objects.filter(event="counselling-office-opened").count() == 1


def test_an_office_is_changed_on_a_paper_and_closed(world: World) -> None:
    office, client = office_at(world), client_of(world.people["wellbeing-lead"])
    assert client.post(f"/wellbeing/offices/{office.ref}/", {**FACTS, "source": "", "rooms": "3"}).status_code == 422
    assert client.post(f"/wellbeing/offices/{office.ref}/", {**FACTS, "rooms": "3"}).status_code == 302
    office.refresh_from_db()
    assert (office.rooms, office.counsellors) == (3, None)
    closing = {"ends_on": "2026-01-05", "source": "Letter 2"}
    assert client.post(f"/wellbeing/offices/{office.ref}/close/", closing).status_code == 302
    assert b"Kilifi office" not in Client().get("/w/offices/").content
    assert b"Kilifi office" in client.get("/wellbeing/offices/?state=closed").content


def test_nobody_but_the_lead_keeps_the_register(world: World) -> None:
    office = office_at(world)
    for role in ("county-commander", "hr-officer", "counsellor", "system-administrator"):
        client = client_of(world.people[role])
        assert client.get("/wellbeing/offices/").status_code == 404
        assert client.post(f"/wellbeing/offices/{office.ref}/", FACTS).status_code == 404


def test_the_register_is_taken_away_as_a_file(world: World) -> None:
    office_at(world)
    answer = client_of(world.people["wellbeing-lead"]).get("/wellbeing/offices/?format=csv")
    assert "Kilifi office" in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_known_offices_wait_until_their_unit_is_on_record(world: World) -> None:
    assert load_offices() == 1  # of the file's sixteen, the world has the county of Mombasa
    assert load_offices() == 0
    assert CounsellingOffice.objects.get().unit == world.other_county


def test_cover_names_every_command_with_and_without_an_office(world: World, django_assert_max_num_queries: Any) -> None:
    office = office_at(world)
    CounsellingOffice.objects.filter(pk=office.pk).update(counsellors=2, latitude="-3.60000", longitude="39.80000")
    Unit.objects.filter(pk=world.other_station.pk).update(latitude="-4.05000", longitude="39.70000")
    page = client_of(world.people["wellbeing-lead"]).get("/wellbeing/cover/")
    lines = {line.command.code: line for line in page.context["found"].lines}
    assert (len(lines["C-KILIFI"].offices), len(lines["C-MOMBASA"].offices)) == (1, 0)
    assert lines["C-KILIFI"].per_thousand == 2_000  # two counsellors, one officer
    assert lines["C-MOMBASA"].half_within == pytest.approx(51.3, abs=0.5)
    assert lines["C-KILIFI"].half_within is None  # its station has no coordinates, and nothing is guessed
    assert (lines["C-KILIFI"].wards, lines["C-KILIFI"].wards_with) == (1, 0)
    with django_assert_max_num_queries(9):
        queries.cover(world.people["wellbeing-lead"], on=date(2026, 11, 22))


def test_a_ward_is_covered_by_a_trained_supporter_at_one_of_its_stations(world: World) -> None:
    supporter = Supporter.objects.create(
        user=UserFactory(), unit=world.station, county=world.county.county, command=world.station, sex="F",
        paper="Certificate", starts_on=date(2026, 1, 1),
    )  # fmt: skip
    lead = world.people["wellbeing-lead"]
    assert queries.of_command(lead, "C-KILIFI", on=date(2026, 11, 22)).wards_without == [world.ward]
    SupporterTraining.objects.create(
        supporter=supporter, course="Peer support", provider="Academy", trained_on=date(2026, 1, 1),
        expires_on=date(2027, 1, 1), paper="1",
    )  # fmt: skip
    assert queries.of_command(lead, "C-KILIFI", on=date(2026, 11, 22)).wards_with == [world.ward]
    assert queries.of_command(lead, "C-KILIFI", on=date(2027, 1, 1)).wards_without == [world.ward]


def test_numbers_of_cover_lead_to_what_they_count_where_the_reader_may_list_it(world: World) -> None:
    officers, register = "?unit=C-KILIFI&amp;member=officer", "?tab=trained&amp;unit=C-KILIFI"
    supporter_at(world.station)
    lead, commander = client_of(world.people["wellbeing-lead"]), client_of(world.people["county-commander"])
    page = lead.get("/wellbeing/cover/")
    line = next(each for each in page.context["found"].lines if each.command.code == "C-KILIFI")
    assert (officers in page.content.decode(), register in page.content.decode()) == (False, True)
    listed = lead.get("/wellbeing/supporters/?tab=trained&unit=C-KILIFI").context["table"]
    assert listed.page.paginator.count == line.supporters == 1
    page = commander.get("/wellbeing/cover/C-KILIFI/").content.decode()
    assert (officers in page, register in page) == (True, False)
    listed = commander.get("/officers/?unit=C-KILIFI&member=officer")
    assert listed.context["table"].page.paginator.count == line.officers


def test_a_commander_sees_the_cover_of_the_own_area_alone(world: World) -> None:
    commander = AppointmentFactory(
        user=UserFactory(), unit=world.county, role="county-commander", state="approved", starts_on=date(2020, 1, 1)
    ).user
    client = client_of(commander)
    page = client.get("/wellbeing/cover/").content.decode()
    assert "Kilifi County" in page
    assert "Mombasa County" not in page
    assert client.get("/wellbeing/cover/C-MOMBASA/").status_code == 404
    assert client.get("/wellbeing/cover/C-KILIFI/?measure=distance").status_code == 200
    assert client_of(world.people["auditor"]).get("/wellbeing/cover/").status_code == 404
