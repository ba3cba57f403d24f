"""The list of units and a unit's page: last year's tree, one's own area only, and as many statements whatever the size."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from deployment.models import StationReturn
from hcims.audit.models import AuditEvent
from organisation import actions
from organisation.models import Unit, UnitClass
from tests.factories.accounts import UserFactory, appoint
from tests.factories.deployment import PostingFactory
from tests.factories.organisation import UnitFactory, establish, small_service
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = date(2026, 2, 1)
PAPER = "IG/ORG/7 of 20 January 2026"


@pytest.fixture
def service() -> dict[str, Unit]:
    return small_service()


@pytest.fixture
def hr(service: dict[str, Unit]) -> Any:
    return client_of(appoint(UserFactory(), "hr-officer", service["service"]))


def listed(client: Any, **query: str) -> list[str]:
    answer = client.get("/units/", query)
    assert answer.status_code == 200
    return [row.record.code for row in answer.context["table"].rows]


def cost(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    overhead = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config")  # of the request's own transaction
    return sum(not query["sql"].startswith(overhead) for query in captured.captured_queries)


def test_the_list_goes_down_from_the_highest_command_one_sees(service, hr):
    assert "R-COAST" in listed(hr)
    assert listed(hr, under="W-GANDA") == ["ST-MWANGAZA", "ST-UPEPO"]
    commander = client_of(appoint(UserFactory(), "subcounty-commander", service["subcounty"]))
    assert listed(commander) == ["W-GANDA"]
    assert commander.get("/units/", {"under": "C-002"}).status_code == 404
    assert listed(commander, q="police") == ["ST-MWANGAZA", "ST-UPEPO", "PP-KISIMA"]


@pytest.mark.parametrize("address", ["/units/?under=W-GANDA", "/establishment/?area=W-GANDA", "/units/W-GANDA/"])
def test_the_commands_above_are_links_as_far_as_the_reader_may_go(service, hr, address):
    commander = client_of(appoint(UserFactory(), "subcounty-commander", service["subcounty"]))
    for client in (hr, commander):
        ways = [url for _name, url in client.get(address).context["crumbs"] if url]
        assert [client.get(url).status_code for url in ways] == [200] * len(ways)
        assert [name for name, _url in client.get(address).context["crumbs"]][-2:] == [
            service["subcounty"].name, client.get(address).context["crumbs"][-1][0],
        ]  # fmt: skip
    assert len([url for _name, url in hr.get(address).context["crumbs"] if url]) > len(ways) == 3


def test_filters_narrow_the_list(service, hr):
    hardship = UnitClass.objects.get(code="hardship-high")
    actions.class_unit(
        unit=service["post"], scheme="hardship", unit_class=hardship, on=DAY, source=PAPER, by=None, at=AT
    )
    assert listed(hr, type="company") == ["GSU-A"]
    assert listed(hr, line="dci", county="003") == ["DCI-C-003"]
    assert listed(hr, unit_class="hardship-high") == ["PP-KISIMA"]
    assert listed(hr, unit_class="hardship-high", on="2026-01-31") == []
    assert listed(hr, type="station", gazette="none") == ["ST-PWANI", "ST-UPEPO"]


def test_a_number_of_units_opens_a_list_of_that_length(service, hr):
    rows = hr.get("/units/", {"under": "C-003"}).context["table"].rows
    for row in rows:
        below = hr.get("/units/", {"under": row.record.code, "below": "all"}).context["table"]
        assert row.record.units_below == len(below.rows)
    assert [row.record.units_below for row in rows] == [0, 5]


def test_last_years_page_shows_last_years_tree_and_name(service, hr):
    actions.move_unit(unit=service["station"], parent=service["other_subcounty"], on=DAY, source=PAPER, by=None, at=AT)
    actions.rename_unit(
        unit=service["station"], name="Nuru Police Station", type="station", on=DAY, source=PAPER, by=None, at=AT
    )
    before = hr.get("/units/ST-MWANGAZA/", {"on": "2026-01-31"}).content.decode()
    after = hr.get("/units/ST-MWANGAZA/").content.decode()
    assert "<h1>Mwangaza Police Station</h1>" in before
    assert "Ganda Ward" in before
    assert "<h1>Nuru Police Station</h1>" in after
    assert "Kaloleni Sub-County" in after
    assert "Moved under Kaloleni Sub-County" in after
    assert "Renamed from Mwangaza Police Station to Nuru Police Station" in after
    assert listed(hr, under="W-GANDA", on="2026-01-31") == ["ST-MWANGAZA", "ST-UPEPO"]
    assert listed(hr, under="W-GANDA") == ["ST-UPEPO"]
    assert listed(hr, q="mwangaza") == ["ST-MWANGAZA"], "a former name is found too"


def test_a_closed_unit_keeps_its_page(service, hr):
    actions.close_unit(unit=service["post"], on=DAY, source=PAPER, by=None, at=AT)
    commander = client_of(appoint(UserFactory(), "station-commander", service["station"]))
    for reader in (hr, commander):
        page = reader.get("/units/PP-KISIMA/")
        assert page.status_code == 200
        assert "was not open on" in page.content.decode()
    assert listed(hr, state="closed") == ["PP-KISIMA"]
    assert listed(hr, under="ST-MWANGAZA") == ["PB-MTONI"]


def test_the_page_has_the_posts_of_both_baselines(service, hr):
    establish(service["station"], {"PC": 12, "PC/driving-b": 2, "CPL": 3})
    establish(service["station"], {"PC": 7}, baseline="working")
    establish(service["post"], {"PC": 4})
    OfficerFactory(posted_to=service["post"])
    for _number in range(9):
        OfficerFactory(posted_to=service["station"])
    context = hr.get("/units/W-GANDA/").context
    counts = {name: (each.posts, each.posted, each.vacant, each.over) for name, each in context["whole"].items()}
    assert counts == {"authorised": (21, 10, 11, 0), "working": (7, 10, 0, 3)}
    assert [(rank.code, sides["authorised"].vacant) for rank, sides in context["ranks"]] == [("CPL", 3), ("PC", 8)]
    assert [(child.code, child.sides["authorised"].vacant) for child in context["children"]] == [
        ("ST-MWANGAZA", 11),
        ("ST-UPEPO", 0),
    ]
    assert context["own"]["authorised"].posts == 0
    assert "driving" in hr.get("/units/W-GANDA/").content.decode().lower()
    table = hr.get("/establishment/", {"area": "W-GANDA"}).context["posts"]
    assert table.total.total("authorised") == 21
    assert [row.total("authorised") for row in table.rows] == [0, 21, 0]


def test_the_commander_is_named_to_those_who_see_officers(service, hr):
    holder = UserFactory(full_name="Amani Zawadi Mtoto")
    appoint(holder, "county-commander", service["county"], by_virtue_of_post=True)
    assert "Amani Zawadi Mtoto" in hr.get("/units/C-003/").content.decode()
    member = client_of(appoint(UserFactory(), "board-member", service["service"]))
    page = member.get("/units/C-003/").content.decode()
    assert "Amani" not in page
    assert "County Police Commander" in page


def test_an_office_with_many_holders_is_a_number_that_opens_their_list(service, hr):
    names = [f"Zawadi {number:02}" for number in range(8)]
    for name in names:
        appoint(UserFactory(full_name=name), "peer-supporter", service["ward"])
    appoint(UserFactory(full_name="Kaimu Mwangaza"), "ward-commander", service["ward"])
    appoint(UserFactory(full_name="Mbali Mfano"), "peer-supporter", service["station"])
    page = hr.get("/units/W-GANDA/")
    assert [(office.role, office.number, len(office.holders)) for office in page.context["offices"]] == [
        ("ward-commander", 1, 1),
        ("peer-supporter", 8, 3),
    ]
    link = re.search(r'href="([^"]+)">All 8 holders<', page.content.decode())
    assert link is not None
    behind = hr.get(unescape(link[1]))
    assert sorted(row.get_cell_value("name") for row in behind.context["table"].rows) == names
    assert hr.get("/units/W-GANDA/offices/").context["table"].rows[0].get_cell_value("name") == "Kaimu Mwangaza"
    assert len(hr.get("/units/W-GANDA/offices/", {"on": "2019-01-01"}).context["table"].rows) == 0
    member = client_of(appoint(UserFactory(), "board-member", service["service"]))
    unnamed = member.get("/units/W-GANDA/offices/")
    assert len(unnamed.context["table"].rows) == 9
    assert "Zawadi" not in unnamed.content.decode()


@pytest.mark.parametrize(
    "address", ["/units/?under=W-GANDA", "/units/?q=u", "/units/W-GANDA/", "/establishment/?area=W-GANDA"]
)
def test_pages_cost_as_many_statements_for_many_units_as_for_few(service, hr, address):
    establish(service["station"], {"PC": 1})
    few = cost(hr, address)
    for number in range(12):
        unit = UnitFactory(under=service["ward"])
        establish(unit, {"PC": number + 1, "CPL": 1})
        OfficerFactory(posted_to=unit)
    assert cost(hr, address) == few
    commander = client_of(appoint(UserFactory(), "ward-commander", service["ward"]))
    assert max(few, cost(commander, address)) <= 20


def test_every_number_of_strength_opens_a_list_as_long(service, hr):
    establish(service["station"], {"PC": 3, "CPL": 1}, baseline="working")
    establish(service["station"], {"PC": 1})
    establish(service["post"], {"PC": 2})
    for place in ("station", "station", "post"):
        OfficerFactory(posted_to=service[place])
    page = hr.get("/units/ST-MWANGAZA/").content.decode()
    links = re.findall(r'<td class="num"><a href="([^"]+)">([\d,]+)</a>', page)
    opened = 0
    for address, number in links:
        answer = hr.get(unescape(address))
        if "/vacancies/" in address:
            assert f'data-total="{number}"' in answer.content.decode(), address
        elif "/officers/" in address:
            assert len(answer.context["table"].rows) == int(number), address
        opened += "/establishment/" not in address
    assert opened >= 15


def test_the_strength_shown_says_who_is_there_and_who_confirmed_it(service, hr):
    away, here = OfficerFactory(posted_to=service["station"]), OfficerFactory(posted_to=service["station"])
    PostingFactory(officer=away, unit=service["college"], kind="course", starts_on=date(2020, 1, 1))
    StationReturn.objects.create(
        unit=service["station"], month=timezone.localdate().replace(day=1), confirmed_by=UserFactory(),
        confirmed_at=timezone.now(), confirmed_count=1, listed_count=2,
    )  # fmt: skip
    context = hr.get("/units/W-GANDA/").context
    assert (context["effective"], context["presence"].away, context["confirmed_share"]) == (1, 1, 0.5)
    assert here.postings.count() == 1


def send(client: Any, address: str, **fields: Any) -> Any:
    """Preview first, then do exactly what was previewed."""
    seen = client.post(address, {**fields, "step": "preview"})
    assert seen.status_code == 200, seen.context["form"].errors
    done = client.post(address, {**fields, "step": "do", "previewed": seen.context["previewed"]})
    return seen, done


def test_a_move_is_previewed_and_then_done(service, hr):
    establish(service["station"], {"PC": 12})
    OfficerFactory(posted_to=service["post"])
    fields = {"parent": "Kaloleni Sub-County", "on": "2026-02-01", "source": PAPER}
    seen, done = send(hr, "/units/ST-MWANGAZA/move/", **fields)
    effect = seen.context["effect"]
    assert (effect["units"], effect["officers"], effect["posts"]["authorised"]) == (2, 1, 12)
    change = next(each for each in effect["changes"] if each.label == "Line of command")
    assert "Malindi Sub-County › Ganda Ward" in change.was
    assert change.now.endswith("Kaloleni Sub-County")
    assert done.status_code == 302
    assert listed(hr, under="SC-KALOLENI") == ["ST-MWANGAZA"]


def test_a_preview_changes_nothing_and_a_changed_form_is_previewed_again(service, hr):
    fields = {"parent": "SC-KALOLENI", "on": "2026-02-01", "source": PAPER, "step": "preview"}
    written = AuditEvent.objects.count()
    seen = hr.post("/units/ST-MWANGAZA/move/", fields)
    assert AuditEvent.objects.count() == written, "the trail speaks of nothing that was only tried"
    assert listed(hr, under="W-GANDA") == ["ST-MWANGAZA", "ST-UPEPO"]
    other = fields | {"parent": "C-002", "step": "do", "previewed": seen.context["previewed"]}
    again = hr.post("/units/ST-MWANGAZA/move/", other)
    assert again.status_code == 200
    assert listed(hr, under="W-GANDA") == ["ST-MWANGAZA", "ST-UPEPO"]


def test_rules_stand_on_the_form(service, hr):
    fields = {"parent": "SC-KALOLENI", "on": "2026-02-01", "source": PAPER, "step": "preview"}
    refused = hr.post("/units/C-003/move/", fields)
    assert refused.status_code == 422
    assert "cannot stand under" in refused.content.decode()
    unknown = hr.post("/units/ST-MWANGAZA/move/", fields | {"parent": "police"})
    assert "Type the code of one" in unknown.content.decode()


def test_every_other_change_has_its_form(service, hr):
    base = {"source": PAPER}
    _seen, done = send(hr, "/units/open/", **base, parent="W-GANDA", code="st-mpya", name="Mpya Police Station",
                       type="station", line="territorial", county="003", opened_on="2026-02-01", ward="ganda")  # fmt: skip
    assert done.status_code == 302
    unit = Unit.objects.get(code="ST-MPYA")
    assert (unit.ward.name, unit.county.code) == ("Ganda", "003")
    send(hr, "/units/ST-MPYA/rename/", **base, on="2026-02-02", name="Mpya Post", type="post")
    send(hr, "/units/ST-MPYA/class/", **base, on="2026-02-02", choice="operation-area")
    send(hr, "/units/ST-MPYA/facts/", **base, line="territorial", county="003", gazette_notice="GN 9", latitude="-3.2",
         longitude="40.1")  # fmt: skip
    send(hr, "/units/ST-MPYA/close/", **base, on="2026-02-20")
    send(hr, "/units/ST-MPYA/reopen/", **base)
    unit.refresh_from_db()
    assert (unit.name, unit.type, unit.gazette_notice, unit.closed_on) == ("Mpya Post", "post", "GN 9", None)
    assert unit.classings.get().unit_class.code == "operation-area"


def test_a_unit_with_officers_cannot_close(service, hr):
    OfficerFactory(posted_to=service["post"])
    refused = hr.post("/units/PP-KISIMA/close/", {"source": PAPER, "on": "2026-02-01", "step": "preview"})
    assert refused.status_code == 422
    assert "1 posting at" in refused.content.decode()


def test_the_list_can_be_taken_away(service, hr):
    answer = hr.get("/units/", {"type": "station", "format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.count("\n") == 4
    assert "Mwangaza Police Station" in text
