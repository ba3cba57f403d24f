"""Establishment in the browser's and the client's eyes: pasted, previewed, kept, submitted, decided by another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from organisation.models import EstablishmentLine, EstablishmentVersion, Unit
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory, establish, small_service
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> dict[str, Unit]:
    return small_service()


@pytest.fixture
def hr(service: dict[str, Unit]) -> Any:
    return appoint(UserFactory(), "hr-officer", service["county"])


def drafted(client: Any, **fields: str) -> EstablishmentVersion:
    given = {"unit": "SC-MALINDI", "baseline": "authorised", "title": "Posts 2026", "authority": "IG/EST/4",
             "effective_on": "2026-04-01"}  # fmt: skip
    answer = client.post("/establishment/new/", given | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return EstablishmentVersion.objects.latest("pk")


def test_the_grid_previews_and_keeps(service, hr):
    establish(service["station"], {"PC": 12, "CPL": 3})
    OfficerFactory(posted_to=service["station"])
    client = client_of(hr)
    version = drafted(client)
    address = f"/establishment/{version.ref}/posts/?rows=station"
    grid = client.get(address).context
    assert [column.key for column in grid["columns"]] == ["CPL", "PC"]
    assert [[cell.value for cell in row.cells] for row in grid["rows"]] == [["3", "12"], ["", ""]]
    cells = {"p:ST-MWANGAZA:PC": "2,000", "p:ST-MWANGAZA:CPL": "", "p:ST-UPEPO:PC": "-", "p:ST-UPEPO:CPL": "1.0"}
    preview = client.post(address, cells | {"step": "preview"}).context["preview"]
    assert [(each.unit.code, each.rank.code, each.before, each.after) for each in preview["changes"]] == [
        ("ST-MWANGAZA", "CPL", 3, 0),
        ("ST-MWANGAZA", "PC", 12, 2_000),
        ("ST-UPEPO", "CPL", 0, 1),
    ]
    assert [(each.rank.code, each.vacant_before, each.vacant_after) for each in preview["effects"]] == [
        ("CPL", 3, 1),
        ("PC", 11, 1_999),
    ]
    assert preview["area"] == {"before": 15, "after": 2_001, "difference": 1_986}
    assert not version.changes.exists()
    client.post(address, cells | {"step": "save"})
    assert version.changes.count() == 3
    assert [[cell.value for cell in row.cells] for row in client.get(address).context["rows"]] == [
        ["", "2000"],
        ["1", ""],
    ]


def test_a_cell_without_a_number_is_named(service, hr):
    client = client_of(hr)
    version = drafted(client)
    answer = client.post(
        f"/establishment/{version.ref}/posts/?rows=station&columns=PC",
        {"p:ST-MWANGAZA:PC": "twelve", "p:ST-UPEPO:PC": "5", "step": "save"},
    )
    assert answer.status_code == 422
    assert "Mwangaza Police Station, Constable" in answer.content.decode()
    assert not version.changes.exists()


def test_columns_of_skills_can_be_added(service, hr):
    version = drafted(client := client_of(hr))
    address = f"/establishment/{version.ref}/posts/?rows=station&columns=PC&skill_rank=PC&skill=driving-b"
    assert [column.key for column in client.get(address).context["columns"]] == ["PC", "PC/driving-b"]
    client.post(address, {"p:ST-MWANGAZA:PC/driving-b": "2", "step": "save"})
    assert version.changes.get().skill.code == "driving-b"


def test_a_whole_table_is_read_by_its_headings(service, hr):
    version = drafted(client := client_of(hr))
    address = f"/establishment/{version.ref}/table/"
    block = "Unit\tName\tConstable\tCPL\tRemarks\nst-mwangaza\tx\t12\t3\tok\nUpepo Police Station\t\t7\t\t\nTotal\t\t19\t3\t"
    seen = client.post(address, {"block": block, "step": "preview"})
    assert (seen.context["cells"], seen.context["ignored"], seen.context["problems"]) == (3, ["Remarks"], [])
    client.post(address, {"block": block, "step": "save"})
    assert sorted(version.changes.values_list("unit__code", "rank__code", "posts")) == [
        ("ST-MWANGAZA", "CPL", 3),
        ("ST-MWANGAZA", "PC", 12),
        ("ST-UPEPO", "PC", 7),
    ]
    wrong = client.post(address, {"block": "Unit\tPC\nST-PWANI\t4\nST-UPEPO\tmany", "step": "save"})
    assert wrong.status_code == 422
    assert [(each.line, each.value) for each in wrong.context["problems"]] == [(2, "ST-PWANI"), (3, "many")]
    assert version.changes.count() == 3


def test_another_person_decides_on_the_page(service, hr):
    version = drafted(client := client_of(hr))
    page = f"/establishment/{version.ref}/"
    assert "Choose what to do" in client.post(page, {"deed": "burn"}).content.decode()
    client.post(f"{page}posts/?rows=station&columns=PC", {"p:ST-MWANGAZA:PC": "9", "step": "save"})
    assert client.post(page, {"deed": "submit"}).status_code == 302
    assert "Approve" not in client.get(page).content.decode()
    refused = client.post(page, {"deed": "approve"})
    assert refused.status_code == 422
    chief = client_of(appoint(UserFactory(), "inspector-general", service["service"]))
    assert chief.post(page, {"deed": "return"}).status_code == 422, "a reason is needed"
    assert chief.post(page, {"deed": "return", "note": "Why nine?"}).status_code == 302
    assert "Why nine?" in client.get(page).content.decode()
    client.post(page, {"deed": "submit"})
    assert chief.post(page, {"deed": "approve"}).status_code == 302
    line = EstablishmentLine.objects.get()
    assert (line.posts, line.starts_on, line.version) == (9, date(2026, 4, 1), version)


def test_a_reader_sees_of_a_version_only_his_area(service, hr):
    version = drafted(client := client_of(hr), unit="C-003")
    page = f"/establishment/{version.ref}/"
    client.post(
        f"{page}posts/?rows=station&columns=PC", {"p:ST-MWANGAZA:PC": "9", "p:ST-UPEPO:PC": "4", "step": "save"}
    )
    client.post(page, {"deed": "submit"})
    client_of(appoint(UserFactory(), "inspector-general", service["service"])).post(page, {"deed": "approve"})
    commander = client_of(appoint(UserFactory(), "station-commander", service["station"]))
    context = commander.get(page).context
    assert [change.unit.code for change in context["changes"]] == ["ST-MWANGAZA"]
    assert [total.after for total in context["totals"]] == [9]
    elsewhere = client_of(appoint(UserFactory(), "county-commander", service["other_county"]))
    assert elsewhere.get(page).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_sixty_cells_pasted_from_excel_preview_as_sixty_changes(page, hr, service):
    for number in range(20):
        UnitFactory(
            under=service["other_subcounty"], code=f"ST-K{number:02}", name=f"Kaloleni {number:02} Police Station"
        )
    version = drafted(client_of(hr), unit="SC-KALOLENI")
    sign_in(page, hr)
    page.goto(f"/establishment/{version.ref}/posts/?rows=station&columns=SGT&columns=CPL&columns=PC")
    block = "\\n".join(f"{row + 1}\\t{row + 2}\\t1{row:02}" for row in range(20)) + "\\n"
    page.evaluate(
        """block => {
          const first = document.querySelector("input[data-cell]"), data = new DataTransfer();
          first.focus(); data.setData("text/plain", block.replaceAll("\\\\n", "\\n").replaceAll("\\\\t", "\\t"));
          first.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        block,
    )
    assert page.locator("[data-changed-count]").inner_text() == "60"
    page.get_by_role("button", name="Preview").click()
    assert page.locator("#preview h2").inner_text() == "60 changes in 20 units"
    page.locator("#preview").get_by_role("button", name="Save as draft").click()
    page.get_by_role("button", name="Submit for approval").click()
    assert version.changes.count() == 60
    assert "Submitted for approval" in page.locator(".chip--wait").inner_text()
