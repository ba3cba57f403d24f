"""Rejected rows as a workbook: only those rows, in the columns of the file, failing cells red, a comment how to mend each.

The workbook carries the reference of its import: uploaded again, its day and its answers hold, and only these rows run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
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
    count = 0
    for count, row in enumerate(_rows(batch), start=1):
        _write_row(sheet, count, row, places, places.get(kind.key, 0), formats, kind)
    book.close()
    return count


def _rows(batch: ImportBatch) -> Iterator[StagedRow]:
    return batch.rows.filter(outcome=Outcome.REJECTED).order_by("row").iterator(chunk_size=1000)


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


def _write_row(
    sheet: Any, number: int, row: StagedRow, places: dict[str, int], key: int, formats: _Formats, kind: ImportKind
) -> None:
    told: dict[int, list[str]] = {}
    for problem in row.problems:
        told.setdefault(places.get(problem[0], key), []).append(" ".join(tell(problem, kind.sentences)).strip())
    cells = json.loads(decrypt(row.sealed)) if row.sealed else []
    for index, cell in enumerate(cells):
        _write_cell(sheet, number, index, cell, formats, is_bad=index in told)
    for index, sentences in told.items():
        if index >= len(cells):
            sheet.write_blank(number, index, None, formats.bad)
        sheet.write_comment(number, index, "\n".join(sentences), COMMENT)


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
