"""A column of an import: its headings in the wild, and how its cells are read, a block at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hcims.imports.cells import Cell
from hcims.imports.problems import CellProblem, Problem

MEMO_CELLS = 60_000


@dataclass(frozen=True)
class Column:
    """What a kind of import expects in one column.

    `sealed` values are encrypted in the stage as they are in the record. `dated` columns have an order of day and month
    that may have to be asked. `clearable`: a blank cell may clear the field, if the user says so for this import.
    `series`: one of many alike, such as a register's days; it is found by a heading that is a day or a number.
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


class Memo(dict[Cell, Any]):
    """Reads each different cell of a column once: a roll has fourteen ranks, not a hundred thousand.

    A cell that cannot be read becomes None, and is kept in `bad`.
    """

    def __init__(self, read: Callable[[Cell], Any]) -> None:
        super().__init__()
        self._read = read
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
