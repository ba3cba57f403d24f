"""A fresh installation gets its first accounts by one command, once."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Appointment, SignInLetter, User
from hcims import clock
from hcims.access.permissions import Permission
from hcims.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of

WORDS = [
    "first_accounts",
    "--administrator", "admin@example.org", "Neema Mtandao",
    "--hr", "200 145", "Asha Mwende",
    "--commissioner", "one@example.org", "Zawadi Tumaini",
    "--commissioner", "two@example.org", "Baraka Imani",
    "--authority", "Gazette Notice 1 of 2026",
]  # fmt: skip
pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    call_command(*WORDS, stdout=out)
    return out.getvalue()


def test_four_people_are_appointed_crosswise() -> None:
    run()
    held = {each.user.login: each for each in Appointment.objects.select_related("user")}
    assert {login: each.role for login, each in held.items()} == {
        "admin@example.org": "system-administrator", "200145": "hr-officer",
        "one@example.org": "npsc-commissioner", "two@example.org": "npsc-commissioner",
    }  # fmt: skip
    for each in held.values():
        assert len({each.user_id, each.proposed_by_id, each.decided_by_id}) == 3
    hr, on = User.objects.get(login="200145"), clock.today()
    assert hr.scope(Permission.ISSUE_ACTIVATION, on=on).everywhere
    assert AuditEvent.objects.filter(event="appointment-approved").count() == 4


def test_each_code_opens_its_account_once() -> None:
    said = run()
    code = re.search(r"200145\s+(\S+)", said)
    assert code
    client = client_of(None)
    given = {"login": "200 145", "code": code[1], "password": "kahawa ndizi mlima"}
    assert client.post("/activate/", given)["Location"] == "/account/second-factor/"
    assert client_of(None).post("/activate/", given).status_code == 422
    assert code[1].replace("-", "") not in " ".join(SignInLetter.objects.values_list("code_digest", flat=True))
    assert SignInLetter.objects.first().expires_at > clock.now() + timedelta(days=29)


def test_it_is_refused_once_there_is_anybody() -> None:
    UserFactory()
    with pytest.raises(CommandError, match="accounts already"):
        run()
