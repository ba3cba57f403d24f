"""Nothing is wrapped to a key before two pinned custodians of different bodies have signed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from counselling import age_files, vouching
from counselling.models import CaseEvent, CounsellorKey, CustodianKey
from hcims import database_rules
from tests.factories.accounts import OutsideUserFactory, UserFactory, appoint
from tests.factories.cases import LOCKED, Circle, Person, pin, seal, text_of

pytestmark = pytest.mark.django_db


def proposed(circle: Circle) -> Person:
    person = Person(appoint(UserFactory(), "counsellor", circle.unit))
    sent = {
        "recipient": person.recipient, "locked": text_of(LOCKED), "recovery_locked": text_of(seal(b"own", person.recipient)),
    }  # fmt: skip
    assert circle.asks(person).post("keys/", sent).status_code == 200
    person.key = CounsellorKey.objects.get(user=person.user)
    return person


def sign(circle: Circle, custodian: Person, key: CounsellorKey, signature: str = "") -> Any:
    sent = {"key": key.ref, "signature": signature or custodian.signature(key)}
    return circle.asks(custodian).post("custody/sign/", sent)


def test_two_custodians_certify_a_key(circle: Circle) -> None:
    person = proposed(circle)
    first, second, third = circle.custodians
    assert [each["key"] for each in circle.asks(first).get("custody/").json()["to_sign"]] == [person.key.ref]
    assert sign(circle, first, person.key).json()["state"] == "proposed"
    assert sign(circle, first, person.key).status_code == 409, "one custodian twice is one custodian"
    assert circle.asks(person).post("cases/", circle.new_case(holder=person)).status_code == 409
    assert sign(circle, second, person.key).json()["state"] == "certified"
    assert sign(circle, third, person.key).status_code == 409
    assert circle.asks(person).post("cases/", circle.new_case(holder=person)).status_code == 200
    names = {each["user"] for each in circle.asks(circle.ann).get("readers/").json()["readers"]}
    assert names == {person.user.ref, circle.ben.user.ref}


def test_a_signature_that_does_not_fit_is_refused(circle: Circle) -> None:
    person = proposed(circle)
    first, second, _third = circle.custodians
    for signature in (second.signature(person.key), first.signature(circle.ann.key), text_of(b"x" * 64), "not base64"):
        assert sign(circle, first, person.key, signature).status_code == 409


def test_a_key_swapped_in_the_database_is_certified_no_more(circle: Circle) -> None:
    CounsellorKey.objects.filter(user=circle.ben.user).update(recipient=Person(circle.ben.user).recipient)
    assert circle.asks(circle.ann).get("readers/").json()["readers"] == []


def test_custodians_put_into_the_database_alone_vouch_for_nothing(circle: Circle) -> None:
    pin(circle.custodians[0])
    assert circle.asks(circle.ann).get("readers/").json()["readers"] == []
    person = proposed(circle)
    assert sign(circle, circle.custodians[1], person.key).status_code == 409
    Path(settings.CUSTODIAN_PINS_FILE).unlink()
    assert circle.asks(circle.ann).get("me/").json()["pins"] == []


def test_a_custodian_is_of_no_police_command_and_one_of_a_body(circle: Circle) -> None:
    def make(user: Any, body: str) -> int:
        new = Person(user)
        sent = {
            "body": body, "signing_key": new.signing_key, "recipient": new.recipient, "locked": text_of(LOCKED),
            "recovery_locked": text_of(seal(b"own", new.recipient)),
        }  # fmt: skip
        return circle.asks(user).post("custody/keys/", sent).status_code

    officer = appoint(UserFactory(), "custodian", circle.unit)
    commander = appoint(appoint(OutsideUserFactory(), "custodian", circle.unit), "county-commander", circle.unit)
    outsider = appoint(OutsideUserFactory(), "custodian", circle.unit)
    assert make(officer, "odpc") == 403
    assert make(commander, "odpc") == 403
    assert make(outsider, "ipoa") == 409, "this body has its custodian"
    assert make(outsider, "odpc") == 200
    assert make(circle.custodians[0].user, "ipoa") == 200, "a new key takes the place of the old one"
    assert CustodianKey.objects.filter(user=circle.custodians[0].user, state="retired").count() == 1


def test_what_is_locked_is_locked_with_a_passphrase_and_what_is_sealed_is_not(circle: Circle) -> None:
    key = Person(circle.ann.user).recipient
    age_files.check(LOCKED, kind=age_files.PASSPHRASE, limit=4096)
    age_files.check(seal(b"x", key), kind=age_files.KEY, limit=4096)
    for content, kind in ((LOCKED, age_files.KEY), (seal(b"x", key), age_files.PASSPHRASE), (b"", age_files.KEY),
                          (b"age-encryption.org/v1\n", age_files.KEY), (seal(b"x" * 5000, key), age_files.KEY)):  # fmt: skip
        with pytest.raises(age_files.NotAgeFile):
            age_files.check(content, kind=kind, limit=4096)
    assert not vouching.is_signing_key("AAAA")


def test_the_log_is_verified_and_a_forged_line_is_named(circle: Circle, capsys: pytest.CaptureFixture[str]) -> None:
    circle.case()
    call_command("verify_case_log")
    stood = capsys.readouterr().out.strip().splitlines()[-1]
    circle.case()
    call_command("verify_case_log", "--stood", stood)
    chain = CaseEvent.APPEND_ONLY[0]
    with connection.cursor() as cursor:
        for statement in getattr(chain, f"{connection.vendor}_removal")(CaseEvent._meta.db_table):
            cursor.execute(statement)
    CaseEvent.objects.filter(sequence=1).update(by_ref="somebody")
    with pytest.raises(CommandError):
        call_command("verify_case_log")
    assert "row 1: altered" in capsys.readouterr().out
    database_rules.install(connection)
