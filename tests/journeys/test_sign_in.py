"""From the letter with a code to a lock-out: the whole life of a sign-in, on a small telephone, with a real browser's passkey."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from accounts import actions, codes
from accounts.models import LetterState, PhoneChange, SignInLetter
from hcims import clock
from hcims.notify.models import Message
from personnel.models import Officer
from tests.factories.accounts import CODE, PASSWORD, UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.signing_in import sign_in
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
HOME = re.compile(r":\d+/(me/)?$")
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def small_page(page: Page) -> Page:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return page


def code_now(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows; the next one, too, is taken by the server's clock."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1] + later))


def with_a_lock(page: Page) -> None:
    """This function will give the browser a device lock of its own, as a telephone has."""
    session: Any = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("main")).to_contain_text("signed out")


def type_password(page: Page, login: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Staff number or e-mail").fill(login)
    page.get_by_label("Password", exact=True).fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def test_hr_issues_a_letter_and_hands_it_over_against_identity(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    officer = OfficerFactory(posted_to=world.station)
    monkeypatch.setattr(codes, "new_code", lambda: CODE)
    sign_in(page, world.people["hr-officer"])
    page.goto(f"/officers/{officer.service_number}/sign-in/")
    with page.expect_download() as paper:
        page.get_by_role("button", name=re.compile("letter")).click()
    assert paper.value.suggested_filename.endswith(".pdf")
    page.reload()
    page.get_by_role("main").get_by_role("link", name=officer.service_number).click()
    page.get_by_label("National identity card").check()
    page.get_by_role("button", name="Handed over").click()
    expect(page.get_by_text("The code works now.")).to_be_visible()
    assert SignInLetter.objects.get(user=Officer.objects.get(pk=officer.pk).user).state == LetterState.HANDED_OVER


def activated(page: Page, world: World, role: str) -> Any:
    """An officer with this role, who has just used the letter that HR handed over."""
    officer = OfficerFactory(posted_to=world.station, user=UserFactory(activated_at=None))
    user = officer.user
    assert user
    appoint(user, role, world.county)
    hr, at = world.people["hr-officer"], clock.now()
    letter = actions.issue_activation(user=user, unit=world.station, by=hr, at=at).letter
    actions.hand_over(letter=letter, identity_document="national-id", by=hr, at=at)
    page.goto("/sign-in/")
    page.get_by_role("link", name="I have a letter with a code").click()
    page.get_by_label("Staff number or e-mail").fill(user.login)
    page.get_by_label("Code from your letter").fill(CODE.upper().replace("-", " "))
    page.get_by_label("New password").fill("simba")
    page.get_by_role("button", name="Keep the password and sign in").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    fits(page)
    page.get_by_label("Code from your letter").fill(CODE)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Keep the password and sign in").click()
    return user


def set_up_app(page: Page) -> str:
    """The secret that the page shows, proved by a first code."""
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("not right")
    assert page.locator("code").inner_text().replace(" ", "") == secret
    page.get_by_label("Code that the app shows").fill(code_now(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("The authenticator app is set up.")).to_be_visible()
    return secret


def test_from_the_letter_to_every_way_of_signing_in(small_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page, world = small_page, make_world()
    monkeypatch.setattr(codes, "new_code", lambda: CODE)
    with_a_lock(page)
    user = activated(page, world, "counsellor")
    expect(page.get_by_text("Your role needs one")).to_be_visible()
    page.goto("/notices/")
    assert page.url.endswith("/account/second-factor/")
    fits(page)
    secret = set_up_app(page)
    recovery = new_recovery_codes(page)
    add_passkey(page)
    page.goto("/account/sessions/")
    expect(page.get_by_text("this one")).to_be_visible()
    fits(page)
    by_password_and_code(page, user.login, code_now(secret, later=1))
    by_recovery_code(page, user.login, recovery[0])
    by_passkey(page)


def new_recovery_codes(page: Page) -> list[str]:
    page.goto("/account/second-factor/")
    page.get_by_role("link", name="Recovery codes").click()
    if page.get_by_role("button", name="Make new codes").is_visible():
        page.get_by_role("button", name="Make new codes").click()
    expect(page.get_by_text("Write them down now")).to_be_visible()
    found = page.locator("main li code").all_inner_texts()
    assert len(found) == 10
    fits(page)
    page.reload()
    expect(page.get_by_text("cannot be shown again")).to_be_visible()
    return found


def add_passkey(page: Page) -> None:
    page.goto("/account/second-factor/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of this passkey").fill("My telephone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("The passkey is kept.")).to_be_visible()
    expect(page.get_by_role("heading", name="My telephone")).to_be_visible()
    fits(page)


def by_password_and_code(page: Page, login: str, code: str) -> None:
    sign_out(page)
    type_password(page, login)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    fits(page)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(HOME)


def by_recovery_code(page: Page, login: str, code: str) -> None:
    for opens in (True, False):
        sign_out(page) if opens else page.context.clear_cookies()
        type_password(page, login)
        page.get_by_label("Code", exact=True).fill(code)
        page.get_by_role("button", name="Go on").click()
        if opens:
            page.wait_for_url(HOME)
        else:
            expect(page.locator(".govuk-error-summary")).to_contain_text("used already")


def by_passkey(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(HOME)
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_other_devices_are_signed_out_from_the_list(small_page: Page, browser: Any, browser_context_args: Any) -> None:
    make_world()
    user = UserFactory()
    type_password(small_page, user.login)
    elsewhere = browser.new_context(**browser_context_args).new_page()
    type_password(elsewhere, user.login)
    elsewhere.goto("/account/")
    small_page.goto("/account/sessions/")
    assert small_page.get_by_role("main").get_by_text("Signed in", exact=True).count() == 2
    small_page.get_by_role("button", name="Sign out on all other devices").click()
    expect(small_page.get_by_text("Signed out on 1 other device.")).to_be_visible()
    elsewhere.reload()
    assert "/sign-in/" in elsewhere.url
    elsewhere.context.close()


def test_six_wrong_passwords_shut_the_name_out_in_words(small_page: Page) -> None:
    make_world()
    user = UserFactory()
    for _ in range(6):
        type_password(small_page, user.login, "not the password")
    expect(small_page.get_by_role("heading", level=1)).to_have_text("Too many tries")
    fits(small_page)
    type_password(small_page, user.login)
    expect(small_page.get_by_role("heading", level=1)).to_have_text("Too many tries")


def test_a_new_number_waits_and_can_be_stopped(small_page: Page) -> None:
    make_world()
    user = UserFactory(phone="+254712345678")
    type_password(small_page, user.login)
    small_page.goto("/account/phone/")
    small_page.get_by_role("textbox").fill("0722 000 111")
    small_page.get_by_role("button", name="Ask for the change").click()
    expect(small_page.get_by_text("A change waits")).to_be_visible()
    expect(small_page.get_by_role("main")).not_to_contain_text("0722")
    assert Message.objects.filter(user=user, channel="sms").exists()
    fits(small_page)
    small_page.get_by_role("button", name="Stop the change").click()
    expect(small_page.get_by_text("change your password now")).to_be_visible()
    assert PhoneChange.objects.get(user=user).state == "stopped"


def test_the_demonstration_says_on_every_page_that_it_is_one(small_page: Page, settings: Any) -> None:
    settings.SECOND_FACTOR_COMPULSORY, settings.IS_DEMO = False, True
    world = make_world()
    sign_in(small_page, world.people["hr-officer"])
    for address in ("/", "/account/"):
        small_page.goto(address)
        expect(small_page.get_by_role("region", name="Demonstration")).to_contain_text("invented people")
