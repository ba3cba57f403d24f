"""The Inspector General drills from the country to one officer; a commander finds no way out of his area; an officer
reads who opened his file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from organisation.models import Baseline
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import EstablishmentLineFactory
from tests.signing_in import client_of, sign_in
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def _service() -> World:
    world = make_world()
    for station in (world.station, world.other_station):
        EstablishmentLineFactory(unit=station, baseline=Baseline.WORKING, rank=world.officer.rank, posts=3)
    return world


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is where `wanted` (a condition on the focused element, `it`) holds."""
    for _press in range(250):
        if page.evaluate(f"(it => Boolean({wanted}))(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {wanted}")


def _row_of(page: Page, table: str, name: str) -> None:
    """Tab to the box of a table, then the arrow keys down to the row of that name."""
    _tab_to(page, f"it.matches('.table-wrap') && it.querySelector('{table}')")
    page.keyboard.press("ArrowDown")
    for _row in range(60):
        if name in page.evaluate("document.activeElement.closest('tr')?.cells[0].textContent ?? ''"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no row {name}")


def test_from_the_country_to_one_officer_by_keyboard_alone(page: Page) -> None:
    """Country, region, county, sub-county, ward, station: Tab to the matrix, arrows to the row, Enter on its name; then the
    officers behind a number of the table."""
    world = _service()
    sign_in(page, world.people["inspector-general"])
    page.goto("/overview/?measure=strength")
    # What is counted after the main table comes by itself, and paper waits for it.
    expect(page.locator("[data-part=months] svg")).to_be_visible()
    expect(page.locator("[data-part=missing]")).not_to_contain_text("…")
    expect(page.get_by_role("main")).not_to_contain_text("Being counted")
    expect(page.get_by_role("button", name="Print")).to_be_enabled()
    for unit in (world.region, world.county, world.subcounty, world.ward, world.station):
        _row_of(page, ".matrix", unit.name)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"/overview/{unit.code}/"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(unit.name)
        assert "measure=strength" in page.url
    _row_of(page, ".data--many[data-grid]", world.station.name)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    number = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/overview/{world.station.code}/officers/"))
    assert page.locator("[data-total]").get_attribute("data-total") == number == "1"
    _tab_to(page, f"it.matches('a') && it.textContent.includes('{world.officer.service_number}')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(world.officer.surname)
    page.go_back()
    assert f"/overview/{world.station.code}/officers/" in page.url


def test_a_county_tile_opens_with_enter(page: Page) -> None:
    world = _service()
    sign_in(page, world.people["inspector-general"])
    page.goto("/overview/")
    _tab_to(page, "it.closest('.tilegrid') && it.getAttribute('aria-label').startsWith('Kilifi')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/overview/{world.county.code}/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(world.county.name)


def test_a_county_commander_finds_no_way_into_another_county(page: Page) -> None:
    world = _service()
    commander = appoint(UserFactory(), "county-commander", world.county)
    sign_in(page, commander)
    page.goto("/overview/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(world.county.name)
    links = page.get_by_role("main").get_by_role("link").evaluate_all("all => all.map(each => each.pathname)")
    inside = {world.county.code, world.subcounty.code, world.ward.code, world.station.code}
    units = {match[1] for link in links if (match := re.match(r"/(?:overview|units|vacancies)/([^/]+)/", link))}
    assert units <= inside
    client = client_of(commander)
    for code in (world.other_county.code, world.other_station.code, world.region.code, world.service.code):
        for address in ("/overview/{}/", "/overview/{}/officers/", "/vacancies/{}/", "/units/{}/", "/rank-mix/{}/"):
            assert client.get(address.format(code)).status_code == 404, address.format(code)
    number = world.other_officer.service_number
    for address in (
        f"/officers/{number}/",
        f"/skills-gap/?unit={world.other_county.code}",
        f"/forecast/?unit={world.region.code}",
    ):
        assert client.get(address).status_code == 404, address


def test_an_officer_reads_the_own_file_and_who_opened_it(page: Page) -> None:
    world = _service()
    client_of(world.people["hr-officer"]).get(f"/officers/{world.officer.service_number}/")
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, world.officer.user)
    page.goto("/me/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(world.officer.surname)
    expect(page.get_by_text(re.compile("HR officer, National Police Service")).first).to_be_visible()
    page.goto("/me/readers/")
    expect(page.get_by_role("main")).to_contain_text("HR officer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
