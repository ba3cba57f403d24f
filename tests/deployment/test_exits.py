"""Leaving the service ends the posting, what overlaps it, and commands held with it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import Appointment
from deployment import actions
from hcims.errors import NotAllowed, RuleBroken
from tests.factories.accounts import appoint
from tests.world import World

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def leave(world: World, **more: object) -> None:
    details = {"exited_on": ON, "reason": "retirement", "paper": "RET/1", "on": ON, "at": AT, **more}
    actions.leave_service(officer=world.officer, **{"by": world.people["hr-officer"], **details})  # type: ignore[arg-type]


def test_everything_that_hung_on_the_post_ends(world: World) -> None:
    appoint(world.officer.user, "station-commander", world.station, by_virtue_of_post=True)
    actions.record_absence(
        officer=world.officer, kind="leave", unit=world.station, starts_on=date(2026, 10, 1), ends_on=None,
        order_reference="L/1", by=world.people["hr-officer"], on=ON, at=AT,
    )  # fmt: skip
    leave(world)
    world.officer.refresh_from_db()
    assert (world.officer.exit_reason, world.officer.unit) == ("retirement", None)
    assert {each.ends_on for each in world.officer.postings.all()} == {ON}
    assert Appointment.objects.get(user=world.officer.user).ends_on == ON


def test_nobody_records_his_own_exit_or_one_twice(world: World) -> None:
    with pytest.raises(NotAllowed):
        leave(world, by=appoint(world.officer.user, "hr-officer", world.service))
    leave(world)
    with pytest.raises(RuleBroken, match="already"):
        leave(world)
