"""One custodian refuses an opening; a counsellor left suddenly, and two custodians open a case to the successor alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from counselling.models import CaseGrant, Opening
from tests.factories.cases import Circle
from tests.factories.sealed import lock, sealed_case
from tests.sealed_pages import PSEUDONYM, act, decide, looks_well, unlock
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def ask(page: Page, case: str, ground: str, reader: str) -> None:
    page.get_by_label("Reference of the case").fill(case)
    page.get_by_label("Ground").select_option(ground)
    page.get_by_label("Number of the order").fill("OB 12/2026")
    page.get_by_label("Who shall read it").select_option(reader)
    page.get_by_role("button", name="Ask two custodians").click()
    expect(page.get_by_role("row").filter(has_text=case)).to_be_visible()


def test_an_opening_is_refused_and_a_case_passes_to_a_successor(page: Page, circle: Circle) -> None:
    first, second, _third = circle.custodians
    lock(first, second, circle.ben)
    refused, passed = sealed_case(circle), sealed_case(circle, note="Left in a hurry")
    sign_in(page, circle.lead)
    page.goto("/counselling/openings/")
    ask(page, refused.ref, "court-order", circle.ben.user.ref)
    ask(page, passed.ref, "succession", circle.ben.user.ref)

    unlock(page, first, "/counselling/keys/")
    page.get_by_role("row").filter(has_text=refused.ref).get_by_role("link", name="Decide").click()
    page.get_by_text("Refuse", exact=True).click()
    page.get_by_role("button", name="Refuse the opening").click()
    expect(page.get_by_role("alert")).to_contain_text("Reason")
    looks_well(page)
    page.get_by_label("Reason").select_option("no-paper")
    page.get_by_role("button", name="Refuse the opening").click()
    expect(page.get_by_role("row").filter(has_text=refused.ref)).to_have_count(0)
    page.get_by_role("row").filter(has_text=passed.ref).get_by_role("link", name="Decide").click()
    decide(page, "Take off the outer layer")
    act(page, second, "Open the case to its reader", "I have seen the case secret")

    unlock(page, circle.ben)
    expect(page.get_by_role("link", name=PSEUDONYM)).to_have_count(1)  # not the one that was refused
    expect(page.get_by_text("needs a new key")).to_be_visible()
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text("Left in a hurry")).to_be_visible()
    expect(page.get_by_role("link", name="Note", exact=True)).to_be_visible()  # it is theirs, not for 24 hours
    assert Opening.objects.get(case=refused).state == "refused"
    held = {(each.user_id, each.kind, each.ends_at) for each in CaseGrant.objects.filter(content_object=passed)}
    assert held == {(circle.ben.user.pk, "successor", None)}
