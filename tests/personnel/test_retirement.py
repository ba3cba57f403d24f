"""The day of retirement, and the same rule asked the other way round."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.retirement import Rule, born_by, reaches, retires
from personnel.validity import lapses_on, months_after

GENERAL = Rule("officer", None, 60, date(2011, 8, 30), legal_basis="general")
COMMAND = Rule("officer", 1, 62, date(2020, 1, 1), legal_basis="command")
CIVILIAN = Rule("civilian", None, 60, date(2009, 4, 1))


def test_the_general_rule_counts_birthdays() -> None:
    assert retires(date(1970, 5, 3), "officer", 14, [GENERAL, COMMAND]).on == date(2030, 5, 3)


def test_a_rule_of_ones_own_rank_goes_before_the_general_one() -> None:
    found = retires(date(1970, 5, 3), "officer", 1, [GENERAL, COMMAND])
    assert (found.on, found.rule.legal_basis) == (date(2032, 5, 3), "command")


def test_a_lower_age_that_comes_into_force_later_ends_service_on_that_day() -> None:
    lowered = [
        Rule("officer", None, 60, date(2011, 1, 1), date(2027, 1, 1)),
        Rule("officer", None, 55, date(2027, 1, 1)),
    ]
    assert retires(date(1970, 5, 3), "officer", 14, lowered).on == date(2027, 1, 1)


def test_who_was_born_on_the_leap_day_comes_of_age_on_1_march() -> None:
    assert reaches(date(1972, 2, 29), 61) == date(2033, 3, 1)


@pytest.mark.parametrize(("born", "rules"), [(None, [GENERAL]), (date(1970, 1, 1), []), (date(1970, 1, 1), [CIVILIAN])])
def test_without_birth_or_rule_nothing_is_said(born: date | None, rules: list[Rule]) -> None:
    assert retires(born, "officer", 14, rules) is None


days = st.dates(date(1940, 1, 1), date(2005, 12, 31))


@st.composite
def rule_sets(draw: st.DrawFn) -> list[Rule]:
    """Rules that follow each other without overlap, for every rank and for rank 1."""
    rules = []
    for rank in (None, 1):
        starts = sorted(set(draw(st.lists(st.dates(date(1990, 1, 1), date(2060, 1, 1)), max_size=3))))
        ends = [*starts[1:], None]
        rules += [Rule("officer", rank, draw(st.integers(50, 65)), s, e) for s, e in zip(starts, ends, strict=False)]
    return rules


@given(born=days, rules=rule_sets(), until=st.dates(date(2000, 1, 1), date(2070, 1, 1)), rank=st.sampled_from([1, 2]))
def test_the_comparison_of_births_finds_exactly_those_who_retire(
    born: date, rules: list[Rule], until: date, rank: int
) -> None:
    found = retires(born, "officer", rank, rules)
    limit = born_by(until, "officer", rank, rules)
    assert (found is not None and found.on <= until) == (limit is not None and born <= limit)


@given(born=days, rules=rule_sets())
def test_nobody_retires_younger_than_the_rule_that_is_named(born: date, rules: list[Rule]) -> None:
    found = retires(born, "officer", 1, rules)
    if found:
        assert reaches(born, found.rule.age) <= found.on
        assert found.rule.covers(found.on)


def test_a_certificate_of_the_31st_lapses_on_the_last_day_of_a_shorter_month() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert lapses_on(date(2026, 8, 31), 36) == date(2029, 8, 31)
    assert lapses_on(None, 36) is None
    assert lapses_on(date(2026, 8, 31), None) is None


def test_a_month_after_never_goes_back() -> None:
    day = date(2024, 1, 1)
    for _ in range(400):
        assert months_after(day, 1) > day
        day += timedelta(days=1)
