"""What may be known of help given, without uncovering anybody. Pure: plain counts in, plain tables out.

The tables of one quarter that count the same things (`tables`) form a star: all have the same rows, each has columns of its
own. The rule:

1. A number below `smallest` is hidden, nought too: that nobody of a region spoke of drink is news about whoever was seen
   there. Questions about harm are shown from `harm` on.
2. A number is hidden where one person makes half of it or more: the supporter who logged, the counsellor, the client.
3. Rows and columns whose total would be hidden are joined, until every total may be shown. Rows are joined once, alike in
   all tables of the star: otherwise one table would give back what another joined.
4. Further cells are hidden until each cell hidden by 1 or 2 could have been any of `smallest` + 1 (or `harm` + 1) values
   while everything shown stays exactly what it is (`personnel.suppression`). As every row total and column total stays,
   no other table of the star narrows that down; sums, differences and halves of shown numbers give nothing back.
5. What is shown is rounded to `step`, totals from the true sum. Rates are reckoned from shown numbers, so that they say
   nothing more, and only where both are shown.

Why two rules of thumb are enough, and what they do not promise: docs/adr/0012-what-may-be-known-of-help.md.
Source: Data Protection Act 2019, s.25; Washington State Department of Health, small numbers standards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from personnel.suppression import covered

Group = tuple[str, ...]
UNNAMED = ("?",)  # who made a number is not known: then it is taken to be one person


@dataclass(frozen=True)
class Limits:
    """The dated rules in force: see `WellbeingRuleCode`."""

    smallest: int
    harm: int
    step: int


@dataclass(frozen=True)
class Count:
    """How many, of one row and column; `persons` in codes that are never shown, everyone who had a part in each of them."""

    row: str
    column: str
    number: int
    persons: tuple[str, ...]


@dataclass
class Tally:
    """A true number, and how much of it each person made."""

    number: int = 0
    by: Counter[str] = field(default_factory=Counter)

    def add(self, count: Count) -> None:
        self.number += count.number
        for person in count.persons or UNNAMED:
            self.by[person] += count.number

    def may_be_shown(self, least: int) -> bool:
        """Whether it is large enough and nobody makes half of it."""
        return self.number >= least and 2 * max(self.by.values(), default=0) < self.number


@dataclass(frozen=True)
class Table:
    """What may be shown: rows and columns as joined, rounded numbers, None where one is hidden."""

    rows: list[Group]
    columns: list[Group]
    cells: list[list[int | None]]
    row_totals: list[int]
    column_totals: list[int]
    whole: int

    def plain(self) -> dict[str, Any]:
        """The same in lists and numbers, ready to be kept."""
        return {
            "rows": [list(each) for each in self.rows],
            "columns": [list(each) for each in self.columns],
            "cells": self.cells,
            "row_totals": self.row_totals,
            "column_totals": self.column_totals,
            "whole": self.whole,
        }


def tables(
    counts: Mapping[str, Sequence[Count]],
    rows: Sequence[str],
    columns: Mapping[str, Sequence[str]],
    limits: Limits,
    harm: Collection[str] = frozenset(),
) -> dict[str, Table] | None:
    """The tables of a star, by name; None where even the whole is too little to be shown.

    Shape: `counts` and `columns` by table; each table counts the same things, so their row totals agree. `harm` holds
    the columns that are about harm. Errors: ValueError for tables that do not count the same things.
    """
    totals = [_tallies(each, rows, lambda count: count.row) for each in counts.values()]
    if any([line.number for line in each.values()] != [line.number for line in totals[0].values()] for each in totals):
        raise ValueError("tables of one star count the same things")
    strictest = max(_least(each, limits, harm) for each in columns.values())
    # Who had a part may differ from table to table only by mistake; the strictest reading counts.
    groups = joined(totals[0], strictest)
    if groups is None:
        return None
    found = {name: _table(counts[name], groups, columns[name], limits, harm, strictest) for name in counts}
    return found if all(found.values()) else None  # type: ignore[return-value]


def _least(columns: Iterable[str], limits: Limits, harm: Collection[str]) -> int:
    """From how many on a number that stands for these columns is shown."""
    return limits.harm if any(each in harm for each in columns) else limits.smallest


def _tallies(counts: Iterable[Count], names: Sequence[str], key: Callable[[Count], str]) -> dict[str, Tally]:
    found = {name: Tally() for name in names}
    for count in counts:
        found[key(count)].add(count)
    return found


def joined(lines: Mapping[str, Tally], least: int) -> list[Group] | None:
    """The lines in groups that may each be shown: small ones together, with the smallest of the others where need be.

    None where all together may not be shown.
    """
    small = [name for name, tally in lines.items() if not tally.may_be_shown(least)]
    large = sorted((name for name in lines if name not in small), key=lambda name: lines[name].number)
    while small and not _together(lines, small).may_be_shown(least):
        if not large:
            return None
        small.append(large.pop(0))
    alone: list[Group] = [(name,) for name in lines if name not in small]
    return [*alone, tuple(name for name in lines if name in small)] if small else alone


def _together(lines: Mapping[str, Tally], names: Iterable[str]) -> Tally:
    whole = Tally()
    for name in names:
        whole.number += lines[name].number
        whole.by.update(lines[name].by)
    return whole


def _table(
    counts: Sequence[Count],
    rows: list[Group],
    columns: Sequence[str],
    limits: Limits,
    harm: Collection[str],
    strictest: int,
) -> Table | None:
    """One table of a star whose rows are joined already."""
    groups = joined(_tallies(counts, columns, lambda count: count.column), strictest)
    if groups is None:
        return None
    row_of = {name: index for index, group in enumerate(rows) for name in group}
    column_of = {name: index for index, group in enumerate(groups) for name in group}
    tallies = [[Tally() for _column in groups] for _row in rows]
    for count in counts:
        tallies[row_of[count.row]][column_of[count.column]].add(count)
    numbers = [[tally.number for tally in line] for line in tallies]
    needs = {
        (i, j): least
        for j, group in enumerate(groups)
        for least in [_least(group, limits, harm)]
        for i, line in enumerate(tallies)
        if not line[j].may_be_shown(least)
    }
    hidden = covered(numbers, needs)
    return Table(
        rows, groups,
        [
            [None if (i, j) in hidden else rounded(value, limits) for j, value in enumerate(line)]
            for i, line in enumerate(numbers)
        ],
        [rounded(sum(line), limits) for line in numbers],
        [rounded(sum(line[j] for line in numbers), limits) for j in range(len(groups))],
        rounded(sum(map(sum, numbers)), limits),
    )  # fmt: skip


def alone(counts: Iterable[Count], limits: Limits, *, is_harm: bool = False) -> int | None:
    """A number that stands by itself, or None where it is hidden."""
    whole = Tally()
    for count in counts:
        whole.add(count)
    return rounded(whole.number, limits) if whole.may_be_shown(limits.harm if is_harm else limits.smallest) else None


def rounded(number: int, limits: Limits) -> int:
    """To the nearest step."""
    return (number + limits.step // 2) // limits.step * limits.step


def rate(part: int | None, whole: int | None, *, per: int = 1_000) -> float | None:
    """So many for each `per`, of two shown numbers; None unless both are shown."""
    return None if part is None or not whole else round(part * per / whole, 1)
