"""The first accounts of an installation: nobody is there yet who could open, propose, approve or hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import codes, logins
from accounts.models import (
    Appointment,
    AppointmentState,
    IdentityDocument,
    LetterPurpose,
    LetterState,
    SignInLetter,
    User,
    UserKind,
)
from accounts.queries import rules
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Line, Unit, UnitClosure, UnitType

SOURCE = "HCIMS rule A-4: the first accounts are made on the server, once, and appointed crosswise"


@dataclass(frozen=True)
class First:
    """One of the first people: sign-in name, full name, role."""

    login: str
    full_name: str
    role: str


@action
def open_first_accounts(
    *, administrator: First, hr: First, commissioners: tuple[First, First], authority: str, at: datetime
) -> list[tuple[User, str]]:
    """This function will open the four accounts from which all others come, and give each its one-time code.

    Appointed crosswise, so that here too every appointment has two people, neither of them the appointee.
    Errors: RuleBroken when there is any account already.
    """
    if User.objects.exists():
        raise RuleBroken(_("There are accounts already; new ones are opened on the page of accounts."), SOURCE)
    on = timezone.localdate(at)
    service = Unit.objects.filter(type=UnitType.SERVICE).first() or _whole_service(on)
    people = [administrator, hr, *commissioners]
    users = [_account(each, at) for each in people]
    admin_user, _hr, first, second = users
    signers = [(first, second), (admin_user, first), (admin_user, second), (admin_user, first)]
    for person, user, (proposer, approver) in zip(people, users, signers, strict=True):
        _appoint(user, person.role, service, proposer, approver, authority, at)
    return [(user, _code(user, at)) for user in users]


def _whole_service(on: date) -> Unit:
    unit = Unit.objects.create(
        code="NPS",
        name="National Police Service",
        type=UnitType.SERVICE,
        line=Line.HEADQUARTERS,
        opened_on=date(2011, 8, 30),
    )
    UnitClosure.objects.create(ancestor=unit, descendant=unit, depth=0, starts_on=unit.opened_on)
    return unit


def _account(person: First, at: datetime) -> User:
    login = logins.normalise(person.login)
    kind = UserKind.OUTSIDE if logins.is_email(login) else UserKind.CIVILIAN
    email = login if kind == UserKind.OUTSIDE else ""
    user = User.objects.enter(login=login, kind=kind, full_name=person.full_name, email=email, opened_at=at)
    trail.record(Event.ACCOUNT_OPENED, target=user, by=None, at=at, source=SOURCE, details={"kind": kind})
    return user


def _appoint(user: User, role: str, unit: Unit, by: User, approver: User, authority: str, at: datetime) -> None:
    made = Appointment.objects.create(
        user=user, role=role, unit=unit, starts_on=timezone.localdate(at), authority=authority, proposed_by=by,
        proposed_at=at, decided_by=approver, decided_at=at, state=AppointmentState.APPROVED,
    )  # fmt: skip
    details = {"user": user.ref, "role": role, "unit": unit.code}
    trail.record(
        Event.APPOINTMENT_APPROVED, target=made, by=None, at=at, source=authority, reason=SOURCE, details=details
    )


def _code(user: User, at: datetime) -> str:
    code = codes.new_code()
    SignInLetter.objects.create(
        user=user, purpose=LetterPurpose.ACTIVATION, code_digest=codes.digest(code), issued_at=at, handed_over_at=at,
        expires_at=at + rules.letter_days(LetterPurpose.ACTIVATION, on=timezone.localdate(at)),
        identity_document=IdentityDocument.NATIONAL_ID, state=LetterState.HANDED_OVER,
    )  # fmt: skip
    trail.record(Event.ACTIVATION_ISSUED, target=user, by=None, at=at, source=SOURCE, details={"step": "on the server"})
    return code
