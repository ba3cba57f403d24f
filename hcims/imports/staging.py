"""From the file to staged rows: choose the sheet, find the headings, ask what must be asked, read block by block.

Each block is checked column by column and compared with the record, and what would write is stored; unchanged rows are
only counted, and listed in a file beside. One reading takes constant memory whatever the length of the list.
"""

from __future__ import annotations

import gc
import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from tempfile import TemporaryFile
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_noop

from hcims import bulk
from hcims.encryption import encrypt
from hcims.imports import no_list, questions
from hcims.imports.cells import Cell, code_of, is_blank, simplified, split_name, text_of
from hcims.imports.columns import Column, Memo
from hcims.imports.dates import DateReader
from hcims.imports.headers import Headings, find_headings
from hcims.imports.kinds import Block, ImportKind, Reading, Staged
from hcims.imports.models import ImportBatch, Outcome, StagedRow
from hcims.imports.problems import CellProblem
from hcims.imports.reader import Block as Lines
from hcims.imports.reader import Sheet
from hcims.imports.rows import Sieve

Step = Callable[[int, int, str], None]
READING, LOOKING = gettext_noop("Comparing rows with the record"), gettext_noop("Looking at dates and numbers")
STAGED = ("batch_id", "row", "key", "label", "outcome", "place", "target", "after", "before", "problems", "notes",
          "sealed")  # fmt: skip
HIDDEN = "•••"  # stands for a value that the stage may not hold in clear


@dataclass
class Plan:
    """What is to be read: which sheet, which headings, what is still to be asked."""

    sheet: Sheet
    headings: Headings
    mapping: dict[str, int]
    asked: list[questions.Question] = field(default_factory=list)
    look: questions.FirstLook | None = None
    split: dict[str, str] = field(default_factory=dict)  # columns filled from whole names, with the order answered
    others: list[str] = field(default_factory=list)  # sheets with the same headings, which are not read


def plan_reading(
    sheets: Sequence[Sheet], batch: ImportBatch, kind: ImportKind, step: Step
) -> Plan | list[dict[str, Any]]:
    """This function will choose sheet and columns; a list of questions comes back where the sheet must be asked.

    Errors: FileRefused when there is no list in the file.
    """
    found = [
        (sheet, headings) for sheet in sheets if sheet.rows and (headings := find_headings(sheet.head, kind.columns))
    ]
    if not found:
        raise no_list.no_headings(sheets, kind)
    most = max(headings.score for _sheet, headings in found)
    alike = [sheet.name for sheet, headings in found if headings.score > most - 3]
    if len(alike) > 1 and not batch.answers.get("sheet"):
        return [{"id": "sheet", "kind": "sheet", "names": [sheet.name for sheet, _headings in found]}]
    found.sort(key=lambda each: -each[1].score)
    wanted = batch.answers.get("sheet", found[0][0].name)
    chosen = next((each for each in found if each[0].name == wanted), None)
    if chosen is None:
        raise no_list.no_such_sheet(wanted, [sheet.name for sheet, _headings in found])
    sheet, headings = chosen
    plan = Plan(sheet, headings, questions.mapping_of(headings, kind.columns, batch.answers))
    plan.split = questions.split_names(plan.mapping, kind.columns, batch.answers)
    plan.asked = questions.about_columns(headings, kind.columns, batch.answers)
    plan.others = [name for name in alike if name != sheet.name]
    _add_examples(plan, kind)
    if not plan.asked:
        _look(plan, batch, kind, step)
    return plan


def _add_examples(plan: Plan, kind: ImportKind) -> None:
    """Cells under a doubtful heading, so that it can be told; none where they may be what is kept encrypted."""
    sealed = {column.name for column in kind.columns if column.sealed}
    below = plan.sheet.head[plan.headings.row + 1 + plan.headings.numbered :]
    for question in plan.asked:
        if question["kind"] == "column" and question["column"] not in sealed:
            place = int(question["id"].split(":")[1])
            cells = (text_of(row[place], raising=False)[:30] for row in below if place < len(row))
            question["examples"] = list(dict.fromkeys(cell for cell in cells if cell and not is_blank(cell)))[:3]


