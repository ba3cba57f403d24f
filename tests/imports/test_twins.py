"""The fingerprint of a file's cells: what reads alike has the same, and what may read otherwise has another or none."""

from dataclasses import replace

import pytest

from hcims.imports.prescan import Scan, SheetScan
from hcims.imports.reader import Sheet
from hcims.imports.twins import fingerprint

TEXT, BOOK, BOOK_1904 = Scan("csv"), Scan("xlsx"), Scan("xlsx", epoch_1904=True)


@pytest.fixture
def sheets(tmp_path):
    """Two sheets with other cells each."""
    found = []
    for name in ("Coast", "Nyanza"):
        path = tmp_path / name
        path.write_text(f'1 1\n["{name}"]\n')
        found.append(Sheet(name, hidden=False, rows=1, head=[[name]], path=path))
    return found


@pytest.mark.parametrize("hidden", ["a sheet", "rows", "rows of another sheet"])
def test_a_file_with_a_hidden_part_has_none(sheets, hidden):
    scans = [SheetScan("Coast", hidden_rows=int(hidden == "rows")), SheetScan("Nyanza")]
    if hidden == "a sheet":
        sheets[1] = replace(sheets[1], hidden=True, path=None)
    elif hidden == "rows of another sheet":
        scans[1].hidden_rows = 1
    assert fingerprint(sheets, Scan("xlsx", scans)) == ""


def renamed(sheets, *names):
    return [replace(sheet, name=name) for sheet, name in zip(sheets, names, strict=True)]


@pytest.mark.parametrize(
    ("scan", "change"),
    [
        (TEXT, lambda sheets: sheets),  # zeros before a number are safe in a workbook's text only
        (BOOK_1904, lambda sheets: sheets),
        (BOOK, lambda sheets: renamed(sheets, "Coast 2026", "Nyanza 2026")),
        (BOOK, lambda sheets: renamed(sheets, "Nyanza", "Coast")),
        (BOOK, lambda sheets: sheets[::-1]),
        (BOOK, lambda sheets: sheets[:1]),
        (BOOK, lambda sheets: [sheets[0], replace(sheets[1], path=sheets[0].path)]),
    ],
    ids=["text", "days from 1904", "two renamed", "names exchanged", "another order", "one of two", "another cell"],
)
def test_what_may_read_otherwise_has_another(sheets, scan, change):
    first = fingerprint(sheets, BOOK)
    assert len(first) == 64
    assert fingerprint(change(sheets), scan) not in ("", first)


def test_the_name_of_an_only_sheet_and_the_kind_of_workbook_say_nothing(sheets):
    assert fingerprint(renamed(sheets[:1], "Sheet1"), Scan("ods")) == fingerprint(sheets[:1], BOOK)
