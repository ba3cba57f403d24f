"""Opening, renaming, closing and reopening accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import logins
from accounts.models import LetterState, SignInLetter, User, UserKind
from accounts.policies import letters as policy
from accounts.sessions import end_sessions
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken


@action
def open_account(
    *, login: str, kind: str, full_name: str, by: Any, at: datetime, email: str = "", language: str = "en"
) -> User:
    """This function will open an account that nobody can sign in to until a letter has activated it.

    `login` is the staff number of a member of the service, or the e-mail address of somebody from outside.
    Errors: NotAllowed, RuleBroken for a name that is taken or of the wrong kind.
    """
    policy.check_can_open(by, kind=kind, on=timezone.localdate(at))
    login = logins.normalise(login)
    _check_login(login, kind)
    if kind == UserKind.OUTSIDE:
        email = email or login
    user = User.objects.enter(
        login=login, kind=kind, full_name=full_name.strip(), email=email.strip(), language=language, opened_at=at
    )
    trail.record(Event.ACCOUNT_OPENED, target=user, by=by, at=at, details={"kind": kind})
    return user


def _check_login(login: str, kind: str) -> None:
    if kind != UserKind.OUTSIDE:
        if not login or logins.is_email(login):
            raise RuleBroken(_("Members of the service sign in by their staff number, not by e-mail."), policy.ACCOUNTS)
    else:
        try:
            validate_email(login)
        except ValidationError as error:
            raise RuleBroken(
                _("People from outside the service sign in by e-mail: enter a full address, such as name@example.org."),
                policy.ACCOUNTS,
            ) from error
    if User.objects.filter(login__iexact=login).exists():
        raise RuleBroken(_("There is an account with this sign-in name already."), policy.ACCOUNTS)


@action
def rename_account(*, user: User, full_name: str, by: Any, at: datetime, source: str) -> User:
    """This function will correct the name that an account shows."""
    policy.check_can_manage(by, user, on=timezone.localdate(at))
    user = User.objects.select_for_update().get(pk=user.pk)
    before, user.full_name = user.full_name, full_name.strip()
    user.save(update_fields=["full_name"])
    details = {"full_name": [trail.digest(before), trail.digest(user.full_name)]}
    trail.record(Event.ACCOUNT_CHANGED, target=user, by=by, at=at, source=source, details=details)
    return user


@action
def close_account(*, user: User, by: Any, at: datetime, reason: str) -> User:
    """This function will close an account, end its sessions and cancel its letters. Its appointments run on, on paper."""
    policy.check_can_manage(by, user, on=timezone.localdate(at))
    return _close(user, by=by, at=at, reason=reason)


@action
def close_at_exit(*, user: User, by: Any, at: datetime, reason: str) -> User:
    """This function will close the account of a member who has left; whoever records the exit has been checked there."""
    return _close(user, by=by, at=at, reason=reason)


def _close(user: User, *, by: Any, at: datetime, reason: str) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise RuleBroken(_("This account is closed already."), policy.ACCOUNTS)
    user.is_active, user.closed_at = False, at
    user.set_unusable_password()
    user.save(update_fields=["is_active", "closed_at", "password"])
    for letter in SignInLetter.objects.filter(user=user, state__in=[LetterState.ISSUED, LetterState.HANDED_OVER]):
        fields = {"cancelled_by": by, "cancelled_at": at, "cancelled_reason": "account closed"}
        workflow.move(letter, LetterState.CANCELLED, by=by, at=at, note=reason, **fields)
    end_sessions(user)
    trail.record(Event.ACCOUNT_CLOSED, target=user, by=by, at=at, reason=reason)
    return user


@action
def reopen_account(*, user: User, by: Any, at: datetime, reason: str) -> User:
    """This function will reopen a closed account. Its old password is gone: a letter is needed to sign in again."""
    policy.check_can_manage(by, user, on=timezone.localdate(at))
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise RuleBroken(_("This account is open."), policy.ACCOUNTS)
    user.is_active, user.closed_at = True, None
    user.save(update_fields=["is_active", "closed_at"])
    trail.record(Event.ACCOUNT_CHANGED, target=user, by=by, at=at, reason=reason, details={"deed": "reopened"})
    return user
