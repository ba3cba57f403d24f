"""Exports: nothing in them runs, everything in them is what was passed, and the taking is on record."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, NotFound
from hcims.imports import exports

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


class Reader:
    ref = "reader000001"

    def __init__(self, *permissions):
        self.permissions = permissions

    def __str__(self):
        return "A. Reader"

    def can(self, permission, **where):
        return permission in self.permissions

    def office(self, on):
        return "HR officer, Vigilance House"


def written(writer, rows, columns=("A", "B")):
    out = io.BytesIO()
    count = writer(out, "people", columns, rows, [("List", "people")])
    return count, out.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "+254700000000", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_csv_never_starts_a_cell_with_what_a_spreadsheet_runs(text):
    _, content = written(exports.write_csv, [[text, "x"]])
    row = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1]
    assert row == ["'" + text, "x"]


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=1, max_size=4))
def test_no_csv_cell_ever_begins_a_formula(cells):
    _, content = written(exports.write_csv, [cells], columns=["c"] * len(cells))
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_workbook_holds_formula_like_text_as_text():
    _, content = written(exports.write_xlsx, [['=HYPERLINK("http://x")', "007123"], [date(2020, 1, 31), 12]])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == "007123"
    assert sheet["A3"].value.date() == date(2020, 1, 31)
    assert sheet["B3"].value == 12
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_count_is_the_number_of_rows():
    for writer in exports.WRITERS.values():
        assert written(writer, ([index, None] for index in range(7)))[0] == 7


def test_sheet_names_that_excel_refuses_are_mended():
    assert exports._sheet_name("a/b:c*[d]?" + "x" * 40) == "a b c  d  xxxxxxxxxxxxxxxxxxxxx"


def test_who_may_not_take_lists_away_is_told(rf):
    with pytest.raises(NotAllowed):
        exports.export_response(rf.get("/"), "people", ["A"], [], format="csv", by=Reader(), at=AT)


def test_an_unknown_format_is_not_found(rf):
    reader = Reader(Permission.EXPORT)
    with pytest.raises(NotFound):
        exports.export_response(rf.get("/"), "people", ["A"], [], format="exe", by=reader, at=AT)


def test_an_export_is_on_record_with_count_and_filter(rf, monkeypatch):
    seen = []
    monkeypatch.setattr(exports, "record", lambda **row: seen.append(row))
    answer = exports.export_response(
        rf.get("/"),
        "people",
        ["A"],
        [["x"], ["y"]],
        format="csv",
        by=Reader(Permission.EXPORT),
        at=AT,
        scope="rank: PC",
    )
    assert b"".join(answer.streaming_content).decode("utf-8-sig").split() == ["A", "x", "y"]
    assert answer["Content-Disposition"] == 'attachment; filename="people-2026-11-02.csv"'
    assert seen[0]["count"] == 2
    assert seen[0]["scope"] == "rank: PC"
