"""Hides small counts in a table so that no sum on the page gives them back. Pure: plain numbers in, plain numbers out.

The table is shown with every row total, column total and the whole. Three steps:

1. `folded` joins rows (and columns) whose total is small, so that every total may be shown.
2. Counts from 1 to below the threshold are hidden, zero is shown.
3. Further counts are hidden until each hidden count could have been any of at least `threshold` + 1 values with the same
   shown counts and totals; what else had to be hidden could have been at least one more.

Which totals fit with which hidden counts is a flow between rows and columns: to add one to a hidden cell, another hidden
cell of its column must lose one, so another of that row must gain one, and so on round to the cell's own row. How far a
cell can go up or down is the largest such flow. Source: Washington State Department of Health, small numbers standards
(primary and complementary suppression); Data Protection Act 2019, s.25.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Counts = Sequence[Sequence[int]]
Cell = tuple[int, int]


@dataclass(frozen=True)
class Shown:
    """A table that may be shown: which rows and columns stand together, and the counts, None where one is hidden."""

    rows: list[list[int]]
    columns: list[list[int]]
    counts: list[list[int | None]]
    row_totals: list[int]
    column_totals: list[int]


def shown(counts: Counts, threshold: int) -> Shown:
    """The table with small rows and columns joined and small counts hidden; without a line where the whole is too small.

    Columns are joined with their neighbours only.
    """
    if sum(map(sum, counts)) < threshold:
        return Shown([], [], [], [], [])
    rows = folded([sum(line) for line in counts], threshold)
    columns = folded([sum(line[j] for line in counts) for j in range(len(counts[0]))], threshold, neighbours=True)
    table = joined(counts, rows, columns)
    used = [j for j in range(len(columns)) if sum(line[j] for line in table)]
    table, columns = [[line[j] for j in used] for line in table], [columns[j] for j in used]
    hidden = hidden_cells(table, threshold) if len(table) > 1 and len(columns) > 1 else frozenset()
    cells = [[None if (i, j) in hidden else value for j, value in enumerate(line)] for i, line in enumerate(table)]
    filled = [sum(line[j] for line in table) for j in range(len(columns))]
    return Shown(rows, columns, cells, [sum(line) for line in table], filled)


def folded(totals: Sequence[int], threshold: int, *, neighbours: bool = False) -> list[list[int]]:
    """Groups of indices such that every group's total is zero or at least the threshold; each index is in one group.

    Shape: `neighbours` joins only what stands side by side (ordered columns); otherwise the small ones are joined into
    one last group, with the smallest of the others where that is not enough.
    """
    if neighbours:
        return _folded_neighbours(totals, threshold)
    small = [index for index, total in enumerate(totals) if 0 < total < threshold]
    large = sorted((index for index, total in enumerate(totals) if total >= threshold), key=lambda index: totals[index])
    while small and sum(totals[index] for index in small) < threshold and large:
        small.append(large.pop(0))
    alone = [[index] for index in range(len(totals)) if index not in small]
    return [*alone, sorted(small)] if small else alone


def _folded_neighbours(totals: Sequence[int], threshold: int) -> list[list[int]]:
    groups: list[list[int]] = []
    waiting: list[int] = []
    for index in range(len(totals)):
        waiting.append(index)
        total = sum(totals[each] for each in waiting)
        if total == 0 or total >= threshold:
            groups.append(waiting)
            waiting = []
    if not waiting:
        return groups
    while groups and 0 < sum(totals[each] for each in waiting) < threshold:
        waiting = groups.pop() + waiting
    return [*groups, waiting]


def joined(counts: Counts, rows: Sequence[Sequence[int]], columns: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table of groups of rows by groups of columns."""
    return [[sum(counts[i][j] for i in row for j in column) for column in columns] for row in rows]


def hidden_cells(counts: Counts, threshold: int) -> frozenset[Cell]:
    """The cells to hide in a table whose totals are all shown (see `folded`).

    A row or column that is empty stays shown: its total says that every cell of it is zero.
    """
    small = {(i, j): threshold for i, row in enumerate(counts) for j, value in enumerate(row) if 0 < value < threshold}
    return covered(counts, small)


