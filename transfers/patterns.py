"""Patterns that need a question. Pure: counts in, comparisons out. A pattern is a question, never a finding.

Each office, command or place has so many hits of so many cases and is set against all the others together. Two numbers say
how sure one can be: the Wilson interval of its own rate (95 %), and the chance of so extreme a count if it were like the
others (exact binomial, the smaller tail doubled). Many are looked at at once, so some stand out by luck: `expected` says how
many would, and a line is marked only where its chance, times the number of those looked at (Bonferroni), is below 5 %.
Source: Wilson, JASA 22 (1927) 209; Clopper and Pearson, Biometrika 26 (1934) 404.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

Z = 1.959963984540054  # of 95 %
LEVEL = 0.05
LEAST = 5  # cases below which nothing is said


@dataclass(frozen=True)
class Tally:
    """How often something happened (`hits`) of how often it could have (`of`), at one office or place."""

    key: str
    name: str
    hits: int
    of: int


@dataclass(frozen=True)
class Line:
    """One tally set against all the others together."""

    tally: Tally
    rate: float
    low: float
    high: float
    others: float  # rate of all the others together
    chance: float  # of so extreme a count, if it were like the others
    looked_at: int

    @property
    def stands_out(self) -> bool:
        """Whether it is marked, the number of those looked at reckoned with."""
        return self.chance * self.looked_at < LEVEL


@dataclass(frozen=True)
class Comparison:
    """The lines, the least likely first; how many would be below 5 % by luck alone, and how many had too few cases."""

    lines: list[Line]
    hits: int
    of: int
    expected: float
    too_few: int

    @property
    def marked(self) -> list[Line]:
        return [line for line in self.lines if line.stands_out]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate; all of 0 to 1 where nothing was seen."""
    if of == 0:
        return 0.0, 1.0
    rate, square = hits / of, Z * Z
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(rate * (1 - rate) / of + square / (4 * of * of)) / (1 + square / of)
    return 0.0 if hits == 0 else max(0.0, middle - half), 1.0 if hits == of else min(1.0, middle + half)


def at_least(hits: int, of: int, rate: float) -> float:
    """The chance of so many hits or more, each with that rate."""
    if hits <= 0:
        return 1.0
    if rate <= 0.0:
        return 0.0
    if rate >= 1.0:
        return 1.0
    return min(1.0, sum(_exactly(count, of, rate) for count in range(hits, of + 1)))


def at_most(hits: int, of: int, rate: float) -> float:
    """The chance of so many hits or fewer."""
    return at_least(of - hits, of, 1 - rate)


def _exactly(hits: int, of: int, rate: float) -> float:
    ways = lgamma(of + 1) - lgamma(hits + 1) - lgamma(of - hits + 1)
    return exp(ways + hits * log(rate) + (of - hits) * log1p(-rate))


def chance_of(hits: int, of: int, rate: float) -> float:
    """The chance of a count as extreme as this one, on either side: the smaller tail doubled, at most 1."""
    return min(1.0, 2 * min(at_least(hits, of, rate), at_most(hits, of, rate)))


def compare(tallies: Iterable[Tally], *, against: float | None = None, least: int = LEAST) -> Comparison:
    """Each tally set against the others together, or against a rate known beforehand."""
    found = list(tallies)
    hits, of = sum(each.hits for each in found), sum(each.of for each in found)
    enough = [each for each in found if each.of >= least]
    lines = []
    for each in enough:
        rest = of - each.of
        others = against if against is not None else (hits - each.hits) / rest if rest else each.hits / each.of
        low, high = wilson(each.hits, each.of)
        alone = against is None and not rest  # nothing to be set against
        chance = 1.0 if alone else chance_of(each.hits, each.of, _softened(others, rest, against))
        lines.append(Line(each, each.hits / each.of, low, high, others, chance, len(enough)))
    lines.sort(key=lambda line: (line.chance, -line.tally.of, line.tally.name))
    return Comparison(lines, hits, of, LEVEL * len(enough), len(found) - len(enough))


def _softened(rate: float, cases: int, against: float | None) -> float:
    """A rate of none or all out of a few others is not taken for impossible or certain: half a case is added either way."""
    return rate if against is not None else (rate * cases + 0.5) / (cases + 1)


def one_sided(comparison: Comparison) -> list[Line]:
    """The lines that never hit, or always did: an advice never followed, or always."""
    return [line for line in comparison.lines if line.tally.hits in (0, line.tally.of)]
