"""Every number of the bird's-eye page is as long as the list it opens, and nothing outside an area is shown in it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import escape, unescape

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deployment.gaps import legend_of, relative_limits, total
from deployment.measures import LISTS, MEASURES, OFFICERS, share_text
from deployment.models import Duty, Posting, StationReturn
from deployment.queries.holders import holders
from deployment.strength import Question, cells
from hcims import clock
from organisation.models import Rank, Skill, Unit
from personnel.models import SkillHeld
from tests.deployment import small_services
from tests.deployment.small_services import DAYS, STEP
from tests.deployment.test_strength import question
from tests.factories.organisation import EstablishmentLineFactory, UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.statements import statements_of
from tests.world import World

NAMES = {"posted": "officers", "non-core": "non_core"}
OF_OFFICERS = [kind for kind, (what, _label) in LISTS.items() if what == OFFICERS]


@pytest.mark.django_db
@pytest.mark.parametrize("choice", [{}, {"service": "APS"}, {"sex": "F"}, {"tenure": "over"}, {"tenure": "unknown"}])
def test_each_list_of_officers_is_as_long_as_its_number(choice: dict[str, str]) -> None:
    made = small_services.make(small_services.dense(3))
    for on in map(small_services.day, range(0, DAYS + 1, 4 * STEP)):
        for unit in (0, 1, 3):
            asked: Question = question(made, unit, on, **choice)
            counts = total(cells(asked).values())
            for kind in OF_OFFICERS:
                assert holders(asked, kind).count() == getattr(counts, NAMES.get(kind, kind)), (kind, on, unit)


@pytest.fixture
def vacant(world: World) -> World:
    EstablishmentLineFactory(unit=world.station, posts=4, baseline="working")
    EstablishmentLineFactory(unit=world.other_station, posts=9, baseline="working")
    return world


@pytest.fixture
def busy(vacant: World) -> World:
    """Something to count for every measure: women, long stays, cooks, over-strength, skills and a station's return."""
    rank = Rank.objects.get(code="CPL")
    skills = list(Skill.objects.filter(code__in=["driving-b", "ict"]).order_by("code"))
    for skill in skills:
        line = {"baseline": "working", "rank": rank, "skill": skill}
        EstablishmentLineFactory(unit=vacant.station, posts=2, **line)
        EstablishmentLineFactory(unit=vacant.county, posts=1, **line)
    cook = Duty.objects.filter(is_core=False).first()
    for number in range(4):
        officer = OfficerFactory(posted_to=vacant.station, sex="FM"[number % 2])
        SkillHeld.objects.create(officer=officer, skill=skills[0])
        changes = {"starts_on": date(2019, 1, 1), "post_rank": rank} if number else {"duty": cook}
        Posting.objects.filter(officer=officer).update(**changes)
    StationReturn.objects.create(
        unit=vacant.station, month=clock.today().replace(day=1), confirmed_at=clock.now(), confirmed_count=3,
        listed_count=5, confirmed_by=vacant.people["station-commander"],
    )  # fmt: skip
    return vacant


NUMBER = r'(&lt;|&gt;)?([\d,]+)(%?)(?:<span class="sr">[^<]*</span>)?</a>'
OPENED = re.compile(r'<a href="(/(?:vacancies|overview|skills-gap)/[^"]*)"[^>]*>' + NUMBER)
WHOLE = {"vacancies": "kind=authorised", "officers": "show=posted"}  # what the shares of a list are taken of


def lists_of(html: str) -> list[tuple[str, str]]:
    """Addresses of the lists on a page, with the number or share each is linked from."""
    found = (match.groups(default="") for match in OPENED.finditer(html))
    return [
        (unescape(url), unescape(about) + number.replace(",", "") + percent) for url, about, number, percent in found
    ]


