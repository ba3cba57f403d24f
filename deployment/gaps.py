"""The arithmetic of gaps: counts that add up, shares, five steps of shading, rank mix. Pure: no database, no clock."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import add, attrgetter
from typing import TypeVar

Key = TypeVar("Key")
STEPS = 5
SHARE_LIMITS = (1, 20, 40, 60, 80)  # lower limits of the five steps, where shares are compared with a fixed scale


@dataclass(frozen=True)
class Counts:
    """What is counted of a set of establishment lines, and of the officers posted on them.

    Vacant and over-strength are taken line by line before anything is added, so that one never hides the other.
    `officers` are the holders that the reader's filters choose; without such a filter they are the posted.
    """

    authorised: int = 0
    posted: int = 0
    vacant: int = 0
    over: int = 0
    officers: int = 0
    overdue: int = 0  # longer at the unit than the rule allows
    unknown: int = 0  # nobody knows since when: never taken for "not overdue"
    non_core: int = 0
    women: int = 0
    away: int = 0  # posted here, but attached out, seconded, on course, suspended or on long leave
    attached: int = 0  # attached or seconded here from elsewhere; in no other count
    needed: int = 0  # posts that ask for a skill
    lacking: int = 0  # of these, more than officers at the unit who hold it
    confirmed: int = 0  # answered "here" by their stations in returns that are not stale
    confirmable: int = 0  # the officers whom those returns could speak of

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, _values(self), _values(other)))

    @property
    def effective(self) -> int:
        return self.officers - self.away

    @property
    def vacant_share(self) -> float | None:
        return share(self.vacant, self.authorised)

    @property
    def women_share(self) -> float | None:
        return share(self.women, self.officers)

    @property
    def overdue_share(self) -> float | None:
        return share(self.overdue, self.officers)

    @property
    def non_core_share(self) -> float | None:
        return share(self.non_core, self.officers)

    @property
    def confirmed_share(self) -> float | None:
        """Never more than all: a station may have confirmed somebody who has left since."""
        return share(min(self.confirmed, self.confirmable), self.confirmable)

    @property
    def unfilled_share(self) -> float | None:
        """The part of the authorised posts for which no effective officer is there; over-strength may hide in it."""
        return share(max(0, self.authorised - self.posted + self.away), self.authorised)

    @property
    def has_data(self) -> bool:
        return any(_values(self))

    @property
    def adds_up(self) -> bool:
        """Strength + vacancies - over-strength = establishment."""
        return self.posted + self.vacant - self.over == self.authorised


def share(part: float, whole: float) -> float | None:
    """The part in per cent; None where there is no whole."""
    return part / whole * 100 if whole else None


def line(authorised: int, posted: int) -> Counts:
    """The counts of one establishment line."""
    return Counts(
        authorised, posted, vacant=max(0, authorised - posted), over=max(0, posted - authorised), officers=posted
    )


def total(counts: Iterable[Counts]) -> Counts:
    """The sum."""
    return Counts(*(sum(column) for column in zip(*(_values(each) for each in counts), strict=True)))


# Looked up once: a page adds some thousand counts, and asking the class for its fields each time took a quarter of it.
_values: Callable[[Counts], tuple[int, ...]] = attrgetter(*(each.name for each in fields(Counts)))


def totals_by(cells: Mapping[Key, Counts], key: int) -> dict[object, Counts]:
    """Cells whose key is a tuple, added up by one of its places."""
    groups: dict[object, list[Counts]] = {}
    for place, counts in cells.items():
        groups.setdefault(place[key], []).append(counts)  # type: ignore[index]
    return {each: total(group) for each, group in groups.items()}


# Shading ----------------------------------------------------------------------------------------------------------------


def relative_limits(values: Iterable[float | None]) -> tuple[int, ...]:
    """Lower limits of five steps that hold about equally many of the values above zero each.

    On paper nearly every post of the service is vacant: a fixed scale would paint everything alike. Limits are whole
    and ascending, so that the legend can be read; where all values are alike, all lie in the lightest step.
    """
    positive = sorted(value for value in values if value is not None and value > 0)
    if not positive:
        return (1, 2, 3, 4, 5)
    limits: list[int] = []
    for step in range(STEPS):
        wanted = max(1, math.floor(positive[len(positive) * step // STEPS]))
        limits.append(max(wanted, limits[-1] + 1) if limits else wanted)
    return tuple(limits)


def step_of(value: float | None, limits: Sequence[float]) -> int:
    """The step 0 to 5 of a value; anything above zero is at least in step 1."""
    if value is None or value <= 0:
        return 0
    return max(1, sum(value >= limit for limit in limits))


def legend_of(limits: Sequence[int], unit: str = "") -> list[str]:
    """Words for the five steps: "up to 4%", "5–9%", …, "40% and more". No step of shares begins above the whole."""
    whole = 100 if unit == "%" else None
    words = []
    for index, low in enumerate(limits):
        if whole and low > whole:
            break
        high = limits[index + 1] - 1 if index + 1 < len(limits) else whole if low == whole else None
        if high is None:
            words.append(f"≥ {low:,}{unit}")
        elif index == 0:
            words.append(f"≤ {high:,}{unit}")
        else:
            words.append(f"{low:,}{unit}" if low == high else f"{low:,}–{high:,}{unit}")
    return words


# Rank mix ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RankMix:
    """Who is at a unit: the order of the highest rank there (1 is the highest there is), NCOs and constables."""

    highest: int | None
    ncos: int
    constables: int

    def is_run_by_juniors(self, lowest_head: int) -> bool:
        """Whether officers are there, but nobody of the lowest rank that may head a station, or above."""
        return self.highest is not None and self.highest > lowest_head

    def has_too_many_ncos(self, percent: int) -> bool:
        """Whether there are more NCOs for each hundred constables than the rule says."""
        return self.ncos > 0 and self.ncos * 100 > self.constables * percent
