"""The rule book: what it accepts, what it refuses and how it says so, and the traps of its percentages."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.problem import BadInput
from transfers.rulebook import FloorRule, differences, floor_of, may_leave, read, rounds_to_nobody, starting

RANKS = ["PC", "CPL"]


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    """The starting book with one value replaced; None removes it."""
    book = copy.deepcopy(starting(RANKS))
    part: Any = book
    for step in path[:-1]:
        part = part[step]
    if value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return book


def test_the_starting_book_makes_sense() -> None:
    rules = read(starting(RANKS))
    assert rules.ranks == ("PC", "CPL")
    assert rules.minimum_months == 12
    assert rules.maximum_months == 36
    assert [floor.percent for floor in rules.floors] == [60, 90]
    assert all(rule.basis for rule in rules.points)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["ranks"], None, "says nothing of 'ranks'"),
        (["ranks"], [], "not a list of words"),
        (["minimum_months"], 36, "not below the longest"),
        (["minimum_months"], True, "whole number"),
        (["minimum_months"], 12.5, "whole number"),
        (["mechanism"], "optimiser", "Choose one of"),
        (["shadow"], "deferred-acceptance", "same mechanism"),
        (["points", 0, "most"], 5, "but at most"),
        (["points", 0, "basis"], "", "Write it in words"),
        (["points", 3, "ground"], "", "fact 'ground'"),
        (["points", 1, "code"], "tenure", "twice"),
        (["floors", 0, "percent"], 101, "from 1 to 100"),
        (["floors", 0, "extra"], 1, "no rule book knows"),
        (["weather"], "fine", "no rule book knows"),
        (["exclusions"], ["tribe"], "Choose one of"),
        (["reserves"], [{"group": each, "percent": 60, "basis": "b"} for each in ("women", "men")], "more than"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(path: list[Any], value: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(changed(path, value))


def test_ten_percent_of_a_small_class_is_nobody() -> None:
    rule = FloorRule("station", 90, 5, "basis")
    assert may_leave(9, rule) == 0
    assert may_leave(10, rule) == 1
    assert may_leave(4, rule) == 4  # below the smallest class the floor does not count
    assert rounds_to_nobody([9, 8, 10, 4, 0], rule) == (2, 4)


@given(st.integers(0, 100_000), st.integers(1, 100))
def test_a_floor_is_the_least_whole_number_of_its_share(strength: int, percent: int) -> None:
    floor = floor_of(strength, percent)
    assert floor * 100 >= strength * percent
    assert (floor - 1) * 100 < strength * percent or floor == 0


def test_two_books_are_compared_part_by_part() -> None:
    before = starting(RANKS)
    after = changed(["exchange_days"], 0)
    assert differences(before, after) == [("exchange_days", 30, 0)]
