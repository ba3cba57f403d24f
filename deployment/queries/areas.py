"""The area a reader looks at: a unit by its code, else the highest the reader may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit
from organisation.queries import access_unit


def area_of(user: Any, code: str, *, on: date, permission: Permission = Permission.SEE_OVERVIEW) -> Unit:
    """The unit of that code if the permission reaches it; without a code the reader's own. Errors: NotFound."""
    if code:
        return access_unit(user, code, permission, on=on)
    own = areas_of(user, on=on, permission=permission)
    if not own:
        raise NotFound("area")
    return own[0]


def areas_of(user: Any, *, on: date, permission: Permission = Permission.SEE_OVERVIEW) -> list[Unit]:
    """The units at which the reader was given the permission, the whole service first."""
    scope = user.scope(permission, on=on)
    units = Unit.objects.filter(pk__in=scope.trees | scope.units).select_related("county")
    return sorted(units, key=lambda unit: (unit.type != "service", unit.code))