class Lists:
    """The lists behind numbers, each opened once."""

    def __init__(self, client: Client) -> None:
        self.client, self.known = client, dict[str, tuple[int, int | None]]()

    def opened(self, url: str) -> tuple[int, int | None]:
        """How long the list is, and what it is a part of where the page says that."""
        if url not in self.known:
            answer = self.client.get(url)
            assert answer.status_code == 200, url
            found = re.search(r'data-total="(\d+)"(?: data-of="(\d+)")?', answer.content.decode())
            assert found, url
            self.known[url] = int(found[1]), int(found[2]) if found[2] else None
        return self.known[url]

    def written(self, url: str, as_share: bool) -> str:
        """What a page that opens the list should write."""
        part, whole = self.opened(url)
        if not as_share:
            return str(part)
        if whole is None:
            path, _mark, query = url.partition("?")
            kept = [each for each in query.split("&") if each and not each.startswith(("kind=", "show="))]
            wanted = WHOLE["vacancies" if path.startswith("/vacancies") else "officers"]
            whole = self.opened(f"{path}?{'&'.join([*kept, wanted])}")[0]
        return share_text(min(part, whole) / whole * 100)


CHOICES = ["", "on=2025-06-01", "baseline=authorised", "rank=CPL", "rank=constable", "skill=driving-b", "skill=none",
           "service=KPS", "sex=F", "tenure=over", "tenure=unknown", "counties=place", "place=003", "alone=yes"]  # fmt: skip


@pytest.mark.parametrize("choice", CHOICES)
def test_every_number_on_the_page_opens_a_list_of_that_length(busy: World, choice: str) -> None:
    """Whatever is measured and chosen: the headline, the matrix, the table."""
    client = client_of(busy.people["inspector-general"])
    lists, seen = Lists(client), 0
    for measure in ["women", "skills"] if choice else MEASURES:
        for unit in [busy.county.code] if choice else ["NPS", busy.station.code]:
            html = client.get(f"/overview/{unit}/?measure={measure}&{choice}").content.decode()
            html += client.get(f"/overview/{unit}/rest/?measure={measure}&{choice}").content.decode()
            for url, written in lists_of(html):
                assert lists.written(url, "%" in written) == written, (measure, unit, url)
                seen += 1
    assert seen > 20


@pytest.mark.parametrize("page", ["/forecast/", "/forecast/?unit=PS-BAMBA&baseline=working", "/skills-gap/?unit=C-KILIFI",
                                  "/vacancies/C-KILIFI/?on=2025-06-01", "/vacancies/C-KILIFI/?kind=authorised",
                                  "/vacancies/C-KILIFI/?kind=over-lines"])  # fmt: skip
def test_numbers_of_the_neighbouring_pages_open_lists_of_that_length(busy: World, page: str) -> None:
    client = client_of(busy.people["inspector-general"])
    html = client.get(page).content.decode()
    lists = Lists(client)
    found = [each for each in lists_of(html) if "/skills-gap/" not in each[0]]
    for url, written in found:
        assert lists.written(url, "%" in written) == written, url
    assert found or "forecast" not in page
    for url in re.findall(r'href="(/overview/[^"/]+/[^"]*)"', html):  # a unit of a list opens on the day of the list
        assert ("on=2025-06-01" in url) == ("on=2025-06-01" in page), url


OF_FIGURES = ["/vacancies/{}/?rank=PC", "/overview/{}/officers/?show=posted&sex=F", "/rank-mix/{}/", "/forecast/?unit={}",
              "/skills-gap/?unit={}", "/skills-gap/ict/?unit={}", "/skills-gap/holders/?show=held&unit={}"]  # fmt: skip


@pytest.mark.parametrize("page", OF_FIGURES)
def test_a_page_of_figures_says_how_much_of_them_the_stations_confirmed(busy: World, page: str) -> None:
    """Whatever ranks or officers it chooses; and its paper names the area."""
    answer = client_of(busy.people["inspector-general"]).get(page.format(busy.county.code))
    html = unescape(re.sub(r"\s+", " ", answer.content.decode()))
    said = re.search(r'data-word> <a href="([^"]+)">(\S+) of the (\d+) officers posted here were confirmed', html)
    assert said, html
    confirmed, posted = Lists(answer.client).opened(said[1])
    assert (share_text(confirmed / posted * 100), str(posted)) == (said[2], said[3]) == ("60%", "5")
    assert f"({busy.county.code})" in answer.context["print_scope"]
    assert answer.context["print_title"]