def _look(plan: Plan, batch: ImportBatch, kind: ImportKind, step: Step) -> None:
    """A first pass over dated and numbered columns, and the questions that it raises."""
    present = [column for column in kind.columns if column.name in plan.mapping]
    plan.look = look = questions.FirstLook.at(present)
    widths: dict[str, set[int]] = getattr(kind, "widths_on_record", lambda: {})()
    is_safe = batch.scan["format"] != "csv"
    for first, block in _data(plan):
        look.add(_cells(plan, block, None, look.looked_at), text_is_safe=is_safe)
        step(first, plan.sheet.rows, LOOKING)
    plan.asked = look.questions(batch.answers, widths)
    if plan.asked:  # nobody is asked about the count in a line of totals: a closer look, at rows alone
        plan.look = look = questions.FirstLook.at(present)
        sieve = _sieve(plan, kind)
        for first, block in _data(plan):
            if places := sieve.rows(first, block):
                look.add(_cells(plan, block, places, look.looked_at), text_is_safe=is_safe)
        plan.asked = look.questions(batch.answers, widths)
    required = {column.name for column in kind.columns if column.required}
    for question in plan.asked:
        question["heading"] = plan.headings.guesses[plan.mapping[question["column"]]].heading
        question["required"] = question["column"] in required


def _sieve(plan: Plan, kind: ImportKind) -> Sieve:
    heading = [simplified(guess.heading) for guess in plan.headings.guesses if guess.heading]
    return Sieve(plan.mapping[kind.key], sorted(set(plan.mapping.values())), heading)


def _data(plan: Plan) -> Iterator[tuple[int, Lines]]:
    """The blocks below the headings, each with the number of its first line."""
    skip = plan.headings.row + 1 + plan.headings.numbered
    for first, block in plan.sheet.blocks():
        if first <= skip:
            block, first = block.below(skip - first + 1), skip + 1
        if block and block.rows:
            yield first, block


