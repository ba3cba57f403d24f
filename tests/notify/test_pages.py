"""Notices on the page, and what a person declines."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hcims.notify import actions, queries
from hcims.notify.kinds import Notice
from tests.factories.accounts import UserFactory
from tests.factories.machinery import AT, notice_to
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db


def test_opening_a_notice_marks_it_and_leads_to_the_thing() -> None:
    user = UserFactory()
    notice, client = notice_to(user), client_of(user)
    text = client.get(reverse("notify:notices")).content.decode()
    assert "There is a posting order for you." in text
    assert "Notices (1)" in text
    answer = client.post(reverse("notify:open", args=[notice.ref]))
    assert (answer.status_code, answer.headers["Location"]) == (302, notice.link)
    assert queries.unread_count(user) == 0
    assert "Notices (1)" not in client.get(reverse("notify:notices")).content.decode()


def test_another_persons_notice_is_not_there() -> None:
    notice, client = notice_to(UserFactory()), client_of(UserFactory())
    assert client.post(reverse("notify:open", args=[notice.ref])).status_code == 404
    assert "to be confirmed" not in client.get(reverse("notify:notices")).content.decode()


def test_reading_all() -> None:
    user = UserFactory()
    notice_to(user)
    actions.notify(user, Notice.APPOINTED, at=AT)
    client_of(user).post(reverse("notify:read_all"))
    assert queries.unread_count(user) == 0


def test_messages_are_declined_and_wanted_again() -> None:
    user = UserFactory()
    client, address = client_of(user), reverse("notify:preferences")
    client.post(address, {"email": "on"})
    wanted = queries.preference_of(user)
    assert (wanted.sms, wanted.email) == (False, True)
    client.post(address, {"sms": "on", "email": "on"})
    assert queries.preference_of(user).sms


def test_the_page_is_in_kiswahili_too() -> None:
    user = UserFactory(language="sw")
    notice_to(user)
    client = client_of(user)
    client.cookies["django_language"] = "sw"
    text = client.get(reverse("notify:notices")).content.decode()
    assert "Kuna amri ya kukupangia kituo." in text
    assert "Arifa" in text
