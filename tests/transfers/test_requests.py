"""A request from its first word: who writes it, what it keeps, who sees it, and that a protected one is seen by nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, NotFound, RuleBroken
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, REASONS, asked, drafted, ground, offices, proposed
from tests.world import World
from transfers.actions import requests as actions
from transfers.models import RequestState, TransferRequest
from transfers.queries.access import access_request, reading, visible_to

pytestmark = pytest.mark.django_db


def seen_by(user: Any) -> set[str]:
    return set(visible_to(user, ON).values_list("ref", flat=True))


def test_a_draft_is_seen_by_its_writer_alone(world: World) -> None:
    people = offices(world)
    request = drafted(world.officer, world.other_station)
    assert seen_by(world.officer.user) == {request.ref}
    assert all(seen_by(user) == set() for user in people.values())


def test_submitting_keeps_the_post_and_gives_the_pen_away(world: World) -> None:
    request = asked(world.officer, world.other_station, world.ward)
    assert (request.state, request.from_unit, request.rank) == ("advice", world.station, world.officer.rank)
    assert [each.unit for each in request.places.all()] == [world.other_station, world.ward]
    with pytest.raises(InvalidTransition):
        actions.submit(request, by=world.officer.user, on=ON, at=AT)


def test_the_officer_asks_or_the_desk_from_paper_and_nobody_else(world: World) -> None:
    people = offices(world)
    for role in ("station-commander", "inspector-general", "npsc-commissioner"):
        with pytest.raises(NotAllowed):
            drafted(world.officer, world.other_station, by=people[role])
    typed = drafted(world.officer, world.other_station, by=people["hr-officer"])
    assert typed.entered_by == people["hr-officer"]


def test_the_desk_never_enters_a_protected_request(world: World) -> None:
    with pytest.raises(NotAllowed):
        drafted(world.officer, grounds=["safety"], by=world.people["hr-officer"])


def test_one_open_request_at_a_time(world: World) -> None:
    asked(world.officer, world.other_station)
    with pytest.raises(RuleBroken, match="open request"):
        drafted(world.officer, world.ward)


def test_a_request_needs_a_place_and_no_place_twice(world: World) -> None:
    with pytest.raises(RuleBroken, match="at least one place"):
        asked(world.officer)
    TransferRequest.objects.all().delete()
    with pytest.raises(RuleBroken, match="twice"):
        drafted(world.officer, world.ward, world.ward)
    with pytest.raises(RuleBroken, match="present station"):
        drafted(world.officer, world.station)


def test_changing_replaces_the_places_and_asks_for_a_new_check_of_new_papers(world: World) -> None:
    request = asked(world.officer, world.other_station)
    request.grounds.update(checked="verified")
    spouse, school = ground("spouse"), ground("schooling")
    named = [actions.Named(spouse), actions.Named(school, detail="Two children")]
    changed = actions.change(
        request, places=[actions.Place(world.ward)], grounds=named, by=world.officer.user, on=ON, at=AT
    )
    assert [each.unit for each in changed.places.all()] == [world.ward]
    assert {each.ground.code: each.checked for each in changed.grounds.all()} == {
        "spouse": "verified", "schooling": "unverified",
    }  # fmt: skip


def test_what_others_have_seen_is_not_sealed_afterwards(world: World) -> None:
    request = asked(world.officer, world.other_station)
    with pytest.raises(RuleBroken, match="Make a new one"):
        actions.change(request, grounds=[actions.Named(ground("safety"))], by=world.officer.user, on=ON, at=AT)


def test_only_who_asked_withdraws(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    with pytest.raises(NotAllowed):
        actions.withdraw(request, by=people["station-commander"], on=ON, at=AT)
    assert actions.withdraw(request, by=world.officer.user, on=ON, at=AT).state == RequestState.WITHDRAWN
    need = proposed(world.other_officer, world.station, by=people["regional-commander"])
    with pytest.raises(NotAllowed):
        actions.withdraw(need, by=world.other_officer.user, on=ON, at=AT)


def test_a_commander_proposes_with_reasons_and_never_himself(world: World) -> None:
    people = offices(world)
    with pytest.raises(RuleBroken, match="reasons"):
        proposed(world.officer, world.other_station, by=people["station-commander"], reasons="need")
    with pytest.raises(NotAllowed):
        proposed(
            world.officer,
            world.other_station,
            by=appoint(UserFactory(), "station-commander", UnitFactory(under=world.region)),
        )
    commander = appoint(UserFactory(), "county-commander", world.county)
    own = OfficerFactory(posted_to=world.county, user=commander)
    with pytest.raises(NotAllowed):
        proposed(own, world.other_station, by=commander)
    request = proposed(world.officer, world.other_station, by=commander)
    assert (request.proposed_by, request.statement) == (commander, REASONS)


def test_the_pen_opens_the_page_and_advice_keeps_it_open(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    assert seen_by(people["station-commander"]) == {request.ref}
    assert seen_by(people["subcounty-commander"]) == set()
    assert request.ref in seen_by(people["hr-officer"])
    assert seen_by(appoint(UserFactory(), "hr-officer", world.other_county)) == set()


def test_a_commander_reads_that_a_ground_was_verified_and_no_more(world: World) -> None:
    people = offices(world)
    request = access_request(people["station-commander"], asked(world.officer, world.other_station).ref, ON)
    seen = reading(people["station-commander"], request, on=ON)
    assert (seen.names_grounds, seen.opens_papers, seen.sees_answers) == (False, False, False)
    desk = reading(people["hr-officer"], request, on=ON)
    assert (desk.names_grounds, desk.opens_papers, desk.sees_answers) == (True, True, True)


def test_a_protected_request_is_seen_by_its_officer_and_its_authority_alone(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station, grounds=["retaliation"])
    for role, user in people.items():
        assert seen_by(user) == ({request.ref} if role == "protection-authority" else set()), role
        if role != "protection-authority":
            with pytest.raises(NotFound):
                access_request(user, request.ref, ON)
    assert seen_by(world.officer.user) == {request.ref}


def test_a_protected_request_stands_in_nobodys_way(world: World) -> None:
    """Else the desk, or a second request, would find it out by being refused."""
    asked(world.officer, world.other_station, grounds=["harassment"])
    typed = drafted(world.officer, world.other_station, by=world.people["hr-officer"])
    assert actions.submit(typed, by=world.people["hr-officer"], on=ON, at=AT).state == "advice"
    with pytest.raises(RuleBroken):
        drafted(world.officer, grounds=["safety"])


def test_the_trail_of_a_protected_request_names_nobody(world: World) -> None:
    before = set(AuditEvent.objects.values_list("sequence", flat=True))
    request = asked(world.officer, world.other_station, grounds=["harassment"], statement="Night calls")
    actions.withdraw(request, by=world.officer.user, on=ON, at=AT)
    rows = AuditEvent.objects.exclude(sequence__in=before)
    assert {"transfer-asked", "state-moved", "transfer-withdrawn"} <= set(rows.values_list("event", flat=True))
    user = world.officer.user
    assert user is not None
    for row in rows:
        written = json.dumps([row.target_ref, row.by_ref, row.office, row.reason, row.source, row.details])
        for secret in (
            request.ref,
            user.ref,
            user.login,
            world.officer.ref,
            world.officer.service_number,
            "protection",
        ):
            assert secret not in written
