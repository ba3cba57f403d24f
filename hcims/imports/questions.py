"""What must be asked before a file can be read: columns in doubt, orders of day and month, zeros that were lost.

Pure: what was found in, questions out. A question is a dictionary that a page can show and an answer that a person gives;
nothing here guesses one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from hcims.imports.cells import Cell, simplified, text_of
from hcims.imports.columns import Column
from hcims.imports.dates import DMY, MDY, Evidence, weigh
from hcims.imports.headers import Headings
from hcims.imports.reading import DATE, ERROR

Question = dict[str, Any]
AS_THEY_ARE, LEAVE_OUT = "as-they-are", "leave-out"
SURNAME_FIRST, SURNAME_LAST = "surname-first", "surname-last"


def about_columns(headings: Headings, columns: Sequence[Column], answers: dict[str, str]) -> list[Question]:
    """Headings that resemble a column without being it, and needed columns that no heading resembles."""
    asked: list[Question] = []
    by_heading = _by_heading(headings, answers)
    for guess in headings.doubtful:
        if guess.index in by_heading:
            continue
        asked.append(
            {"id": f"column:{guess.index}", "kind": "column", "heading": guess.heading, "column": guess.column}
        )
    mapped = mapping_of(headings, columns, answers)
    doubtful = {guess.column for guess in headings.doubtful}
    for column in columns:
        if column.required and column.name not in mapped and column.name not in doubtful:
            unused = [{"index": guess.index, "heading": guess.heading} for guess in headings.unused]
            asked.append({"id": f"need:{column.name}", "kind": "need", "column": column.name, "headings": unused})
    return [question for question in asked if question["id"] not in answers]


def mapping_of(headings: Headings, columns: Sequence[Column], answers: dict[str, str]) -> dict[str, int]:
    """Column to place in the file: what is sure, and what was answered."""
    known = {column.name for column in columns}
    mapping = {}
    by_heading = _by_heading(headings, answers)
    for guess in headings.guesses:
        otherwise = by_heading.get(guess.index, guess.column if guess.is_sure else "")
        answer = answers.get(f"column:{guess.index}", otherwise)
        if answer in known:
            mapping[answer] = guess.index
    for name in known:
        answer = answers.get(f"need:{name}", "")
        if answer.isdigit() and int(answer) < len(headings.guesses):
            mapping[name] = int(answer)
    for name in [name for name in mapping if LEAVE_OUT in (answers.get(f"zeros:{name}"), answers.get(f"names:{name}"))]:
        del mapping[name]
    return mapping


def wrong_answer(answers: dict[str, str], columns: Sequence[Column]) -> str:
    """The first answer that says nothing ("" where all do): a typing error must not be taken for one of the two orders."""
    known = {column.name for column in columns}
    allowed = {
        "dates": lambda value: value in (DMY, MDY),
        "swapped": lambda value: value in ("yes", "no"),
        "names": lambda value: value in (SURNAME_FIRST, SURNAME_LAST, LEAVE_OUT),
        "zeros": lambda value: value.isdigit() or value in (AS_THEY_ARE, LEAVE_OUT),
        "column": lambda value: value in known or value == "-",
        "need": str.isdigit,
        "sheet": bool,
    }
    for name, value in answers.items():
        kind, _colon, rest = name.partition(":")
        about = rest.isdigit() if kind == "column" else not rest if kind == "sheet" else rest in known
        if kind not in allowed or not about or not allowed[kind](value):
            return f"{name}={value}"
    return ""


def carried_over(answers: dict[str, str], heading: Sequence[Sequence[str]]) -> dict[str, str]:
    """This function will give answers about another file of the same list: what was said of a place is said of its heading.

    Somebody who mends rejected rows may put columns in another order, add some or take some out.
    """
    named = dict(enumerate(_headings_told_apart([text for text, _column in heading])))
    found = {}
    for name, value in answers.items():
        kind, _colon, rest = name.partition(":")
        if kind == "column":
            if rest.isdigit() and named.get(int(rest)):
                found[f"heading:{named[int(rest)]}"] = value
        elif kind == "need":
            if value.isdigit() and named.get(int(value)):
                found[f"heading:{named[int(value)]}"] = rest
        elif kind != "sheet":
            found[name] = value
    return found


def _by_heading(headings: Headings, answers: dict[str, str]) -> dict[int, str]:
    """Place in the file to what was answered about a column with its heading."""
    told = _headings_told_apart([guess.heading for guess in headings.guesses])
    places = (guess.index for guess in headings.guesses)
    return {
        place: answers[name] for place, text in zip(places, told, strict=True) if (name := f"heading:{text}") in answers
    }


def _headings_told_apart(headings: Iterable[str]) -> list[str]:
    """The headings as they are compared; one that comes again bears its number."""
    seen: Counter[str] = Counter()
    found = []
    for heading in headings:
        plain = simplified(heading)
        seen[plain] += 1
        found.append(plain and (plain if seen[plain] == 1 else f"{plain} {seen[plain]}"))
    return found


def split_names(mapping: dict[str, int], columns: Sequence[Column], answers: dict[str, str]) -> dict[str, str]:
    """This function will let a column of whole names stand for the columns it holds, once its order is answered.

    Shape: gives the columns so filled, each with the answer. Columns that the file has by themselves stay as they are.
    """
    filled: dict[str, str] = {}
    for column in columns:
        if column.splits is None or column.name not in mapping:
            continue
        lacking = [name for name in column.splits if name not in mapping]
        answer = answers.get(f"names:{column.name}", "")
        if lacking and not answer:
            continue
        place = mapping.pop(column.name)
        for name in lacking:
            mapping[name], filled[name] = place, answer
    return filled


@dataclass
class Numbers:
    """How the numbers of a column are written: whether a spreadsheet may have dropped their leading zeros."""

    lengths: Counter[int] = field(default_factory=Counter)  # of cells that are bare digits
    zero_first: int = 0
    as_text: Counter[int] = field(default_factory=Counter)  # of cells whose zeros are safe
    typed: dict[int, str] = field(
        default_factory=dict
    )  # digits kept as text without a zero first: an example by length
    examples: list[str] = field(default_factory=list)

    def add(self, cells: Iterable[Cell], *, text_is_safe: bool) -> None:
        """This function will look at the cells of a block."""
        for cell in cells:
            if isinstance(cell, str):
                if not cell or cell[0] in (DATE, ERROR):
                    continue
                text = cell.strip()
                if text_is_safe and text.isdigit() and text[0] != "0":
                    self.typed.setdefault(len(text), text)
                    continue
                if not text.isdigit() or text[0] == "0":
                    self.as_text[len(text)] += 1
                    self.zero_first += text[:1] == "0"
                    continue
            elif cell is None or abs(cell) >= 10**15:
                continue
            else:
                text = text_of(cell)
            self.lengths[len(text)] += 1
            if len(self.examples) < 5:
                self.examples.append(text)

    def widths(self, on_record: Iterable[int]) -> list[int]:
        """The lengths that numbers should have, if zeros may be missing; empty when there is nothing to ask."""
        self._doubt_short_text(set(on_record))
        if not self.lengths:
            return []
        proper = set(self.as_text) | set(self.typed) | set(on_record)
        longest = max([*self.lengths, *proper])
        if len(self.lengths) == 1 and (not proper or set(self.lengths) <= proper):
            return []
        if self.zero_first and not set(self.lengths) - proper:
            return []
        # Numbers that are all longer than a length cannot have been filled up to it.
        return [each for each in sorted({longest, *proper}) if each > min(self.lengths)][-3:]

    def _doubt_short_text(self, on_record: set[int]) -> None:
        """Text keeps its zeros, unless they were lost before it became text: shorter than any number on record, say."""
        usual = on_record or ({*self.as_text} if self.zero_first else set())
        for length in [each for each in self.typed if usual and each < min(usual)]:
            self.lengths[length] += 1
            self.examples = [*self.examples[:4], self.typed.pop(length)]


@dataclass
class FirstLook:
    """What a first pass over the cells tells about dated and numbered columns, and which keys come twice."""

    dates: dict[str, Evidence]
    numbers: dict[str, Numbers]
    names: dict[str, list[str]]
    rows: int = 0

    @classmethod
    def at(cls, columns: Iterable[Column]) -> FirstLook:
        """An empty one for the columns that the file has."""
        columns = list(columns)
        return cls(
            {column.name: Evidence() for column in columns if column.dated},
            {column.name: Numbers() for column in columns if column.numbered},
            {column.name: [] for column in columns if column.splits},
        )

    @property
    def looked_at(self) -> set[str]:
        """The columns that it needs."""
        return {*self.dates, *self.numbers, *self.names}

    def add(self, cells: dict[str, Sequence[Cell]], *, text_is_safe: bool) -> None:
        """This function will look at a block of these columns."""
        for name, evidence in self.dates.items():
            weigh(set(cells[name]), evidence)
        for name, numbers in self.numbers.items():
            numbers.add(cells[name], text_is_safe=text_is_safe)
        for name, examples in self.names.items():
            found = (text_of(cell, raising=False) for cell in cells[name] if isinstance(cell, str))
            examples += islice((text for text in found if " " in text and "," not in text), 3 - len(examples))

    def questions(self, answers: dict[str, str], widths_on_record: dict[str, set[int]]) -> list[Question]:
        """What must be asked about these columns."""
        asked: list[Question] = []
        for name, evidence in self.dates.items():
            if evidence.must_ask():
                asked.append({"id": f"dates:{name}", "kind": "dates", "column": name, "examples": evidence.open,
                              "day_first": evidence.day_first, "month_first": evidence.month_first})  # fmt: skip
            if evidence.swapped:
                asked.append({"id": f"swapped:{name}", "kind": "swapped", "column": name,
                              "examples": [evidence.day_first]})  # fmt: skip
        asked += [{"id": f"names:{name}", "kind": "names", "column": name, "examples": examples}
                  for name, examples in self.names.items()]  # fmt: skip
        for name, numbers in self.numbers.items():
            if widths := numbers.widths(widths_on_record.get(name, ())):
                asked.append({"id": f"zeros:{name}", "kind": "zeros", "column": name, "examples": numbers.examples,
                              "widths": widths})  # fmt: skip
        return [question for question in asked if question["id"] not in answers]

    def orders(self, answers: dict[str, str]) -> dict[str, str]:
        """The order of day and month in each dated column, proved or answered."""
        return {name: answers.get(f"dates:{name}") or each.order() for name, each in self.dates.items()}
