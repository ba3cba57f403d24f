"""What waits for a reader in modules that the start page may not know: each says so itself, when it is loaded.

The start page imports no module of whose work nobody else may learn; such a module registers what tells its own people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hcims.access.permissions import Permission


@dataclass(frozen=True)
class Queue:
    """Something that waits. `days` is the age of its oldest row, where that is known."""

    title: str
    count: int
    url: str
    days: int | None = None
    why: str = ""


Teller = Callable[[Any, date, datetime], Queue | None]
_TELLERS: list[tuple[Permission, Teller]] = []


def tell(permission: Permission, teller: Teller) -> None:
    """This function will ask the teller whenever somebody with the permission looks at his or her work."""
    if (permission, teller) not in _TELLERS:
        _TELLERS.append((permission, teller))


def told_to(user: Any, *, on: date, at: datetime) -> Iterator[Queue]:
    """What the tellers of the user's permissions say."""
    for permission, teller in _TELLERS:
        if user.can(permission, on=on) and (queue := teller(user, on, at)):
            yield queue
