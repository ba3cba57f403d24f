"""The chain of approval: who is next, who is passed over, and where a transfer waits because a court froze the power."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hcims.errors import RuleBroken
from hcims.notify.models import PersonalNotice
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import rank
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, asked, drafted, offices, proposed
from tests.world import World
from transfers.actions.chain import forward
from transfers.models import Advice, ApprovalStep, RequestState, TransferRequest
from transfers.queries import chain

pytestmark = pytest.mark.django_db


def codes_through(request: TransferRequest, by: Any) -> list[str]:
    """The steps that the request meets, each advised as it comes, until somebody decides."""
    met = []
    while (found := chain.next_step(request, on=ON)) is not None:
        step, unit = found
        met.append(f"{step.role} at {unit.code}")
        if step.stage != "advice":
            return met
        Advice.objects.create(
            request=request, step=step, unit=unit, verdict="support", reasons="Fine", advised_by=by, typed_by=by,
            office="x", at=AT,
        )  # fmt: skip
    return met


def test_a_request_of_a_constable_climbs_the_line_and_is_decided_at_the_top(world: World) -> None:
    request = asked(world.officer, world.other_station)
    assert codes_through(request, world.people["hr-officer"]) == [
        "station-commander at PS-BAMBA",
        "subcounty-commander at SC-GANZE",
        "county-commander at C-KILIFI",
        "regional-commander at R-COAST",
        "deputy-inspector-general at NPS",
    ]
    assert (request.state, request.waits_at, request.from_unit) == ("advice", world.station, world.station)


def test_a_senior_officers_request_is_recommended_and_decided_by_the_commission(world: World) -> None:
    senior = OfficerFactory(posted_to=world.county, rank=rank("SSP"), user=UserFactory())
    request = asked(senior, world.other_station)
    assert codes_through(request, world.people["hr-officer"])[-2:] == [
        "inspector-general at NPS",
        "npsc-commissioner at NPS",
    ]


def test_nobody_advises_on_a_request_of_his_own(world: World) -> None:
    commander = world.officer.user
    assert commander is not None
    appoint(commander, "station-commander", world.station)
    request = asked(world.officer, world.other_station)
    assert request.waits_at == world.subcounty
    assert not chain.holds_pen(commander, request, on=ON)


def test_whoever_proposed_a_move_does_not_decide_on_it(world: World) -> None:
    people = offices(world)
    request = proposed(world.officer, world.ward, by=people["subcounty-commander"], kind="within-command")
    assert (request.state, request.waits_at) == ("decision", world.county)
    assert not chain.holds_pen(people["subcounty-commander"], request, on=ON)
    assert chain.holds_pen(people["county-commander"], request, on=ON)


def test_a_move_within_a_command_is_decided_by_whoever_commands_both_ends(world: World) -> None:
    people = offices(world)
    near = proposed(world.officer, world.ward, by=people["station-commander"], kind="within-command")
    assert near.waits_at == world.subcounty
    far = proposed(world.officer, world.other_station, by=people["station-commander"], kind="within-command")
    assert far.waits_at == world.region


def test_where_nobody_may_decide_it_says_so_and_keeps_nothing(world: World) -> None:
    people = offices(world)
    ApprovalStep.objects.filter(kind="service-need", stage="decision").update(ends_on=date(2026, 1, 1))
    ApprovalStep.objects.filter(kind="service-need", stage="advice").update(ends_on=date(2026, 1, 1))
    with pytest.raises(RuleBroken, match="Nobody in force may decide"):
        proposed(world.officer, world.other_station, by=people["station-commander"])
    assert not TransferRequest.objects.exists()


def test_a_frozen_power_holds_the_transfer_where_everyone_sees_it(world: World) -> None:
    ApprovalStep.objects.filter(code="compassionate-decision-junior").update(
        is_frozen=True, frozen_why="Court of Appeal, 27 February 2026"
    )
    ApprovalStep.objects.filter(kind="compassionate", stage="advice").update(is_frozen=True, frozen_why="the same")
    request = asked(world.officer, world.other_station, kind="compassionate")
    assert request.state == RequestState.DECISION
    stop = request.stops.get()
    assert (stop.code, stop.lifted_by_role) == ("frozen", "")
    assert "27 February 2026" in stop.message
    ApprovalStep.objects.filter(code="compassionate-decision-junior").update(is_frozen=False)
    request = TransferRequest.objects.select_related("officer", "step").get(pk=request.pk)
    forward(request, by=None, on=ON, at=AT)
    stop.refresh_from_db()
    assert stop.gone_at == AT


def test_a_protected_request_goes_to_its_authority_and_only_there(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station, grounds=["harassment", "spouse"])
    assert request.is_protected
    assert (request.step.role, request.waits_at) == ("protection-authority", world.service)  # type: ignore[union-attr]
    told = set(PersonalNotice.objects.values_list("user__login", flat=True))
    assert told == {people["protection-authority"].login}


def test_the_holder_of_the_pen_is_told_and_only_he(world: World) -> None:
    people = offices(world)
    asked(world.officer, world.other_station)
    notice = PersonalNotice.objects.get()
    assert (notice.user, notice.kind) == (people["station-commander"], "transfer-to-advise")


def test_the_steps_of_the_day_are_asked(world: World) -> None:
    ApprovalStep.objects.filter(code="request-advice-1").update(ends_on=ON)
    request = drafted(world.officer, world.other_station)
    step, _unit = chain.next_step(request, on=ON) or (None, None)
    assert step is not None
    assert step.code == "request-advice-2"


def test_holders_of_many_cost_one_query(world: World, django_assert_num_queries: Any) -> None:
    people = offices(world)
    requests = [
        asked(OfficerFactory(posted_to=world.station, user=UserFactory()), world.other_station) for _ in range(3)
    ]
    with django_assert_num_queries(1):
        found = chain.holders_of(requests, on=ON)
    assert found[("station-commander", world.station.pk)] == [people["station-commander"]]


def test_an_office_taken_later_gives_no_pen_over_oneself_or_ones_own_proposal(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    proposal = proposed(
        OfficerFactory(posted_to=world.station, user=UserFactory()), world.ward, by=people["county-commander"]
    )
    assert world.officer.user is not None
    for user, theirs in ((world.officer.user, request), (people["county-commander"], proposal)):
        appoint(user, "station-commander", world.station)
        assert not chain.holds_pen(user, theirs, on=ON)
        assert theirs not in TransferRequest.objects.filter(chain.waiting_for(user, on=ON))
    assert chain.holds_pen(people["station-commander"], request, on=ON)


def test_a_party_to_an_exchange_has_no_say_in_it(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    request.kind = "exchange"
    request.parties.create(officer=world.other_officer, to_unit=world.station)
    assert world.other_officer.user is not None
    appoint(world.other_officer.user, "station-commander", world.station)
    assert not chain.holds_pen(world.other_officer.user, request, on=ON)
    assert chain.holds_pen(people["station-commander"], request, on=ON)
