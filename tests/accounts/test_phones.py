"""A changed number waits 72 hours and the old one is warned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts import actions
from accounts.actions.phones import normalise_phone
from accounts.models import PhoneChange, User
from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, RuleBroken
from hcims.jobs.runner import run_waiting
from hcims.notify.models import Message, PersonalNotice
from tests.factories.accounts import PhoneChangeFactory, UserFactory
from tests.signing_in import client_of

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
OLD, NEW = "+254712345678", "+254722000111"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0712 345 678", OLD), ("+254 712-345-678", OLD), ("254712345678", OLD), ("00254712345678", OLD),
        ("0110 123456", "+254110123456"), ("+44 7700 900123", "+447700900123"),
    ],
)  # fmt: skip
def test_numbers_are_understood_as_people_write_them(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "12", "0812345678", "07123456789", "phone", "+254 612 345 678"])
def test_what_is_no_number_is_told_how_one_looks(typed: str) -> None:
    with pytest.raises(RuleBroken, match="0712 345 678"):
        normalise_phone(typed)


def test_the_first_number_counts_at_once() -> None:
    user = UserFactory()
    assert actions.ask_phone_change(phone="0712345678", by=user, at=AT) is None
    assert User.objects.get(pk=user.pk).phone == OLD


def test_a_change_waits_and_the_old_number_is_warned() -> None:
    user = UserFactory(phone=OLD)
    change = actions.ask_phone_change(phone=NEW, by=user, at=AT)
    assert change
    assert change.counts_from == AT + timedelta(hours=72)
    assert PersonalNotice.objects.get(user=user).kind == "phone-change-asked"
    assert Message.objects.filter(user=user, channel="sms").exists()
    assert actions.apply_due_phone_changes(at=AT + timedelta(hours=71, minutes=59)) == 0
    assert User.objects.get(pk=user.pk).phone == OLD
    assert actions.apply_due_phone_changes(at=AT + timedelta(hours=72)) == 1
    assert User.objects.get(pk=user.pk).phone == NEW
    assert (
        Message.objects.filter(user=user, channel="sms").exclude(address_digest="").exists()
    )  # the old one, once more
    assert actions.apply_due_phone_changes(at=AT + timedelta(hours=99)) == 0


def test_one_may_stop_it_until_it_counts() -> None:
    user = UserFactory(phone=OLD)
    change = actions.ask_phone_change(phone=NEW, by=user, at=AT)
    assert change
    actions.stop_phone_change(change=change, by=user, at=AT)
    assert actions.apply_due_phone_changes(at=AT + timedelta(hours=72)) == 0
    with pytest.raises(InvalidTransition):
        actions.stop_phone_change(change=change, by=user, at=AT)


def test_one_change_at_a_time() -> None:
    user = UserFactory(phone=OLD)
    actions.ask_phone_change(phone=NEW, by=user, at=AT)
    with pytest.raises(RuleBroken, match="already waiting"):
        actions.ask_phone_change(phone="0733000222", by=user, at=AT)
    with pytest.raises(RuleBroken, match="in use"):
        actions.ask_phone_change(phone="0712345678", by=UserFactory(phone=OLD), at=AT)


def test_the_trail_holds_digests_and_no_number() -> None:
    user = UserFactory(phone=OLD)
    actions.ask_phone_change(phone=NEW, by=user, at=AT)
    actions.apply_due_phone_changes(at=AT + timedelta(hours=72))
    rows = " ".join(AuditEvent.objects.values_list("details", flat=True))
    assert NEW[-9:] not in rows
    assert OLD[-9:] not in rows


def test_another_persons_change_is_not_there() -> None:
    change = PhoneChangeFactory()
    assert client_of(UserFactory()).post(f"/account/phone/{change.ref}/stop/").status_code == 404
    assert PhoneChange.objects.get(pk=change.pk).state == "waiting"


def test_the_page_leads_through_it() -> None:
    user = UserFactory(phone=OLD)
    client = client_of(user)
    assert b"0712 345 678" in client.post("/account/phone/", {"phone": "12"}).content
    assert client.post("/account/phone/", {"phone": "0722000111"}).status_code == 302
    content = client.get("/account/phone/").content.decode()
    assert "••• 111" in content
    assert NEW not in content
    run_waiting()
    assert PhoneChange.objects.get(user=user).state == "waiting"
