"""Every number of the skills gap and of the rank-mix check opens a list exactly as long, for each kind and area."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from organisation.models import Rank
from tests.deployment.test_skills_gap import ask_for, skilled
from tests.factories.accounts import UserFactory, appoint
from tests.factories.deployment import PostingFactory
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
SOON = date(2026, 12, 24)


@pytest.fixture
def held(world: World) -> World:
    """Gaps here, holders to spare there, of two skills, some unchecked, lapsing, or in a post that asks for it."""
    patrol = UnitFactory(under=world.station, type="patrol-base")
    for unit, posts in ((world.station, 1), (world.other_station, 2)):
        ask_for(unit, posts)
        ask_for(unit, 1, "driving-c")
    for unit, number in ((world.station, 3), (patrol, 2), (world.other_station, 6)):
        for place in range(number):
            code, expires_on = "driving-b" if place % 4 else "driving-c", SOON if place % 3 == 0 else None
            state = "unverified" if place % 2 else "verified"
            skilled(unit, code, state=state, level=1 + place % 3, expires_on=expires_on)
    filling = skilled(world.other_station)
    filling.postings.update(post_skill=filling.skills.get().skill)
    civilian = PostingFactory(unit=world.station, post_rank=None)
    civilian.officer.skills.create(skill=filling.skills.get().skill)
    return world


def links(page: Any) -> list[tuple[str, int]]:
    text = page.content.decode().replace("&amp;", "&")
    found = re.findall(r'<a[^>]*href="(/skills-gap/holders/\?[^"]*)"[^>]*>(.*?)</a>', text, re.S)
    return [(path, int(re.findall(r"[\d,]+", re.sub(r"<[^>]*>", " ", words))[-1])) for path, words in found]


@pytest.mark.parametrize("area", ["", "&unit=C-KILIFI", "&unit=PS-NYALI"])
def test_every_number_opens_a_list_as_long(held: World, area: str) -> None:
    client = client_of(held.people["hr-officer"])
    page = client.get(f"/skills-gap/?baseline=authorised{area}")
    found = links(page)
    kinds = {re.search(r"show=(\w+)", path)[1] for path, _number in found}  # type: ignore[index]
    assert {"held", "spare", "unverified", "lapsing"} <= kinds
    for path, number in found:
        opened = client.get(path)
        assert opened.context["listed"].number == number == len(opened.context["listed"].rows), path
        lines = client.get(path + "&format=csv").getvalue().decode("utf-8-sig").splitlines()
        assert sum(line.split(",")[0].strip('"').isdigit() for line in lines) == number


def test_whoever_fills_the_post_is_not_to_spare(held: World) -> None:
    client = client_of(held.people["hr-officer"])
    page = client.get("/skills-gap/holders/?unit=PS-NYALI&baseline=authorised&skill=driving-b&show=spare")
    assert all(posting.post_skill_id is None for _held, posting in page.context["listed"].rows)


def test_only_the_own_area_and_only_kinds_there_are(held: World) -> None:
    client = client_of(appoint(UserFactory(), "county-commander", held.county))
    assert client.get("/skills-gap/holders/?unit=PS-NYALI").status_code == 404
    assert client.get("/skills-gap/holders/?show=nothing").status_code == 404
    assert client.get("/skills-gap/holders/?skill=nothing").status_code == 404
    page = client.get("/skills-gap/holders/?baseline=authorised")
    assert {posting.unit_id for _held, posting in page.context["listed"].rows}.isdisjoint({held.other_station.pk})


def test_ncos_and_constables_of_a_station_are_listed(world: World) -> None:
    for code in ("CPL", "SGT", "PC"):
        OfficerFactory(posted_to=world.other_station, rank=Rank.objects.get(code=code))
    client = client_of(world.people["hr-officer"])
    page = client.get("/rank-mix/").content.decode().replace("&amp;", "&")
    found = re.findall(r'href="(/officers/\?in_unit=[^"]*cadre=[^"]*)">([\d,]+)<', page)
    assert len(found) == 4
    for path, number in found:
        assert client.get(path).context["total"] == int(number), path
    assert {number for _path, number in found} == {"0", "1", "2"}
