"""Finding the unit a person named."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims.access.permissions import Permission
from organisation.models import Unit
from organisation.queries import units_visible_to


def visible_unit(user: Any, text: str, *, on: date, permission: Permission = Permission.SEE_OFFICERS) -> Unit | None:
    """The unit of that code, else the only one of that name, where the user holds the permission."""
    seen = units_visible_to(user, on=on, permission=permission)
    unit = seen.filter(code__iexact=text).first()
    if unit is None:
        found = list(seen.filter(name__iexact=text)[:2])
        unit = found[0] if len(found) == 1 else None
    return unit
