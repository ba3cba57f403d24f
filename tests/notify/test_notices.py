"""A person is told inside; outside goes the same text for everything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hcims.errors import NotFound
from hcims.notify import actions, outgoing, queries
from hcims.notify.kinds import Channel, Notice
from hcims.notify.models import Message, PersonalNotice
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def waiting() -> list[str]:
    return sorted(Message.objects.filter(state="waiting").values_list("channel", flat=True))


def test_a_notice_is_shown_until_it_is_read() -> None:
    user = UserFactory()
    actions.notify(user, Notice.CORRECTION_DECIDED, link="/me/corrections/abc/", at=AT)
    assert queries.unread_count(user) == 1
    line = queries.latest(user)[0]
    assert line.text == "Your request to correct your record was answered."
    actions.mark_read(line.notice, by=user, at=AT)
    assert queries.unread_count(user) == 0


def test_another_persons_notice_is_neither_seen_nor_marked() -> None:
    owner, other = UserFactory(), UserFactory()
    actions.notify(owner, Notice.APPOINTED, at=AT)
    notice = PersonalNotice.objects.get()
    with pytest.raises(NotFound):
        queries.access_notice(other, notice.ref)
    actions.mark_read(notice, by=other, at=AT)
    actions.mark_all_read(by=other, at=AT)
    assert queries.unread_count(owner) == 1


def test_the_same_unread_notice_is_not_repeated() -> None:
    user = UserFactory()
    for _ in range(3):
        actions.notify(user, Notice.POSTING_ORDERED, link="/stations/x/", at=AT)
    assert queries.unread_count(user) == 1
    actions.mark_all_read(by=user, at=AT)
    actions.notify(user, Notice.POSTING_ORDERED, link="/stations/x/", at=AT)
    assert queries.unread_count(user) == 1


def test_many_notices_are_one_word_by_each_channel() -> None:
    user = UserFactory()
    for notice in (Notice.CORRECTION_DECIDED, Notice.SKILL_CHECKED, Notice.POSTING_ORDERED):
        actions.notify(user, notice, at=AT)
    assert queries.unread_count(user) == 3
    assert waiting() == ["email", "sms"]


def test_who_declines_messages_still_gets_those_about_the_accounts_safety() -> None:
    user = UserFactory()
    actions.set_preference(by=user, sms=False, email=False)
    actions.notify(user, Notice.SKILL_CHECKED, at=AT)
    assert waiting() == []
    actions.notify(user, Notice.PHONE_CHANGE_ASKED, at=AT)
    assert waiting() == ["email", "sms"]


def test_the_old_number_is_warned_and_forgotten_afterwards() -> None:
    user = UserFactory()
    actions.notify(user, Notice.PHONE_CHANGE_ASKED, at=AT)
    actions.warn_former_address(user, Channel.SMS, "+254700000001", at=AT)
    assert waiting() == ["email", "sms", "sms"]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("language", ["en", "sw"])
def test_what_leaves_the_system_is_the_same_for_every_kind(channel: str, language: str) -> None:
    """`words` takes a channel and a language and nothing else: no matter can get in."""
    subject, body = outgoing.words(channel, language)
    assert "HCIMS" in subject
    assert "http://localhost:8000/sign-in/" in body
    if channel == Channel.SMS:
        assert len(body) <= 160
        assert body.isascii(), "one letter outside the GSM alphabet halves what an SMS holds"


def test_free_text_and_foreign_links_are_refused() -> None:
    user = UserFactory()
    anything: Any = "You are suspended."
    with pytest.raises(TypeError):
        actions.notify(user, anything, at=AT)
    for link in ("https://elsewhere.example/", "//elsewhere.example/"):
        with pytest.raises(ValueError, match="path of this site"):
            actions.notify(user, Notice.APPOINTED, link=link, at=AT)


def test_no_kind_speaks_of_wellbeing() -> None:
    forbidden = ("counsel", "wellbeing", "peer", "mental", "health", "referral", "trauma", "case")
    for each in Notice:
        said = f"{each.code} {each.value.text}".lower()
        assert not [word for word in forbidden if word in said], each


def test_telling_many_takes_as_many_statements_as_telling_one(django_assert_max_num_queries: Any) -> None:
    users = [UserFactory() for _ in range(30)]
    with django_assert_max_num_queries(6):
        actions.notify_many(users, Notice.POSTING_ORDERED, at=AT)
    assert PersonalNotice.objects.count() == 30


def test_counting_unread_is_one_statement(django_assert_num_queries: Any) -> None:
    user = UserFactory()
    with django_assert_num_queries(1):
        queries.unread_count(user)
