"""The dated closure of the command tree, computed from the parent links. Plain data in, plain data out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Link:
    """`unit` stood under `parent` from `starts_on` up to, not including, `ends_on` (None: still does)."""

    unit: int
    parent: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Reach:
    """`ancestor` commanded `descendant`, `depth` steps below, in the period."""

    ancestor: int
    descendant: int
    depth: int
    starts_on: date
    ends_on: date | None


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def closure(units: dict[int, tuple[date, date | None]], links: Iterable[Link]) -> list[Reach]:
    """Every command relation with its period, each unit over itself included.

    Shape: `units` maps a unit to the days it opened and closed. Errors: ValueError for a circle in the tree.
    Adjacent periods of the same pair and depth are joined, so the answer does not depend on how links were split.
    """
    above: dict[int, list[Link]] = {}
    for link in links:
        above.setdefault(link.unit, []).append(link)
    found: list[Reach] = []
    for unit, (opened, closed) in units.items():
        found.append(Reach(unit, unit, 0, opened, closed))
        climbing = [(unit, 0, opened, closed)]
        while climbing:
            current, depth, starts, ends = climbing.pop()
            if depth > 30:
                raise ValueError(f"the command tree has a circle at unit {current}")
            for link in above.get(current, ()):
                first, last = max(starts, link.starts_on), _earlier(ends, link.ends_on)
                if last is None or first < last:
                    found.append(Reach(link.parent, unit, depth + 1, first, last))
                    climbing.append((link.parent, depth + 1, first, last))
    return _joined(found)


def _joined(rows: list[Reach]) -> list[Reach]:
    rows.sort(key=lambda row: (row.ancestor, row.descendant, row.depth, row.starts_on))
    joined: list[Reach] = []
    for row in rows:
        last = joined[-1] if joined else None
        if (
            last
            and (last.ancestor, last.descendant, last.depth) == (row.ancestor, row.descendant, row.depth)
            and last.ends_on is not None
            and row.starts_on <= last.ends_on
        ):
            ends = None if row.ends_on is None else max(last.ends_on, row.ends_on)
            joined[-1] = Reach(row.ancestor, row.descendant, row.depth, last.starts_on, ends)
        else:
            joined.append(row)
    return joined
