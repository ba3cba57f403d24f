"""The reading process: turns one checked file into blocks of columns, under a limit of memory and time.

Run by `hcims.imports.reader` as a program of its own (`python -m hcims.imports.reading`), without Django, without the
product's keys in its environment. It is the one place that knows the libraries that read spreadsheets.

Out come `sheets.json` and one file of blocks per sheet. A block is a line that says how many rows and columns it has,
and a line of JSON for each column: a list of cells. A cell is text, a number, or a marked text: DATE + ISO date or
moment, ERROR + the error. The marks are control characters, which no cell of a spreadsheet can hold.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

DATE, ERROR = "\x1f", "\x1e"
BLOCK_ROWS = 4096
DAYS = 50_000  # different days whose marked text is kept: more than all the years of a service
HEAD_ROWS = 60  # shown when the heading must be found or a column matched by hand
MERGES, MERGED_ROWS = 20_000, 500
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
Row = list[Any]


def main(arguments: list[str]) -> int:
    """This function will read the file named in the task and write what it found beside it."""
    gc.disable()  # cells refer to nothing: looking for circles among millions of them finds none
    task = json.loads(Path(arguments[0]).read_text())
    resource.setrlimit(resource.RLIMIT_AS, (task["memory"], task["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (task["cpu"], task["cpu"] + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = Path(task["out"])
    sheets = _text(task, out) if task["format"] == "csv" else _workbook(task, out)
    (out / "sheets.json").write_text(json.dumps(sheets))
    return 0


# Workbooks ----------------------------------------------------------------------------------------------------------


def _workbook(task: dict[str, Any], out: Path) -> list[dict[str, Any]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    errors = {sheet["name"]: sheet["errors"] for sheet in task["sheets"]}
    found = []
    with load_workbook(task["path"]) as book:
        for index, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible:
                found.append({"name": about.name, "hidden": True, "rows": 0, "head": []})
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = _with_errors(_filled(sheet), errors.get(about.name, ()))
            found.append(_store(about.name, rows, out / f"{index}.blocks"))
            del sheet
    return found


def _filled(sheet: Any) -> Iterator[Row]:
    """Rows from the first on, merged cells filled downwards.

    A cell merged over several rows means its value for each of them; merged over columns it is a title.
    """
    fills: dict[int, list[tuple[int, int]]] = {}  # row to (column, the row whose value it takes)
    sources: dict[int, set[int]] = {}
    for (top, column), (bottom, last) in (sheet.merged_cell_ranges or [])[:MERGES]:
        if column == last and bottom - top < MERGED_ROWS:
            sources.setdefault(top, set()).add(column)
            for row in range(top + 1, bottom + 1):
                fills.setdefault(row, []).append((column, top))
    kept: dict[tuple[int, int], Any] = {}
    left = [""] * (sheet.start[1] if sheet.start else 0)  # the library counts rows from 1, columns from the first used
    for number, row in enumerate(sheet.iter_rows()):
        row = left + row if left else row
        for column, top in fills.get(number, ()):
            if column < len(row):
                row[column] = kept.get((column, top), "")
        for column in sources.get(number, ()):
            kept[column, number] = row[column] if column < len(row) else ""
        yield row


def _with_errors(rows: Iterator[Row], errors: Iterable[tuple[int, int, str]]) -> Iterator[Row]:
    """The rows with error cells put back where the library gave an empty text."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for row_number, column, error in errors:
        by_row.setdefault(row_number, []).append((column, error))
    for number, row in enumerate(rows):
        for column, error in by_row.pop(number, ()):
            row.extend([""] * (column + 1 - len(row)))
            row[column] = ERROR + error
        yield row


# Text ---------------------------------------------------------------------------------------------------------------


def _text(task: dict[str, Any], out: Path) -> list[dict[str, Any]]:
    csv.field_size_limit(task["cell_characters"])
    with open(task["path"], encoding=task["encoding"], errors="replace", newline="") as file:
        reader = csv.reader((line.translate(CONTROL) for line in file), delimiter=task["delimiter"])
        return [_store("", reader, out / "0.blocks", columns=task["columns"])]


# Out ----------------------------------------------------------------------------------------------------------------


def _store(name: str, rows: Iterator[Row], path: Path, columns: int = 0) -> dict[str, Any]:
    head: list[Row] = []
    count = width = 0
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_marked).encode
    with path.open("w", encoding="utf-8") as out:
        while block := list(islice(rows, BLOCK_ROWS)):
            if not head:
                head = block[:HEAD_ROWS]
            cells = list(zip_longest(*block, fillvalue=""))
            width = max(width, len(cells))
            if columns and width > columns:
                raise TooWide
            out.write(f"{len(block)} {len(cells)}\n")
            out.writelines(encode(column) + "\n" for column in cells)
            count += len(block)
    shown = json.loads(encode(head))
    return {"name": name, "hidden": False, "rows": count, "columns": width, "head": shown, "blocks": path.name}


class TooWide(Exception):
    """A line of a text file has more fields than any list."""


@lru_cache(maxsize=DAYS)
def _marked(value: Any) -> str:
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return DATE + value.date().isoformat()
        return DATE + value.isoformat()
    if isinstance(value, date):
        return DATE + value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except MemoryError:
        sys.exit(3)
    except (TooWide, csv.Error):
        sys.exit(4)
    except Exception as error:  # the message may quote a cell: only the kind of error leaves this process
        print(type(error).__name__, file=sys.stderr)
        sys.exit(5)
