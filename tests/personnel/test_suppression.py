"""Hidden counts stay hidden: tried by listing every table that would look the same, and by linear algebra."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from personnel.suppression import folded, hidden_cells, joined, room

Table = list[list[int]]


def safe_table(counts: Table, threshold: int) -> Table:
    rows = [row for row in folded([sum(row) for row in counts], threshold) if sum(map(sum, (counts[i] for i in row)))]
    columns = folded([sum(row[j] for row in counts) for j in range(len(counts[0]))], threshold, neighbours=True)
    table = joined(counts, rows, columns)
    return [list(row) for row in table]


def lookalikes(table: Table, hidden: frozenset) -> list[Table]:
    """Every table of whole numbers with the same shown cells and the same totals, by plain enumeration."""
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    choices = []
    for i, row in enumerate(table):
        spans = [range(min(rows[i], columns[j]) + 1) if (i, j) in hidden else [value] for j, value in enumerate(row)]
        choices.append([line for line in product(*spans) if sum(line) == rows[i]])
    return [each for each in product(*choices) if [sum(column) for column in zip(*each, strict=True)] == columns]


def tables(largest: int, height: int, width: int) -> st.SearchStrategy[Table]:
    return st.integers(2, height).flatmap(
        lambda h: st.integers(2, width).flatmap(
            lambda w: st.lists(st.lists(st.integers(0, largest), min_size=w, max_size=w), min_size=h, max_size=h)
        )
    )


@settings(max_examples=150, deadline=None)
@given(counts=tables(5, 3, 3))
def test_no_hidden_count_can_be_recomputed_from_any_set_of_totals_shown(counts: Table) -> None:
    threshold = 3
    table = safe_table(counts, threshold)
    if sum(map(sum, table)) < threshold:
        return  # nothing of so few is published at all
    if len(table) < 2 or len(table[0]) < 2:
        return  # one row or column: every cell is a total, and totals are not small
    hidden = hidden_cells(table, threshold)
    alike = lookalikes(table, hidden)
    for i, j in hidden:
        values = {each[i][j] for each in alike}
        assert len(values) > (threshold if 0 < table[i][j] < threshold else 1)


@settings(max_examples=150, deadline=None)
@given(counts=tables(400, 9, 5), threshold=st.integers(2, 12))
def test_every_small_count_is_hidden_and_no_sum_of_sums_isolates_one(counts: Table, threshold: int) -> None:
    table = safe_table(counts, threshold)
    if sum(map(sum, table)) < threshold or len(table) < 2 or len(table[0]) < 2:
        return
    hidden = hidden_cells(table, threshold)
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            assert not 0 < value < threshold or (i, j) in hidden
    for cell in hidden:
        assert not isolated(hidden, cell)


def isolated(hidden: frozenset, cell: tuple[int, int]) -> bool:
    """Whether adding and subtracting totals leaves the cell alone: Gauss over fractions."""
    order = sorted(hidden, key=lambda each: each == cell)  # the cell's own column last
    lines: dict[tuple[str, int], list[Fraction]] = {}
    for position, (i, j) in enumerate(order):
        for line in (("row", i), ("column", j)):
            lines.setdefault(line, [Fraction(0)] * len(order))[position] += 1
    matrix, pivot = list(lines.values()), 0
    for column in range(len(order)):
        found = next((r for r in range(pivot, len(matrix)) if matrix[r][column]), None)
        if found is None:
            continue
        matrix[pivot], matrix[found] = matrix[found], matrix[pivot]
        top = [value / matrix[pivot][column] for value in matrix[pivot]]
        matrix[pivot] = top
        for r in range(pivot + 1, len(matrix)):
            if factor := matrix[r][column]:
                matrix[r] = [a - factor * b for a, b in zip(matrix[r], top, strict=True)]
        pivot += 1
    return any(not any(row[:-1]) and row[-1] for row in matrix)


def test_a_table_without_small_counts_hides_nothing() -> None:
    assert hidden_cells([[10, 20], [0, 30]], 10) == frozenset()


def test_one_small_count_takes_three_others_with_it() -> None:
    hidden = hidden_cells([[3, 50, 60], [40, 45, 70], [80, 90, 100]], 10)
    assert (0, 0) in hidden
    assert len(hidden) == 4


def test_a_hidden_count_has_room_on_both_sides() -> None:
    table = [[3, 50], [40, 45]]
    assert room(table, hidden_cells(table, 10), (0, 0), 10) == 10


def test_small_groups_are_joined_until_their_total_may_be_shown() -> None:
    assert folded([100, 3, 50, 4], 10) == [[0], [1, 2, 3]]
    assert folded([100, 6, 50, 7], 10) == [[0], [2], [1, 3]]
    assert folded([0, 100, 50], 10) == [[0], [1], [2]]


def test_ordered_columns_join_their_neighbours() -> None:
    assert folded([4, 300, 0, 900, 5], 10, neighbours=True) == [[0, 1], [2], [3, 4]]
    assert folded([4, 3], 10, neighbours=True) == [[0, 1]]
