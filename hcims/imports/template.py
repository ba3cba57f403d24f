"""The workbook to fill in: headings, text columns that keep their zeros, drop-downs, and a page that explains each."""

from __future__ import annotations

from datetime import date
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from hcims.imports.columns import Column
from hcims.imports.kinds import ImportKind

ROWS = 20_000  # formatted in advance; more can be pasted


def write(out: IO[bytes], kind: ImportKind, *, on: date) -> None:
    """This function will write the template of a kind, with the lists as they stand on the day."""
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    looks = {
        "must": book.add_format({"bold": True, "bg_color": "#dfe9f5", "border": 1, "text_wrap": True, "valign": "top"}),
        "may": book.add_format({"bold": True, "bg_color": "#f1f3f5", "border": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "bold": book.add_format({"bold": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(str(kind.title)[:31])
    explained = book.add_worksheet(_("Columns explained")[:31])
    lists = book.add_worksheet(_("Lists")[:31])
    ranges = _write_lists(lists, kind, on, looks)
    sheet.freeze_panes(1, 1)
    columns = columns_of(kind)
    for index, column in enumerate(columns):
        needed = column.required or column.needed_when_new
        sheet.write_string(0, index, str(column.label), looks["must" if needed else "may"])
        sheet.set_column(index, index, 18, looks["day" if column.dated else "text"])
        if column.choices in ranges:
            sheet.data_validation(
                1, index, ROWS, index, {"validate": "list", "source": ranges[column.choices], "error_type": "warning",
                                        "error_title": _("Not in the list")[:32],
                                        "error_message": _("Use a value of the list, or its full name.")[:255]},
            )  # fmt: skip
    _explain(explained, kind, looks)
    book.close()


def columns_of(kind: ImportKind) -> list[Column]:
    """The columns of the template: one for each thing, where lists in the wild may have two in one."""
    return [column for column in kind.columns if column.splits is None and not column.series]


def _write_lists(sheet: Any, kind: ImportKind, on: date, looks: dict[str, Any]) -> dict[str, str]:
    """Each list in two columns, code and name; the drop-downs point at the codes."""
    ranges = {}
    for index, (name, pairs) in enumerate(kind.choices(on).items()):
        code = index * 2
        sheet.write_string(0, code, name, looks["bold"])
        sheet.set_column(code, code, 14)
        sheet.set_column(code + 1, code + 1, 34)
        for row, (value, label) in enumerate(pairs, start=1):
            sheet.write_string(row, code, value)
            sheet.write_string(row, code + 1, label)
        letter = xlsxwriter.utility.xl_col_to_name(code, col_abs=True)
        ranges[name] = f"='{sheet.get_name()}'!{letter}$2:{letter}${max(2, len(pairs) + 1)}"
    return ranges


def _explain(sheet: Any, kind: ImportKind, looks: dict[str, Any]) -> None:
    heads = [_("Column"), _("Needed"), _("What it holds"), _("Example")]
    for index, (head, width) in enumerate(zip(heads, (26, 22, 80, 22), strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, head, looks["bold"])
    for row, column in enumerate(columns_of(kind), start=1):
        needed = _("in every row") if column.required else _("for new officers") if column.needed_when_new else ""
        for index, text in enumerate([str(column.label), needed, str(column.explain), column.example]):
            sheet.write_string(row, index, text, looks["wrap"])
    notes = [
        _("Write dates as 2019-06-30. A date that can be read as day-month or month-day is asked about."),
        _("Keep numbers as text, so that leading zeros stay."),
        _("A blank cell leaves what is on record, unless you say otherwise when you upload."),
        _("Columns may be left out or stand in any order."),
    ]
    for row, note in enumerate(notes, start=len(columns_of(kind)) + 3):
        sheet.write_string(row, 0, note)
