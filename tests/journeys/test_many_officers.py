"""HR ticks rows with the keys of a spreadsheet, previews a deed on all that the filter leaves, does it, and takes it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from deployment.models import Posting
from tests.factories.personnel import OfficerFactory
from tests.signing_in import sign_in
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def world_with_sixty() -> World:
    world = make_world()
    for _ in range(60):
        OfficerFactory(posted_to=world.station)
    return world


def duties() -> dict[int, int]:
    """What each officer does now, by primary keys."""
    return dict(Posting.objects.filter(ends_on=None, voided_at=None).values_list("officer", "duty"))


def test_all_of_a_filter_are_changed_and_restored(page: Page) -> None:
    world = world_with_sixty()
    Posting.objects.filter(officer=world.officer).update(duty=4)
    before = duties()
    sign_in(page, world.people["hr-officer"])
    page.goto("/officers/?unit=C-KILIFI")
    page.get_by_label("Tick all rows of this page").check()
    expect(page.get_by_text("50 of 61 selected").first).to_be_visible()
    page.get_by_role("button", name="Choose all 61").click()
    page.get_by_role("button", name="Change the duty").click()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Duty from now on").select_option(label="Traffic")
    page.get_by_label("Paper it rests on").fill("Letter NPS/HR/12 of 20 May 2026")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("61 of 61 chosen will change; 0 will be skipped.")).to_be_visible()
    assert duties() == before, "a preview writes nothing"
    page.get_by_role("button", name="Do it for 61 officers").click()
    page.get_by_role("link", name="Take it back").click()
    assert Posting.objects.filter(duty__code="traffic").count() == 61
    Posting.objects.get(officer=world.officer, duty__code="traffic").save()
    page.reload()
    expect(page.get_by_text("60 will stand as before the deed; 1 cannot be taken back")).to_be_visible()
    expect(page.get_by_role("region", name="Stay as they are")).to_contain_text(world.officer.service_number)
    page.get_by_role("button", name="Take 60 changes back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert {officer for officer, duty in duties().items() if before[officer] != duty} == {world.officer.pk}


def test_the_keys_of_a_spreadsheet(page: Page) -> None:
    world = world_with_sixty()
    sign_in(page, world.people["hr-officer"])
    page.goto("/officers/")
    ticked = page.locator("[data-select]:checked")
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")  # into the first cell
    page.keyboard.press("Space")
    expect(ticked).to_have_count(1)
    page.keyboard.press("PageDown")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Space")
    expect(ticked).to_have_count(5)
    expect(page.get_by_text("5 of 62 selected").first).to_be_visible()
    page.keyboard.press("Control+ArrowUp")
    row, column = "document.activeElement.parentElement.rowIndex", "document.activeElement.cellIndex"
    assert page.evaluate(row) == 1
    page.keyboard.press("End")
    assert page.evaluate(column) == 9
    page.keyboard.press("Home")
    assert page.evaluate(column) == 0
    page.keyboard.press("PageDown")
    assert page.evaluate(row) == 16
    page.keyboard.press("PageUp")
    page.keyboard.press("/")
    expect(page.locator(".top-search input")).to_be_focused()
    page.keyboard.press("l")  # a letter of the search now, no shortcut
    expect(page.locator(".top-search input")).to_have_value("l")
    page.locator("tbody tr").nth(2).locator("td").nth(2).click()
    number = page.locator("tbody tr").nth(2).locator("td a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/officers/{number}/")
