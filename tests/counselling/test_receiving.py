"""Contacts arrive sealed and without a session: nothing tells when one came or from whom, and each counts once."""

from __future__ import annotations

import io
import json
import logging
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.serializers import serialize
from django.test import Client

from accounts import traffic
from accounts.models import User
from counselling.actions import contacts
from counselling.actions.contacts import receive_contacts
from counselling.actions.phones import change_receiving_key, end_phone
from counselling.envelopes import new_private_key, point_of
from counselling.models import Contact, ContactGrant, ContactInbox, PhoneDevice
from counselling.queries import contacts as queries
from counselling.receiving import keys_in, month_of, months_after, open_months
from hcims import clock
from hcims.access.throttle import FROM_ONE, Throttle
from hcims.errors import RuleBroken
from tests.factories import counselling as made
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import MOMENT, UnitFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
KEY = new_private_key()
TO = point_of(KEY)


@pytest.fixture
def supporter(db: None) -> User:
    change_receiving_key(point=TO, at=MOMENT, on=ON)
    return appoint(UserFactory(), "peer-supporter", UnitFactory())


def send(client: Client, sent: tuple[Any, bytes]) -> int:
    body = sent[0].bytes + sent[1]
    return client.post("/w/inbox/", body, content_type="application/octet-stream").status_code


def everything_kept() -> dict[str, str]:
    """Every table but the inbox, as text."""
    return {
        model._meta.label: serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if model is not ContactInbox and model._meta.managed
    }


@pytest.fixture
def every_line(caplog: Any, monkeypatch: Any) -> Any:
    """Whatever any logger says, at any level."""
    for name in ("django.request", "hcims"):
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        caplog.set_level(logging.DEBUG, name)
    caplog.set_level(logging.DEBUG)
    return caplog


def test_a_sending_leaves_nothing_but_its_envelope(supporter: User, every_line: Any, monkeypatch: Any) -> None:
    """Even from a browser that is signed in and shows its cookies."""
    client = client_of(supporter)
    monkeypatch.setattr(traffic, "_waiting", Counter())
    before = everything_kept()
    every_line.clear()
    answer = client.post("/w/inbox/", b"x" * 200, content_type="application/octet-stream")
    assert (answer.status_code, answer.cookies, answer.content) == (204, {}, b"")
    assert send(client, made.sending("x", TO)) == 204
    for broken in (b"", b"short", b"x" * 2000):
        assert client.post("/w/inbox/", broken, content_type="application/octet-stream").status_code == 400
    assert client.get("/w/inbox/").status_code == 405
    traffic.flush()
    assert everything_kept() == before
    assert [each.getMessage() for each in every_line.records if each.name != "django.db.backends"] == []
    assert {field.name for field in ContactInbox._meta.fields} == {"client_id", "sealed", "forget_from"}


def test_each_contact_counts_once_however_often_it_is_sent(supporter: User) -> None:
    secret, client = made.phone_of(supporter), Client()
    sent = [made.sending(secret, TO) for _ in range(3)]
    assert {send(client, each) for each in sent * 2} == {204}
    assert ContactInbox.objects.count() == 3
    assert receive_contacts(keys=[KEY], on=ON).taken == 3
    assert {send(client, each) for each in sent} == {204}  # a phone that did not hear the answer
    assert vars(receive_contacts(keys=[KEY], on=ON)) == {"taken": 0, "refused": 0, "unopened": 0}
    assert Contact.objects.count() == ContactGrant.objects.filter(user=supporter).count() == 3
    contact = Contact.objects.select_related("county").first()
    assert contact is not None
    assert (contact.month, contact.county.code, contact.referral, contact.count) == ("2026-11", "003", "counsellor", 1)
    assert {bytes(each) for each in ContactInbox.objects.values_list("sealed", flat=True)} == {b""}