def _cells(plan: Plan, block: Lines, places: list[int] | None, names: Iterable[str]) -> dict[str, Sequence[Cell]]:
    """The matched columns of a block; only the given places where some lines are no rows."""
    lines = block.rows
    found: dict[str, Sequence[Cell]] = {}
    for name in names:
        index = plan.mapping[name]
        column: Sequence[Cell] = block[index] if index < len(block) else [""] * lines
        found[name] = column if places is None or len(places) == lines else [column[place] for place in places]
    return found


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Rows hold no circles; the collector would go through thousands of them again and again. Between blocks it may."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Stager:
    """Reads the blocks of one plan into the stage."""

    def __init__(self, batch: ImportBatch, kind: ImportKind, plan: Plan) -> None:
        self.batch, self.kind, self.plan = batch, kind, plan
        self.columns = {column.name: column for column in kind.columns}
        self.reading: Reading = kind.begin(batch, plan.mapping)
        self.memos = self._memos()
        self.seen: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self.places: dict[str, Counter[str]] = {}
        self.problems: Counter[tuple[str, str]] = Counter()
        self.sieve = _sieve(plan, kind)

    def _memos(self) -> dict[str, Memo]:
        readers, spans = self.reading.readers(), self.reading.spans()
        answers, look = self.batch.answers, self.plan.look
        orders = look.orders(answers) if look else {}
        for name in self.plan.mapping:
            if self.columns[name].dated:
                readers[name] = DateReader(
                    spans[name],
                    orders.get(name, ""),
                    epoch_1904=bool(self.batch.scan.get("epoch_1904")),
                    swap_cells=answers.get(f"swapped:{name}") == "yes",
                )
        return {name: self._memo(self.columns[name], readers[name]) for name in self.plan.mapping}

    def _memo(self, column: Column, read: Callable[[Cell], Any]) -> Memo:
        """Plain cells are what they are only where nothing is done to them before they are read."""
        is_as_it_is = column.name not in self.plan.split and not self.batch.answers.get(f"zeros:{column.name}")
        return Memo(self._reader(column, read), column.plain if is_as_it_is else None)

    def _reader(self, column: Column, read: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
        """Blank cells are None; numbers get back the zeros that somebody said they lost."""
        if order := self.plan.split.get(column.name):
            part = 0 if self._whole(column.name).splits[0] == column.name else 1  # type: ignore[index]
            return lambda cell: None if is_blank(cell) else read(split_name(text_of(cell), order)[part])
        width = self.batch.answers.get(f"zeros:{column.name}", "")
        if column.numbered and width.isdigit():
            pad = int(width)
            return lambda cell: None if is_blank(cell) else read(_padded(cell, pad))
        return lambda cell: None if is_blank(cell) else read(cell)

    def _whole(self, name: str) -> Column:
        """The column of whole names that fills this one."""
        return next(column for column in self.kind.columns if column.splits and name in column.splits)

    def run(self, step: Step, check: Callable[[], None]) -> None:
        """This function will stage the whole list, a block a transaction; `check` stops a worker that lost its lease."""
        twice, rows = self._that_come_twice(), 0
        with TemporaryFile("w+b") as unchanged:
            for first, block in _data(self.plan):
                with collector_at_rest():
                    if places := self.sieve.rows(first, block):
                        rows += len(places)
                        self._stage(first, block, places, twice, unchanged, check)
                step(first + block.rows, self.plan.sheet.rows, READING)
            if not rows:
                raise no_list.no_rows(self.plan.headings.row + 1)
            self._stage_missing(check)
            if unchanged.tell():
                unchanged.seek(0)
                self.batch.unchanged.save(f"{self.batch.ref}.unchanged", File(unchanged), save=False)

    def _that_come_twice(self) -> dict[str, dict[str, list[int]]]:
        """What one row alone may have and more have, by column, with their rows: which is right no program can say."""
        names = [name for name in getattr(self.kind, "unique", ()) if name in self.plan.mapping]
        if not getattr(self.kind, "key_repeats", False):
            names.append(self.kind.key)
        # Hashes: a million numbers themselves would take more memory than all the rest.
        seen = {name: array("q") for name in names}
        for _first, name, values in self._values_of(names):
            seen[name].extend(map(hash, filter(None, values)))
        doubtful = {name: _doubles(hashes) for name, hashes in seen.items() if len(set(hashes)) < len(hashes)}
        rows: dict[str, dict[str, list[int]]] = {name: {} for name in doubtful}
        for first, name, values in self._values_of(list(doubtful)):
            for number, value in enumerate(values, start=first):
                if value and hash(value) in doubtful[name]:
                    rows[name].setdefault(value, []).append(number)
        return {
            name: {value: lines for value, lines in found.items() if len(lines) > 1} for name, found in rows.items()
        }

    def _values_of(self, names: list[str]) -> Iterator[tuple[int, str, list[str | None]]]:
        """The codes in these columns, a block at a time, each with the number of its first line."""
        memos = {name: self._memo(self.columns[name], _key_text) for name in names}
        for first, block in _data(self.plan) if names else ():
            for name, memo in memos.items():
                index = self.plan.mapping[name]
                yield first, name, memo.column("", block[index] if index < len(block) else [], {})

    def _stage(
        self,
        first: int,
        lines: Lines,
        places: list[int],
        twice: dict[str, dict[str, list[int]]],
        unchanged: Any,
        check: Callable[[], None],
    ) -> None:
        block = Block([first + place for place in places], _cells(self.plan, lines, places, self.plan.mapping))
        for name, cells in block.cells.items():
            block.values[name] = self.memos[name].column(name, cells, block.problems)
        self._check_keys(block, twice)
        stored = []
        for staged in self.reading.stage(block):
            number = block.numbers[staged.index]
            self._count(staged)
            if staged.outcome == Outcome.UNCHANGED:
                unchanged.write(f"{number}\t{staged.key}\t{staged.label}\t{staged.place}\n".encode())
            else:
                raw = [column[places[staged.index]] for column in lines] if staged.outcome == Outcome.REJECTED else None
                stored.append(self._row(staged, number, block, raw))
        self._store(stored, check)

    def _check_keys(self, block: Block, twice: dict[str, dict[str, list[int]]]) -> None:
        for column, lines in twice.items():
            for index, value in enumerate(block.values[column]):
                if value in lines:
                    block.twins.setdefault(column, {})[index] = next(
                        row for row in lines[value] if row != block.numbers[index]
                    )
        name = self.kind.key
        label, twins = str(self.columns[name].label).lower(), block.twins.get(name, {})
        for index, key in enumerate(block.values[name]):
            if key is None and index not in block.problems:
                block.reject(index, name, "missing")
            elif twins and index in twins:
                block.reject(index, name, "twice", row=twins[index], what=label)

    def _row(self, staged: Staged, number: int, block: Block | None, raw: list[Cell] | None) -> tuple[Any, ...]:
        problems = self._problems(block, staged.index) if raw is not None and block else []
        notes = block.notes.get(staged.index, []) if block else []
        key = staged.key or (text_of(raw[self.plan.mapping[self.kind.key]], raising=False) if raw else "")
        return (
            self.batch.pk, number, key[:40], staged.label[:160], staged.outcome, staged.place[:20], staged.target,
            _json(staged.after), _json(staged.before), _json(problems), _json(notes),
            encrypt(_json(raw)) if raw is not None else "",
        )  # fmt: skip

    def _problems(self, block: Block, index: int) -> list[Any]:
        found: list[Any] = []
        for column, code, parameters in block.problems.get(index, []):
            sealed = column in self.columns and self.columns[column].sealed
            column = self._whole(column).name if column in self.plan.split else column
            told = {key: HIDDEN if sealed and key in ("value", "other") else value for key, value in parameters.items()}
            if [column, code, told] not in found:
                found.append([column, code, told])
                self.problems[column, code] += 1
        return found

    def _count(self, staged: Staged) -> None:
        self.counts[staged.outcome] += 1
        if staged.place:
            self.places.setdefault(staged.place, Counter())[staged.outcome] += 1

    def _stage_missing(self, check: Callable[[], None]) -> None:
        stored = []
        for staged in self.reading.finish():
            self._count(staged)
            stored.append(self._row(staged, 0, None, None))
        self._store(stored, check)

    def _store(self, rows: list[tuple[Any, ...]], check: Callable[[], None]) -> None:
        if not rows:
            return
        with transaction.atomic():
            bulk.insert(StagedRow, STAGED, rows)
            check()

    def summary(self) -> dict[str, Any]:
        """The counts of the preview."""
        return {
            "outcomes": dict(self.counts),
            "places": {code: dict(counts) for code, counts in self.places.items()},
            "problems": [[column, code, count] for (column, code), count in self.problems.most_common(40)],
            "passed": self.sieve.passed,
            "passed_count": self.sieve.passed_count,
            **self.reading.summary(),
        }


def _doubles(hashes: array[int]) -> set[int]:
    return {each for each, following in pairwise(sorted(hashes)) if each == following}


def _key_text(cell: Cell) -> str | None:
    try:
        return code_of(cell)
    except CellProblem:
        return None


def _padded(cell: Cell, width: int) -> Cell:
    text = text_of(cell)
    return text.zfill(width) if text.isdigit() else cell


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    """Most rows have no problems, no notes, nothing before: the encoder is not started for these."""
    if value:
        return _encode(value)
    return "[]" if isinstance(value, list) else "{}"
