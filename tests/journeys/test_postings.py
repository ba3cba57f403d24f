"""A station confirms its list on a phone; HR issues an order, both commanders record it, and the posting has changed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from deployment.models import PostingOrder, StationReturn
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.signing_in import sign_in
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}


def test_a_station_confirms_its_list_on_a_phone(page: Page) -> None:
    world = make_world()
    OfficerFactory(posted_to=world.station, surname="Fondo")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, appoint(UserFactory(), "station-commander", world.station))
    page.goto("/station-return/")
    expect(page.get_by_role("heading", level=1)).to_have_text(world.station.name)
    page.get_by_text("Not right?").last.click()
    page.get_by_label("Answer").last.select_option("gone")
    page.get_by_label("What HR should know").last.fill("Went to another county in June")
    page.get_by_role("button", name="Confirm the list").click()
    expect(page.get_by_text("1 of 2 here")).to_be_visible()
    assert StationReturn.objects.get().confirmed_count == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _day(page: Page, name: str, day: str, month: str, year: str) -> None:
    group = page.get_by_role("group", name=name)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(value)


def _fill_order(page: Page, number: str, officer: Officer) -> None:
    page.get_by_role("main").get_by_label("Service number").fill(officer.service_number)
    page.get_by_label("Number of the order").fill(number)
    _day(page, "Report by", "1", "12", "2099")
    page.get_by_label("Duty").select_option(label="General duty")
    page.get_by_label("Rank of the post").select_option(label=str(officer.rank))
    page.get_by_label("Reason").fill("First posting after training")
    page.get_by_label("Authority (paper, number, date)").fill("NPSC/1/2026")
    page.get_by_role("button", name="Issue the order").click()


def test_an_order_is_issued_followed_and_the_posting_changes(page: Page) -> None:
    world = make_world()
    recruit = OfficerFactory()
    sign_in(page, world.people["hr-officer"])
    page.goto("/postings/")
    page.get_by_role("link", name="Issue an order").click()
    page.get_by_role("main").get_by_label("Service number").fill("999999")
    page.get_by_label("Posted to").fill(world.other_station.code)
    page.get_by_role("button", name="Issue the order").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody with this number is in your area")
    _fill_order(page, "SIG/76/2026", world.officer)
    expect(page.get_by_role("alert")).to_contain_text("A move to another unit is a transfer")
    _fill_order(page, "SIG/77/2026", recruit)
    expect(page.get_by_role("heading", level=1)).to_have_text("SIG/77/2026")
    order = PostingOrder.objects.get()
    _deed(page, appoint(UserFactory(), "station-commander", world.other_station), order, "Record the arrival")
    recruit.refresh_from_db()
    assert recruit.unit == world.other_station


def _deed(page: Page, by: Any, order: PostingOrder, name: str) -> None:
    sign_in(page, by)
    page.goto(f"/orders/{order.ref}/")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(order.number)
