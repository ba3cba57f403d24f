"""What is shown of anonymous answers uncovers nobody, also to a reader who knows the rule and the number of slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.anonymous import STEP, Asked, shown, together

OVER = date(2026, 11, 22)
LEAST = 10
THREE, FIVE = range(3), range(1, 6)


def asked(counts: tuple[int, ...], slips: int, *, closes_on: date = OVER) -> Asked:
    """An asking with one question."""
    return Asked(closes_on, slips, sum(counts), {"q": dict(enumerate(counts))})


def seen(counts: tuple[int, ...], slips: int) -> tuple[int, ...] | None:
    """The numbers that a reader sees."""
    found = shown(asked(counts, slips), range(len(counts)), least=LEAST, on=OVER)
    return tuple(found["q"].at_least.values()) if found else None


def divided(answers: int, values: int) -> Iterator[tuple[int, ...]]:
    """All the ways in which so many answers may lie."""
    if values == 1:
        yield (answers,)
        return
    for first in range(answers + 1):
        for rest in divided(answers - first, values - 1):
            yield (first, *rest)


@pytest.mark.parametrize(("values", "most_slips"), [(3, 22), (5, 13)])
def test_every_cell_could_have_been_one_of_four_numbers(values: int, most_slips: int) -> None:
    for slips in range(LEAST, most_slips + 1):
        behind: dict[tuple[int, ...] | None, list[tuple[int, ...]]] = defaultdict(list)
        for answers in range(LEAST, slips + 1):
            for counts in divided(answers, values):
                behind[seen(counts, slips)].append(counts)
        for numbers, candidates in behind.items():
            for position in range(values):
                assert len({each[position] for each in candidates}) >= STEP, (slips, numbers, candidates)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=5), st.integers(0, 30))
def test_nothing_below_ten_nothing_while_it_lasts_and_never_more_than_was_said(counts: list[int], unspent: int) -> None:
    answers = sum(counts)
    thing = asked(tuple(counts), answers + unspent)
    values = range(len(counts))
    assert shown(thing, values, least=LEAST, on=OVER - timedelta(days=1)) is None
    found = shown(thing, values, least=LEAST, on=OVER)
    assert (found is None) == (answers < LEAST)
    if found:
        assert all(number <= count for number, count in zip(found["q"].at_least.values(), counts, strict=True))
        assert all(number % STEP == 0 for number in found["q"].at_least.values())


@settings(max_examples=60)
@given(st.lists(st.tuples(*[st.integers(0, 15)] * 3), max_size=5))
def test_a_sum_less_what_was_shown_leaves_nothing_of_what_was_not(askings: list[tuple[int, ...]]) -> None:
    single = [shown(asked(each, 60), THREE, least=LEAST, on=OVER) for each in askings]
    whole = together(single)
    rest = dict(whole["q"].at_least) if whole else dict.fromkeys(THREE, 0)
    for each in single:
        for value, number in each["q"].at_least.items() if each else ():
            rest[value] -= number
    assert not any(rest.values())


def test_a_question_that_was_left_out_is_an_error() -> None:
    with pytest.raises(ValueError, match="11 answers of 12"):
        shown(Asked(OVER, 20, 12, {"q": {0: 11}}), THREE, least=LEAST, on=OVER)