def covered(counts: Counts, needs: Mapping[Cell, int]) -> frozenset[Cell]:
    """These cells and what else to hide, until each could have been any of at least `needs[cell]` other values.

    A row or column that is empty stays shown. Where hiding more does not help, everything is hidden.
    """
    rows = [i for i, row in enumerate(counts) if sum(row)]
    columns = [j for j in range(len(counts[0]) if counts else 0) if sum(row[j] for row in counts)]
    everything = frozenset((i, j) for i in rows for j in columns)
    first = sorted(needs, key=lambda each: _at(counts, each))
    hidden = set(first)
    for cell in first:
        while room(counts, hidden, cell, needs[cell]) < needs[cell]:
            more = _cheapest_rectangle(counts, hidden, cell, needs[cell], rows, columns)
            if not more:
                return everything
            hidden |= more
    if any(room(counts, hidden, cell, 1) < 1 for cell in hidden):
        return everything
    return frozenset(hidden)


def _at(counts: Counts, cell: Cell) -> int:
    return counts[cell[0]][cell[1]]


def _cheapest_rectangle(
    counts: Counts, hidden: set[Cell], cell: Cell, threshold: int, rows: Sequence[int], columns: Sequence[int]
) -> set[Cell]:
    """The cells of another row and column that give the cell room at the least cost; none when nothing is left to hide.

    A rectangle that alone gives room enough goes before one that gives some.
    """
    i, j = cell
    best: tuple[tuple[bool, int, int, list[Cell]], set[Cell]] | None = None
    for k in rows:
        for m in columns:
            corners = {(i, m), (k, j), (k, m)} - hidden
            if k == i or m == j or not corners:
                continue
            up, down = min(counts[i][m], counts[k][j]), min(counts[i][j], counts[k][m])
            cost = sum(_at(counts, each) for each in corners)
            offer = (up + down < threshold, cost, len(corners), sorted(corners))
            if best is None or offer < best[0]:
                best = (offer, corners)
    return best[1] if best else set()


def room(counts: Counts, hidden: set[Cell] | frozenset[Cell], cell: Cell, enough: int) -> int:
    """How many other values the hidden cell could have with the same totals and shown cells; counting stops at `enough`."""
    up = _flow(counts, hidden, cell, enough, up=True)
    if up >= enough:
        return up
    down = min(counts[cell[0]][cell[1]], _flow(counts, hidden, cell, enough - up, up=False))
    return up + down


def _flow(counts: Counts, hidden: set[Cell] | frozenset[Cell], cell: Cell, enough: int, *, up: bool) -> int:
    """The largest change of the cell in one direction that the other hidden cells can make good, up to `enough`.

    Going from a column to a row takes from their cell, at most what it holds; from a row to a column adds, without limit.
    """
    i, j = cell
    left = {(a, b): counts[a][b] for a, b in hidden if (a, b) != cell}
    start, goal = ((True, j), (False, i)) if up else ((False, i), (True, j))
    total = 0
    while total < enough:
        path = _path(left, start, goal)
        if path is None:
            break
        step = min([left[each] for each, taking in path if taking], default=enough - total)
        step = min(step, enough - total)
        for each, taking in path:
            left[each] += -step if taking else step
        total += step
    return total


Node = tuple[bool, int]  # (is a column, its index)


def _path(left: dict[Cell, int], start: Node, goal: Node) -> list[tuple[Cell, bool]] | None:
    """A shortest way through the hidden cells, as (cell, whether it loses)."""
    came: dict[Node, tuple[Node, Cell, bool] | None] = {start: None}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if node == goal:
            steps = []
            while (link := came[node]) is not None:
                node, cell, taking = link
                steps.append((cell, taking))
            return steps
        is_column, index = node
        for (row, column), value in left.items():
            if is_column and column == index and value > 0:
                following: Node = (False, row)
            elif not is_column and row == index:
                following = (True, column)
            else:
                continue
            if following not in came:
                came[following] = (node, (row, column), is_column)
                queue.append(following)
    return None
