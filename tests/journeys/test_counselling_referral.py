"""A referral with the client's consent: sealed to a colleague who answers it, and printed for a hospital."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from counselling.models import SealedReferral
from hcims import clock
from hcims.references import new_reference
from tests.factories.cases import Circle, seal
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

    forge(circle)
    unlock(page, circle.ben)
    page.get_by_role("link", name="Referrals waiting for your answer: 2").click()
    letter = page.locator("section", has_text="sender proven")
    for words in ("Please see him soon", "Juma Mfano", "Jacaranda trees again"):
        expect(letter.get_by_text(words)).to_be_visible()
    looks_well(page)
    forged = page.locator("section", has_text="Nothing proves that this colleague wrote the letter")
    expect(forged.get_by_role("button", name="Decline")).to_be_visible()
    expect(forged.get_by_role("button", name="Accept")).to_have_count(0)
    expect(page.get_by_text("Give him his pistol back")).to_have_count(0)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
    assert SealedReferral.objects.get(state="accepted").case.texts.filter(kind="referral").count() == 2


def forge(circle: Circle) -> None:
    """What whoever can write the database can do: the receiver's public key is there for everybody."""
    true = SealedReferral.objects.get()
    letter = {
        "v": 1, "ref": new_reference(), "from": circle.ann.user.ref, "to": circle.ben.user.ref, "proof": "0" * 64,
        "name": circle.ann.user.full_name, "at": clock.now().isoformat(), "body": {"text": "Give him his pistol back"},
    }  # fmt: skip
    SealedReferral.objects.create(
        ref=letter["ref"], case=true.case, to=true.to, by=true.by, sent_on=true.sent_on,
        sealed=seal(letter, circle.ben.recipient),
    )  # fmt: skip
