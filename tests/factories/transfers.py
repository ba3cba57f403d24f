"""Invented transfers.

asked(officer)                         a request of the officer's own, submitted, for the other county
asked(officer, grounds=["harassment"]) a protected one
proposed(officer, unit, by=commander)  a need of the service
approved(world, people)                a request for the other station, advised on by all and approved for a month from now
offices(world)                         a commander at each level above the world's station, and the authorities at the top
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from deployment.models import Duty
from organisation.models import Unit
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.world import World
from transfers.actions import decisions
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


def move_to(world: World, unit: Unit | None = None, **more: Any) -> decisions.Move:
    """To the other station, as what the officer is, in a month."""
    return decisions.Move(
        **{
            "to_unit": unit or world.other_station, "duty": Duty.objects.get(code="general"),
            "post_rank": world.officer.rank, "report_by": ON + timedelta(days=30), **more,
        }
    )  # fmt: skip


def approved(
    world: World, people: dict[str, User], *, reason_code: str = "own-request", **more: Any
) -> TransferRequest:
    """A request for the other station that all commanders advised on and the authority approved."""
    request = asked(world.officer, world.other_station, **more)
    return approve(advised(request, people), world, people, reason_code=reason_code)


def advised(request: TransferRequest, people: dict[str, User]) -> TransferRequest:
    """A transfer on which all who are asked have advised."""
    while request.state == "advice":
        holder = people[request.step.role]  # type: ignore[union-attr]
        request = decisions.advise(request, verdict="support", reasons=REASONS, by=holder, on=ON, at=AT)
    return request


def approve(request: TransferRequest, world: World, people: dict[str, User], **more: Any) -> TransferRequest:
    """A transfer that waits for its decision, approved by whoever decides."""
    move = more.pop("move", None) or move_to(world)
    given = {"reason_code": "own-request", "reasons": REASONS, "by": people[request.step.role], **more}  # type: ignore[union-attr]
    return decisions.decide(request, approve=True, move=move, on=ON, at=AT, **given)