def test_figures_nobody_confirmed_say_so(vacant: World) -> None:
    html = client_of(vacant.people["inspector-general"]).get(f"/vacancies/{vacant.county.code}/").content.decode()
    assert "No station here has confirmed its list within 45 days" in html


def test_a_paper_names_the_baseline_and_the_measure_that_are_usual(vacant: World) -> None:
    client = client_of(vacant.people["inspector-general"])
    assert client.get("/overview/").context["print_filters"] == [
        "Show: Vacant posts, share", "Measured against: Working strength"]  # fmt: skip
    assert client.get("/vacancies/").context["print_filters"] == ["Measured against: Working strength"]


def test_a_list_shows_the_time_at_the_unit_that_its_number_counts(busy: World) -> None:
    """Another duty since last month begins no new time there."""
    officer = Posting.objects.filter(unit=busy.station, starts_on=date(2019, 1, 1)).first()
    assert officer
    last_month = clock.today().replace(day=1)
    Posting.objects.filter(unit=busy.station, duty__is_core=False).update(starts_on=last_month)
    Posting.objects.filter(pk=officer.pk).update(
        starts_on=last_month, arrived_on=date(2019, 1, 1), tenure_since=date(2018, 1, 1)
    )
    client = client_of(busy.people["inspector-general"])
    over = client.get(f"/overview/{busy.county.code}/officers/?show=overdue").context["rows"]
    everybody = client.get(f"/overview/{busy.county.code}/officers/?show=posted").context["rows"]
    assert len(everybody) == len(over) + 1 == 5
    assert {each.pk for each, _time, is_over in everybody if is_over} == {each.pk for each, _time, _is_over in over}
    shown, time = next((each, time) for each, time, _is_over in over if each.pk == officer.pk)
    assert (shown.arrival, time[:3]) == (date(2019, 1, 1), "8 y")


def test_no_step_of_shares_begins_above_the_whole() -> None:
    limits = relative_limits([33.4, 100.0, 100.0])
    assert legend_of(limits, "%") == ["≤ 33%", "34–99%", "100%"]
    assert legend_of((1, 2, 3, 4, 500)) == ["≤ 1", "2", "3", "4–499", "≥ 500"]


@pytest.mark.parametrize("measure", MEASURES)
def test_map_matrix_and_table_are_the_same_numbers(busy: World, measure: str) -> None:
    """A county's tile says what its row in the region's matrix and its own page say."""
    client = client_of(busy.people["inspector-general"])
    country = client.get(f"/overview/NPS/?measure={measure}")
    region = client.get(f"/overview/{busy.region.code}/?measure={measure}")
    county = client.get(f"/overview/{busy.county.code}/?measure={measure}")
    tile = next(each for each in country.context["drawing"].tiles() if each.name == "Kilifi")
    row = next(each for each in region.context["drawing"].rows() if each.label == busy.county.name)
    assert tile.cell.text == row.cells[0].text == county.context["drawing"].total_row().cells[0].text != ""
    assert f'aria-label="Kilifi: {escape(tile.cell.text)}"' in country.content.decode()
    # By place the units that lie in a county are the same as those under its command here.
    by_place = client.get(f"/overview/NPS/?measure={measure}&counties=place").context["drawing"].tiles()
    assert tile.cell.text == next(each for each in by_place if each.name == "Kilifi").cell.text


