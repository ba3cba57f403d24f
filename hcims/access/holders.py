"""Who holds a permission somewhere, for modules below the one that keeps appointments: the people to tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from hcims.access.permissions import Permission


def holders_of(permission: Permission, *, at: Any, on: date) -> Iterable[Any]:
    """The active people whose appointments carry the permission at a unit on a day (settings.PERMISSION_HOLDERS)."""
    found: Iterable[Any] = import_string(settings.PERMISSION_HOLDERS)(permission, at=at, on=on)
    return found
