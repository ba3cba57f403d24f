"""Accounts as those who manage them see them: name, sign-in name, state, last sign-in. No personnel content."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts import logins
from accounts.models import Appointment, LetterState, SignInLetter, User
from accounts.policies.letters import issuing_offices, manages_accounts
from hcims.errors import NotFound
from organisation.models import Unit

STATES = ("open", "waiting", "closed")


def visible_to(user: Any, *, on: date, asked_for: str = "") -> QuerySet[User]:
    """All accounts for those who manage them. An HR office of a part of the service finds the one it was asked for by its
    whole sign-in name, and those whose letters it issued or handed over."""
    if manages_accounts(user, on=on):
        return User.objects.all()
    if not issuing_offices(user, on=on):
        return User.objects.none()
    mine = SignInLetter.objects.filter(Q(issued_by=user) | Q(handed_over_by=user)).values("user")
    return User.objects.filter(Q(pk__in=mine) | Q(login=logins.normalise(asked_for) or "-"))


def access_account(user: Any, ref: str, *, on: date) -> User:
    """One account. Errors: NotFound, the same for one that does not exist."""
    found = User.objects.filter(ref=ref)
    if not (manages_accounts(user, on=on) or issuing_offices(user, on=on)):
        found = found.none()
    account = found.first()
    if account is None:
        raise NotFound(ref)
    return account


def matching(found: QuerySet[User], *, words: str = "", state: str = "", kind: str = "") -> QuerySet[User]:
    """Those that filters ask for."""
    for word in words.split():
        found = found.filter(Q(full_name__icontains=word) | Q(login__istartswith=logins.normalise(word)))
    if state == "waiting":
        found = found.filter(is_active=True, activated_at__isnull=True)
    elif state == "open":
        found = found.filter(is_active=True, activated_at__isnull=False)
    elif state == "closed":
        found = found.filter(is_active=False)
    return found.filter(kind=kind) if kind else found


def state_of(user: User) -> str:
    """Where an account stands: waiting for its letter to be used, open, or closed."""
    if not user.is_active:
        return "closed"
    return "open" if user.activated_at else "waiting"


def letters_of(user: User) -> QuerySet[SignInLetter]:
    """Every letter an account has had, the newest first."""
    return SignInLetter.objects.filter(user=user).select_related("issued_by", "handed_over_by", "cancelled_by", "unit")


def open_letter(user: User, *, at: datetime) -> SignInLetter | None:
    """The letter that can still be handed over or used."""
    states = [LetterState.ISSUED, LetterState.HANDED_OVER]
    return letters_of(user).filter(state__in=states, expires_at__gt=at).first()


def access_letter(user: Any, account_ref: str, ref: str, *, on: date) -> SignInLetter:
    """One letter of an account that the user may see. Errors: NotFound."""
    account = access_account(user, account_ref, on=on)
    letter = letters_of(account).select_related("user").filter(ref=ref).first()
    if letter is None:
        raise NotFound(ref)
    return letter


def appointments_of(user: User) -> QuerySet[Appointment]:
    """What an account was ever appointed to, the newest first."""
    return Appointment.objects.filter(user=user).select_related("unit", "user").order_by("-starts_on", "-pk")


def unit_by_code(code: str, *, on: date) -> Unit | None:
    """The open unit of that code."""
    return Unit.objects.open_on(on).filter(code__iexact=code.strip()).first()
