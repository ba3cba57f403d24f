"""Signs a person in without typing: for the test client and for the browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.factories import accounts


def client_of(user: User | None, *, second_factor: bool = True) -> Client:
    """A test client as this person, or as nobody; a page that breaks is answered with 500, as a reader would see it."""
    client = Client(raise_request_exception=False)
    return accounts.sign_in(client, user, second_factor=second_factor) if user else client


def sign_in(page: Any, user: User) -> None:
    """This function will make the browser page's next visit one by this person, second factor shown."""
    cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "localhost", "path": "/"}]
    )