@pytest.mark.parametrize("measure", MEASURES)
def test_each_formation_has_a_tile_of_its_own_that_says_what_its_page_says(busy: World, measure: str) -> None:
    quarters = UnitFactory(under=Unit.objects.get(code="NPS"), type="headquarters", line="headquarters")
    formation = UnitFactory(under=quarters, code="GSU", type="formation", line="formation")
    nested = UnitFactory(under=formation, code="GSU-RC", type="formation", line="formation")
    company = UnitFactory(under=nested, type="company", line="formation")
    asks = Skill.objects.get(code="ict")
    EstablishmentLineFactory(unit=company, posts=5, baseline="working")
    EstablishmentLineFactory(unit=formation, posts=2, baseline="working", skill=asks)
    OfficerFactory(posted_to=company, sex="F")
    StationReturn.objects.create(
        unit=company, month=clock.today().replace(day=1), confirmed_at=clock.now(), confirmed_count=1, listed_count=1,
        confirmed_by=busy.people["station-commander"],
    )  # fmt: skip
    client = client_of(busy.people["inspector-general"])
    drawing = client.get(f"/overview/NPS/?measure={measure}").context["drawing"]
    [tile] = drawing.formations()
    own = client.get(tile["url"])
    assert (tile["name"], own.status_code) == (formation.name, 200)
    assert tile["cell"].text == own.context["drawing"].total_row().cells[0].text
    assert total(each.counts for each in drawing.found.parts).posted == drawing.found.counts.posted
    directly = UnitFactory(under=Unit.objects.get(code="NPS"), type="formation", line="formation")
    EstablishmentLineFactory(unit=directly, posts=3, baseline="working")
    drawing = client.get("/overview/NPS/").context["drawing"]
    assert [each["name"] for each in drawing.formations()] == [formation.name]  # the other has a tile as a part already
    assert directly.name in [each["name"] for each in drawing.other_tiles()]
    assert not client.get("/overview/NPS/?counties=place").context["drawing"].formations()
    assert not client.get("/overview/GSU/").context["drawing"].formations()


