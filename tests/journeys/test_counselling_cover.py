"""The wellbeing lead puts an office on the list, looks at cover, and publishes a quarter; a commander offers support to all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from hcims.notify.models import PersonalNotice
from tests.signing_in import sign_in
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_an_office_cover_a_published_quarter_and_an_offer_to_all(page: Page, world: World) -> None:
    sign_in(page, world.people["wellbeing-lead"])
    page.goto("/wellbeing/offices/new/")
    page.get_by_label("Name", exact=True).fill("Kilifi office")
    page.get_by_label("Unit", exact=True).fill("C-KILIFI")
    for part, value in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Where this is from").fill("Letter 1")
    page.get_by_role("button", name="Put it on the list").click()
    expect(page.get_by_text("The office is on the list.")).to_be_visible()
    page.goto("/wellbeing/cover/")
    expect(page.get_by_role("row", name="Mombasa County")).to_be_visible()
    page.goto("/wellbeing/trends/quarters/")
    page.get_by_role("link", name="Publish").first.click()
    page.get_by_role("button", name="Count it and publish it").click()
    expect(page.get_by_text("Too little to be shown.").first).to_be_visible()
    page.goto("/w/offices/")
    expect(page.get_by_role("heading", name="Kilifi office")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, world.people["county-commander"])
    page.goto("/wellbeing/incidents/new/")
    page.get_by_label("An officer was shot at or attacked").check()
    page.get_by_label("Station, company or office").fill(world.station.code)
    for part, value in (("Day", "2"), ("Month", "3"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Record it and offer support to all").click()
    expect(page.get_by_text("To read out at parade")).to_be_visible()
    assert PersonalNotice.objects.filter(user=world.officer.user, kind="support-offered").exists()
