"""What people change about their own sign-in: language and password. (Second factor and passkeys: django-allauth.)"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import passwords
from accounts.models import User
from accounts.sessions import end_sessions
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice


class WrongPassword(RuleBroken):
    """The present password was not right."""


@action
def choose_language(*, language: str, by: Any) -> None:
    """This function will keep the language in which pages, letters and messages reach this person."""
    if language not in dict(settings.LANGUAGES):
        raise RuleBroken(_("There is no such language here."))
    User.objects.filter(pk=by.pk).update(language=language)
    by.language = language


@action
def change_password(*, old: str, new: str, by: Any, at: datetime, this_session: str | None) -> User:
    """This function will change one's own password and sign one out everywhere else.

    Errors: RuleBroken when the old one is wrong, or the new one is too weak.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    if not user.check_password(old):
        raise WrongPassword(_("This is not your present password."))
    passwords.check(new, user, on=timezone.localdate(at))
    user.set_password(new)
    user.save(update_fields=["password"])
    ended = end_sessions(user, but=this_session)
    trail.record(
        Event.ACCOUNT_CHANGED, target=user, by=by, at=at, details={"deed": "password", "sessions_ended": ended}
    )
    notify(user, Notice.SIGN_IN_CHANGED, at=at, link="/account/")
    return user


@action
def end_other_sessions(*, by: Any, at: datetime, this_session: str | None) -> int:
    """This function will sign one out everywhere else, and say how many sessions ended."""
    ended = end_sessions(by, but=this_session)
    details = {"deed": "other sessions ended", "count": ended}
    trail.record(Event.ACCOUNT_CHANGED, target=by, by=by, at=at, details=details)
    return ended


@action
def note_second_factor(*, by: Any, at: datetime, deed: str, kind: str) -> None:
    """This function will put on record that somebody added, removed or renewed a second factor, and tell that person."""
    trail.record(
        Event.ACCOUNT_CHANGED, target=by, by=by, at=at, details={"deed": f"second factor {deed}", "kind": kind}
    )
    notify(by, Notice.SIGN_IN_CHANGED, at=at, link="/account/second-factor/")
