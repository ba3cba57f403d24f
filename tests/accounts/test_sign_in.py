"""Signing in: one answer for whatever is wrong, a lock-out by name and address, sittings that end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from accounts import lockout
from accounts.adapters import SecondFactorAdapter
from accounts.queries.factors import ref_of
from hcims import clock
from tests.access.asking import comparable
from tests.factories.accounts import PASSWORD, UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def sign_in(login: str, password: str = PASSWORD, client: Client | None = None, **headers: Any) -> Any:
    return (client or client_of(None)).post("/sign-in/", {"login": login, "password": password}, **headers)


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def with_app(user: Any) -> Any:
    secret = SecondFactorAdapter().encrypt(SECRET)
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    return user


def body(answer: Any) -> bytes:
    """The page without tokens and without what was typed."""
    content = b"\n".join(line for line in answer.content.splitlines() if b"csrfmiddlewaretoken" not in line)
    return content.split(b'value="')[0] + content.rsplit(b"</form>", 1)[1]


def test_the_number_is_understood_as_people_type_it() -> None:
    UserFactory(login="007123")
    answer = sign_in(" 007 123")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_an_e_mail_address_is_understood_in_any_case() -> None:
    UserFactory(login="asha@example.org", kind="outside")
    assert sign_in("Asha@Example.org").status_code == 302


def test_whatever_is_wrong_the_page_is_the_same() -> None:
    UserFactory(login="100001")
    UserFactory(login="100002", activated_at=None)
    UserFactory(login="100003", is_active=False, closed_at=clock.now())
    answers = [
        sign_in("100001", "not the password"), sign_in("100002"), sign_in("100003"), sign_in("100003", "wrong"),
        sign_in("999999"),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {422}
    assert len({body(answer) for answer in answers}) == 1


def test_six_failures_lock_the_name_from_that_address_only() -> None:
    UserFactory(login="007123")
    client = client_of(None)
    answers = [sign_in(" 007 123 ", "wrong", client).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert sign_in("007123", client=client).status_code == 429  # the right password too
    UserFactory(login="007124")
    assert sign_in("007124", client=client_of(None)).status_code == 302  # a colleague at the same station
    assert sign_in("007123", REMOTE_ADDR="10.1.2.3").status_code == 302  # the same person from elsewhere


def test_the_lock_out_page_is_the_same_for_a_name_that_does_not_exist() -> None:
    UserFactory(login="007123")
    pages = []
    for login in ("007123", "888888"):
        client = client_of(None)
        answers = [sign_in(login, "wrong", client) for _ in range(7)]
        pages.append(comparable(answers[-1], "/sign-in/"))
    assert pages[0] == pages[1]


def test_an_address_is_taken_from_our_own_proxies_only(rf: Any, settings: Any) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.0.0.9", REMOTE_ADDR="10.0.0.1")
    assert lockout.address_of(request) == "10.0.0.1"
    settings.PROXY_COUNT = 1
    assert lockout.address_of(request) == "10.0.0.9"
    settings.PROXY_COUNT = 3
    assert lockout.address_of(request) == "10.0.0.1"


def test_nobody_is_led_to_another_site_after_signing_in() -> None:
    UserFactory(login="007123")
    answer = client_of(None).post(
        "/sign-in/?next=https://evil.example/",
        {"login": "007123", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/"


def test_there_is_no_sign_up_and_no_reset_by_mail() -> None:
    for address in (
        "/signup/",
        "/accounts/signup/",
        "/accounts/login/",
        "/password/reset/",
        "/accounts/password/reset/",
    ):
        assert client_of(None).get(address).status_code in (302, 404)
        assert b"password1" not in client_of(None).get(address).content


class TestSecondStep:
    def test_the_password_alone_opens_nothing(self) -> None:
        user = with_app(UserFactory(login="007123"))
        client = client_of(None)
        assert sign_in(user.login, client=client)["Location"] == "/sign-in/code/"
        assert client.get("/account/")["Location"].startswith("/sign-in/")
        assert client.post("/sign-in/code/", {"code": code_now()})["Location"] == "/"
        assert client.get("/account/").status_code == 200

    def test_a_code_works_once(self) -> None:
        user, code = with_app(UserFactory()), code_now()
        for expected in (302, 422):
            client = client_of(None)
            sign_in(user.login, client=client)
            assert client.post("/sign-in/code/", {"code": code}).status_code == expected

    def test_wrong_codes_lock_like_wrong_passwords(self) -> None:
        user = with_app(UserFactory())
        client = client_of(None)
        sign_in(user.login, client=client)
        answers = [client.post("/sign-in/code/", {"code": "000000"}).status_code for _ in range(7)]
        assert 429 in answers
        assert client.post("/sign-in/code/", {"code": code_now()}).status_code in (422, 429)

    def test_the_secret_is_encrypted(self) -> None:
        user = with_app(UserFactory())
        assert SECRET not in str(Authenticator.objects.get(user=user).data)

    def test_a_role_compels_one_and_the_page_says_so(self) -> None:
        user = appoint(UserFactory(), "hr-officer", UnitFactory(type="county"))
        client = client_of(None)
        sign_in(user.login, client=client)
        assert client.get("/account/")["Location"] == "/account/second-factor/"
        assert b"Your role needs one" in client.get("/account/second-factor/").content
        assert client.get("/account/second-factor/app/").status_code == 200

    def test_the_demo_may_relax_it(self, settings: Any) -> None:
        settings.SECOND_FACTOR_COMPULSORY = False
        user = appoint(UserFactory(), "hr-officer", UnitFactory(type="county"))
        client = client_of(None)
        sign_in(user.login, client=client)
        assert client.get("/account/").status_code == 200

    def test_a_password_in_other_hands_adds_no_factor_to_an_account_that_has_one(self) -> None:
        user = UserFactory()
        client = client_of(user, second_factor=False)
        with_app(user)
        for address in ("/account/second-factor/app/", "/account/second-factor/passkey/"):
            assert client.get(address)["Location"] == "/account/second-factor/"

    def test_the_last_one_stays_where_a_role_compels_it(self) -> None:
        user = with_app(appoint(UserFactory(), "hr-officer", UnitFactory(type="county")))
        client = client_of(None)
        sign_in(user.login, client=client)
        client.post("/sign-in/code/", {"code": code_now()})
        ref = ref_of(Authenticator.objects.get(user=user))
        assert client.post(f"/account/second-factor/{ref}/remove/").status_code == 409
        assert Authenticator.objects.filter(user=user).exists()


class TestSitting:
    @pytest.fixture
    def now(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, datetime]:
        at = {"now": datetime(2026, 11, 20, 6, 0, tzinfo=UTC)}
        monkeypatch.setattr(clock, "now", lambda: at["now"])
        return at

    def test_it_ends_when_left_alone(self, now: dict[str, datetime]) -> None:
        client, user = client_of(None), UserFactory()
        sign_in(user.login, client=client)
        for minutes in (50, 50):
            now["now"] += timedelta(minutes=minutes)
            assert client.get("/account/").status_code == 200
        now["now"] += timedelta(minutes=61)
        assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
        assert client.get("/account/").status_code == 302

    def test_from_a_deed_the_way_back_leads_to_the_page_it_was_sent_from(self) -> None:
        back = [
            client_of(None).post("/imports/abc/confirm/", headers=headers)["Location"]
            for headers in (
                {"Referer": "http://testserver/imports/abc/?show=new"},
                {"Referer": "https://evil.example/x"},
                {},
            )
        ]
        assert back == ["/sign-in/?next=/imports/abc/%3Fshow%3Dnew", *["/sign-in/?next=/"] * 2]

    def test_it_ends_after_a_working_day_however_busy(self, now: dict[str, datetime]) -> None:
        client, user = client_of(None), UserFactory()
        sign_in(user.login, client=client)
        for _ in range(15):
            now["now"] += timedelta(minutes=50)
            answer = client.get("/account/")
        assert answer.status_code == 302

    def test_with_a_role_it_ends_sooner(self, now: dict[str, datetime], settings: Any) -> None:
        settings.SECOND_FACTOR_COMPULSORY = False
        user = appoint(UserFactory(), "hr-officer", UnitFactory(type="county"))
        client = client_of(None)
        sign_in(user.login, client=client)
        now["now"] += timedelta(minutes=31)
        assert client.get("/account/").status_code == 302

    def test_a_session_gets_a_new_key_when_it_is_signed_in(self) -> None:
        client, user = client_of(None), UserFactory()
        client.get("/sign-in/")
        client.session.save()
        before = client.session.session_key
        sign_in(user.login, client=client)
        assert client.session.session_key != before

    def test_others_are_signed_out_and_listed(self) -> None:
        user = UserFactory()
        here, there = client_of(None), client_of(None)
        for client in (here, there):
            sign_in(user.login, client=client, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile")
        assert here.get("/account/sessions/").content.count(b"Chrome, Android") == 2
        assert here.post("/account/sessions/").status_code == 302
        assert there.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200

    def test_a_changed_password_signs_others_out(self) -> None:
        user = UserFactory()
        here, there = client_of(None), client_of(None)
        for client in (here, there):
            sign_in(user.login, client=client)
        wrong = here.post("/account/password/", {"old": "wrong", "new": "kahawa ndizi mlima"})
        assert wrong.status_code == 422
        assert here.post("/account/password/", {"old": PASSWORD, "new": "kahawa ndizi mlima"}).status_code == 302
        assert here.get("/account/").status_code == 200
        assert there.get("/account/").status_code == 302
        assert sign_in(user.login, "kahawa ndizi mlima").status_code == 302
