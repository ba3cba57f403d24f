"""Danger now and the consent words: open to anyone, in the language of the address, without a trace of the reader."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts import traffic
from counselling.models import ConsentWords, HelpLine
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.ui.test_weights import weighed

PUBLIC = ["/w/now/", "/w/words/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_signed_in_reader_leaves_no_more_behind_than_anybody(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a cookie nor a touched session nor a count of bytes, and the same page for both."""
    counted: list[Any] = []
    monkeypatch.setattr(traffic, "add", lambda *given: counted.append(given))
    client = client_of(UserFactory())
    client.get("/account/")
    assert counted.pop()
    before = list(Session.objects.values()), list(UserSession.objects.values())
    answer = client.get(address)
    assert (list(Session.objects.values()), list(UserSession.objects.values())) == before
    assert (counted, answer.cookies) == ([], {})
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    assert answer.content == client_of(None).get(address).content


@pytest.mark.django_db
def test_the_address_says_the_language() -> None:
    page = client_of(None).get("/w/now/?lang=sw").content.decode()
    assert "Hatari sasa" in page
    assert 'href="/w/words/?lang=sw"' in page
    assert "Danger now" in client_of(None).get("/w/now/?lang=xx").content.decode()


@pytest.mark.django_db
def test_a_number_says_when_it_was_last_tried_and_claims_no_more() -> None:
    page = client_of(None).get("/w/now/?lang=en").content.decode()
    assert 'href="tel:0800721070"' in page
    assert "Not tried yet by this service" in page
    assert "crisis" not in page.lower()
    assert "has been confirmed yet" in page
    tried = {"last_tried_on": date(2026, 11, 20), "was_answered": True, "tried_by": UserFactory()}
    HelpLine.objects.filter(code="counselling-unit").update(**tried)
    HelpLine.objects.create(
        kind="crisis",
        name_en="Night line",
        number="0700 000 000",
        is_24h=True,
        starts_on=date(2020, 1, 1),
        source="test",
    )
    page = client_of(None).get("/w/now/?lang=en").content.decode()
    assert "Last tried on 20 November 2026: somebody answered." in page
    assert page.index("Night line") < page.index("0800 721 070")
    assert "has been confirmed yet" not in page


@pytest.mark.django_db
def test_words_name_every_exception_and_say_that_they_are_a_draft() -> None:
    english = client_of(None).get("/w/words/?lang=en").content.decode()
    for exception in (
        "your own life or to somebody else",
        "abuse of a child",
        "elderly",
        "violence at home",
        "law commands",
    ):
        assert english.count(exception) == 2, exception
    assert english.count("Draft, awaiting Kenyan counsel") == 2
    swahili = client_of(None).get("/w/words/?lang=sw").content.decode()
    assert "Rasimu, inasubiri wakili wa Kenya" in swahili
    assert "si mshauri nasaha" in swahili


@pytest.mark.django_db
def test_words_of_one_kind_follow_each_other() -> None:
    """Reference rows come once: loading them again changes nothing."""
    from counselling.reference import load_reference

    assert load_reference() == 0
    assert ConsentWords.objects.in_force(datetime.now(UTC).date()).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PUBLIC, "/w/check/", "/w/people/"])
def test_a_first_visit_weighs_15_kilobytes_at_most(address: str) -> None:
    """With style, scripts and picture, in Kiswahili, which is the longer."""
    _again, first = weighed(client_of(None), f"{address}?lang=sw")
    assert first <= 15_000