def test_the_identifier_is_forgotten_only_when_its_month_is_not_taken_any_more(supporter: User) -> None:
    """Forgotten earlier, the same envelope would count a second time."""
    secret = made.phone_of(supporter)
    sent = made.sending(secret, TO)
    send(Client(), sent)
    receive_contacts(keys=[KEY], on=ON)
    receive_contacts(keys=[KEY], on=date(2026, 12, 31))
    assert ContactInbox.objects.count() == 1
    receive_contacts(keys=[KEY], on=date(2027, 1, 1))
    assert ContactInbox.objects.count() == 0
    send(Client(), sent)
    assert receive_contacts(keys=[KEY], on=date(2027, 1, 2)).refused == 1
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "unknown"},
        {"v": 2},
        {"client": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"month": "2026-12"},
        {"month": "2026-09"},
        {"month": "2026-11-22"},
        {"county": "048"},
        {"kind": "hello"},
        {"theme": ""},
        {"duration": 15},
        {"mode": None},
        {"referral": ["none"]},
        {"name": "Wanjiru"},
    ],
)
def test_what_was_not_agreed_is_refused_whole(supporter: User, changed: dict[str, Any]) -> None:
    send(Client(), made.sending(made.phone_of(supporter), TO, **changed))
    assert vars(receive_contacts(keys=[KEY], on=ON)) == {"taken": 0, "refused": 1, "unopened": 0}
    assert not Contact.objects.exists()
    assert not ContactInbox.objects.exists()


def test_nothing_is_taken_from_a_lost_phone_or_a_former_supporter(supporter: User) -> None:
    lost = made.phone_of(supporter)
    end_phone(ref=PhoneDevice.objects.get().ref, by=supporter, on=ON)
    send(Client(), made.sending(lost, TO))
    send(Client(), made.sending(made.phone_of(UserFactory()), TO))
    assert vars(receive_contacts(keys=[KEY], on=ON)) == {"taken": 0, "refused": 2, "unopened": 0}


def test_who_sent_sees_how_much_was_refused_by_month_and_nobody_else_does(supporter: User) -> None:
    """An envelope that no key opens belongs to nobody; every other refusal is told to the owner of its phone."""
    secret, other = made.phone_of(supporter), appoint(UserFactory(), "peer-supporter", UnitFactory())
    made.phone_of(other)
    send(Client(), made.sending(secret, TO, month="2026-09"))
    send(Client(), made.sending(secret, point_of(new_private_key())))
    receive_contacts(keys=[KEY], on=ON)
    end_phone(ref=PhoneDevice.objects.get(supporter=supporter).ref, by=supporter, on=ON)
    send(Client(), made.sending(secret, TO))
    receive_contacts(keys=[KEY], on=ON)
    assert queries.refused_lately(supporter, on=ON) == [("2026-11", 2)]
    assert queries.refused_lately(other, on=ON) == []
    assert queries.refused_lately(supporter, on=date(2027, 1, 1)) == []
    receive_contacts(keys=[KEY], on=date(2027, 1, 1))
    assert set(PhoneDevice.objects.values_list("refused", "refused_month")) == {(0, "")}


def test_one_s_own_page_says_what_was_refused(supporter: User) -> None:
    month = month_of(clock.today())
    made.phone_of(supporter)
    PhoneDevice.objects.filter(supporter=supporter).update(refused=2, refused_month=month)
    assert b"2 contacts that phones of yours sent were not accepted" in client_of(supporter).get("/w/mine/").content


def test_a_phone_that_was_long_away_still_seals_to_the_older_key(supporter: User) -> None:
    newer = new_private_key()
    send(Client(), made.sending(made.phone_of(supporter), TO))
    change_receiving_key(point=point_of(newer), at=MOMENT, on=ON)
    with pytest.raises(RuleBroken):  # the file lacks the key in use: nothing is opened, and nothing lost
        receive_contacts(keys=[KEY], on=ON)
    assert receive_contacts(keys=[newer, KEY], on=ON).taken == 1


