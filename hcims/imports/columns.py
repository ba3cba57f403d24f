"""A column of an import: its headings in the wild, and how its cells are read, a block at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hcims.imports.cells import Cell
from hcims.imports.problems import CellProblem, Problem

MEMO_CELLS = 60_000


@dataclass(frozen=True)
class Plain:
    """Cells as they should be, all of a block seen at once: reading each by itself would come to the same.

    `pattern` is of one such cell, matches no line break and never two ways; `value` is what becomes of it, where it does
    not stay as it is.
    """

    pattern: str
    value: Callable[[str], str] | None = None

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return re.compile(f"(?>{self.pattern})(?>\n(?>{self.pattern}))*+")

    def values(self, cells: Sequence[Cell]) -> list[Any] | None:
        """The values of the cells; None where one of them must be looked at by itself."""
        try:
            together = "\n".join(cells)  # type: ignore[arg-type]
        except TypeError:
            return None  # a number, or nothing
        if together.count("\n") != len(cells) - 1 or not self._all.fullmatch(together):
            return None
        return list(map(self.value, together.split("\n"))) if self.value else list(cells)


@dataclass(frozen=True)
class Column:
    """What a kind of import expects in one column.

    `sealed` values are encrypted in the stage as they are in the record. `dated` columns have an order of day and month
    that may have to be asked. `clearable`: a blank cell may clear the field, if the user says so for this import.
    `series`: one of many alike, such as a register's days; it is found by a heading that is a day or a number.
    `plain`: what nearly all its cells look like, where each row has another one.
    """

    name: str
    label: Any  # lazy text: the template's heading, and what pages call it
    explain: Any
    aliases: tuple[str, ...] = ()
    example: str = ""
    required: bool = False  # every row must have it
    needed_when_new: bool = False
    sealed: bool = False
    dated: bool = False
    numbered: bool = False  # an identifier whose leading zeros a spreadsheet may have dropped
    clearable: bool = True
    splits: tuple[str, str] | None = None  # a whole name: (the column of the surname, that of the other names)
    choices: str = ""  # name of a list in the template
    series: bool = False
    plain: Plain | None = None


class Memo(dict[Cell, Any]):
    """Reads each different cell of a column once: a roll has fourteen ranks, not a hundred thousand.

    A cell that cannot be read becomes None, and is kept in `bad`. Blocks of plain cells are not looked at one by one.
    """

    def __init__(self, read: Callable[[Cell], Any], plain: Plain | None = None) -> None:
        super().__init__()
        self._read, self._plain = read, plain
        self.bad: dict[Cell, CellProblem] = {}

    def __missing__(self, cell: Cell) -> Any:
        try:
            value = self._read(cell)
        except CellProblem as problem:
            self.bad[cell], value = problem, None
        self[cell] = value
        return value

    def column(self, name: str, cells: Sequence[Cell], found: dict[int, list[Problem]]) -> list[Any]:
        """The values of a block of cells; problems go to `found` under the row's place in the block."""
        if self._plain and (plain := self._plain.values(cells)) is not None:
            return plain
        if len(self) > MEMO_CELLS:
            self.clear()
            self.bad.clear()
        values = [self[cell] for cell in cells]
        if self.bad:
            for index, cell in enumerate(cells):
                if cell in self.bad:
                    problem = self.bad[cell]
                    found.setdefault(index, []).append((name, problem.code, problem.parameters))
        return values
