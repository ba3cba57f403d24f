"""Numbers of posts as people type and paste them: one cell, or a whole table with headings. Plain data in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NOTHING = {"", "-", "–", "—"}
SEPARATORS = re.compile(r"(?<=\d)[,\s\u00a0'](?=\d{3}\b)")
DECIMALS = re.compile(r"^(\d+)[.,]0+$")  # a spreadsheet may write 12 as 12.0


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read: where it stands as the person sees it, what it says, and how to mend it."""

    line: int
    column: str
    value: str
    advice: str


@dataclass
class Table:
    """What a pasted table says. Shape: `cells` maps (unit code, column key) to posts; a column key is "PC" or "PC/driving-b"."""

    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # headings that name no rank


def number_of(text: str) -> int | None:
    """The posts a cell says, an empty one none (0); None for what is no whole number of posts."""
    plain = SEPARATORS.sub("", text.strip())
    if plain in NOTHING:
        return 0
    plain = DECIMALS.sub(r"\1", plain)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 8 else None


def rows_of(block: str) -> list[list[str]]:
    """A block copied from a spreadsheet as rows of cells."""
    return [[cell.strip().strip('"') for cell in line.split("\t")] for line in block.replace("\r", "").split("\n")]


def read_table(block: str, *, units: Mapping[str, str], columns: Mapping[str, str], advice: Mapping[str, str]) -> Table:
    """This function will read a pasted table: units down the first column, ranks across the first filled row.

    Shape: `units` and `columns` map what may be typed (code or name, lower case) to the code or key; `advice` holds the
    sentences for "unit", "number" and "twice". A blank cell says nothing; a dash or 0 takes the posts away.
    """
    table = Table()
    rows = [(line, row) for line, row in enumerate(rows_of(block), start=1) if any(row)]
    if not rows:
        return table
    keys = _headings(rows[0][1], columns, table)
    for line, row in rows[1:]:
        unit = units.get(row[0].casefold())
        if unit is None:
            unit = next((units[cell.casefold()] for cell in row[:2] if cell.casefold() in units), None)
        if unit is None:
            if _has_number(row, keys) and row[0].casefold() not in ("total", "jumla"):
                table.problems.append(Problem(line, "", row[0], advice["unit"]))
            continue
        _read_row(table, line, unit, row, keys, advice)
    return table


def _headings(row: list[str], columns: Mapping[str, str], table: Table) -> dict[int, str]:
    keys: dict[int, str] = {}
    for index, heading in enumerate(row):
        key = columns.get(re.sub(r"\s+", " ", heading).casefold())
        if key:
            keys[index] = key
        elif heading and index > 1:
            table.ignored.append(heading)
    return keys


def _read_row(
    table: Table, line: int, unit: str, row: list[str], keys: Mapping[int, str], advice: Mapping[str, str]
) -> None:
    for index, key in keys.items():
        text = row[index] if index < len(row) else ""
        if not text:
            continue
        posts = number_of(text)
        if posts is None:
            table.problems.append(Problem(line, key, text, advice["number"]))
        elif (unit, key) in table.cells:
            table.problems.append(Problem(line, key, text, advice["twice"]))
        else:
            table.cells[unit, key] = posts


def _has_number(row: list[str], keys: Iterable[int]) -> bool:
    return any(index < len(row) and row[index] for index in keys)
