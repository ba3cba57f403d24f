"""Signs a person in without typing: for the test client and for the browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
METHODS = [{"method": "password", "at": 0}]
SECOND_FACTOR = {"method": "mfa", "at": 0, "type": "totp"}


def client_of(user: User | None, *, second_factor: bool = True) -> Client:
    """A test client as this person, or as nobody; a page that breaks is answered with 500, as a reader would see it."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
        session = client.session
        session["account_authentication_methods"] = METHODS + [SECOND_FACTOR] * second_factor
        session.save()
    return client


def sign_in(page: Any, user: User) -> None:
    """This function will make the browser page's next visit one by this person, second factor shown."""
    client = client_of(user)
    assert SESSION_KEY in client.session
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
    )
