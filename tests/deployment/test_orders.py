"""Orders: issued with a number, followed by departure and arrival; the posting changes on arrival."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from deployment import actions
from deployment.models import Duty, OrderState, PostingOrder
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from personnel.models import Officer
from tests.access.asking import comparable
from tests.factories.accounts import UserFactory, appoint
from tests.factories.notices import told
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def newcomer(world: World) -> Officer:
    """Posted nowhere yet; whoever is posted is ordered away by a transfer alone."""
    return OfficerFactory()


def decided(world: World) -> PostingOrder:
    """The order of a move that was decided elsewhere, from the station to the other one."""
    move = actions.DecidedMove(
        number="T/9/2026", officer=world.officer, to_unit=world.other_station, post_rank=world.officer.rank,
        duty=Duty.objects.get(code="general"), report_by=ON + timedelta(days=14), reason="Over three years",
        authority="NPSC/1",
    )  # fmt: skip
    return actions.issue_decided(moves=[move], by=world.people["hr-officer"], on=ON, at=AT)[0]


def issue(world: World, officer: Officer, **more: Any) -> PostingOrder:
    details = {
        "number": "SIG/9/2026", "officer": officer, "to_unit": world.other_station, "post_rank": officer.rank,
        "duty": Duty.objects.get(code="general"), "report_by": ON + timedelta(days=14), "reason": "Over three years",
        "authority": "NPSC/1", "by": world.people["hr-officer"], "on": ON, "at": AT, **more,
    }  # fmt: skip
    return actions.issue_order(**details)


def test_the_posting_changes_on_arrival_and_not_before(world: World) -> None:
    order = decided(world)
    losing = appoint(UserFactory(), "station-commander", world.station)
    gaining = appoint(UserFactory(), "station-commander", world.other_station)
    later = ON + timedelta(days=10)
    actions.record_departure(order=order, happened_on=later, number="CR/1", by=losing, on=later, at=AT)
    world.officer.refresh_from_db()
    assert world.officer.unit == world.station
    there = later + timedelta(days=2)
    order = actions.record_arrival(order=order, happened_on=there, number="CR/2", by=gaining, on=there, at=AT)
    world.officer.refresh_from_db()
    assert (world.officer.unit, order.state) == (world.other_station, OrderState.ARRIVED)
    assert order.posting is not None
    assert order.posting.starts_on == there
    kinds = [(back.kind, back.posting.unit_id) for each in world.officer.postings.all() for back in each.returns.all()]
    assert sorted(kinds) == [("arrival", world.other_station.pk), ("departure", world.station.pk)]


def test_one_open_order_at_a_time(world: World, newcomer: Officer) -> None:
    issue(world, newcomer)
    with pytest.raises(RuleBroken, match="still open"):
        issue(world, newcomer, number="SIG/10/2026", to_unit=world.ward)


def test_a_cancelled_order_leaves_everything_as_it_was(world: World, newcomer: Officer) -> None:
    newcomer.user = UserFactory()
    newcomer.save(update_fields=["user"])
    order = issue(world, newcomer)
    with pytest.raises(RuleBroken, match="Say why"):
        actions.cancel_order(order=order, reason=" ", by=world.people["hr-officer"], on=ON, at=AT)
    actions.cancel_order(order=order, reason="School term", by=world.people["hr-officer"], on=ON, at=AT)
    newcomer.refresh_from_db()
    assert newcomer.unit is None
    assert {code for code, _link in told(newcomer.user)} == {"posting-ordered", "posting-cancelled"}
    with pytest.raises(InvalidTransition):
        actions.arrive(order=order, happened_on=ON, number="", by=world.people["inspector-general"], on=ON, at=AT)


def test_the_losing_station_cannot_record_the_arrival(world: World) -> None:
    order = decided(world)
    losing = appoint(UserFactory(), "station-commander", world.station)
    with pytest.raises(NotAllowed):
        actions.record_arrival(order=order, happened_on=ON, number="", by=losing, on=ON, at=AT)


def test_an_order_is_unseen_and_absent_in_the_same_way(world: World, newcomer: Officer) -> None:
    order = issue(world, newcomer, to_unit=world.station)
    stranger = appoint(UserFactory(), "station-commander", world.other_station)
    client = client_of(stranger)
    unseen, absent = (comparable(client.get(path), path) for path in (f"/orders/{order.ref}/", "/orders/zzzzzzzzzzzz/"))
    assert unseen == absent
    assert unseen[0] == 404
    assert (
        client_of(appoint(UserFactory(), "station-commander", world.station)).get(f"/orders/{order.ref}/").status_code
        == 200
    )
