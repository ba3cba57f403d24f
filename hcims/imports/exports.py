"""Lists taken away as a file: one helper for every module, so that every export is safe to open and on record.

The caller passes rows that its reader may see (`visible_to`); this file sees to the rest: the permission to take lists
away, text that no spreadsheet will run as a formula, and one audit row with count and filter.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import NotAllowed, NotFound

# A spreadsheet runs a CSV cell that begins with one of these. Full-width forms too: Excel folds them.
# Source: OWASP, CSV Injection.
RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SPOOL_BYTES = 2_000_000  # a small export never touches the disk
Row = Sequence[Any]


def export_response(
    request: HttpRequest,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    format: str,
    by: Any,
    at: datetime,
    scope: str = "",
    permission: Permission | None = Permission.EXPORT,
) -> FileResponse:
    """This function will answer with `rows` as a workbook or CSV file, and record who took what.

    Shape: `columns` are the headings, each row a sequence of plain values as long as `columns`.
    `scope` is the filter in words, as the page shows it; it stands in the file and in the audit trail.
    `permission` None: what was published to all may be taken away by all.
    Errors: NotFound for an unknown format; NotAllowed when `by` may not take lists away.
    """
    writer = WRITERS.get(format)
    if writer is None:
        raise NotFound(f"{request.path}?format={format}")
    if permission is not None and not by.can(permission, on=timezone.localdate(at)):
        raise NotAllowed(_("You may read this list but not take it away as a file."))
    spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115  FileResponse closes it
    count = writer(spool, name, columns, rows, _about(name, scope, by, at))
    spool.seek(0)
    record(name=name, format=format, count=count, columns=list(columns), scope=scope, by=by, at=at)
    stamp = timezone.localtime(at).strftime("%Y-%m-%d")
    return FileResponse(
        spool, as_attachment=True, filename=f"{name}-{stamp}.{format}", content_type=CONTENT_TYPES[format]
    )


def export_of_page(
    request: Any, name: str, columns: Sequence[str], rows: Iterable[Row], *, page: dict[str, Any], on: date
) -> FileResponse:
    """This function will answer with what a page shows, as a file that says what the page's printed head says.

    Shape: `page` is what the page hands to its template, with `print_scope` and `print_filters` in words.
    """
    scope = "; ".join([str(page["print_scope"]), on.isoformat(), *page["print_filters"]])
    return export_response(
        request, name, columns, rows, format=request.GET["format"], by=request.user, at=request.now, scope=scope
    )


@action
def record(*, name: str, format: str, count: int, columns: list[str], scope: str, by: Any, at: datetime) -> None:
    """This function will put on record that a list was taken away; for files that another writer made."""
    details = {"rows": count, "format": format, "columns": columns, "scope": scope}
    trail.record(Event.EXPORTED, target=f"export:{name}", by=by, at=at, details=details)


def _about(name: str, scope: str, by: Any, at: datetime) -> list[tuple[str, str]]:
    office = by.office(on=timezone.localdate(at)) if hasattr(by, "office") else ""
    return [
        (_("List"), name),
        (_("What it holds"), scope or _("everything this reader may see")),
        (_("Taken by"), f"{by} {office}".strip()),
        (_("Taken at"), timezone.localtime(at).strftime("%d %B %Y, %H:%M")),
    ]


def safe_text(value: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would otherwise run it."""
    return f"'{value}" if value.startswith(RUN_BY_A_SPREADSHEET) else value


def plain(value: Any) -> Any:
    """A value as a file holds it: dates and numbers as they are, moments in Nairobi time, all else as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    return value if isinstance(value, date) else str(value)


def write_csv(
    out: IO[bytes], name: str, columns: Sequence[str], rows: Iterable[Row], about: Iterable[tuple[str, str]] = ()
) -> int:
    """This function will write a CSV file that Excel opens in the right alphabet; it gives the number of rows."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([safe_text(str(column)) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        count += 1
    text.detach()
    return count


def _csv_cell(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


def write_xlsx(
    out: IO[bytes], name: str, columns: Sequence[str], rows: Iterable[Row], about: Iterable[tuple[str, str]] = ()
) -> int:
    """This function will write a workbook in constant memory; it gives the number of rows.

    Text goes in as text cells, which no spreadsheet runs; a second sheet says what the list is and who took it.
    """
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(_sheet_name(name))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(columns) - 1), 18)
    bold, day, moment = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    )
    for index, column in enumerate(columns):
        sheet.write_string(0, index, str(column), bold)
    count = 0
    for row in rows:
        count += 1
        for index, value in enumerate(row):
            _write_cell(sheet, count, index, plain(value), day, moment)
    _write_about(book.add_worksheet(_("About this list")), about, bold)
    book.close()
    return count


def _write_cell(sheet: Any, row: int, column: int, value: Any, day: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_number(row, column, value)


def _write_about(sheet: Any, about: Iterable[tuple[str, str]], bold: Any) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 80)
    for index, (label, value) in enumerate(about):
        sheet.write_string(index, 0, label, bold)
        sheet.write_string(index, 1, value)


def _sheet_name(name: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\ in a sheet's name."""
    return "".join(" " if character in "[]:*?/\\'" else character for character in name)[:31].strip() or "List"


WRITERS: dict[str, Callable[..., int]] = {"xlsx": write_xlsx, "csv": write_csv}