def test_what_no_key_opens_is_kept_and_told_until_its_month_is_over(supporter: User, world: World) -> None:
    """A key that comes back from the safe opens it; what nobody opened in time is a number, and nothing else."""
    lost, secret = new_private_key(), made.phone_of(supporter)
    for _each in range(3):
        send(Client(), made.sending(secret, point_of(lost)))
    send(Client(), (uuid4(), b"x" * 200))  # no envelope at all: junk is not kept
    assert vars(receive_contacts(keys=[KEY], on=ON)) == {"taken": 0, "refused": 1, "unopened": 3}
    assert receive_contacts(keys=[KEY], on=ON).unopened == 3  # tried again every night
    assert queries.unopened_by_month(on=ON) == [queries.Unopened("2026-11", 3, "2026-12", 0)]
    lead = client_of(world.people["wellbeing-lead"])
    page = lead.get("/wellbeing/unopened/").content.decode()
    assert "3 envelopes wait for a key. Not everything could be opened since November 2026" in page
    assert "/wellbeing/unopened/" in lead.get("/").content.decode()
    assert (
        "some, since November 2026" in client_of(world.people["system-administrator"]).get("/status/").content.decode()
    )
    of_a_county = appoint(UserFactory(), "wellbeing-lead", world.county)
    others = [world.people[each] for each in ("system-administrator", "inspector-general", "counsellor", "custodian")]
    for other in (of_a_county, *others):
        assert client_of(other).get("/wellbeing/unopened/").status_code == 404
    first = ContactInbox.objects.order_by("client_id").first()
    assert first is not None
    ContactInbox.objects.filter(pk=first.pk).update(sealed=made.sending(secret, point_of(new_private_key()))[1])
    assert vars(receive_contacts(keys=[KEY, lost], on=date(2026, 12, 31))) == {"taken": 2, "refused": 0, "unopened": 1}
    receive_contacts(keys=[KEY, lost], on=date(2027, 1, 1))
    assert not ContactInbox.objects.exists()
    assert queries.unopened_by_month(on=date(2027, 1, 1)) == [queries.Unopened("2026-11", 0, "2026-12", 1)]
    receive_contacts(keys=[KEY], on=date(2028, 12, 1))
    assert queries.unopened_by_month(on=date(2028, 12, 1)) == []


def test_junk_cannot_fill_the_machine(supporter: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(contacts, "MOST_UNOPENED", 1)
    for _each in range(3):
        send(Client(), made.sending("x", point_of(new_private_key())))
    receive_contacts(keys=[KEY], on=ON)
    assert ContactInbox.objects.count() == 1
    assert queries.unopened_by_month(on=ON) == [queries.Unopened("2026-11", 1, "2026-12", 2)]


@pytest.mark.django_db(transaction=True)  # as the command runs: with no transaction around it
def test_the_commands_make_a_key_that_only_its_owner_reads_and_open_what_came(tmp_path: Any, settings: Any) -> None:
    settings.RECEIVING_KEY_FILE = str(tmp_path / "key")
    call_command("make_receiving_key", verbosity=0)
    call_command("make_receiving_key", verbosity=0)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert len(keys_in(tmp_path / "key")) == 2
    supporter = appoint(UserFactory(), "peer-supporter", UnitFactory())
    to = point_of(keys_in(tmp_path / "key")[0])
    send(Client(), made.sending(made.phone_of(supporter), to, month=month_of(clock.today())))
    call_command("receive_contacts", stdout=(said := io.StringIO()))
    assert said.getvalue() == "1 taken, 0 refused, 0 kept unopened\n"


def test_one_address_is_not_served_without_end(supporter: User, monkeypatch: Any) -> None:
    throttle = Throttle()
    assert [throttle.allows("10.0.0.1", second=60.0) for _ in range(FROM_ONE + 1)] == [True] * FROM_ONE + [False]
    assert throttle.allows("10.0.0.2", second=119.9)
    assert throttle.allows("10.0.0.1", second=120.0)
    monkeypatch.setattr(Throttle, "allows", lambda *given, **named: False)
    assert send(Client(), made.sending("x", TO)) == 429
    assert not ContactInbox.objects.exists()


def test_months() -> None:
    assert open_months(date(2027, 1, 31), 1) == ["2027-01", "2026-12"]
    assert (month_of(date(2026, 1, 1), earlier=13), months_after("2026-12", 2)) == ("2024-12", "2027-02")
    assert json.dumps(month_of(ON + timedelta(days=30))) == '"2026-12"'