def _as_text(cell: object) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else "" if cell is None else str(cell)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_file_carries_the_numbers_of_the_page(busy: World, measure: str) -> None:
    client = client_of(busy.people["inspector-general"])
    query = f"?measure={measure}&rank=CPL&on={clock.today():%Y-%m-%d}"
    drawing = client.get(f"/overview/{busy.region.code}/{query}").context["drawing"]
    text = b"".join(client.get(f"/overview/{busy.region.code}/{query}&format=csv").streaming_content)
    lines = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    book = b"".join(client.get(f"/overview/{busy.region.code}/{query}&format=xlsx").streaming_content)
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    sheet = list(sheets.worksheets[0].iter_rows(values_only=True))
    assert [list(map(_as_text, row)) for row in sheet[1:]] == [list(line.values()) for line in lines]
    about = [str(cell) for row in sheets.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert any("Corporal" in each and busy.region.code in each for each in about)
    rows = [*drawing.rows(), drawing.total_row()]
    assert [line["Unit"] for line in lines] == [row.label for row in rows]
    for line, row in zip(lines, rows, strict=True):
        for head, cell in zip(drawing.heads(), row.cells, strict=True):
            number = line[f"{drawing.measure.label}: {head}"]
            shown = float(number) if number else None
            written = "" if shown is None else share_text(shown) if drawing.measure.is_share else f"{shown:.0f}"
            assert written == cell.text, (row.label, head)


def test_a_commander_sees_his_own_area_and_nothing_outside_it(vacant: World) -> None:
    from tests.factories.accounts import UserFactory, appoint

    client = client_of(appoint(UserFactory(), "county-commander", vacant.county))
    page = client.get("/overview/").content.decode()
    assert "Kilifi County" in page
    assert "Nyali" not in page
    assert "C-MOMBASA" not in page
    for address in ("/overview/{}/", "/overview/{}/rest/", "/overview/{}/officers/", "/vacancies/{}/"):
        assert client.get(address.format(vacant.station.code)).status_code == 200
        for outside in ("C-MOMBASA", "PS-NYALI", "R-COAST", "NPS", "NOWHERE"):
            assert client.get(address.format(outside)).status_code == 404, (address, outside)


def test_the_page_costs_a_constant_number_of_statements(vacant: World) -> None:
    client = client_of(vacant.people["inspector-general"])
    client.get("/overview/")
    for address in ("/overview/NPS/", "/overview/NPS/rest/"):
        assert len(statements_of(client, f"{address}?service=KPS&rank=PC&counties=place")) <= 15


@pytest.mark.parametrize("query", ["", "?rank=CPL", "?on=2025-06-01&alone=yes"])
def test_what_comes_after_the_page_is_what_it_shows_with_everything_at_once(busy: World, query: str) -> None:
    """Each place waits for a part that comes, and says then what a page without scripts says by its link."""
    client = client_of(busy.people["inspector-general"])
    address = f"/overview/{busy.county.code}/"
    page = client.get(address + query)
    whole = client.get(address + (f"{query}&" if query else "?") + "parts=all").context
    rest = client.get(f"{address}rest/{query}")
    html, come = page.content.decode(), rest.content.decode()
    waiting = re.findall(r'data-part="([^"]+)"', html)
    assert len(waiting) == len(set(waiting)) > 4
    assert set(waiting) <= set(re.findall(r'data-part="([^"]+)"', come))
    assert f'data-rest="{escape(address + "rest/" + query)}"' in html
    assert html.count("parts=all") == 2
    kept = {line["part"]: (line["counts"].needed, line["counts"].lacking) for line in whole["drawing"].table()}
    brought = {
        line["part"]: (line["counts"].needed, line["counts"].lacking) for line in rest.context["drawing"].table()
    }
    assert {part: brought[part] for part in kept} == kept
    assert rest.context["drawing"].lacking() == whole["drawing"].lacking()
    assert rest.context["series"] == whole["series"]
    assert len(rest.context["labels"]) == 13
    assert page.context["labels"] == []


def test_what_cannot_be_read_is_said(vacant: World) -> None:
    answer = client_of(vacant.people["inspector-general"]).get("/overview/NPS/?on=2026-13-01&measure=nonsense")
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/overview/",
        "/overview/C-KILIFI/officers/",
        "/overview/C-KILIFI/confirmed/",
        "/vacancies/",
        "/skills-gap/",
        "/rank-mix/",
    ],
)
def test_a_day_is_chosen_by_its_three_boxes_or_by_a_whole_day(world: World, address: str) -> None:
    hr = client_of(world.people["hr-officer"])
    asked = ({"on_day": "1", "on_month": "3", "on_year": "2026"}, {"on": "2026-03-01"})
    assert [hr.get(address, each).context["as_of"] for each in asked] == [date(2026, 3, 1)] * 2


def test_each_number_of_a_units_gap_opens_a_list_of_that_length(busy: World) -> None:
    client = client_of(busy.people["inspector-general"])
    html = client.get(f"/skills-gap/ict/?unit={busy.county.code}").content.decode()
    lists = Lists(client)
    found = lists_of(html)
    assert [lists.written(url, as_share=False) for url, _written in found] == [written for _url, written in found]
    assert [written for url, written in found if "kind=authorised" in url] == ["2", "1"]


@pytest.mark.parametrize("page", ["/forecast/", "/skills-gap/"])
def test_an_area_is_chosen_by_its_name_too_and_none_elsewhere_is_told_from_no_such_name(busy: World, page: str) -> None:
    from tests.factories.accounts import UserFactory, appoint

    client = client_of(appoint(UserFactory(), "county-commander", busy.county))
    UnitFactory(name=busy.station.name, type="station", under=busy.other_county)  # no namesake elsewhere is in the way
    assert client.get(page, {"unit": "  bamba POLICE station"}).context["unit"] == busy.station
    counted = []
    for typed in (busy.other_county.name, busy.other_county.code, "No such county"):
        with CaptureQueriesContext(connection) as found:
            assert client.get(page, {"unit": typed}).status_code == 404
        counted.append(len(found))
    assert len(set(counted)) == 1
