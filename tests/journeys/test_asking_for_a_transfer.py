"""An officer asks for a transfer on a phone, commanders advise, HR checks the ground, and it is decided."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.factories.transfers import offices
from tests.signing_in import sign_in
from tests.world import make_world
from transfers.models import SchoolTerm, TransferRequest

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
CHAIN = ("station-commander", "subcounty-commander", "county-commander", "regional-commander")


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _asked(page: Page) -> TransferRequest:
    page.goto("/transfers/")
    page.get_by_role("link", name="Ask for a transfer").click()
    page.get_by_label("I want to move to another place").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Add a place").fill("nyali")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Add Nyali Police Station").click()
    page.get_by_role("link", name="All counties").click()
    page.get_by_role("button", name="Add: any station in it Mombasa County").click()
    page.get_by_role("button", name="Move Mombasa County up").click()
    expect(page.get_by_role("listitem").filter(has_text="1.")).to_contain_text("any station in Mombasa County")
    _fits(page)
    page.get_by_role("button", name="Go on with 2 places").click()
    page.get_by_label("Spouse's place of work or residence").check()
    page.get_by_role("button", name="Add this reason").click()
    _fits(page)
    page.get_by_role("button", name="Go on").click()
    for no in page.get_by_role("radio", name="No", exact=True).all():
        no.check()
    page.get_by_role("button", name="Keep the answers").click()
    expect(page.get_by_text("No round has been published yet")).to_be_visible()
    expect(page.get_by_text("No paper is attached")).to_be_visible()
    _fits(page)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("The pen is with:")).to_be_visible()
    _fits(page)
    return TransferRequest.objects.get()


def _advises(page: Page, by: User) -> None:
    sign_in(page, by)
    page.goto("/transfers/advice/")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    page.get_by_label("I support it", exact=True).check()
    page.get_by_label("Your reasons").fill("The station keeps enough constables without him.")
    page.get_by_role("button", name="Send the advice").click()
    expect(page.get_by_text("Your advice is on record")).to_be_visible()


def test_an_officer_asks_a_commander_advises_and_it_is_decided(page: Page) -> None:
    world = make_world()
    people = offices(world)
    SchoolTerm.objects.all().delete()  # the day of the test may lie in one
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, world.officer.user)
    request = _asked(page)
    _advises(page, people["station-commander"])
    sign_in(page, people["hr-officer"])
    page.goto(f"/transfers/queue/{request.ref}/")
    page.get_by_role("link", name="Check it against the papers").click()
    page.get_by_label("is confirmed by the papers").check()
    page.get_by_label("Which paper was seen").fill("Marriage certificate 4711")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("What you found is on record")).to_be_visible()
    for role in CHAIN[1:]:
        _advises(page, people[role])
    _refused(page, people["deputy-inspector-general"], request)
    sign_in(page, world.officer.user)
    page.goto(f"/transfers/{request.ref}/")
    expect(page.get_by_role("heading", name="The decision")).to_be_visible()
    expect(page.get_by_text("Test deputy-inspector-general")).to_be_visible()
    expect(page.get_by_text("Marriage certificate 4711")).to_be_visible()
    _fits(page)


def _refused(page: Page, by: User, request: TransferRequest) -> None:
    sign_in(page, by)
    page.goto(f"/transfers/queue/{request.ref}/decide/")
    page.get_by_label("Refuse", exact=True).check()
    page.get_by_label("Reason, from the list").select_option("no-post")
    page.get_by_label("Reasons in writing").fill("No post of the rank is free at either place this year.")
    page.get_by_role("main").locator("form").get_by_role("button").last.click()
    expect(page.get_by_text("Refused; the officer was told why.")).to_be_visible()
    request.refresh_from_db()
    assert (request.state, timezone.localdate(request.decided_at)) == ("refused", timezone.localdate())
