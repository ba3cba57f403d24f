"""The list, the file, one's own record, search and the start page, as their readers meet them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hcims import clock
from hcims.audit.models import AuditEvent
from personnel.actions import say_background
from personnel.models import OfficerBackground, SkillHeld
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import EstablishmentVersionFactory
from tests.factories.personnel import CorrectionFactory, OfficerFactory, SkillHeldFactory, photographed
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(world: World):
    return client_of(world.people["hr-officer"])


def count_of(client, address: str) -> int:
    return client.get(address).context["total"]


# The list ---------------------------------------------------------------------------------------------------------------


def test_a_commander_lists_his_own_area_and_nothing_outside_it(world: World) -> None:
    here = client_of(appoint(UserFactory(), "county-commander", world.county))
    page = here.get("/officers/")
    assert page.context["total"] == 1
    assert world.officer.service_number in page.content.decode()
    assert world.other_officer.service_number not in page.content.decode()


def test_a_link_opens_the_same_view_for_a_colleague_less_what_is_not_his(world: World, hr: Any) -> None:
    address, colleague = "/officers/?rank=PC&service=KPS", UserFactory()
    pages = [each.get(address) for each in (hr, client_of(appoint(colleague, "county-commander", world.county)))]
    assert [page.context["total"] for page in pages] == [2, 1]
    assert all("Service: Kenya Police Service" in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 2), ("unit=C-KILIFI", 1), ("unit=Kilifi County", 1), ("in_unit=C-KILIFI", 0), ("rank=PC", 2), ("rank=CPL", 0),
        ("rank=CPL&rank=PC", 2), ("cadre=constable&service=KPS", 2), ("service=APS", 0), ("presence=posted", 2),
        ("presence=effective", 2), ("presence=away", 0), ("presence=unposted", 0), ("tenure=over", 2), ("tenure=unknown", 0),
        ("retires=12", 0), ("county=003", 1), ("post_rank=PC&post_skill=none", 2), ("noncore=on", 0), ("member=civilian", 0),
    ],
)  # fmt: skip
def test_each_filter_leaves_those_it_names(world: World, hr, query: str, expected: int) -> None:
    assert count_of(hr, f"/officers/?{query}") == expected


def test_a_past_day_is_listed_from_the_dated_rows_as_today_is_from_the_record(world: World, hr) -> None:
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    for query in ("", "unit=C-KILIFI", "rank=PC", "cadre=constable", "tenure=over", "presence=posted"):
        assert count_of(hr, f"/officers/?on={yesterday}&{query}") == count_of(hr, f"/officers/?{query}"), query


def test_a_filter_that_cannot_be_read_shows_nothing_and_says_so(world: World, hr) -> None:
    page = hr.get("/officers/?unit=NOWHERE")
    assert page.context["total"] == 0
    assert "No unit of this code" in page.content.decode()


def test_the_list_costs_the_same_whatever_its_length(world: World, hr) -> None:
    few = len(statements_of(hr, "/officers/"))
    for _ in range(30):
        SkillHeldFactory(officer=OfficerFactory(posted_to=world.station))
    assert len(statements_of(hr, "/officers/")) == few <= 20


def test_background_is_on_no_list_and_no_file(world: World, hr) -> None:
    from personnel import actions

    actions.say_background(
        officer=world.officer, ethnicity="Mtihani", has_disability=True, consents=True, by=world.officer.user,
        at=clock.now(),
    )  # fmt: skip
    number = world.officer.service_number
    for address in ("/officers/", "/officers/?format=csv", *(f"/officers/{number}/?part={part}" for part in PARTS)):
        answer = hr.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Mtihani" not in content, address


def test_an_export_is_on_record_and_only_for_those_who_may(world: World, hr) -> None:
    b"".join(hr.get("/officers/?format=csv&rank=PC").streaming_content)
    assert json.loads(AuditEvent.objects.get(event="exported").details)["rows"] == 2
    station = client_of(appoint(UserFactory(), "station-commander", world.station))
    assert station.get("/officers/?format=csv").status_code == 403


# The file ---------------------------------------------------------------------------------------------------------------

PARTS = ("service", "skills", "family", "identity", "conduct", "transfers", "changes")


def test_an_opening_is_on_record_once_a_sitting_a_part_and_a_purpose(world: World, hr) -> None:
    address = f"/officers/{world.officer.service_number}/"
    for _ in range(2):
        hr.get(address)
        hr.get(address + "?part=family")
    hr.post(address + "purpose/", {"purpose": "welfare"})
    hr.get(address + "?part=family")
    found = list(AuditEvent.objects.filter(event="file-opened").order_by("sequence").values_list("purpose", "details"))
    assert [(purpose, json.loads(details)["part"]) for purpose, details in found] == [
        ("records", "service"), ("records", "family"), ("welfare", "family"),
    ]  # fmt: skip


def test_one_s_own_file_is_no_opening(world: World) -> None:
    own = client_of(world.officer.user)
    assert own.get(f"/officers/{world.officer.service_number}/?part=family").status_code == 200
    assert not AuditEvent.objects.filter(event="file-opened").exists()


@pytest.mark.parametrize(
    ("role", "open_parts"),
    [
        ("hr-officer", set(PARTS)),
        ("station-commander", {"service", "skills", "conduct", "transfers", "changes"}),
        ("inspector-general", {"service", "skills", "conduct", "transfers", "changes"}),
        ("auditor", set()),
        ("system-administrator", set()),
    ],
)
def test_each_part_opens_by_its_own_permission(world: World, role: str, open_parts: set[str]) -> None:
    reader = client_of(world.people[role])
    number = world.officer.service_number
    assert {part for part in PARTS if reader.get(f"/officers/{number}/?part={part}").status_code == 200} == open_parts


def test_a_file_costs_at_most_twenty_queries(world: World, hr) -> None:
    for _ in range(5):
        SkillHeldFactory(officer=world.officer, skill=_another_skill(world))
    address = f"/officers/{world.officer.service_number}/"
    client_of(world.people["inspector-general"]).get(address)  # the first line of a trail costs more than all others
    for part in PARTS:
        asked = statements_of(hr, f"{address}?part={part}")
        assert len(asked) <= 20, f"{part}:\n" + "\n".join(each[:160] for each in asked)


def _another_skill(world: World):
    from organisation.models import Skill

    held = SkillHeld.objects.filter(officer=world.officer).values("skill")
    return Skill.objects.exclude(pk__in=held).first()


def test_a_change_shows_what_it_does_before_it_is_entered(world: World, hr) -> None:
    address = f"/officers/{world.officer.service_number}/change/service/"
    form = hr.get(address).context["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    data |= {"surname": "Mpya", "paper": "Letter 1 of 2026", "home_county": ""}
    data |= {"born_on": "1985-04-12", "enlisted_on": str(world.officer.enlisted_on)}
    page = hr.post(address, data)
    assert [(str(each.was), str(each.now)) for each in page.context["differences"]] == [(world.officer.surname, "Mpya")]
    world.officer.refresh_from_db()
    assert world.officer.surname != "Mpya"
    assert hr.post(address, data | {"checked": "yes"}).status_code == 302
    world.officer.refresh_from_db()
    assert world.officer.surname == "Mpya"
    changes = hr.get(f"/officers/{world.officer.service_number}/?part=changes").content.decode()
    assert "Mpya" in changes
    assert "Letter 1 of 2026" in changes


# My record --------------------------------------------------------------------------------------------------------------


def test_an_officer_reads_who_opened_the_file_by_office_and_purpose_without_a_name(world: World, hr) -> None:
    hr.get(f"/officers/{world.officer.service_number}/")
    page = client_of(world.officer.user).get("/me/readers/").content.decode()
    assert "HR officer, National Police Service" in page
    assert "Keeping the record" in page
    assert world.people["hr-officer"].full_name not in page


def test_an_officer_asks_hr_answers_and_the_answer_is_read(world: World, hr) -> None:
    own = client_of(world.officer.user)
    asked = {"section": "names", "what_is_wrong": "Spelt wrongly", "should_be": "Achieng"}
    assert own.post("/me/correction/", asked).status_code == 302
    request = world.officer.corrections.get()
    assert hr.get("/corrections/").context["table"].rows[0].record == request
    hr.post(f"/corrections/{request.ref}/", {"outcome": "refused", "answer": "The ID card says otherwise"})
    assert "The ID card says otherwise" in own.get(f"/corrections/{request.ref}/").content.decode()


def test_a_request_is_not_read_by_a_stranger(world: World) -> None:
    request = CorrectionFactory(officer=world.officer)
    assert client_of(world.other_officer.user).get(f"/corrections/{request.ref}/").status_code == 404


@pytest.mark.parametrize("day", ["", "2026-06-01"])
def test_who_has_no_posting_and_no_rank_stands_on_the_list_and_in_its_file(world: World, hr, day: str) -> None:
    asked = {"on": day} if day else {}
    unposted = OfficerFactory(posted_to=None, enlisted_on=date(2010, 1, 1))
    unposted.rank_holdings.all().delete()
    listed = hr.get("/officers/", asked | {"presence": "unposted"})
    assert listed.status_code == 200
    assert unposted.service_number in listed.content.decode()
    for query in (asked, asked | {"presence": "unposted"}):
        taken = b"".join(hr.get("/officers/", query | {"format": "csv"}).streaming_content).decode()
        assert unposted.service_number in taken


def test_a_record_is_taken_away_for_machine_and_on_paper(world: World) -> None:
    photographed(world.officer)
    own = client_of(world.officer.user)
    record = json.loads(own.post("/me/record/json/").content)
    assert record["person"]["service_number"] == world.officer.service_number
    assert record["postings"][0]["unit_code"] == world.station.code
    assert "data:image/jpeg" in record["person"]["photograph"]
    assert own.post("/me/record/pdf/").content.startswith(b"%PDF-")
    assert AuditEvent.objects.filter(event="own-record-taken").count() == 2


def test_somebody_without_a_record_is_told_so(world: World) -> None:
    assert "No record of service" in client_of(world.people["npsc-commissioner"]).get("/me/").content.decode()


# Search and start -------------------------------------------------------------------------------------------------------


def test_a_whole_number_goes_straight_to_the_file_in_ten_keystrokes(world: World, hr) -> None:
    number = world.officer.service_number
    assert len("/" + number + "\n") <= 10
    assert hr.get("/search/", {"q": number}).headers["Location"] == f"/officers/{number}/"
    for words in (world.station.code.lower(), world.station.name.upper()):
        assert hr.get("/search/", {"q": words}).headers["Location"] == f"/units/{world.station.code}/"
    both = hr.get("/search/", {"q": world.ward.name}).context["found"].units  # the ward's name is in the station's too
    assert [each.code for each in both] == [world.ward.code, world.station.code]


def test_search_finds_nothing_outside_the_area(world: World) -> None:
    here = client_of(appoint(UserFactory(), "station-commander", world.station))
    for words in (world.other_officer.service_number, world.other_station.name):
        found = here.get("/search/", {"q": words}).context["found"]
        assert (found.officers, found.units) == ([], [])


def test_the_palette_leads_to_officers_units_and_pages(world: World, hr) -> None:
    assert f"/officers/{world.officer.service_number}/" in hr.get("/search/palette/", {"q": "00"}).content.decode()
    assert f"/units/{world.station.code}/" in hr.get("/search/palette/", {"q": "bamba"}).content.decode()
    assert 'href="/officers/"' in hr.get("/search/palette/", {"q": "offic"}).content.decode()


def test_versions_that_wait_stand_on_the_start_page_of_whoever_decides_or_mends_them(world: World, hr) -> None:
    drafter = world.people["hr-officer"]
    for state in ("submitted", "returned", "draft"):
        decided = {} if state == "returned" else {"decided_by": None, "decided_at": None}
        EstablishmentVersionFactory(unit=world.county, state=state, drafted_by=drafter, **decided)
    decides = client_of(world.people["inspector-general"])
    for client, state in ((decides, "submitted"), (hr, "returned")):
        url = f"/establishment/?state={state}"
        assert [each.count for each in client.get("/").context["queues"] if each.url == url] == [1]
        assert len(client.get(url).context["table"].rows) == 1


def test_the_start_page_counts_what_its_link_lists(world: World, hr) -> None:
    CorrectionFactory(officer=world.officer)
    SkillHeldFactory(officer=world.other_officer)
    page = hr.get("/")
    counts = {each.url: each.count for each in page.context["queues"]}
    assert counts["/corrections/"] == len(hr.get("/corrections/").context["table"].rows) == 1
    assert counts["/skills/to-check/"] == len(hr.get("/skills/to-check/").context["table"].rows) == 1


def test_an_officer_without_an_office_starts_with_the_own_record(world: World) -> None:
    answer = client_of(world.officer.user).get("/")
    assert answer.headers.get("Location") == "/me/"


# Balance ----------------------------------------------------------------------------------------------------------------


def balance_of(reader: Any) -> Any:
    """The page once the report is made."""
    assert "not made yet" in reader.get("/balance/").content.decode()
    assert reader.post("/balance/").status_code == 302
    return reader.get("/balance/")


def test_the_balance_report_shows_no_count_below_the_threshold(world: World) -> None:
    for number in range(40):
        OfficerFactory(posted_to=world.station, sex="F" if number < 4 else "M")
    page = balance_of(client_of(world.people["inspector-general"]))
    assert any(table.lines for table in page.context["tables"])
    for table in page.context["tables"]:
        for line in table.lines:
            assert line.total >= page.context["threshold"]
            assert all(count is None or count == 0 or count >= page.context["threshold"] for count in line.counts)


def test_too_few_members_make_no_report(world: World) -> None:
    page = balance_of(client_of(world.people["inspector-general"]))
    assert all(not table.lines for table in page.context["tables"])


def test_the_report_does_not_tell_what_one_officer_said_after_it_was_made(world: World) -> None:
    for _number in range(40):
        OfficerBackground.objects.create(
            officer=OfficerFactory(posted_to=world.station), ethnicity="Community A", consented_on=date(2024, 1, 1)
        )
    OfficerFactory.create_batch(15, posted_to=world.station)  # who have not said it
    reader = client_of(world.people["inspector-general"])
    before = balance_of(reader).context["tables"]
    assert any("Community A" in line.label for table in before for line in table.lines)
    said = {"ethnicity": "Community A", "has_disability": None, "consents": True}
    say_background(officer=world.officer, **said, by=world.officer.user, at=timezone.now())
    assert reader.get("/balance/").context["tables"] == before
    assert reader.post("/balance/").status_code == 409


def test_what_cannot_be_is_said_beside_the_field(world: World, hr: Any) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    assert "a day to come is not known yet" in hr.get("/officers/", {"on": tomorrow}).content.decode()
    page = hr.post("/officers/new/", {"unit": "PS-NOWHERE", "step": "new"}).content.decode()
    assert "No unit of this code or name in your area" in page
