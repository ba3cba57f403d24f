"""Whether this sitting has shown a second factor where a role compels one."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from hcims.access.roles import ROLES

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_compelling_role(user: Any, on: date) -> bool:
    """Whether one of the user's roles in force compels a second factor."""
    return any(ROLES[each.role].second_factor for each in user.appointments_on(on) if each.role in ROLES)


def is_compulsory(user: Any, on: date) -> bool:
    """Whether the user must show a second factor. The demonstration may do without, by a setting."""
    return bool(settings.SECOND_FACTOR_COMPULSORY and has_compelling_role(user, on))


def is_shown(request: HttpRequest) -> bool:
    """Whether this sitting has shown a second factor."""
    user: Any = request.user
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, user))


def is_missing(request: Any) -> bool:
    """Whether the request's sitting lacks the second factor that its user needs."""
    return is_compulsory(request.user, request.today) and not is_shown(request)


def has_one(user: Any) -> bool:
    """Whether the user has set up a second factor."""
    return Authenticator.objects.filter(user=user, type__in=STRONG).exists()


def note_shown(request: HttpRequest, kind: str) -> None:
    """This function will count setting a second factor up as showing it: a code of it was just typed, a key just touched."""
    user: Any = request.user
    record_authentication(request, user, "mfa", type=kind)
