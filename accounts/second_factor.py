"""Whether this sitting has shown a second factor where a role compels one."""

from typing import Any

from django.conf import settings

from hcims.access.roles import ROLES


def is_compulsory(user: Any, on: Any) -> bool:
    """Whether one of the user's roles in force compels a second factor."""
    if not settings.SECOND_FACTOR_COMPULSORY:
        return False
    return any(ROLES[each.role].second_factor for each in user.appointments_on(on) if each.role in ROLES)


def is_missing(request: Any) -> bool:
    """Whether the request's sitting lacks the second factor that its user needs."""
    if not is_compulsory(request.user, request.today):
        return False
    methods = request.session.get("account_authentication_methods", [])
    return not any(each.get("method") == "mfa" for each in methods)
