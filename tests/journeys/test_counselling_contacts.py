"""Three contacts logged in airplane mode, the browser killed, exactly three on the server; and nothing readable on the phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.conf import settings
from django.core.serializers import serialize
from django.core.signals import request_started
from playwright.sync_api import expect

from accounts.models import User
from counselling.actions.contacts import receive_contacts
from counselling.actions.phones import change_receiving_key
from counselling.envelopes import new_private_key, point_of
from counselling.models import Contact, ContactGrant, ContactInbox
from hcims import clock
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import MOMENT, UnitFactory
from tests.phones import TAKEN_OVER, Phone
from tests.signing_in import sign_in

pytestmark = pytest.mark.browser
PIN = "407182"
KEY = new_private_key()
TALKS = (
    ("One to one", "Loss, grief", "Up to 15 minutes", "Face to face", "Chaplain"),
    ("Follow-up", "Money, debt", "15 to 30 minutes", "By telephone", "None"),
    ("Group talk", "After an incident", "Over an hour", "Face to face", "Counsellor"),
)
READABLE = ("secret", "theme", "grief", "money", "incident", "chaplain", "Kilifi", "2026-", PIN)
EVERYTHING_ON_THE_PHONE = """async () => {
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const isBytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const tell = (value) => isBytes(value)
    ? new TextDecoder("latin1").decode(value)
    : `${Object.prototype.toString.call(value)} ${value.extractable} ${value}`;
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const rows = await done(base.transaction(store).objectStore(store).getAll());
      said.push(...rows.flatMap((row) => (isBytes(row) ? [row] : Object.values(row))).map(tell));
    }
    base.close();
  }
  return said;
}"""
KEPT = """new Promise((resolve) => {
  const look = async () => ((await caches.match("/w/out/?lang=sw")) ? resolve(true) : setTimeout(look, 50));
  look();
})"""


@pytest.fixture
def supporter(live_server: Any) -> User:
    change_receiving_key(point=point_of(KEY), at=MOMENT, on=clock.today())
    return appoint(UserFactory(), "peer-supporter", UnitFactory())


def look(page: Any) -> None:
    """What axe finds on the page as it stands."""
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found]


def tables() -> dict[str, str]:
    """Every table but the inbox."""
    return {
        model._meta.label: serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if model is not ContactInbox and model._meta.managed
    }


def enrol(page: Any, supporter: User) -> None:
    sign_in(page, supporter)
    page.goto("/w/")
    page.get_by_role("link", name="Set up this phone").click()
    look(page)
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_label("County in which you mostly work").select_option("Kilifi")
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/w/")
    page.evaluate(TAKEN_OVER)


def open_with(page: Any, pin: str) -> None:
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Open").click()


def log(page: Any, talk: tuple[str, ...]) -> None:
    """Five taps."""
    for answer in talk:
        page.get_by_role("button", name=answer, exact=True).click()
    page.get_by_role("heading", name="Kept").wait_for()


def test_three_contacts_in_airplane_mode_and_a_killed_browser(phone: Phone, supporter: User, tmp_path: Path) -> None:
    with phone() as page:
        enrol(page, supporter)
        page.context.set_offline(True)
        page.reload()
        open_with(page, "1111")
        page.get_by_text("That is not the PIN").wait_for()
        look(page)
        open_with(page, PIN)
        page.get_by_role("heading", name="What kind of talk?").wait_for()
        look(page)
        for talk in TALKS:
            log(page, talk)
            look(page)
            page.get_by_role("button", name="Another one").click()
        assert page.get_by_role("status").inner_text() == "3 waiting"
        _nothing_readable(page)
    _nothing_on_its_disk(tmp_path / "phone")
    assert not ContactInbox.objects.exists()
    with phone() as page:
        sign_in(page, supporter)  # whose cookies must not go along
        before = tables()
        sent: list[Any] = []

        def is_third(request: Any) -> bool:
            sent.extend([request] if request.method == "POST" else [])
            return len(sent) == 3

        with page.expect_event("requestfinished", is_third):
            page.goto("/w/")
        expect(page.locator("[data-waiting]")).to_be_empty()
        for request in sent:
            sizes = request.sizes()
            assert sizes["requestHeadersSize"] + sizes["requestBodySize"] < 1000, sizes
            assert not {"cookie", "referer"} & set(request.all_headers())
        assert tables() == before  # no session, no count of data, no job, no line of the trail
        page.context.set_offline(True)
        open_with(page, PIN)
        log(page, TALKS[0])
        page.get_by_role("button", name="Take it back").click()
        expect(page.locator("[data-waiting]")).to_be_empty()
    assert vars(receive_contacts(keys=[KEY], on=clock.today())) == {"taken": 3, "refused": 0, "unopened": 0}
    found = {
        (each.get_kind_display(), each.get_theme_display(), each.county.name)
        for each in Contact.objects.select_related("county")
    }
    assert found == {(kind, theme, "Kilifi") for kind, theme, *_ in TALKS}
    assert ContactGrant.objects.filter(user=supporter).count() == Contact.objects.count() == 3


def _nothing_readable(page: Any) -> None:
    """What whoever steals the phone finds: envelopes, and a secret behind the PIN and a key that cannot leave."""
    said = page.evaluate(EVERYTHING_ON_THE_PHONE)
    assert len(said) > 5
    whole = "\n".join(said)
    assert "[object CryptoKey] false" in whole
    for word in READABLE:
        assert word not in whole, word
    cookies = {each["name"] for each in page.context.cookies()}
    assert cookies <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def _nothing_on_its_disk(folder: Path) -> None:
    """The same of the files in which the browser keeps what pages store, its write-ahead logs included."""
    stores = [
        path for part in ("IndexedDB", "Local Storage", "Session Storage") for path in folder.rglob(f"{part}/**/*")
    ]
    content = b"".join(path.read_bytes() for path in stores if path.is_file())
    assert b"notes" in content.replace(b"\0", b"")  # it was found
    for word in READABLE:
        assert word.encode() not in content.replace(b"\0", b""), word


# A window's listeners are called in the order they came, so this one has to be there before the page's own.
DEAF = "addEventListener('online', (event) => window.isDeaf && event.stopImmediatePropagation())"


def test_what_waits_goes_on_reconnection_and_when_the_page_is_shown_again(phone: Phone, supporter: User) -> None:
    with phone() as page:
        page.add_init_script(DEAF)
        enrol(page, supporter)
        page.evaluate(
            "window.setTimeout = () => 0"
        )  # the sending that every contact plans for itself is not the one tried
        open_with(page, PIN)
        page.context.set_offline(True)
        log(page, TALKS[0])
        waiting = page.locator("[data-waiting]")
        assert waiting.inner_text() == "1 waiting"
        page.context.set_offline(False)
        expect(waiting).to_be_empty()
        assert ContactInbox.objects.count() == 1

        page.evaluate("window.isDeaf = true")
        page.context.set_offline(True)
        page.get_by_role("button", name="Another one").click()
        log(page, TALKS[1])
        page.context.set_offline(False)
        page.evaluate("fetch('/w/manifest.webmanifest')")  # there is a connection, and nothing was sent for it
        assert (waiting.inner_text(), ContactInbox.objects.count()) == ("1 waiting", 1)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(waiting).to_be_empty()
        assert ContactInbox.objects.count() == 2


def test_a_second_visit_asks_the_server_for_nothing(phone: Phone, supporter: User) -> None:
    asked: list[str] = []

    def note(environ: dict[str, Any], **kwargs: Any) -> None:
        asked.append(environ["PATH_INFO"])

    with phone() as page:
        page.goto("/w/?lang=sw")
        page.evaluate(TAKEN_OVER)
        page.goto("/w/?lang=sw")
        page.get_by_text("Simu hii haijaandaliwa.").wait_for()
        page.evaluate(KEPT)
        look(page)
        request_started.connect(note)
        try:
            page.goto("/w/")  # as the installed app opens: in the language chosen last
            page.get_by_text("Simu hii haijaandaliwa.").wait_for()
            page.get_by_role("link", name=re.compile("Hatari sasa", re.I)).click()
            page.wait_for_url("**/w/now/*")
            page.get_by_role("link", name="Toka").click()
            page.wait_for_url("**/w/out/*")
        finally:
            request_started.disconnect(note)
    assert asked == []
