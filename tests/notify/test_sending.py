"""Messages go out, are tried again, and are given up in the end; none is lost, none speaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from hcims import clock
from hcims.jobs import due, runner
from hcims.jobs.models import Job
from hcims.notify import actions, backends, queries, sending
from hcims.notify.backends import NotSent
from hcims.notify.kinds import Channel, Notice
from hcims.notify.models import Message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> User:
    return UserFactory(email="akinyi@example.test")


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was handed over, as (channel, address, body, reference)."""
    kept: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        backends,
        "send",
        lambda channel, address, subject, body, reference: kept.append((channel, address, body, reference)),
    )
    return kept


def refuse(monkeypatch: pytest.MonkeyPatch, **arguments: Any) -> None:
    def send(*args: str) -> None:
        raise NotSent("gateway-down", **arguments)

    monkeypatch.setattr(backends, "send", send)


def send_one(at: datetime) -> Message | None:
    message = sending.claim(at=at)
    if message:
        sending.hand_over(message, at=at)
    return message


def test_a_message_goes_out_once(user: User, handed: list[Any]) -> None:
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    message = send_one(AT)
    assert message
    assert (message.state, message.over_at, len(handed)) == ("sent", AT, 1)
    assert send_one(AT + timedelta(days=1)) is None
    assert handed[0][:2] == ("email", "akinyi@example.test")


def test_a_claimed_message_is_not_taken_by_another_worker(user: User) -> None:
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    assert sending.claim(at=AT)
    assert sending.claim(at=AT) is None


def test_a_worker_killed_while_sending_loses_nothing(user: User, handed: list[Any]) -> None:
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    claimed = sending.claim(at=AT)
    again = send_one(AT + sending.CLAIMED_FOR)
    assert claimed
    assert again == claimed
    assert [each[3] for each in handed] == [claimed.ref], "the gateway can tell a double by its reference"


def test_it_is_tried_again_ever_later_and_then_given_up(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch)
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    at, tried = AT, []
    while message := send_one(at):
        tried.append(message.attempts)
        if message.state == "waiting":
            assert message.next_try_at == at + sending.WAITS[message.attempts - 1]
            assert sending.claim(at=message.next_try_at - timedelta(seconds=1)) is None
        at = message.next_try_at
    final = Message.objects.get()
    assert tried == [1, 2, 3, 4, 5, 6, 7]
    assert (final.state, final.problem) == ("given-up", "gateway-down")


def test_what_is_refused_for_good_is_not_tried_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, for_good=True)
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    message = send_one(AT)
    assert message
    assert message.state == "given-up"


def test_without_an_address_it_is_given_up(handed: list[Any]) -> None:
    actions.notify(UserFactory(email=""), Notice.APPOINTMENT_DECIDED, at=AT)
    message = send_one(AT)
    assert message
    assert (message.state, message.problem, handed) == ("given-up", "no-address", [])


def test_a_closed_account_is_sent_nothing(user: User, handed: list[Any]) -> None:
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    User.objects.update(is_active=False, closed_at=AT)
    send_one(AT)
    assert handed == []


def test_a_former_address_is_used_once_and_then_forgotten(user: User, handed: list[Any]) -> None:
    actions.warn_former_address(user, Channel.SMS, "+254700000001", at=AT)
    send_one(AT)
    message = Message.objects.get()
    assert handed[0][:2] == ("sms", "+254700000001")
    assert (message.state, message.address, message.address_digest) == ("sent", "", "")


def test_the_language_is_the_readers(user: User, handed: list[Any]) -> None:
    User.objects.update(language="sw")
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    send_one(AT)
    assert handed[0][2].startswith("Una arifa katika HCIMS.")


def test_a_mail_leaves_by_django_and_says_nothing(user: User) -> None:
    actions.notify(user, Notice.CORRECTION_DECIDED, link="/me/corrections/abc/", at=AT)
    Message.objects.filter(channel="sms").delete()
    send_one(AT)
    sent = mail.outbox[0]
    assert sent.to == ["akinyi@example.test"]
    everything = str(sent.message())
    assert "correct" not in everything
    assert "/me/" not in everything


def test_a_gateways_words_are_not_kept(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **named: Any) -> None:
        raise ConnectionError("could not reach akinyi@example.test")

    monkeypatch.setattr(mail.EmailMessage, "send", broken)
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=AT)
    message = send_one(AT)
    assert message
    assert message.problem == "ConnectionError"


def test_workers_send_by_themselves_what_is_due(user: User) -> None:
    at = clock.now()
    due.enqueue_due(at=at)
    runner.run_waiting()  # whatever else was due
    assert due.enqueue_due(at=at) == 0
    actions.notify(user, Notice.APPOINTMENT_DECIDED, at=at)
    assert due.enqueue_due(at=at) == 1
    assert runner.run_waiting() == 1
    assert Job.objects.get(kind="send-messages").result == {"sent": 1}
    assert queries.outbox(at=clock.now()).sent_today == 1
