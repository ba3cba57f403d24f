"""Rejected rows as a workbook: only those rows, in the columns of the file, failing cells red, a comment how to mend each.

The workbook carries the reference of its import: uploaded again, its day and its answers hold, and only these rows run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hcims.encryption import decrypt
from hcims.imports.kinds import ImportKind
from hcims.imports.models import ImportBatch, Outcome, StagedRow
from hcims.imports.prescan.xlsx import PROPERTY
from hcims.imports.problems import tell
from hcims.imports.reading import DATE, ERROR

COMMENT = {"width": 320, "height": 110, "color": "#fff7cc"}


def write(out: IO[bytes], batch: ImportBatch, kind: ImportKind) -> int:
    """This function will write the workbook; it gives the number of rows."""
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_custom_property(PROPERTY, batch.ref)
    sheet = book.add_worksheet(_("Rejected rows")[:31])
    formats = _Formats(book)
    columns: list[list[str]] = batch.heading.get("columns", [])
    places = {name: index for index, (_heading, name) in enumerate(columns) if name}
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(columns) - 1), 18)
    for index, (heading, _name) in enumerate(columns):
        sheet.write_string(0, index, heading, formats.heading)
    numbers = list(_rejected(batch).values_list("row", flat=True))
    lines = {number: f"{line}" for line, number in enumerate(numbers, start=2)}  # of the first list, and of this one
    told = _Told(kind, places, lines, batch.file_name)
    for line, row in enumerate(_rejected(batch).iterator(chunk_size=1000), start=1):
        _write_row(sheet, line, row, told, formats)
    book.close()
    return len(numbers)


def _rejected(batch: ImportBatch) -> QuerySet[StagedRow]:
    return batch.rows.filter(outcome=Outcome.REJECTED).order_by("row", "pk")


@dataclass(frozen=True)
class _Told:
    """Tells the problems of a row where its reader is: in this workbook, whose rows have other numbers than the list."""

    kind: ImportKind
    places: dict[str, int]
    lines: dict[int, str]
    file_name: str

    def comments(self, row: StagedRow) -> dict[int, str]:
        """Place of a cell to what is wrong with it and how to mend it."""
        key = self.places.get(self.kind.key, 0)
        found: dict[int, list[str]] = {}
        for column, code, parameters in row.problems:
            if (number := parameters.get("row")) is not None:
                parameters = {**parameters, "row": self.lines.get(number) or _("%(row)s of %(file)s") % {
                    "row": number, "file": self.file_name}}  # fmt: skip
            sentence = " ".join(tell([column, code, parameters], self.kind.sentences)).strip()
            found.setdefault(self.places.get(column, key), []).append(sentence)
        return {place: "\n".join(sentences) for place, sentences in found.items()}


class _Formats:
    """The looks of a cell."""

    def __init__(self, book: Any) -> None:
        red = {"bg_color": "#f7c6c0", "border": 1, "border_color": "#b3261e"}
        self.heading = book.add_format({"bold": True})
        self.text, self.bad = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", **red})
        self.day, self.bad_day = (
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "yyyy-mm-dd", **red}),
        )


def _write_row(sheet: Any, number: int, row: StagedRow, told: _Told, formats: _Formats) -> None:
    comments = told.comments(row)
    cells = json.loads(decrypt(row.sealed)) if row.sealed else []
    for index, cell in enumerate(cells):
        _write_cell(sheet, number, index, cell, formats, is_bad=index in comments)
    for index, comment in comments.items():
        if index >= len(cells):
            sheet.write_blank(number, index, None, formats.bad)
        sheet.write_comment(number, index, comment, COMMENT)


def _write_cell(sheet: Any, row: int, column: int, cell: Any, formats: _Formats, *, is_bad: bool) -> None:
    if isinstance(cell, str) and cell[:1] == DATE:
        sheet.write_datetime(row, column, _day(cell[1:]), formats.bad_day if is_bad else formats.day)
    elif isinstance(cell, str) and cell[:1] == ERROR:
        sheet.write_string(row, column, cell[1:] if cell[1:2] == "#" else "", formats.bad)
    elif cell in ("", None):
        if is_bad:
            sheet.write_blank(row, column, None, formats.bad)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, formats.bad if is_bad else None)
    else:
        sheet.write_string(row, column, cell, formats.bad if is_bad else formats.text)


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
