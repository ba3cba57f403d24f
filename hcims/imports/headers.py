"""Finds the row of headings and says which column is which; where it is not sure, it says so and somebody is asked.

Pure: the first rows of a sheet and the expected columns in, a proposal out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from hcims.imports.cells import simplified, text_of
from hcims.imports.columns import Column
from hcims.imports.reading import DATE, ERROR

SURE = 0.94
DOUBTFUL = 0.74
LEAST_MATCHES = 2
GROUP_WORDS = 3
# Headings of a series: a number, alone or after such a word, or a day.
NUMBERED = re.compile(
    r"(?:(?:day|week|wk|session|sess|meeting|lesson|siku|wiki|kikao|d|w|s|no)[ .:#-]*)?(\d{1,3})", re.I
)
DAYS = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2})|\d{1,2}[ -][a-z]{3,9}[ -](?:\d{4}|\d{2})", re.I
)
Head = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Guess:
    """One heading of the file, and the column it is likely to be."""

    index: int  # of the column in the file
    heading: str
    column: str = ""  # "" when nothing resembles it
    confidence: float = 0.0

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass
class Headings:
    """What the top of a sheet says. `row` is the place of the headings among the rows given."""

    row: int
    guesses: list[Guess] = field(default_factory=list)
    numbered: bool = False  # a line under the headings counts the columns: (1) (2) (3)

    @property
    def sure(self) -> dict[str, int]:
        """Column to place in the file, where there is no doubt."""
        return {guess.column: guess.index for guess in self.guesses if guess.column and guess.is_sure}

    @property
    def score(self) -> float:
        return sum(guess.confidence for guess in self.guesses if guess.column)

    @property
    def doubtful(self) -> list[Guess]:
        return [guess for guess in self.guesses if guess.column and not guess.is_sure]

    @property
    def unused(self) -> list[Guess]:
        return [guess for guess in self.guesses if not guess.column and guess.heading]


def find_headings(head: Head, columns: Sequence[Column]) -> Headings | None:
    """This function will find the row of headings under whatever title stands above it; None when there is none."""
    best: Headings | None = None
    for number in _candidates(head, columns):
        found = match_headings(head, number, columns)
        if len({guess.column for guess in found.guesses} - {""}) < LEAST_MATCHES:
            continue
        if best is None or found.score > best.score + 0.5:
            best = found
    if best and best.row + 1 < len(head):
        best.numbered = _counts_columns(head[best.row + 1])
    return best


def _counts_columns(cells: Sequence[Any]) -> bool:
    """Whether a line numbers the columns, as forms of the government do under their headings."""
    numbers = [text_of(cell, raising=False).strip(" ().") for cell in cells if cell not in ("", None)]
    return len(numbers) >= 3 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _candidates(head: Head, columns: Sequence[Column]) -> list[int]:
    """Rows worth the dear comparison: those with known names, or failing that the first ones made of words."""
    known = {name for column in columns if not column.series for name in _names(column)}
    words = [{plain for cell in row if (plain := simplified(_text(cell)))} for row in head]
    exact = [number for number, row in enumerate(words) if len(row & known) >= LEAST_MATCHES]
    if exact:  # and the line below each: headings in two lines may have their known names in the upper one
        return sorted({line for number in exact[:6] for line in (number, number + 1) if line < len(head)})
    wordy = [
        number for number, row in enumerate(words) if sum(not re.search(r"\d", word) for word in row) >= LEAST_MATCHES
    ]
    return wordy[:8]


def match_headings(head: Head, row: int, columns: Sequence[Column]) -> Headings:
    """This function will match the headings of one row; where a cell is empty, the heading stands in a row above it."""
    guesses = []
    plain, series = [each for each in columns if not each.series], [each.name for each in columns if each.series]
    for index in range(max((len(each) for each in head[: row + 1]), default=0)):
        text = _text(_at(head, row, index))
        name, confidence = likeness(text, plain)
        for above in range(row - 1, max(-1, row - 3), -1):
            if text:
                break
            text = _text(_at(head, above, index))
            name, confidence = likeness(text, plain)
            if not name:
                text = ""  # a title is no heading
        if confidence < SURE and (group := _group_above(head, row, index)):
            for whole in (f"{group} {text}", f"{text} {group}"):
                of_whole, more = likeness(whole, plain)
                if more > confidence:
                    text, name, confidence = whole, of_whole, more
        guesses.append(Guess(index, text, name, confidence))
    return Headings(row, _with_series(_without_rivals(guesses), head[row], series))


def _group_above(head: Head, row: int, index: int) -> str:
    """The heading of several columns in the line above, such as "Date of" over "Birth" and "Enlistment"."""
    if not row or not re.fullmatch(r"\D+", _text(_at(head, row, index)).strip()):
        return ""
    above = [_text(cell).strip() for cell in head[row - 1]]
    if sum(map(bool, above)) < 2:
        return ""  # a title
    place = next((place for place in range(min(index, len(above) - 1), -1, -1) if above[place]), None)
    if place is None or len(above[place].split()) > GROUP_WORDS:
        return ""
    is_over_several = place < index or (not _at(head, row - 1, index + 1) and bool(_text(_at(head, row, index + 1))))
    return above[place] if is_over_several else ""


def _with_series(guesses: list[Guess], cells: Sequence[Any], series: list[str]) -> list[Guess]:
    """Headings that are days or numbers stand for the columns of a series, from left to right."""
    free = iter(series)
    found = []
    for guess in guesses:
        text = series_heading(cells[guess.index]) if guess.index < len(cells) and not guess.is_sure else ""
        name = next(free, "") if text else ""
        found.append(Guess(guess.index, text, name, 1.0) if name else guess)
    return found


def series_heading(cell: Any) -> str:
    """The heading of a column of a series: a day, or a number with the word before it; "" for any other."""
    if isinstance(cell, str) and cell[:1] == DATE:
        return cell[1:11]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(int(cell)) if 0 < cell < 400 and cell == int(cell) else ""
    text = _text(cell).strip()
    return text if NUMBERED.fullmatch(text) or DAYS.fullmatch(text) else ""


def _without_rivals(guesses: list[Guess]) -> list[Guess]:
    """Two headings for one column: the exact one wins; two that are alike leave both in doubt."""
    settled = []
    for guess in guesses:
        rivals = [other for other in guesses if other.column == guess.column and other.index != guess.index]
        if not guess.column or all(guess.confidence > other.confidence + 0.04 for other in rivals):
            settled.append(guess)
        elif any(other.confidence > guess.confidence + 0.04 for other in rivals):
            settled.append(Guess(guess.index, guess.heading))
        else:
            settled.append(Guess(guess.index, guess.heading, guess.column, min(guess.confidence, SURE - 0.01)))
    return settled


def likeness(heading: str, columns: Sequence[Column]) -> tuple[str, float]:
    """The column most like a heading, and how sure that is: 1 for one of its known names."""
    plain = simplified(heading)
    if not plain or len(plain) > 60:
        return "", 0.0
    return _likeness(plain, tuple((column.name, _names(column)) for column in columns))


@cache
def _names(column: Column) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(simplified(name) for name in (column.name.replace("_", " "), column.label, *column.aliases))
    )


@lru_cache(maxsize=4096)
def _likeness(plain: str, columns: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, float]:
    for name, names in columns:
        if plain in names:
            return name, 1.0
    best, most, second = "", 0.0, 0.0
    for name, names in columns:
        score = max(_alike(plain, each) for each in names)
        if score > most:
            best, most, second = name, score, most
        else:
            second = max(second, score)
    if most < DOUBTFUL:
        return "", 0.0
    if most < 1.0 and most - second < 0.06:
        return best, min(most, SURE - 0.01)  # another column is nearly as like
    return best, most


def _alike(plain: str, name: str) -> float:
    if plain == name or plain.replace(" ", "") == name.replace(" ", ""):
        return 1.0
    words, expected = set(plain.split()), set(name.split())
    if words == expected:
        return 0.97
    if len(expected) > 1 and expected < words:
        return 0.86  # "service number of officer"
    return SequenceMatcher(None, plain, name).ratio() * 0.95


def _at(head: Head, row: int, index: int) -> Any:
    return head[row][index] if index < len(head[row]) else ""


def _text(cell: Any) -> str:
    if not isinstance(cell, str) or cell[:1] in (DATE, ERROR):
        return ""
    return cell
