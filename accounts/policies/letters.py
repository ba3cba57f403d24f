"""Who may enrol people and reset their sign-in: never themselves, and never through the person's own command.

Source: the product's own rule (docs/modules/accounts.md). Where a commander's office hands out sign-ins, it can read what
its officers write and act in their name; complaints about the same command are the first thing lost.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Appointment, LetterState, SignInLetter, User, UserKind
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType
from organisation.queries import ancestors

OUTSIDE_COMMAND = "HCIMS rule A-1: enrolment and resets never pass through the officer's own command"
ACCOUNTS = "HCIMS rule A-3: accounts are managed by people who gain nothing by it"
IDENTITY = "HCIMS rule A-2: a letter with a code is handed over against identity"


def issuing_offices(by: User, *, on: date) -> list[Appointment]:
    """The appointments by which `by` issues letters."""
    return [
        each
        for each in by.appointments_on(on)
        if each.role in ROLES and Permission.ISSUE_ACTIVATION in ROLES[each.role].permissions
    ]


def command_line(unit: Unit | None, *, on: date) -> set[int]:
    """The unit where a person serves and every command above it, short of the service as a whole. Shape: primary keys."""
    if unit is None:
        return set()
    return {each.pk for each in ancestors(unit, on=on) if each.type != UnitType.SERVICE} | {unit.pk}


def office_for(by: User, user: User, unit: Unit | None, *, on: date) -> Appointment:
    """The appointment by which `by` may issue, hand over or cancel this person's letters.

    `unit` is where the person serves; none for somebody from outside the service, for whom only an office of the whole
    service will do. Errors: NotAllowed with the reason.
    """
    if by.pk == user.pk:
        raise NotAllowed(_("Nobody issues a letter to himself or herself, or hands it over."), OUTSIDE_COMMAND)
    offices = issuing_offices(by, on=on)
    if not offices:
        raise NotAllowed(_("Letters with a code are issued by HR officers."), OUTSIDE_COMMAND)
    if unit is None:
        offices = [each for each in offices if each.unit.type in (UnitType.SERVICE, UnitType.HEADQUARTERS)]
        if user.kind == UserKind.OFFICER or not offices:
            raise NotAllowed(_("Only HR of the whole service enrols people who serve in no unit."), OUTSIDE_COMMAND)
        return offices[0]
    line = command_line(unit, on=on)
    if any(each.unit_id in line and _commands(each) for each in by.appointments_on(on)):
        raise NotAllowed(_("You are in command of this person; another office must do it."), OUTSIDE_COMMAND)
    outside = [each for each in offices if each.unit_id not in line]
    if not outside:
        raise NotAllowed(
            _(
                "Your office stands in this person's own command. Send the request to HR of the service or of another command."
            ),
            OUTSIDE_COMMAND,
        )
    return outside[0]


def _commands(appointment: Appointment) -> bool:
    role = ROLES.get(appointment.role)
    return bool(role and role.by_virtue_of_post)


def check_can_be_issued(user: User, purpose: str) -> None:
    """Errors: RuleBroken when the account is closed, or has no need of such a letter."""
    if not user.is_active:
        raise RuleBroken(_("This account is closed. Reopen it before a letter is issued."), IDENTITY)
    if purpose == "reset" and user.activated_at is None:
        raise RuleBroken(_("This account was never activated: issue an activation letter."), IDENTITY)
    if purpose == "activation" and user.activated_at is not None:
        raise RuleBroken(_("This account is activated already: issue a reset letter."), IDENTITY)


def check_can_hand_over(letter: SignInLetter, *, at: datetime) -> None:
    """Errors: RuleBroken when the letter can no longer be used."""
    if at >= letter.expires_at:
        raise RuleBroken(_("This letter has expired. Cancel it and issue another."), IDENTITY)
    if letter.state != LetterState.ISSUED:
        raise RuleBroken(_("This letter is not waiting to be handed over."), IDENTITY)


def may_issue(by: User, user: User, unit: Unit | None, *, on: date) -> bool:
    """Whether `by` may issue letters to this person: for pages that offer it."""
    try:
        office_for(by, user, unit, on=on)
    except NotAllowed:
        return False
    return True


def may_enrol(by: User, unit: Unit | None, *, on: date) -> bool:
    """Whether `by` may issue the first letter to an officer who serves at the unit and has no account yet."""
    return may_issue(by, User(kind=UserKind.OFFICER), unit, on=on)


def check_can_open(by: Any, *, kind: str, on: date) -> None:
    """Errors: NotAllowed for somebody who opens no accounts of this kind."""
    if kind == UserKind.OFFICER:
        if not by.can(Permission.ISSUE_ACTIVATION, on=on):
            raise NotAllowed(_("Officers' accounts are opened by HR, from the officer's record."), OUTSIDE_COMMAND)
    elif not manages_accounts(by, on=on):
        raise NotAllowed(_("Accounts are opened by the system administrator or by HR of the whole service."), ACCOUNTS)


def manages_accounts(by: Any, *, on: date) -> bool:
    """Whether `by` sees and manages the accounts of the whole service."""
    return bool(by.can(Permission.MANAGE_ACCOUNTS, on=on) or by.scope(Permission.ISSUE_ACTIVATION, on=on).everywhere)


def check_can_manage(by: Any, user: User, *, on: date) -> None:
    """Errors: NotAllowed for somebody who does not manage accounts, and for one's own."""
    if not manages_accounts(by, on=on):
        raise NotAllowed(_("Accounts are managed by the system administrator or by HR of the whole service."), ACCOUNTS)
    if by.pk == user.pk:
        raise NotAllowed(_("Nobody closes or reopens his or her own account."), ACCOUNTS)
