"""The rank-mix page flags what the rules in force say, and nothing outside the reader's area."""

from __future__ import annotations

import pytest

from organisation.models import Rank
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_each_tab_counts_the_stations_it_lists(world: World) -> None:
    for code in ("CPL", "SGT"):
        OfficerFactory(posted_to=world.other_station, rank=Rank.objects.get(code=code))
    client = client_of(world.people["inspector-general"])
    juniors = client.get("/rank-mix/")
    assert [(tab.count, tab.is_current) for tab in juniors.context["tabs"]] == [(2, True), (1, False)]
    assert len(juniors.context["rows"]) == 2
    ncos = client.get("/rank-mix/?kind=many-ncos")
    assert [row.code for row, _highest in ncos.context["rows"]] == [world.other_station.code]
    assert ncos.context["rows"][0][1] == str(Rank.objects.get(code="SGT"))
    assert client.get("/rank-mix/?format=csv").status_code == 200


def test_a_commander_sees_the_own_area_alone(world: World) -> None:
    client = client_of(appoint(UserFactory(), "county-commander", world.county))
    assert [row.code for row, _highest in client.get("/rank-mix/").context["rows"]] == [world.station.code]
    assert client.get(f"/rank-mix/{world.other_county.code}/").status_code == 404
