"""The invented service of `make demo`: complete, once, and with a sign-in for each role."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from deployment.models import Posting
from desk.demo.plan import PASSWORD
from hcims.access.roles import ROLES
from hcims.audit.models import AuditEvent
from hcims.clock import today
from personnel.models import Officer
from transfers.models import Appeal, Certificate, Direction, OpenFigures, Round, Stop, TransferRequest
from transfers.verify import check


def make_demo() -> str:
    said = io.StringIO()
    call_command("make_demo", officers=3_000, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_demo_is_made_once_and_prints_its_sign_ins_each_time(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    first = make_demo()
    counts = [model._default_manager.count() for model in (Officer, Posting, User, AuditEvent)]
    assert counts[0] >= 3_000
    again = make_demo()
    assert [model._default_manager.count() for model in (Officer, Posting, User, AuditEvent)] == counts
    assert again.strip() == first[first.index("Sign-ins") :].strip()
    for role in ROLES.values():
        assert f"  {role.name} " in again, f"no sign-in for {role.name}"
    logins = [user for user in User.objects.exclude(password__startswith="!") if f" {user.login} " in again]
    assert len(logins) >= len(ROLES)
    assert all(user.check_password(PASSWORD) and user.is_active for user in logins)
    held = {each.role for user in logins for each in user.appointments_on(today())}
    assert held >= set(ROLES) - {"officer"}
    _look_at_transfers(again)


def _look_at_transfers(printed: str) -> None:
    """Cases at each step, a published round that a stranger can verify, an open one, and people who see something of it."""
    states = set(TransferRequest.objects.filter(is_protected=False).values_list("state", flat=True))
    assert states >= {"draft", "advice", "decision", "pooled", "approved", "published", "refused"}
    assert TransferRequest.objects.filter(is_protected=True, state="decision").exists()
    assert TransferRequest.objects.filter(kind="exchange", state="draft").exists()
    assert Stop.objects.filter(lifted_at__isnull=False).exists()
    assert Direction.objects.filter(is_oral=True).exists()
    assert Appeal.objects.exists()
    assert OpenFigures.objects.exists()
    assert {"published", "open"} <= set(Round.objects.values_list("state", flat=True))
    made = Certificate.objects.get()
    for tier in (made.public, made.sealed):
        assert [fault for _words, fault in check(tier.read()) if fault] == []
    assert printed.count("  Officer: ") >= 8
