"""Skills gap: unit by unit, then summed; holders counted while the skill is in force; the nearest to spare first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from deployment import nearest
from deployment.queries import skills_gap
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer, SkillHeld
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import EstablishmentLineFactory, UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

ON = date(2026, 11, 2)
BASELINE = "authorised"


def ground(unit: Unit) -> skills_gap.Ground:
    return skills_gap.Ground(unit, ON, BASELINE, ON)


def skilled(unit: Unit, code: str = "driving-b", **more: object) -> Officer:
    officer = OfficerFactory(posted_to=unit)
    SkillHeld.objects.create(officer=officer, skill=Skill.objects.get(code=code), **more)
    return officer


def ask_for(unit: Unit, posts: int, code: str = "driving-b") -> None:
    EstablishmentLineFactory(
        unit=unit, baseline=BASELINE, rank=Rank.objects.get(code="PC"), skill=Skill.objects.get(code=code), posts=posts
    )


@pytest.mark.django_db
def test_holders_in_one_place_do_not_hide_a_gap_in_another(world: World) -> None:
    ask_for(world.station, 2)
    ask_for(world.other_station, 1)
    for _ in range(3):
        skilled(world.other_station)
    (gap,) = skills_gap.gaps_by_skill(ground(world.service))
    assert (gap.required, gap.held, gap.gap, gap.spare, gap.units_short) == (3, 3, 2, 2, 1)
    (here,) = skills_gap.gaps_by_unit(ground(world.service), gap.skill)
    assert (here.unit, here.gap) == (world.station, 2)


@pytest.mark.django_db
def test_what_has_lapsed_or_was_refused_or_is_to_come_is_not_held(world: World) -> None:
    ask_for(world.station, 4)
    skilled(world.station, expires_on=ON)
    skilled(world.station, state="refused")
    skilled(world.station, acquired_on=date(2026, 11, 3))
    skilled(world.station, state="unverified", expires_on=date(2026, 12, 1), level=2)
    (gap,) = skills_gap.gaps_by_skill(ground(world.county))
    assert (gap.held, gap.gap, gap.unverified, gap.lapsing, gap.levels) == (1, 3, 1, 1, (0, 1, 0))


@pytest.mark.django_db
def test_the_nearest_to_spare_come_first_and_those_needed_stay(world: World) -> None:
    ask_for(world.station, 1)
    Unit.objects.filter(pk=world.station.pk).update(latitude=-3.5, longitude=39.8)
    near = UnitFactory(under=world.county, latitude=-3.6, longitude=39.8, county=world.station.county)
    far = UnitFactory(under=world.other_county, latitude=-4.0, longitude=39.6, county=world.other_station.county)
    world.station.refresh_from_db()
    spare_far, spare_near = skilled(far), skilled(near)
    ask_for(world.other_station, 1)
    skilled(world.other_station)  # needed where he is
    skill = Skill.objects.get(code="driving-b")
    hr = world.people["hr-officer"]
    found = skills_gap.nearest_holders(hr, ground(world.station), skill)
    assert [each.officer for each in found] == [spare_near, spare_far]
    assert found[0].near.kilometres == pytest.approx(11.1, abs=0.1)
    county = appoint(UserFactory(), "county-commander", world.county)
    found = skills_gap.nearest_holders(county, ground(world.station), skill)
    assert [each.officer for each in found] == [spare_near]


def test_without_coordinates_the_county_comes_before_the_region() -> None:
    target = nearest.Spot(1, county="003", region="Coast")
    spots = [nearest.Spot(2, county="047", region="Nairobi"), nearest.Spot(3, county="001", region="Coast"),
             nearest.Spot(4, 1.0, 1.0, "003", "Coast"), target]  # fmt: skip
    assert [each.unit for each in nearest.by_nearness(target, spots)] == [4, 3, 2]


class AnyService(TestCase):
    """Required − held = gap − spare, for every skill and every area."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["ict", "signals"]), st.integers(1, 4)), max_size=5),
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["ict", "signals"])), max_size=8),
    )
    def test_the_sums_agree(self, asked: list[tuple[int, str, int]], held: list[tuple[int, str]]) -> None:
        root = UnitFactory(type="service")
        county = UnitFactory(under=root)
        units = [UnitFactory(under=county), UnitFactory(under=county), UnitFactory(under=root)]
        wanted = {(where, code): posts for where, code, posts in asked}
        for (where, code), posts in wanted.items():
            ask_for(units[where], posts, code)
        for where, code in held:
            skilled(units[where], code)
        for area, inside in ((root, {0, 1, 2}), (county, {0, 1}), (units[0], {0})):
            for gap in skills_gap.gaps_by_skill(ground(area)):
                code = gap.skill.code
                posts = sum(number for (where, each), number in wanted.items() if each == code and where in inside)
                people = sum(1 for where, each in held if each == code and where in inside)
                assert (gap.required, gap.held) == (posts, people)
                assert gap.required - gap.held == gap.gap - gap.spare
                units_short = skills_gap.gaps_by_unit(ground(area), gap.skill)
                assert sum(each.gap for each in units_short) == gap.gap
                assert len(units_short) == gap.units_short


@pytest.mark.django_db
def test_rights_are_those_of_today_whatever_day_is_asked(world: World) -> None:
    """A commander whose appointment ended does not get the past back by asking for a past day."""
    former = appoint(UserFactory(), "county-commander", world.county, ends_on=date(2026, 1, 1))
    appoint(former, "station-commander", world.other_station)
    client = client_of(former)
    for path in ("/skills-gap/", "/skills-gap/driving-b/"):
        assert client.get(f"{path}?unit={world.other_station.code}&on=2025-06-01").status_code == 200
        assert client.get(f"{path}?unit={world.county.code}&on=2025-06-01").status_code == 404
    assert client.get(f"/skills-gap/driving-b/{world.station.code}/?on=2025-06-01").status_code == 404
