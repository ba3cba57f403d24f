"""Nobody is moved from one unit to another by a posting or an order: that is a transfer, with a request or a round behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from deployment import actions
from deployment.models import Duty, Posting, PostingOrder
from hcims import clock
from hcims.errors import RuleBroken
from organisation.models import Unit
from personnel.models import Officer
from tests.factories.deployment import PostingFactory
from tests.factories.personnel import OfficerFactory
from tests.factories.rolls import apply_roll, read_roll, row
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def given(world: World) -> dict[str, str]:
    """What both forms ask for."""
    duty = Duty.objects.get(code="general")
    return {
        "officer": world.officer.service_number, "unit": world.other_station.code, "duty": str(duty.pk),
        "post_rank": str(world.officer.rank_id), "reason": "By word of mouth", "authority": "Nobody/1",
        "order_reference": "SIG/1/2026", "number": "SIG/1/2026",
        "report_by_day": "1", "report_by_month": "12", "report_by_year": "2099",
        "starts_on_day": "1", "starts_on_month": "10", "starts_on_year": "2026",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/orders/new/", "/postings/new/"])
def test_a_posted_officer_is_moved_by_a_transfer_alone(world: World, path: str) -> None:
    before = Posting.objects.count()
    answer = client_of(world.people["hr-officer"]).post(path, given(world))
    assert "A move to another unit is a transfer" in answer.content.decode()
    assert (Posting.objects.count(), PostingOrder.objects.count()) == (before, 0)


def who(world: World) -> dict[str, Any]:
    return {"by": world.people["hr-officer"], "on": clock.today(), "at": clock.now()}


def post(world: World, officer: Officer, unit: Unit) -> Posting:
    return actions.record_posting(
        officer=officer, unit=unit, duty=Duty.objects.get(code="general"), post_rank=officer.rank,
        starts_on=clock.today(), order_reference="SIG/1", **who(world),
    )  # fmt: skip


def order(world: World, officer: Officer, unit: Unit) -> PostingOrder:
    return actions.issue_order(
        number=f"SIG/{PostingOrder.objects.count()}", officer=officer, to_unit=unit, post_rank=officer.rank,
        duty=Duty.objects.get(code="general"), report_by=clock.today(), reason="By word", authority="N/1", **who(world),
    )  # fmt: skip


@pytest.mark.parametrize("deed", [post, order])
def test_no_caller_of_the_actions_gets_past_it(world: World, deed: Any) -> None:
    with pytest.raises(RuleBroken, match="is a transfer"):
        deed(world, world.officer, world.other_station)


@pytest.mark.parametrize("deed", [post, order])
def test_ending_a_posting_opens_no_way_elsewhere(world: World, deed: Any) -> None:
    actions.end_posting(
        posting=world.officer.postings.get(), ends_on=clock.today(), reason="Waits for a post", **who(world)
    )
    with pytest.raises(RuleBroken, match="no transfer leads elsewhere"):
        deed(world, world.officer, world.other_station)
    assert deed(world, world.officer, world.station).pk


def test_the_order_to_somebody_posted_nowhere_carries_nobody_away(world: World) -> None:
    newcomer = OfficerFactory()
    issued = order(world, newcomer, world.other_station)
    post(world, newcomer, world.station)
    with pytest.raises(RuleBroken, match="is a transfer"):
        actions.arrive(order=issued, happened_on=clock.today(), number="", **who(world))


@pytest.mark.parametrize("how", ["first", "error", "typed", "closed"])
def test_whom_no_transfer_could_carry_is_posted(world: World, how: str) -> None:
    officer, past = OfficerFactory(), clock.today() - timedelta(days=9)
    if how != "first":
        more: dict[str, Any] = {"ends_on": past, "source": "Posting history, import 1" if how == "typed" else ""}
        unit = world.station
        if how == "error":
            more["voided_at"] = clock.now()
        PostingFactory(officer=officer, unit=unit, **more)
        if how == "closed":
            Unit.objects.filter(pk=unit.pk).update(closed_on=past)
    assert post(world, officer, world.other_station).unit == world.other_station


def test_a_roll_posts_nobody_elsewhere_whose_posting_ended(world: World) -> None:
    apply_roll([row(1)], on=date(2026, 1, 31))
    entered = Posting.objects.filter(officer__service_number="100001")
    entered.update(ends_on=date(2026, 5, 1))
    there = read_roll([row(1, unit="PS-NYALI", arrived_on="2026-06-01")])
    assert there.counts["outcomes"]["rejected"] == 1
    back = read_roll([row(1, arrived_on="2026-06-01")])
    assert back.counts["outcomes"].get("rejected", 0) == 0
    entered.update(source="Posting history, import 1")
    typed = read_roll([row(1, unit="PS-NYALI", arrived_on="2026-06-01")])
    assert typed.counts["outcomes"].get("rejected", 0) == 0
