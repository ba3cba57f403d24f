"""Dates as people write them. An order that the column does not prove is asked, never guessed.

Pure: cells and the day of the list in, dates or questions out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hcims.imports.cells import Cell, error_of, text_of
from hcims.imports.problems import CellProblem
from hcims.imports.reading import DATE, ERROR

DMY, MDY = "dmy", "mdy"
THREE = re.compile(
    r"(\d{1,4})\s?[./\-\s]\s?(\d{1,2})\s?[./\-\s]\s?(\d{1,4})(?:[ T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?)?Z?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .\-/,]*([a-z]{3,9})[ .\-/,']*(\d{2}|\d{4})")
WORDS_AMERICAN = re.compile(r"([a-z]{3,9})[ .\-/]*(\d{1,2})(?:st|nd|rd|th)?[ .\-/,']+(\d{2}|\d{4})")
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january januari", "feb february februari", "mar march machi mac", "apr april aprili", "may mei",
            "jun june juni", "jul july julai", "aug august agosti ago", "sep sept september septemba",
            "oct october oktoba okt", "nov november novemba", "dec december desemba des",
        ],
        start=1,
    )
    for name in names.split()
}  # fmt: skip
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
SERIALS = range(3_000, 80_000)  # 1908 to 2119


@dataclass(frozen=True)
class Span:
    """The days a column may hold."""

    first: date
    last: date


@dataclass
class Evidence:
    """What the cells of a column prove about the order of day and month."""

    day_first: str = ""  # an example that can only be day-month
    month_first: str = ""
    open: list[str] = field(default_factory=list)  # examples that can be both
    day_cells_up_to_12: int = 0  # real date cells whose day could be a month
    day_cells_over_12: int = 0

    @property
    def swapped(self) -> bool:
        """Excel set to month-day turned what it could into dates and left the rest as text.

        Then the text holds days over twelve, and no real date cell does: its days and months changed places.
        """
        return bool(self.day_first) and self.day_cells_up_to_12 >= 5 and self.day_cells_over_12 == 0

    def order(self) -> str:
        """The proved order, or "" where it must be asked: nothing proves it, or the cells contradict each other."""
        if self.day_first and self.month_first:
            return ""
        if self.day_first:
            return DMY
        return MDY if self.month_first else ""

    def must_ask(self) -> bool:
        """Whether a person must say which order is meant."""
        return bool(self.open) and not self.order()


def weigh(cells: Iterable[Cell], evidence: Evidence) -> Evidence:
    """This function will add what the cells prove to the evidence; call it block by block."""
    for cell in cells:
        if isinstance(cell, str) and cell:
            if cell[0] == DATE:
                if int(cell[9:11]) > 12:
                    evidence.day_cells_over_12 += 1
                else:
                    evidence.day_cells_up_to_12 += 1
            elif cell[0] != ERROR:
                _weigh_text(cell, evidence)
    return evidence


def _weigh_text(cell: str, evidence: Evidence) -> None:
    match = THREE.fullmatch(text_of(cell, raising=False))
    if not match or len(match[1]) > 2:
        return
    first, second = int(match[1]), int(match[2])
    if first == second:
        return  # both readings are the same day
    if first > 12 >= second:
        evidence.day_first = evidence.day_first or cell.strip()[:20]
    elif second > 12 >= first:
        evidence.month_first = evidence.month_first or cell.strip()[:20]
    elif first <= 12 and second <= 12 and len(evidence.open) < 5:
        evidence.open.append(cell.strip()[:20])


class DateReader:
    """Reads the cells of one column, once its order is known."""

    def __init__(self, span: Span, order: str = "", *, epoch_1904: bool = False, swap_cells: bool = False) -> None:
        self.span, self.order, self.swap_cells = span, order, swap_cells
        self.epoch = EPOCH_1904 if epoch_1904 else EPOCH_1900

    def __call__(self, cell: Cell) -> str:
        """The day as ISO text. Errors: CellProblem."""
        day = self._day(cell)
        if day < self.span.first:
            raise CellProblem("too-early", value=day.isoformat())
        if day > self.span.last:
            raise CellProblem("too-late", value=day.isoformat())
        return day.isoformat()

    def _day(self, cell: Cell) -> date:
        if isinstance(cell, str) and cell[:1] == DATE:
            day = date.fromisoformat(cell[1:11])
            return day.replace(month=day.day, day=day.month) if self.swap_cells and day.day <= 12 else day
        if isinstance(cell, str) and cell[:1] == ERROR:
            raise error_of(cell)
        text = text_of(cell)
        if text.isdigit() and len(text) <= 5:
            return self._serial(int(text), text)
        return self._written(text)

    def _serial(self, number: int, text: str) -> date:
        """A day that lost its format: Excel's number of days since its epoch."""
        if number not in SERIALS:
            raise CellProblem("date", value=text)
        return self.epoch + timedelta(days=number)

    def _written(self, text: str) -> date:
        if match := COMPACT.fullmatch(text):
            return _made(int(match[1]), int(match[2]), int(match[3]), text)
        if match := THREE.fullmatch(text):
            return self._three(match[1], match[2], match[3], text)
        plain = text.casefold()
        if match := WORDS.fullmatch(plain):
            day, month, year = match[1], match[2], match[3]
        elif match := WORDS_AMERICAN.fullmatch(plain):
            month, day, year = match[1], match[2], match[3]
        else:
            raise CellProblem("date", value=text[:40])
        if month not in MONTHS:
            raise CellProblem("date", value=text[:40])
        return self._with_year(year, MONTHS[month], int(day), text)

    def _three(self, first: str, second: str, third: str, text: str) -> date:
        if len(first) == 4:  # the world writes year-month-day, whatever the separator
            return _made(int(first), int(second), int(third), text)
        if len(first) == 3 or len(third) in (1, 3):
            raise CellProblem("date", value=text[:40])
        one, two = int(first), int(second)
        if one != two and one <= 12 and two <= 12 and not self.order:
            raise CellProblem("date-order", value=text[:40])
        month_first = two > 12 if (one > 12) != (two > 12) else self.order == MDY
        return self._with_year(third, one if month_first else two, two if month_first else one, text)

    def _with_year(self, year: str, month: int, day: int, text: str) -> date:
        if len(year) == 4:
            return _made(int(year), month, day, text)
        fitting = [each for century in (1900, 2000) if (each := _or_none(century + int(year), month, day))]
        within = [each for each in fitting if self.span.first <= each <= self.span.last]
        if len(within) == 1:
            return within[0]
        if not fitting:
            raise CellProblem("no-such-day", value=text[:40])
        raise CellProblem("century", value=text[:40])


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _made(year: int, month: int, day: int, text: str) -> date:
    made = _or_none(year, month, day)
    if made is None:
        raise CellProblem("no-such-day", value=text[:40])
    return made
