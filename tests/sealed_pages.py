"""Hands for the sealed pages of counselling in a browser: unlock, act as a custodian, keep a text, look at a page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.factories.cases import Person
from tests.factories.sealed import PASSPHRASE
from tests.signing_in import sign_in

SLOW = 90_000  # a passphrase is stretched for seconds, and longer on a busy machine
PSEUDONYM = re.compile(r"^[a-z]+ [a-z]+ \d\d$")


def unlock(page: Page, person: Person, address: str = "/counselling/", *, passphrase: str = PASSPHRASE) -> None:
    """This function will sign the person in and open the key for a sitting."""
    sign_in(page, person.user)
    page.goto(address)
    page.get_by_label("Passphrase of your key").fill(passphrase)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("button", name="Lock now")).to_be_visible(timeout=SLOW)


def looks_well(page: Page) -> None:
    """axe is content with the page swapped in, and a phone shows it whole."""
    assert page.evaluate("window.hcimsLook()") == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})


def keep(page: Page) -> None:
    """This function will seal what was typed and wait for the case to come back."""
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.get_by_role("link", name="Session", exact=True)).to_be_visible()


def decide(page: Page, deed: str, *statements: str) -> None:
    """This function will do a custodian's deed on the open page, each statement being asked for before it counts."""
    for statement in ("I have seen the paper", *statements):
        page.get_by_role("button", name=deed).click()
        expect(page.get_by_role("alert")).to_contain_text("Fill in")
        page.get_by_label(statement).check()
    page.get_by_role("button", name=deed).click()
    expect(page.get_by_role("heading", name="Custodian's desk")).to_be_visible()


def act(page: Page, custodian: Person, deed: str, *statements: str) -> None:
    """The same from the sign-in on, for the one opening that waits."""
    unlock(page, custodian, "/counselling/keys/")
    looks_well(page)
    page.get_by_role("link", name="Decide").click()
    decide(page, deed, *statements)
