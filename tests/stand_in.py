"""Somebody who asks, for tests of a rule by itself: holds the permissions given, everywhere, and is in no database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class StandIn:
    """Duck-typed like a user, as the rules read one."""

    def __init__(self, *permissions: Any, pk: int = 1) -> None:
        self.pk = pk
        self.ref = f"stand-in-{pk}"
        self.permissions = permissions

    def can(self, permission: Any, *, at: Any = None, on: Any) -> bool:
        return permission in self.permissions

    def scope(self, permission: Any, *, on: Any) -> SimpleNamespace:
        held = permission in self.permissions
        return SimpleNamespace(is_empty=not held, everywhere=held)
