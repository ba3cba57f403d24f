"""The passphrase is forgotten and the paper opens the key; a custodian appears whom the browser does not know yet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from counselling.models import CustodianKey
from hcims import clock
from tests.factories.accounts import OutsideUserFactory, appoint
from tests.factories.cases import LOCKED, Circle, Person, pin, seal
from tests.factories.sealed import lock, print_recovery, sealed_case
from tests.sealed_pages import PSEUDONYM, SLOW, looks_well, unlock
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
FRESH = "zawadi kitu pembe samaki rangi 58"


def fourth_custodian(circle: Circle) -> Person:
    """From another body, and in the list of pins."""
    person = Person(appoint(OutsideUserFactory(), "custodian", circle.unit))
    person.key = CustodianKey.objects.create(
        user=person.user, body="odpc", signing_key=person.signing_key, recipient=person.recipient, locked=LOCKED,
        recovery_locked=seal(b"own", person.recipient), made_on=clock.today(),
    )  # fmt: skip
    pin(*circle.custodians, person)
    return person


def lock_with(page: Page, passphrase: str) -> None:
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_label("The same again").fill(passphrase)
    page.get_by_role("button", name="Lock my key with it").click()


def test_paper_opens_a_key_and_new_custodians_are_compared_before_they_count(page: Page, circle: Circle) -> None:
    lock(circle.ann)
    paper, other = print_recovery(circle.ann), print_recovery(circle.ben)
    sealed_case(circle)
    fourth_custodian(circle)
    sign_in(page, circle.ann.user)
    page.goto("/counselling/")
    page.get_by_role("button", name="I have forgotten it").click()
    looks_well(page)
    page.get_by_label("Recovery key").fill(other)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("does not open your key")
    page.get_by_label("Recovery key").fill(" ".join(paper[at : at + 4] for at in range(0, len(paper), 4)).lower())
    page.get_by_role("button", name="Go on").click()
    lock_with(page, FRESH)
    expect(page.get_by_role("link", name=PSEUDONYM)).to_be_visible(timeout=SLOW)

    warning = page.get_by_role("link", name="Custodians that your browser does not know yet: 1.")
    warning.click()
    expect(page.get_by_role("heading", name="Data Protection Commissioner")).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="They are the same: accept them").click()
    lock_with(page, FRESH)
    expect(page.get_by_role("link", name=PSEUDONYM)).to_be_visible(timeout=SLOW)
    expect(warning).to_have_count(0)

    unlock(page, circle.ann, passphrase=FRESH)  # what was accepted and the new passphrase are on the server, sealed
    expect(page.get_by_role("link", name=PSEUDONYM)).to_be_visible()
    expect(warning).to_have_count(0)
