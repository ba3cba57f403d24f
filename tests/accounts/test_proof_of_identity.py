"""What a sign-in must meet beyond the ordinary way: passwords wherever one is set, lock-outs that end, being asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import global_settings, settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client

import hcims.settings
from accounts import lockout
from accounts.adapters import AccountAdapter
from accounts.queries.factors import ref_of
from hcims import clock
from hcims.audit.models import AuditEvent
from tests.accounts.test_first_accounts import WORDS, run
from tests.accounts.test_sign_in import code_now, sign_in, with_app
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.notices import told
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db


def test_a_new_password_is_held_to_the_rules_wherever_it_is_set(rf: Any) -> None:
    request, user = rf.get("/"), UserFactory()
    request.today = clock.today()
    with request_context(request), pytest.raises(ValidationError, match="Too short"):
        AccountAdapter(request).clean_password("short", user)
    client = client_of(None)
    sign_in(user.login, client=client)
    assert client.post("/account/password/", {"old": PASSWORD, "new": "short"}).status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_passwords_are_kept_slowly_hashed() -> None:
    """Tests hash fast; what is delivered does not say how, and so takes Django's present choice."""
    assert not hasattr(hcims.settings, "PASSWORD_HASHERS")
    assert "PBKDF2" in global_settings.PASSWORD_HASHERS[0]


def test_nobody_signs_up(rf: Any) -> None:
    assert not AccountAdapter(rf.get("/")).is_open_for_signup(rf.get("/"))


def test_a_name_is_counted_however_it_is_typed(rf: Any) -> None:
    assert lockout.name_tried(rf.post("/", {"login": "007-123"}), {}) == "007123"
    assert lockout.name_tried(rf.post("/"), {"username": " 007 123"}) == "007123"


def test_a_lock_out_lasts_its_time_and_no_longer() -> None:
    UserFactory(login="007123")
    client = client_of(None)
    for _ in range(6):
        sign_in("007123", "wrong", client)
    for minutes, expected in ((14, 429), (2, 302)):
        AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))
        assert sign_in("007123", client=client).status_code == expected


def with_factor_shown() -> tuple[Client, Any]:
    """Somebody who has just signed in with password and code."""
    user, client = with_app(UserFactory()), client_of(None)
    sign_in(user.login, client=client)
    client.post("/sign-in/code/", {"code": code_now()})
    return client, user


def test_before_something_that_matters_the_second_factor_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client, user = with_factor_shown()
    later = datetime.now(UTC) + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    factor = Authenticator.objects.get(user=user)
    for answer in (
        client.post(f"/account/second-factor/{ref_of(factor)}/remove/"),
        client.get("/account/second-factor/recovery-codes/"),
    ):
        assert answer["Location"].startswith("/account/again/code/")  # the password alone may be in other hands
    assert Authenticator.objects.filter(user=user).exists()


def test_who_is_locked_out_gets_no_further_by_a_code() -> None:
    user, client, guesser = with_app(UserFactory()), client_of(None), client_of(None)
    sign_in(user.login, client=client)
    for _ in range(6):
        sign_in(user.login, "wrong", guesser)
    assert client.post("/sign-in/code/", {"code": code_now()}).status_code == 429


def test_a_session_known_before_a_second_factor_was_set_up_opens_nothing_afterwards() -> None:
    client, address = client_of(None), "/account/second-factor/app/"
    sign_in(UserFactory().login, client=client)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    secret = client.get(address).context["form"].secret
    assert client.post(address, {"code": code_now(secret)}).status_code == 302
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert [each.get("/account/").status_code for each in (client, old)] == [200, 302]


def test_nobody_takes_off_another_s_second_factor() -> None:
    others = Authenticator.objects.get(user=with_app(UserFactory()))
    client, _user = with_factor_shown()
    assert client.post(f"/account/second-factor/{ref_of(others)}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=others.pk).exists()


def test_a_page_that_asks_by_itself_does_not_keep_a_sitting_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    at = {"now": datetime(2026, 11, 20, 6, 0, tzinfo=UTC)}
    monkeypatch.setattr(clock, "now", lambda: at["now"])
    client = client_of(None)
    sign_in(UserFactory().login, client=client)
    for _ in range(2):
        at["now"] += timedelta(minutes=40)
        client.get("/imports/nothing/progress/")
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_the_first_accounts_are_on_record_and_their_codes_end(monkeypatch: pytest.MonkeyPatch) -> None:
    said = run()
    for event in ("account-opened", "activation-issued"):
        assert AuditEvent.objects.filter(event=event).count() == 4
    code = next(line for line in said.splitlines() if "200145" in line).split()[1]
    later = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    given = {"login": "200145", "code": code, "password": "kahawa ndizi mlima"}
    assert client_of(None).post("/activate/", given).status_code == 422


def test_one_commissioner_is_not_enough_to_appoint_crosswise() -> None:
    one = [*WORDS[:7], *WORDS[10:]]
    with pytest.raises(CommandError, match="two commissioners"):
        call_command(*one)


def test_a_session_in_other_hands_does_not_guess_the_password() -> None:
    """The present password, asked for before a new one, is counted as at the sign-in."""
    client, user = client_of(None), UserFactory()
    sign_in(user.login, client=client)
    tries = [client.post("/account/password/", {"old": "wrong", "new": "kahawa ndizi mlima"}) for _ in range(6)]
    assert [each.status_code for each in tries] == [422] * 5 + [429]
    assert client.post("/account/password/", {"old": PASSWORD, "new": "kahawa ndizi mlima"}).status_code == 429
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_who_owns_an_account_is_told_that_its_password_was_changed() -> None:
    client, user = client_of(None), UserFactory()
    sign_in(user.login, client=client)
    client.post("/account/password/", {"old": PASSWORD, "new": "kahawa ndizi mlima"})
    assert told(user) == [("sign-in-changed", "/account/")]
