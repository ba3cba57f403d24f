"""A counsellor makes a key, keeps a case, hands it over and ends it; two custodians open one; a key left open locks itself."""

from __future__ import annotations

import base64
import json
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from counselling.models import Case, CaseGrant, CounsellorKey, KeySignature, SealedText
from hcims import clock
from tests import programs
from tests.factories.accounts import UserFactory, appoint
from tests.factories.cases import Circle, Person
from tests.factories.sealed import PASSPHRASE, lock, sealed_case
from tests.sealed_pages import PSEUDONYM, SLOW, act, keep, looks_well, unlock
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
STORES = "JSON.stringify([sessionStorage, localStorage, location.href, document.title, history.state])"


def everything_stored() -> str:
    """Every value of every counselling table, as text."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("counselling_", "audit_", "notify_", "django_session")):
                cursor.execute(f'SELECT * FROM "{table}"')
                said.append(
                    repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
                )
    return "".join(said)


def enrol(page: Page) -> tuple[str, str]:
    """The drawn passphrase and the recovery key on paper."""
    page.goto("/counselling/")
    page.get_by_label("Passphrase", exact=True).fill("too short")
    page.get_by_label("The same again").fill("too short")
    page.get_by_role("button", name="Make my key").click()
    expect(page.get_by_role("alert")).to_contain_text("too easy to guess")
    page.get_by_role("button", name="Draw a passphrase").click()
    drawn = page.get_by_label("Passphrase", exact=True).input_value()
    page.get_by_label("The same again").fill(drawn)
    looks_well(page)
    page.get_by_role("button", name="Make my key").click()
    paper = page.locator(".recovery-key .key-text")
    expect(paper).to_be_visible(timeout=SLOW)
    assert not CounsellorKey.objects.filter(state="proposed").exists()  # nothing is sent before it is on paper
    recovery = paper.inner_text().replace(" ", "")
    page.get_by_label("The last six characters").fill(recovery[-6:])
    page.get_by_role("button", name="I have the paper").click()
    expect(page.get_by_role("heading", name="Your key waits for two custodians")).to_be_visible()
    return drawn, recovery


def vouch(circle: Circle, person: Person) -> None:
    """Two custodians sign the key that the browser made."""
    person.key = CounsellorKey.objects.get(user=person.user)
    for custodian in circle.custodians[:2]:
        circle.asks(custodian).post(
            "custody/sign/", {"key": person.key.ref, "signature": custodian.signature(person.key)}
        )
    assert KeySignature.objects.filter(key=person.key).count() == 2


def open_case(page: Page) -> Case:
    page.get_by_role("link", name="Open a case").click()
    page.get_by_label("Name", exact=True).fill("Juma Canary")
    page.get_by_label("Service number").fill("ke4711")
    page.get_by_label("Presenting issue").fill("Nightmares about jacaranda trees")
    page.get_by_label("How long since the person first asked").select_option("week")
    looks_well(page)
    page.get_by_label("I have said these words").check()
    page.get_by_role("button", name="Seal and open the case").click()
    expect(page.get_by_text("Nightmares about jacaranda")).to_be_visible()
    case = Case.objects.get()
    assert case.waited == "week"
    page.get_by_role("link", name="Correct the waiting time").click()
    looks_well(page)
    page.get_by_label("How long since the person first asked").select_option("fortnight")
    page.get_by_role("button", name="Keep the waiting time").click()
    expect(page.get_by_text("Waited since first asking: Within two weeks")).to_be_visible()
    case.refresh_from_db()
    assert case.waited == "fortnight"
    return case


def test_a_key_is_made_a_case_is_kept_and_taken_away(page: Page, circle: Circle, tmp_path: Path) -> None:
    cleo = Person(appoint(UserFactory(), "counsellor", circle.unit))
    sign_in(page, cleo.user)
    drawn, recovery = enrol(page)
    vouch(circle, cleo)
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("heading", name="Open cases")).to_be_visible()
    case = open_case(page)
    page.get_by_role("link", name="Session", exact=True).click()
    page.get_by_label("Kind").select_option("intake")
    page.get_by_label("Minutes").fill("50")
    page.get_by_label("How", exact=True).select_option("in-person")
    page.get_by_label("Note").fill("Talked of <b>jacaranda</b>\nand of sleep")
    keep(page)
    expect(page.get_by_text("Talked of <b>jacaranda</b>")).to_be_visible()
    page.get_by_role("link", name="Amend").click()
    page.get_by_label("Text", exact=True).fill("Talked of jacaranda and of work")
    keep(page)
    page.get_by_text("What it said before").click()
    expect(page.get_by_text("Talked of <b>jacaranda</b>")).to_be_visible()
    fill_in_phq9(page)
    attach(page)
    looks_well(page)
    stored = everything_stored() + page.evaluate(STORES)
    assert [each for each in ("Canary", "jacaranda", "ke4711", "KE4711", drawn, recovery) if each in stored] == []
    opened_elsewhere(page, circle, case, recovery, tmp_path)
    page.get_by_role("link", name="Cases", exact=True).click()
    page.get_by_label("Find by service number").fill("KE4711")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_text("Cases found: 1")).to_be_visible()
    expect(page.get_by_role("cell", name="Juma Canary KE4711")).to_be_visible()
    looks_well(page)
    correct_the_number(page)


def correct_the_number(page: Page) -> None:
    """It was mistyped: afterwards the case is found by the right one and not by the wrong one."""
    page.get_by_role("link", name=PSEUDONYM).click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Service number").fill("ke4712")
    looks_well(page)
    keep(page)
    page.get_by_role("link", name="Who has read it").click()
    expect(page.get_by_role("cell", name="Service number corrected")).to_be_visible()
    page.get_by_role("link", name="Back to the case").click()
    page.get_by_role("link", name="Cases", exact=True).click()
    for number, found in (("KE4711", 0), ("KE4712", 1)):
        page.get_by_label("Find by service number").fill(number)
        page.get_by_role("button", name="Find", exact=True).click()
        expect(page.get_by_text(f"Cases found: {found}")).to_be_visible()


def fill_in_phq9(page: Page) -> None:
    page.get_by_role("link", name="Questionnaire").click()
    page.get_by_role("link", name="PHQ-9").click()
    for number in range(1, 10):
        page.locator(f"#item-{number}-1").check()
    expect(page.get_by_role("status").filter(has_text="PHQ-9: 9 of 27, mild")).to_be_visible()
    looks_well(page)
    keep(page)
    expect(page.get_by_text("talk about safety now")).to_be_visible()


def attach(page: Page) -> None:
    page.get_by_role("link", name="Attachment").click()
    page.get_by_label("File").set_input_files({"name": "jacaranda.txt", "mimeType": "text/plain", "buffer": b"petals"})
    keep(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Open and save").click()
    assert download.value.suggested_filename == "jacaranda.txt"
    assert Path(download.value.path()).read_bytes() == b"petals"


def opened_elsewhere(page: Page, circle: Circle, case: Case, recovery: str, tmp_path: Path) -> None:
    """From paper to note without the product: pyrage for the keys, Debian's age for the texts."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Take it away sealed").click()
    archive = zipfile.ZipFile(download.value.path())
    assert archive.testzip() is None
    paper = pyrage.x25519.Identity.from_str(recovery)
    own = json.loads(pyrage.decrypt(bytes(CounsellorKey.objects.get(user=case.face.author).recovery_locked), [paper]))
    key = json.loads(pyrage.decrypt(archive.read("case-key.age"), [pyrage.x25519.Identity.from_str(own["identity"])]))
    assert key["case"] == case.ref
    (tmp_path / "case.txt").write_text(key["secret"])
    said = []
    for name in (each for each in archive.namelist() if each.startswith("texts/")):
        command = [programs.age(), "-d", "-i", str(tmp_path / "case.txt")]
        done = subprocess.run(command, input=archive.read(name), capture_output=True, check=True)
        said.append(json.loads(done.stdout))
    assert {each["kind"] for each in said} == {"face", "note", "instrument", "attachment"}
    assert {each["case"] for each in said} == {case.ref}
    attachment = next(each["body"] for each in said if each["kind"] == "attachment")
    assert (attachment["name"], base64.b64decode(attachment["bytes"])) == ("jacaranda.txt", b"petals")
    assert b"jacaranda" not in archive.read("case.json")


