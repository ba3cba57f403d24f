"""The SQL of strength against a count done by hand, on drawn services: every level, every day, both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from deployment.gaps import Counts, total
from deployment.models import Duty
from deployment.strength import Question, cells, lines, marks_until, points, sides, survey, vacancy_total
from organisation.models import Baseline
from tests.deployment import small_services
from tests.deployment.small_services import DAYS, FIRST, STEP, Drawn, Made, expected, services

drawn_services = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
a_day = small_services.A_DAY.map(small_services.day)


def question(made: Made, unit: int, on: date, **more: Any) -> Question:
    return Question(
        unit=made.units[unit].pk, on=on, baseline="working", today=on,
        overdue_before=on - timedelta(days=80), overdue_before_in_operations=on - timedelta(days=30),
        non_core=tuple(Duty.objects.filter(is_core=False).values_list("pk", flat=True)), **more,
    )  # fmt: skip


def by_part_and_rank(found: dict[Any, Counts]) -> dict[tuple[int, int], Counts]:
    summed: dict[tuple[int, int], Counts] = {}
    for cell, counts in found.items():
        key = (cell.part, cell.rank)
        summed[key] = summed.get(key, Counts()) + counts
    return {key: counts for key, counts in summed.items() if counts.has_data}


class EveryLevelAndDay(TestCase):
    @drawn_services
    @given(drawn=services(), on=a_day, unit=st.integers(0, 7), whole=st.booleans())
    def test_counts_are_those_of_the_long_way_round(self, drawn: Drawn, on: date, unit: int, whole: bool) -> None:
        made = small_services.make(drawn)
        found = cells(question(made, unit, on, whole_service=whole and unit == 0))
        wanted = {key: Counts(**counts) for key, counts in expected(made, made.units[unit].pk, on).items()}
        assert by_part_and_rank(found) == wanted

    @drawn_services
    @given(drawn=services(), on=a_day, unit=st.integers(0, 7))
    def test_strength_and_vacancies_less_over_strength_are_the_establishment(
        self, drawn: Drawn, on: date, unit: int
    ) -> None:
        made = small_services.make(drawn)
        found = cells(question(made, unit, on))
        assert all(counts.adds_up for counts in found.values())
        assert total(found.values()).adds_up

    @drawn_services
    @given(
        drawn=services(), on=a_day, unit=st.integers(0, 7), choice=st.sampled_from([{"service": "APS"}, {"sex": "F"}])
    )
    def test_a_choice_of_officers_leaves_posts_as_they_are(
        self, drawn: Drawn, on: date, unit: int, choice: dict[str, str]
    ) -> None:
        made = small_services.make(drawn)
        found = by_part_and_rank(cells(question(made, unit, on, **choice)))
        wanted = {key: Counts(**counts) for key, counts in expected(made, made.units[unit].pk, on, **choice).items()}
        assert found == wanted

    @drawn_services
    @given(drawn=services(), on=a_day, unit=st.integers(0, 7))
    def test_both_sides_at_once_are_each_side_alone(self, drawn: Drawn, on: date, unit: int) -> None:
        made = small_services.make(drawn)
        both = sides(made.units[unit], on=on)
        for baseline in Baseline.values:
            summed: dict[tuple[int, int], Counts] = {}
            for side in (each for each in both if each.baseline == baseline):
                counts = Counts(side.posts, side.posted, side.vacant, side.over)
                summed[side.part, side.rank] = summed.get((side.part, side.rank), Counts()) + counts
            alone = by_part_and_rank(cells(question(made, unit, on).but(baseline=baseline)))
            alone = {key: Counts(each.authorised, each.posted, each.vacant, each.over) for key, each in alone.items()}
            assert {key: each for key, each in summed.items() if each.has_data} == {
                key: each for key, each in alone.items() if each.has_data
            }

    @drawn_services
    @given(drawn=services(), on=a_day, unit=st.integers(0, 7))
    def test_however_it_is_divided_it_comes_to_the_same(self, drawn: Drawn, on: date, unit: int) -> None:
        made = small_services.make(drawn)
        asked = question(made, unit, on)
        plain = by_part_and_rank(cells(asked))
        assert by_part_and_rank(cells(asked, by_place=True)) == plain
        assert by_part_and_rank(cells(asked, by_command="territorial")) == plain
        counties = {unit.county_id for unit in made.units}
        each = [total(cells(asked.but(county=county or 0)).values()) for county in counties]
        assert total(each) == total(plain.values())

    @drawn_services
    @given(drawn=services(), unit=st.integers(0, 7), alone=st.booleans(), county=st.booleans())
    def test_every_point_of_the_months_is_the_page_of_its_day(
        self, drawn: Drawn, unit: int, alone: bool, county: bool
    ) -> None:
        made = small_services.make(drawn)
        more: dict[str, Any] = {"alone": alone, "county": made.units[3].county_id if county else None}
        on = FIRST + timedelta(days=390)
        found = points(question(made, unit, on, **more), marks_until(on))
        assert [point.on for point in found] == marks_until(on)
        for point in found:
            then = total(cells(question(made, unit, point.on, **more)).values())
            assert (point.counts.authorised, point.counts.posted, point.counts.vacant, point.counts.over) == (
                then.authorised, then.posted, then.vacant, then.over,
            ), point.on  # fmt: skip

    @drawn_services
    @given(drawn=services(), on=a_day, unit=st.integers(0, 7))
    def test_the_list_of_lines_is_as_long_as_the_number(self, drawn: Drawn, on: date, unit: int) -> None:
        made = small_services.make(drawn)
        asked = question(made, unit, on)
        counts = total(cells(asked).values())
        listed = lines(asked, "vacant", number=None)
        assert sum(row.counts.vacant for row in listed) == counts.vacant
        assert vacancy_total(asked, "vacant").counts.vacant == counts.vacant
        assert vacancy_total(asked, "vacant").lines == len(listed)
        assert vacancy_total(asked, "over").counts.over == counts.over

    @drawn_services
    @given(drawn=services(), on=a_day, measure=st.sampled_from(["vacancies", "over", "overdue", "non-core"]))
    def test_the_worst_units_are_counted_alone(self, drawn: Drawn, on: date, measure: str) -> None:
        made = small_services.make(drawn)
        for pk, counts in survey(question(made, 0, on), worst_by=measure).worst:
            alone = total(cells(Question(**{**question(made, 0, on).__dict__, "unit": pk, "alone": True})).values())
            names = ("authorised", "posted", "vacant", "over", "overdue", "unknown", "non_core")
            assert [getattr(counts, name) for name in names] == [getattr(alone, name) for name in names]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowded_service_on_every_day_something_begins_or_ends(seed: int) -> None:
    made = small_services.make(small_services.dense(seed))
    for on in map(small_services.day, range(0, DAYS + 1, STEP)):
        for unit in (0, 1, 3):
            found = by_part_and_rank(cells(question(made, unit, on, whole_service=unit == 0)))
            wanted = {key: Counts(**counts) for key, counts in expected(made, made.units[unit].pk, on).items()}
            assert found == wanted, (on, unit)


def test_marks_are_the_same_day_of_each_month() -> None:
    assert marks_until(date(2026, 3, 31), 2) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    assert len(marks_until(date(2026, 3, 31))) == 13


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow(django_assert_num_queries: Any) -> None:
    made = small_services.make(Drawn(parents=[0, 0, 1, 2, 3, 3, 4, 5], women=[False] * 30))
    asked = question(made, 0, FIRST)
    with django_assert_num_queries(1):
        survey(asked, by_place=True, worst_by="vacancies")
