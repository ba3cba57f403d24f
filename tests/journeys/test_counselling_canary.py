"""A canary in every confidential field of a case, typed in a browser, and then looked for everywhere."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.core import mail
from playwright.sync_api import Page, Route, expect

from counselling.models import Case
from tests import canary
from tests.access.asking import Reader
from tests.access.routes import routes
from tests.access.test_url_map import here, is_allowed, one_of_each_kind
from tests.factories.cases import Circle, text_of
from tests.factories.sealed import PASSPHRASE, lock
from tests.sealed_pages import PSEUDONYM, act, keep, unlock
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "Kanari9Qf7ndege"
NUMBER = "KN-90877135"  # a service number that is nobody's
SCORE = "AUDIT: 40 of 40"  # what the page makes of the answers


def write(page: Page, link: str, label: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()
    page.get_by_label(label, exact=True).fill(f"{WORD} in {link}")


def confide(page: Page, circle: Circle) -> None:
    """The word in every field in which a counsellor writes."""
    unlock(page, circle.ann)
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
    fill_in_a_questionnaire(page)
    refer(page, circle, sealed=True)
    refer(page, circle, sealed=False)


def fill_in_a_questionnaire(page: Page) -> None:
    """Its answers are numbers; the score stands on the page as a sentence that nothing but the page may hold."""
    page.get_by_role("link", name="Questionnaire").click()
    page.get_by_role("link", name="AUDIT").click()
    expect(page.locator("form fieldset")).to_have_count(10)
    for item in page.locator("form fieldset").all():
        item.locator("input").last.check()
    keep(page)
    expect(page.get_by_text(SCORE)).to_be_visible()


def refer(page: Page, circle: Circle, *, sealed: bool) -> None:
    """To a colleague, and on paper; both are kept in the case."""
    page.get_by_role("link", name="Referral", exact=True).click()
    page.get_by_label("Letter").fill(WORD)
    page.get_by_label("Note, ").first.check()
    page.get_by_label("The client has read or heard this").check()
    if sealed:
        page.get_by_label("Sealed to a counsellor").check()
        page.get_by_label("Colleague").select_option(circle.ben.user.ref)
    else:
        page.get_by_label("On paper to a hospital").check()
        page.get_by_label("To whom").fill(WORD)
    page.get_by_role("button", name="Refer").click()
    expect(page.get_by_role("heading", name="Referral" if not sealed else "Who can read this case")).to_be_visible()
    if not sealed:
        page.get_by_role("link", name="Back to the case").click()


def pass_on(page: Page, circle: Circle) -> None:
    """The consent to a successor, who then reads letter and case in the same browser."""
    page.get_by_role("link", name="Hand the case over").click()
    page.get_by_label("Colleague", exact=True).select_option(circle.ben.user.ref)
    page.get_by_label("What the client agreed to").fill(WORD)
    page.get_by_label("The client has agreed").check()
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("heading", name="No case here")).to_be_visible()
    unlock(page, circle.ben)
    page.get_by_role("link", name="Referrals waiting for your answer: 1").click()
    expect(page.get_by_text(WORD).first).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
    page.get_by_role("link", name="Cases", exact=True).click()
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text(f"{WORD} in Plan").first).to_be_visible()


def open_by_two(page: Page, circle: Circle) -> None:
    """Custodians' passphrases are typed, the case's secret passes through the second one's page."""
    case = Case.objects.get()
    sent = {"case": case.ref, "ground": "risk-to-life", "paper": "OB 12/2026", "reader": circle.ann.user.ref}
    assert circle.asks(circle.lead).post("openings/", sent).status_code == 200
    act(page, circle.custodians[0], "Take off the outer layer")
    act(page, circle.custodians[1], "Open the case to its reader", "I have seen the case secret")


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
    yield from answers_about_one(world, circle, readers)


def answers_about_one(world: World, circle: Circle, readers: dict[str, Reader]) -> Iterator[tuple[str, bytes]]:
    """Every page that takes a reference: of counselling to each role that it opens to, and the case's own to its circle;
    elsewhere, with the reference of the case, to one such role."""
    case = Case.objects.get()
    own = {
        "ref": case.ref, "text": case.texts.filter(kind="attachment").get().ref, "deed": "readings",
        "code": world.station.code, "number": world.officer.service_number,
    }  # fmt: skip
    people = {str(each): Reader(each) for each in (circle.ben.user, circle.custodians[0].user, circle.lead)}
    for route in (each for each in routes() if each.parameters):
        asking = {role: reader for role, reader in readers.items() if is_allowed(route, role)}
        if route.label in ("counselling:api_case", "counselling:api_case_deed", "counselling:api_text"):
            address, asking = route.address(own), people
        elif route.namespace == "counselling":
            address = here(route, world)
        elif asking and set(route.parameters) <= own.keys():
            address = route.address(own)
            asking = dict([sorted(asking.items())[zlib.crc32(route.label.encode()) % len(asking)]])
        else:
            continue
        for name, reader in asking.items():
            answer = reader.ask("GET", address)
            yield f"{address} as {name}", b"" if answer.streaming else answer.content + str(answer.headers).encode()


def traces(page: Page, said: str, *, kept: list[Path]) -> list[str]:
    """Where the word, the service number or the passphrase stands outside the open page."""
    found = []
    for word in (WORD, NUMBER, PASSPHRASE, SCORE):
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
    circle.custodians.sort(
        key=lambda each: each.key.ref
    )  # as browsers pair them: the next one opens what one takes off
    first, second, _third = circle.custodians
    lock(circle.ann, circle.ben, first, second)
    places = [Path(product.VAR_DIR)]
    with canary.everything_logged() as said:
        confide(page, circle)
        pass_on(page, circle)
        kept = [each for word in (WORD, SCORE, PASSPHRASE) for each in canary.in_browser(word, page)]
        page.get_by_role("button", name="Lock now").click()
        expect(page.get_by_role("button", name="Unlock")).to_be_visible()
        assert WORD not in page.content()
        open_by_two(page, circle)
    assert not kept
    seen = [
        place for place, content in answers(world, circle) for word in (WORD, NUMBER) if canary.stands_in(word, content)
    ]
    assert not seen
    assert not traces(page, said.getvalue(), kept=places)


def test_without_the_seal_it_would_be_found(page: Page, world: World, circle: Circle) -> None:
    """The same search over what a browser would send that did not seal."""
    lock(circle.ann)

    def in_clear(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")
        sent["ciphertext"] = text_of(f"age-encryption.org/v1\n-> X25519 {'a' * 43}\n{'b' * 43}\n--- {WORD}".encode())
        route.continue_(post_data=json.dumps(sent))

    unlock(page, circle.ann)
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
