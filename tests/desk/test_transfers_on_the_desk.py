"""Transfers where modules meet: the part of an officer's file, and what waits on the start page."""

from __future__ import annotations

from typing import Any

import pytest

from desk.queries.work import queues_of
from tests.factories.rounds import CALENDAR, at, round_at, staffed
from tests.factories.transfers import AT, ON, approved, asked, offices
from tests.signing_in import client_of
from tests.transfers.test_appeals import heard, lodged, uphold
from tests.world import World
from transfers.actions import orders
from transfers.models import Remedy, Round
from transfers.queries.chances import chances

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}


def test_the_file_shows_the_transfers_that_the_readers_office_sees(world: World) -> None:
    people = offices(world)
    request = approved(world, people)
    (order,) = orders.publish_request(request, by=people["hr-officer"], **WHEN)
    part = f"/officers/{world.officer.service_number}/?part=transfers"
    for role in ("hr-officer", "county-commander"):  # the desk, and who advised
        said = client_of(people[role]).get(part).content.decode()
        assert order.order.number in said
        assert f"/transfers/queue/{request.ref}/" in said
    said = client_of(people["ward-commander"]).get(part).content.decode()  # above the station, and never asked
    assert order.order.number in said
    assert request.ref not in said
    assert client_of(world.officer.user).get(part).status_code == 404  # one's own stand on one's own pages
    assert client_of(people["auditor"]).get(part).status_code == 404


def test_a_protected_request_is_in_no_file(world: World) -> None:
    request = asked(world.officer, grounds=["harassment"])
    part = f"/officers/{world.officer.service_number}/?part=transfers"
    for role in ("hr-officer", "station-commander", "county-commander", "inspector-general", "npsc-commissioner"):
        answer = client_of(world.people[role]).get(part)
        assert request.ref not in answer.content.decode()
        assert answer.status_code == 404 or "No transfer that your office sees" in answer.content.decode()


def waiting(user: Any) -> dict[str, int]:
    return {each.title: each.count for each in queues_of(user, **WHEN) if each.count}


def test_appeals_and_boards_wait_on_the_start_page(world: World) -> None:
    naming, desk = world.people["npsc-commissioner"], world.people["hr-officer"]
    appeal = lodged(world)
    assert waiting(naming)["Appeals that wait for a panel"] == 1
    appeal, members = heard(world, appeal)
    assert "Appeals that wait for a panel" not in waiting(naming)
    assert waiting(members[0])["Appeals you were named to hear"] == 1
    uphold(appeal, members[0], remedy=Remedy.PRIORITY)
    assert "Appeals you were named to hear" not in waiting(members[0])
    assert waiting(desk)["Owed to officers after appeals and reviews"] == 1
    round_at(world, "solved")
    assert waiting(world.people["board-member"])["Rounds before their board"] == 1
    assert "Rounds before their board" not in waiting(desk)
    Round.objects.update(state="accepted", accepted_by=naming)
    assert waiting(world.people["inspector-general"])["Rounds to publish"] == 1
    assert "Rounds to publish" not in waiting(naming)  # who accepted does not sign


def test_chances_tell_the_seats_of_the_last_round(world: World) -> None:
    staffed(world)
    round = round_at(world, "accepted")
    Round.objects.update(state="published", published_at=at(CALENDAR.draw_on)["at"])
    rank = world.officer.rank
    assert rank is not None
    places = [(world.other_station, False), (world.other_county, True), (world.ward, False)]
    found = chances(round, rank, places, on=CALENDAR.draw_on)
    assert [(each.seats, each.asked) for each in found] == [(10, 1), (10, 1), (0, 0)]