def test_a_case_is_shared_given_a_new_key_handed_over_and_erased(page: Page, circle: Circle) -> None:
    lock(circle.ann, circle.ben)
    case = sealed_case(circle)
    before = bytes(case.face.ciphertext)
    unlock(page, circle.ann)
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text("The first words")).to_be_visible()
    page.get_by_role("link", name="Let a second counsellor in").click()
    page.get_by_label("Colleague").select_option(circle.ben.user.ref)
    page.get_by_label("Reason").select_option("joint-work")
    page.get_by_role("button", name="Let this colleague in").click()
    expect(page.get_by_role("listitem").filter(has_text=circle.ben.user.full_name)).to_be_visible()
    page.get_by_role("button", name="End it").click()
    page.get_by_role("link", name="Give it a new key").click()
    page.get_by_role("button", name="Give it a new key").click()
    expect(page.get_by_text("The first words")).to_be_visible()
    case.refresh_from_db()
    assert (case.key_version, bytes(SealedText.objects.get(pk=case.face_id).ciphertext) != before) == (2, True)
    page.get_by_role("link", name="Hand the case over").click()
    page.get_by_label("Colleague", exact=True).select_option(circle.ben.user.ref)
    page.get_by_label("What the client agreed to").fill("Agreed on the telephone")
    page.get_by_label("The client has agreed").check()
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("heading", name="No case here")).to_be_visible()
    unlock(page, circle.ben)
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text("Agreed on the telephone")).to_be_visible()
    close_and_erase(page, case)


