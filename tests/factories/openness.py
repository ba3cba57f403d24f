"""Decisions and orders of a past quarter, as figures count them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from deployment.models import Duty, PostingOrder
from personnel.models import Officer
from tests.factories.personnel import OfficerFactory
from tests.world import World
from transfers.models import RequestedPlace, TransferOrder, TransferRequest

DECIDED = datetime(2026, 8, 20, 9, tzinfo=UTC)
NUMBERS = count(1)


def decided(world: World, state: str = "approved", *, officer: Officer | None = None, **more: Any) -> TransferRequest:
    """A request decided in the third quarter after twenty days."""
    hr = world.people["hr-officer"]
    request = TransferRequest.objects.create(
        **{
            "kind": "request", "officer": officer or OfficerFactory(), "state": state, "entered_by": hr,
            "created_at": DECIDED, "submitted_at": DECIDED - timedelta(days=20), "from_unit": world.station,
            "rank": world.officer.rank, "to_unit": world.other_station, "decided_by": hr, "decided_at": DECIDED, **more,
        }
    )  # fmt: skip
    RequestedPlace.objects.create(request=request, position=1, unit=world.other_station)
    return request


def ordered(world: World, request: TransferRequest, **more: Any) -> TransferOrder:
    """The order that carries it out."""
    order = PostingOrder.objects.create(
        number=f"T/{next(NUMBERS)}", officer=request.officer, from_unit=world.station, to_unit=world.other_station,
        duty=Duty.objects.get(code="general"), post_rank=world.officer.rank, reason="x", authority="y",
        issued_on=DECIDED.date(), report_by=DECIDED.date() + timedelta(days=30), issued_by=world.people["hr-officer"],
    )  # fmt: skip
    return TransferOrder.objects.create(
        **{
            "order": order, "request": request, "kind": request.kind, "reason_code": "own-request", "legal_basis": "x",
            "published_at": DECIDED, "from_command": world.county, "to_command": world.other_county,
            "decided_by": world.people["hr-officer"], "release_by": DECIDED.date(), **more,
        }
    )  # fmt: skip
