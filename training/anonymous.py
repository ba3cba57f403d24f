"""What may be shown of anonymous answers, without uncovering anybody. Pure: counts in, plain tables out.

1. Nothing while the asking lasts: a page read before and after one person answered would show that answer as the difference.
   An asking ends on a day fixed when it began, so that nobody can end it after a chosen person.
2. Nothing from fewer than `least` answers, not even how many there were.
3. Every question has as many answers as the asking: one may say "I was not there", but leave none out. So no question has
   a smaller number of its own that could be subtracted.
4. Numbers are rounded down to fours, none included: "fewer than four", "four or more", "eight or more". Where that would
   still account for nearly every slip that was handed out, the largest is rounded down once more.
5. Sums are sums of what was shown, of askings that are each shown: nothing can be learned from them that was not shown.

Whoever knows the rule and the number of slips is left with at least four possible numbers for every cell:
tests/training/test_anonymous.py counts them out. Kept in step with two kinds of question: three possible answers, and five.
Source: Data Protection Act 2019, s.25; the boundary of this module: by cohort only, and from ten answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

STEP = 4

Counts = Mapping[int, int]  # how many gave each value


@dataclass(frozen=True)
class Asked:
    """One asking of a cohort: its last day is the one before `closes_on`."""

    closes_on: date
    slips: int
    answers: int
    counts: Mapping[str, Counts]  # by question


@dataclass(frozen=True)
class Spread:
    """How the answers to one question lie: of each value, so many at least; nought stands for fewer than STEP."""

    at_least: Mapping[int, int]


Shown = Mapping[str, Spread]  # by question


def may_be_shown(asked: Asked, *, least: int, on: date) -> bool:
    """Whether the asking is over and enough have answered."""
    return on >= asked.closes_on and asked.answers >= max(least, 1)


def shown(asked: Asked, values: Sequence[int], *, least: int, on: date) -> Shown | None:
    """What may be shown of one asking on a day; None for nothing. Errors: ValueError where a question was left out."""
    if not may_be_shown(asked, least=least, on=on):
        return None
    for question, counts in asked.counts.items():
        if sum(counts.values()) != asked.answers:
            raise ValueError(f"{question}: {sum(counts.values())} answers of {asked.answers}")
    return {
        question: Spread(_rounded({value: counts.get(value, 0) for value in values}, asked.slips))
        for question, counts in asked.counts.items()
    }


def _rounded(counts: Counts, slips: int) -> dict[int, int]:
    found = {value: count // STEP * STEP for value, count in counts.items()}
    while sum(found.values()) > slips - STEP + 1 and any(found.values()):
        largest = max(found, key=lambda value: found[value])
        found[largest] -= STEP
    return found


def together(given: Iterable[Shown | None]) -> Shown | None:
    """The sum of what was shown of several askings; None where nothing was."""
    summed: dict[str, dict[int, int]] = {}
    for each in given:
        for question, spread in (each or {}).items():
            line = summed.setdefault(question, {})
            for value, number in spread.at_least.items():
                line[value] = line.get(value, 0) + number
    return {question: Spread(line) for question, line in summed.items()} or None
