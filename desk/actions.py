"""Deeds that touch more than one module, each made of those modules' own actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts import actions as accounts
from accounts.models import UserKind
from deployment import actions as deployment
from deployment.models import Posting
from hcims.actions import action
from personnel import actions as personnel
from personnel.models import Officer


@action
def void_record(*, officer: Officer, reason: str, paper: str, by: Any, on: date, at: datetime) -> Officer:
    """This function will mark a record, and every posting on it, as entered in error.

    Errors: NotAllowed, RuleBroken (see personnel.actions.void_officer and deployment.actions.void_posting).
    """
    for posting in Posting.objects.filter(officer=officer, voided_at__isnull=True).order_by("pk"):
        deployment.void_posting(posting=posting, reason=reason, by=by, on=on, at=at)
    return personnel.void_officer(officer=officer, reason=reason, paper=paper, by=by, at=at)


@action
def enter_and_post(
    *, facts: dict[str, Any], posting: dict[str, Any], paper: str, by: Any, on: date, at: datetime
) -> Officer:
    """This function will open a new member's record and enter the first posting with it.

    Shape: `facts` as personnel.actions.enter_officer takes them, `posting` as deployment.actions.record_posting does.
    Errors: NotAllowed, RuleBroken.
    """
    officer = personnel.enter_officer(unit=posting["unit"], paper=paper, by=by, at=at, **facts)
    deployment.record_posting(
        officer=officer, order_reference=paper[:80], source=paper[:200], by=by, on=on, at=at, **posting
    )
    return officer


@action
def issue_sign_in_letter(*, officer: Officer, by: Any, at: datetime) -> accounts.IssuedCode:
    """This function will issue an officer's activation or reset letter; with the first one the account is opened.

    Errors: NotAllowed when the issuer's office stands in the officer's own command (see accounts.policies.letters).
    """
    user = officer.user
    if user is None:
        kind = UserKind.OFFICER if officer.member == "officer" else UserKind.CIVILIAN
        user = accounts.open_account(
            login=officer.service_number,
            kind=kind,
            full_name=officer.full_name,
            email=officer.personal_email,
            by=by,
            at=at,
        )
        personnel.link_account(officer=officer, user=user, by=by, at=at)
    purpose = "reset" if user.activated_at else "activation"
    address = (officer.unit.name,) if officer.unit else ()
    return accounts.issue_activation(user=user, unit=officer.unit, purpose=purpose, address=address, by=by, at=at)
