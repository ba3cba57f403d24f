"""The rank-mix page flags what the rules in force say, and nothing outside the reader's area."""

from __future__ import annotations

import pytest

from deployment.gaps import RankMix
from deployment.perspective import Perspective
from deployment.queries import mixes
from deployment.queries.catalogue import catalogue
from deployment.queries.viewed import access_area, question_of, rules_on
from hcims import clock
from hcims.access.permissions import Permission
from organisation.models import Rank
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
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
    assert [row.code for row, *_words in ncos.context["rows"]] == [world.other_station.code]
    assert ncos.context["rows"][0][1] == str(Rank.objects.get(code="SGT"))
    assert client.get("/rank-mix/?format=csv").status_code == 200


def test_a_commander_sees_the_own_area_alone(world: World) -> None:
    client = client_of(appoint(UserFactory(), "county-commander", world.county))
    assert [row.code for row, *_words in client.get("/rank-mix/").context["rows"]] == [world.station.code]
    assert client.get(f"/rank-mix/{world.other_county.code}/").status_code == 404


def test_a_post_may_be_headed_by_a_corporal_and_a_station_may_not(world: World) -> None:
    """The statement flags what RankMix says of the same people, stations first, the most junior head first."""
    made = {}
    for kind in ("station", "post", "patrol-base"):
        for codes in (["PC", "PC"], ["CPL", "PC"], ["SGT", "CPL", "PC"], ["IP", "PC"]):
            unit = UnitFactory(type=kind, under=world.ward)
            orders = [Rank.objects.get(code=code) for code in codes]
            for rank in orders:
                OfficerFactory(posted_to=unit, rank=rank)
            ncos = sum(rank.cadre == "nco" for rank in orders)
            mix = RankMix(min(rank.order for rank in orders), ncos, codes.count("PC"))
            made[unit.code] = (kind, mix)
    on = clock.today()
    area = access_area(
        world.people["inspector-general"], world.ward.code, on=on, today=on, permission=Permission.SEE_OVERVIEW
    )
    question = question_of(area, Perspective(on, on), catalogue(), rules_on(on))
    asked = mixes.asked(question, rules_on(on))
    juniors = {code for code, (kind, mix) in made.items() if mix.is_run_by_juniors(13 if kind != "station" else 10)}
    heavy = {code for code, (_kind, mix) in made.items() if mix.has_too_many_ncos(100)}
    flagged = mixes.rows(asked, mixes.KINDS[0])
    assert {row.code for row in flagged} - {world.station.code} == juniors
    assert len(juniors) == 5
    assert [row.type for row in flagged[:3]] == ["station"] * 3
    assert flagged[0].mix.highest == 14
    assert {row.code for row in mixes.rows(asked, mixes.KINDS[1])} == heavy
    found = mixes.totals(asked)
    assert (found.run_by_juniors, found.many_ncos) == (len(flagged), len(heavy))
