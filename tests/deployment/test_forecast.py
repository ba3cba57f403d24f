"""Vacancies to come: every number is as long as its list; nobody leaves twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from deployment import actions, forecast
from deployment.queries import forecast as queries
from personnel.models import Officer
from tests.factories.personnel import OfficerFactory
from tests.world import World

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_each_number_is_as_long_as_its_list(world: World) -> None:
    born = [date(1960, 1, 1), date(1967, 6, 1), date(1969, 6, 1), date(1971, 11, 2), date(1971, 11, 3), None]
    for day in born:
        OfficerFactory(posted_to=world.station, born_on=day)
    OfficerFactory(posted_to=world.other_station, born_on=date(1960, 1, 1))
    counts = queries.counts_ahead(world.county, "retirement", on=ON)[world.officer.rank_id]
    assert counts == [2, 2, 3, 3, 4]
    for years, number in zip(forecast.YEARS, counts, strict=True):
        assert queries.leaving(world.county, "retirement", years=years, on=ON).count() == number


@pytest.mark.django_db
def test_nobody_leaves_twice(world: World) -> None:
    OfficerFactory(posted_to=world.station, born_on=date(1967, 6, 1), contract_ends_on=date(2028, 1, 1))
    both = [
        queries.leaving(world.county, kind, years=years, on=ON).count()
        for years in (1, 2)
        for kind in ("retirement", "contract")
    ]
    assert both == [1, 0, 0, 1]
    rank = world.officer.rank_id
    assert queries.counts_ahead(world.county, "retirement", on=ON)[rank] == [1, 0, 0, 0, 0]
    assert queries.counts_ahead(world.county, "contract", on=ON)[rank] == [0, 1, 1, 1, 1]


@pytest.mark.django_db
def test_other_exits_are_those_of_the_last_posting_in_the_area(world: World) -> None:
    hr = world.people["hr-officer"]
    for officer, reason in ((world.officer, "resignation"), (world.other_officer, "death")):
        actions.leave_service(officer=officer, exited_on=ON, reason=reason, paper="X/1", by=hr, on=ON, at=AT)
    retired = OfficerFactory(posted_to=world.station)
    actions.leave_service(officer=retired, exited_on=ON, reason="retirement", paper="X/2", by=hr, on=ON, at=AT)
    rank = Officer.objects.get(pk=world.officer.pk).rank_id
    assert queries.other_exits(world.county, on=ON, years_back=3) == {rank: 1}
    assert queries.other_exits(world.service, on=ON, years_back=3) == {rank: 2}
    assert queries.other_exits(world.service, on=date(2030, 1, 1), years_back=3) == {}


def test_no_more_leave_than_there_are() -> None:
    (found,) = forecast.outlooks(
        [14], posts={14: (10, 4, 6)}, retirements={14: [1, 2, 3, 4, 4]}, contracts={}, other_exits={14: 4}, years_back=2
    )
    assert [found.leaving(years) for years in forecast.YEARS] == [3, 4, 4, 4, 4]
    assert found.vacancies(5) == 10
    assert found.others(1) == 2
