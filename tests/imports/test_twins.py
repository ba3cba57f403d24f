"""Which import is the same list again: by its bytes, or by the fingerprint of its cells; and which is not."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from hcims.imports.prescan import Scan, SheetScan
from hcims.imports.reader import Sheet
from hcims.imports.twins import fingerprint, twin_in_cells, twin_of
from tests.factories.imports import MOMENT, ImportBatchFactory

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


COUNTS = {"outcomes": {"new": 1, "changed": 2, "rejected": 0}, "cells": "f1"}
STILL_SO = SimpleNamespace(still_so=lambda twin: True)


def applied(**more):
    """An import that was applied, every row of it."""
    fields = {"state": "applied", "applied_at": MOMENT, "sha256": "a1", "counts": COUNTS, "answers": {"sheet": "Coast"}}
    return ImportBatchFactory(**fields | more)


def again(**more):
    """The same file, read in the same way."""
    return ImportBatchFactory.build(**{"sha256": "a1", "answers": {"sheet": "Coast", "dates:born_on": ""}, **more})


@pytest.mark.django_db
def test_the_same_file_read_in_the_same_way_after_which_nobody_wrote():
    twin = applied()
    applied(sha256="other", counts={**COUNTS, "cells": ""})
    assert twin_of(again(), STILL_SO) == twin
    assert twin_in_cells(again(sha256="other"), STILL_SO, "f1") == twin
    for otherwise in (
        {"kind": "payroll"}, {"on": date(2026, 9, 30)}, {"area": "R-ONE"}, {"clears": ["phone"]}, {"mends": twin},
        {"answers": {}}, {"answers": {"sheet": "Nyanza"}}, {"sha256": "b2"},
    ):  # fmt: skip
        assert twin_of(again(**otherwise), STILL_SO) is None, otherwise
    applied(sha256="")
    assert twin_of(again(sha256=""), STILL_SO) is None
    assert twin_in_cells(again(), STILL_SO, "") is None
    assert twin_of(again(), SimpleNamespace(still_so=lambda twin: False)) is None
    assert twin_of(again(), SimpleNamespace()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "over",
    [{"state": "undone"}, {"pruned_at": MOMENT}, {"counts": {"outcomes": {"new": 1, "rejected": 1}}},
     {"counts": {"outcomes": {"new": 1, "missing": 1}}}],
    ids=["undone", "rows removed", "a row rejected", "an officer missing"],
)  # fmt: skip
def test_what_was_undone_removed_or_not_wholly_accepted_is_no_twin(over):
    applied(**over)
    assert twin_of(again(), STILL_SO) is None


@pytest.mark.django_db
def test_an_undoing_is_no_twin():
    applied(undoes=applied(sha256="b2"))
    assert twin_of(again(), STILL_SO) is None
