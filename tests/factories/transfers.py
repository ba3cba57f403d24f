"""Invented transfers.

asked(officer)                         a request of the officer's own, submitted, for the other county
asked(officer, grounds=["harassment"]) a protected one
proposed(officer, unit, by=commander)  a need of the service
offices(world)                         a commander at each level above the world's station, and the authorities at the top
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.world import World
from transfers.actions import requests as actions
from transfers.models import Ground, TransferRequest

ON = date(2026, 11, 2)  # in the holidays
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
REASONS = "The station has lost four of its six constables since March."


def ground(code: str = "spouse") -> Ground:
    """The ground of that code, a reference row."""
    return Ground.objects.get(code=code)


def drafted(
    officer: Officer, *places: Unit, grounds: Sequence[str] = ("spouse",), kind: str = "request", **more: Any
) -> TransferRequest:
    """A request that is still being written by the officer."""
    return actions.draft(
        officer=officer, kind=kind, places=[actions.Place(unit) for unit in places],
        grounds=[actions.Named(ground(code)) for code in grounds], **{"by": officer.user, "on": ON, "at": AT, **more},
    )  # fmt: skip


def asked(officer: Officer, *places: Unit, on: date = ON, at: datetime = AT, **more: Any) -> TransferRequest:
    """A request of the officer's own that was submitted."""
    request = drafted(officer, *places, on=on, at=at, **more)
    return actions.submit(request, by=officer.user, on=on, at=at)


def proposed(officer: Officer, to: Unit | None, *, by: User, **more: Any) -> TransferRequest:
    """A move put forward for the service."""
    return actions.propose(
        officer=officer, to_unit=to, **{"reasons": REASONS, "by": by, "on": ON, "at": AT, **more}
    )  # fmt: skip


def offices(world: World) -> dict[str, User]:
    """A commander at each level above the world's station, beside the people of the world, who sit at the top."""
    held = {
        "station-commander": world.station,
        "subcounty-commander": world.subcounty,
        "county-commander": world.county,
        "regional-commander": world.region,
    }
    return {**world.people, **{role: appoint(UserFactory(), role, unit) for role, unit in held.items()}}
