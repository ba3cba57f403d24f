"""A view that does not say who may open it is refused by the middleware too, not only by the check at the start."""

from typing import Any

import pytest
from django.test import Client

from hcims.access.roles import ROLES
from tests.access import faulty_urls
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.world import World


@pytest.mark.django_db
def test_a_view_that_says_nothing_is_answered_like_one_that_does_not_exist(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = faulty_urls.__name__
    for client in (Client(), *(client_of(world.people[code]) for code in list(ROLES)[:4])):
        response = client.get("/silent/")
        assert response.status_code == 404
        assert b"no word about" not in response.content


@pytest.mark.django_db
def test_a_form_sent_after_another_window_signed_in_says_so_and_leads_back() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    here = {"HTTP_REFERER": "http://testserver/account/password/?x=1"}
    for more, back in ((here, "/account/password/?x=1"), ({"HTTP_REFERER": "http://evil.example/x"}, "/")):
        answer = client.post("/account/password/", {"old": "a", "new": "b"}, **more)  # type: ignore[arg-type]
        assert answer.status_code == 403
        assert f'href="{back}">Load the page again' in answer.content.decode()
    doubled = client.post("/account/password/", {}, HTTP_REFERER="http://testserver//evil.example/")
    assert b'href="/evil.example/"' in doubled.content
