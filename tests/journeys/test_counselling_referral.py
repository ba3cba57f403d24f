"""A referral with the client's consent: sealed to a colleague who answers it, and printed for a hospital."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from counselling.models import SealedReferral
from tests.factories.cases import Circle
from tests.factories.sealed import lock, sealed_case
from tests.sealed_pages import PSEUDONYM, looks_well, unlock

pytestmark = pytest.mark.django_db(transaction=True)


def begin(page: Page, how: str) -> None:
    page.get_by_role("link", name="Referral", exact=True).click()
    page.get_by_label(how).check()
    page.get_by_label("Letter").fill("Please see him soon")
    page.get_by_label("Note, ").check()
    page.get_by_label("The client has read or heard this").check()


def test_a_referral_goes_sealed_to_a_colleague_and_on_paper_to_a_hospital(page: Page, circle: Circle) -> None:
    lock(circle.ann, circle.ben)
    sealed_case(circle, note="Jacaranda trees again")
    unlock(page, circle.ann)
    page.get_by_role("link", name=PSEUDONYM).click()
    begin(page, "Sealed to a counsellor")
    page.get_by_label("Colleague").select_option(circle.ben.user.ref)
    page.get_by_role("button", name="Refer").click()
    expect(page.get_by_text(f"To {circle.ben.user.full_name}")).to_be_visible()  # kept in the case, sealed

    begin(page, "On paper to a hospital")
    page.get_by_label("To whom").fill("Mathari, Dr Mfano")
    page.get_by_label("Name, service number and how to reach").uncheck()
    page.get_by_role("button", name="Refer").click()
    expect(page.get_by_text("Without the name")).to_be_visible()
    expect(page.get_by_text("Jacaranda trees again")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Please see him soon")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert "Juma" not in page.locator("main").inner_text()
    page.emulate_media(media="screen")
    looks_well(page)
    page.get_by_role("link", name="Back to the case").click()
    expect(page.get_by_text("To Mathari, Dr Mfano")).to_be_visible()

    unlock(page, circle.ben)
    page.get_by_role("link", name="Referrals waiting for your answer: 1").click()
    letter = page.locator("section", has_text=circle.ann.user.full_name)
    for words in ("Please see him soon", "Juma Mfano", "Jacaranda trees again"):
        expect(letter.get_by_text(words)).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
    assert SealedReferral.objects.get().state == "accepted"