def close_and_erase(page: Page, case: Case) -> None:
    page.get_by_role("link", name="Close the case").click()
    page.get_by_label("How it ended").fill("Sleeps well")
    page.get_by_role("button", name="Close the case").click()
    page.get_by_role("link", name="Closed cases").click()
    page.get_by_role("link", name=PSEUDONYM).click()
    page.get_by_role("link", name="Erase the case").click()
    page.get_by_label("Type the case's name").fill("something else")
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Type the case's name").fill(case.pseudonym)
    page.get_by_role("button", name="Erase it for good").click()
    expect(page.get_by_role("heading", name="No case here")).to_be_visible()
    case.refresh_from_db()
    left = (CaseGrant.objects.count(), SealedText.objects.count(), case.shares.count())
    assert (case.state, case.pseudonym, left) == ("erased", "", (0, 0, 0))


def test_two_custodians_open_a_case_and_it_gets_a_new_key(
    page: Page, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _third = circle.custodians
    lock(first, second, circle.ann, circle.ben)
    case = sealed_case(circle, note="A plan to end it")
    sign_in(page, circle.lead)
    page.goto("/counselling/openings/")
    page.get_by_label("Reference of the case").fill(case.ref)
    page.get_by_label("Ground").select_option("risk-to-life")
    page.get_by_label("Number of the order").fill("OB 12/2026")
    page.get_by_label("Who shall read it").select_option(circle.ben.user.ref)
    page.get_by_role("button", name="Ask two custodians").click()
    expect(page.get_by_role("cell", name="Asked for")).to_be_visible()
    looks_well(page)
    act(page, first, "Take off the outer layer")
    act(page, second, "Open the case to its reader", "I have seen the case secret")
    unlock(page, circle.ben)
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text("A plan to end it")).to_be_visible()
    expect(page.get_by_text("until").first).to_be_visible()
    expect(page.get_by_role("link", name="Note", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Who has read it").click()
    expect(page.get_by_role("cell", name="Second custodian saw the secret of the case")).to_be_visible()
    looks_well(page)
    over = clock.now() + timedelta(hours=24, minutes=5)
    monkeypatch.setattr(clock, "now", lambda: over)
    page.get_by_role("link", name="Back to the case").click()
    expect(page.get_by_role("heading", name="This could not be shown")).to_be_visible()
    unlock(page, circle.ann)
    expect(page.get_by_text("needs a new key")).to_be_visible()
    page.get_by_role("link", name=PSEUDONYM).click()
    page.get_by_role("link", name="Give it a new key").click()
    page.get_by_role("button", name="Give it a new key").click()
    expect(page.get_by_text("A plan to end it")).to_be_visible()
    case.refresh_from_db()
    assert (case.key_version, case.rekey_due_at) == (2, None)


def test_signing_out_ends_the_sitting_in_every_window(page: Page, circle: Circle) -> None:
    lock(circle.ann)
    sealed_case(circle)
    unlock(page, circle.ann)
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text("The first words")).to_be_visible()
    other = page.context.new_page()
    other.goto("/counselling/")
    other.locator(".menu-account summary").click()
    with other.expect_navigation(url="**/signed-out/"):
        other.get_by_role("button", name="Sign out").click()
    other.close()
    page.evaluate(
        "document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))"
    )  # somebody looks at it again
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert "first words" not in page.content()


def test_an_open_key_locks_itself_and_leaves_nothing(page: Page, circle: Circle) -> None:
    lock(circle.ann)
    sealed_case(circle)
    page.clock.install()
    sign_in(page, circle.ann.user)
    page.goto("/counselling/")
    page.get_by_label("Passphrase of your key").fill("baro kitu woje sama riffe")
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("alert")).to_contain_text("does not open your key", timeout=SLOW)
    unlock(page, circle.ann)
    page.get_by_role("link", name=PSEUDONYM).click()
    expect(page.get_by_text("The first words")).to_be_visible()
    page.clock.run_for("14:10")
    assert "Juma" in page.content()
    expect(page.get_by_text("Locks in less than a minute")).to_be_visible()
    page.clock.run_for("01:00")
    expect(page.get_by_text("Locked because nothing was done")).to_be_visible()
    assert "Juma" not in page.content()
    assert "first words" not in page.content() + page.evaluate(STORES)
    whoever_works_on_is_locked_after_eight_hours(page)


def whoever_works_on_is_locked_after_eight_hours(page: Page) -> None:
    """A touch every fourteen minutes holds off the idle lock, and nothing holds off the other."""
    page.get_by_label("Passphrase of your key").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_text("The first words")).to_be_visible(timeout=SLOW)
    for _quarter in range(34):  # 34 times fourteen minutes: four minutes short of eight hours
        page.clock.fast_forward("14:00")
        page.keyboard.press("Shift")
    assert "The first words" in page.content()
    page.clock.fast_forward("05:00")
    expect(page.get_by_text("Locked because the longest time had passed")).to_be_visible()
    assert [each for each in ("Juma", "first words") if each in page.content() + page.evaluate(STORES)] == []
