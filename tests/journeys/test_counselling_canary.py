"""A canary in every confidential field of a case, typed in a browser, and then looked for everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.core import mail
from playwright.sync_api import Page, Route, expect

from tests import canary
from tests.access.asking import Reader
from tests.access.routes import routes
from tests.access.test_url_map import is_allowed, one_of_each_kind
from tests.factories.cases import Circle, text_of
from tests.factories.sealed import PASSPHRASE, lock
from tests.signing_in import sign_in
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "Kanari9Qf7ndege"
NUMBER = "KN-90877135"  # a service number that is nobody's
SLOW = 90_000


def keep(page: Page) -> None:
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.get_by_role("link", name="Session", exact=True)).to_be_visible()


def write(page: Page, link: str, label: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()
    page.get_by_label(label, exact=True).fill(f"{WORD} in {link}")


def unlocked(page: Page, circle: Circle) -> None:
    sign_in(page, circle.ann.user)
    page.goto("/counselling/")
    page.get_by_label("Passphrase of your key").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("link", name="Open a case")).to_be_visible(timeout=SLOW)


def confide(page: Page, circle: Circle) -> None:
    """The word in every field in which a counsellor writes."""
    unlocked(page, circle)
    page.get_by_role("link", name="Open a case").click()
    page.get_by_label("Name", exact=True).fill(WORD)
    page.get_by_label("Service number").fill(NUMBER)
    page.get_by_label("How to reach").fill(WORD)
    page.get_by_label("Presenting issue").fill(WORD)
    page.get_by_label("I have said these words").check()
    page.get_by_role("button", name="Seal and open the case").click()
    write(page, "Session", "Note")
    page.get_by_label("Kind").select_option("intake")
    page.get_by_label("Minutes").fill("50")
    page.get_by_label("How", exact=True).select_option("in-person")
    keep(page)
    write(page, "Note", "Note")
    keep(page)
    write(page, "Plan", "Goals, steps, who does what")
    keep(page)
    write(page, "Risk", "What was found and agreed, the firearm included")
    page.get_by_label("Risk", exact=True).select_option(index=1)
    keep(page)
    page.get_by_role("link", name="Change the appointment").click()
    page.get_by_label("Day").fill("2031-05-06")
    page.get_by_label("Time").fill("10:30")
    page.get_by_label("Where").fill(WORD)
    keep(page)
    page.get_by_role("link", name="Attachment").click()
    petals = {"name": f"{WORD}.txt", "mimeType": "text/plain", "buffer": WORD.encode()}
    page.get_by_label("File").set_input_files(petals)
    keep(page)
    expect(page.get_by_text(f"{WORD} in Plan").first).to_be_visible()


def answers(world: World, circle: Circle) -> Iterator[tuple[str, bytes]]:
    """Every page that takes no reference, as nobody and as each kind of role that it opens to.

    To the others it answers byte for byte like a page that does not exist: the walk of the URL map holds that.
    """
    nobody, other = Reader(None), Reader(circle.ben.user)
    readers = {role: Reader(world.people[role]) for role in one_of_each_kind()}
    for route in (each for each in routes() if not each.parameters):
        asking = {role: reader for role, reader in readers.items() if is_allowed(route, role)}
        for name, reader in {"nobody": nobody, "the other counsellor": other, **asking}.items():
            answer = reader.ask("GET", route.address({}))
            content = b"" if answer.streaming else answer.content
            yield f"{route.label} as {name}", content + str(answer.headers).encode() + str(answer.cookies).encode()


def traces(page: Page, said: str, *, kept: list[Path]) -> list[str]:
    """Where the word, the service number or the passphrase stands outside the open page."""
    found = []
    for word in (WORD, NUMBER, PASSPHRASE):
        found += [*canary.in_tables(word), *canary.in_dump(word), *canary.in_files(word, kept)]
        found += canary.in_browser(word, page)
        found += ["the log"] * canary.stands_in(word, said)
        found += ["an e-mail"] * any(canary.stands_in(word, str(each.message())) for each in mail.outbox)
    return found


@pytest.fixture
def circle(world: World, settings: Any, tmp_path: Path) -> Circle:
    settings.CUSTODIAN_PINS_FILE = tmp_path / "pins.txt"
    return Circle.made(world.service)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def test_the_canary_is_found_nowhere(page: Page, world: World, circle: Circle) -> None:
    lock(circle.ann)
    places = [Path(product.VAR_DIR)]
    with canary.everything_logged() as said:
        confide(page, circle)
    seen = [
        place for place, content in answers(world, circle) for word in (WORD, NUMBER) if canary.stands_in(word, content)
    ]
    assert not seen
    assert not traces(page, said.getvalue(), kept=places)
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_role("button", name="Unlock")).to_be_visible()
    assert WORD not in page.content()


def test_without_the_seal_it_would_be_found(page: Page, world: World, circle: Circle) -> None:
    """The same search over what a browser would send that did not seal."""
    lock(circle.ann)

    def in_clear(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")
        sent["ciphertext"] = text_of(f"age-encryption.org/v1\n-> X25519 {'a' * 43}\n{'b' * 43}\n--- {WORD}".encode())
        route.continue_(post_data=json.dumps(sent))

    unlocked(page, circle)
    page.get_by_role("link", name="Open a case").click()
    page.get_by_label("Name", exact=True).fill("Juma Mfano")
    page.get_by_label("Service number").fill(NUMBER)
    page.get_by_label("Presenting issue").fill("Sleep")
    page.get_by_label("I have said these words").check()
    page.get_by_role("button", name="Seal and open the case").click()
    page.route("**/texts/", in_clear)
    write(page, "Note", "Note")
    page.get_by_role("button", name="Seal and keep").click()
    expect(page.get_by_role("link", name="Session", exact=True)).to_be_visible()
    found = traces(page, "", kept=[])
    assert {"table counselling_sealedtext, column ciphertext", "dumpdata"} <= set(found), found
