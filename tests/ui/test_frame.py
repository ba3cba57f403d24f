"""The frame around every page: it shows to each role, and a page that leads nowhere says nothing about the address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_components_page_shows_in_both_languages(client: Client, world: World) -> None:
    client.force_login(world.people["officer"])
    english = client.get(reverse("ui:components")).content.decode()
    client.post(reverse("set_language"), {"language": "sw"})
    swahili = client.get(reverse("ui:components")).content.decode()
    assert '<html lang="en">' in english
    assert '<html lang="sw">' in swahili


def without_tokens(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


def test_not_found_page_says_nothing_about_the_address(world: World) -> None:
    client = client_of(world.people["hr-officer"])
    one, other = client.get("/no/such/page/"), client.get("/units/none-of-that-name/?q=1")
    assert one.status_code == other.status_code == 404
    assert without_tokens(one.content) == without_tokens(other.content)
    assert b"such/page" not in one.content


def test_server_error_page_needs_no_request(settings: Any) -> None:
    from hcims.access.views import server_error

    response = server_error(None)  # type: ignore[arg-type]
    assert response.status_code == 500
    assert b"<h1>" in response.content
