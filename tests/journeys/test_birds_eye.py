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


def test_from_the_country_to_one_officer_by_keyboard(page: Page) -> None:
    world = _service()
    sign_in(page, world.people["inspector-general"])
    page.goto("/overview/")
    for unit in (world.region, world.county, world.subcounty, world.ward, world.station):
        link = page.get_by_role("table").get_by_role("link", name=unit.name, exact=False).first
        link.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(unit.name)
        assert unit.code in page.url
    page.goto(f"/overview/{world.station.code}/officers/")
    page.get_by_role("link", name=world.officer.service_number).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(world.officer.surname)
    page.go_back()
    assert f"/overview/{world.station.code}/officers/" in page.url


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
