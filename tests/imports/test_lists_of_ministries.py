"""Lists as offices make them: headings in two lines, columns that are counted, signatures, several sheets, no rows."""

from __future__ import annotations

import openpyxl
import pytest

from deployment.roll.kind import ROLL
from hcims.imports import preview, shell
from hcims.imports.headers import find_headings
from hcims.imports.rows import Sieve
from tests.factories.rolls import AT, ON


def columns_of(*head):
    found = find_headings(list(head), ROLL.columns)
    return found, {guess.column: guess.index for guess in found.guesses if guess.column}


def test_a_heading_over_several_columns_belongs_to_each():
    title = ["NATIONAL POLICE SERVICE", "", "", "", "", "", "", ""]
    upper = ["FORCE NO", "NAME", "", "RANK", "DATE OF", "", "", "STATION"]
    lower = ["", "SURNAME", "OTHER NAMES", "", "BIRTH", "ENLISTMENT", "POSTING", ""]
    found, columns = columns_of(title, upper, lower, ["100001", "Otieno", "Grace", "PC", "1", "2", "3", "PS-BAMBA"])
    assert (found.row, found.doubtful) == (2, [])
    assert columns == {
        "service_number": 0, "surname": 1, "other_names": 2, "rank": 3, "born_on": 4, "enlisted_on": 5, "arrived_on": 6,
        "unit": 7,
    }  # fmt: skip


def test_a_title_or_a_row_is_no_part_of_a_heading():
    found, columns = columns_of(
        ["ROLL BY DUTY STATION", "", "", ""], ["Svc no", "Surname", "Remarks", "Unit"], ["100001", "Rank", "", "Date"]
    )
    assert (found.row, columns) == (1, {"service_number": 0, "surname": 1, "unit": 3})


@pytest.mark.parametrize("line", [[1, 2.0, 3, 4], ["(1)", "(2)", "(3)", "(4)"], ["1.", "2.", 3.0 and "3", "4"]])
def test_a_line_that_counts_the_columns_is_no_row(line):
    heads = ["Svc no", "Surname", "Rank", "Unit"]
    assert columns_of(heads, line)[0].numbered
    assert not columns_of(heads, ["100001", "Otieno", "PC", "PS-BAMBA"])[0].numbered


@pytest.mark.parametrize(
    "line",
    [["Checked by:", "______", "Sign", ""], ["______", "", "______", ""], ["Prepared by", "P. Mwangi", "HRM", ""]],
)
def test_a_signature_is_no_row(line):
    sieve = Sieve(0, [0, 1, 2, 3], ["svc no", "surname", "rank", "unit"])
    rows = [["100001", "Otieno", "PC", "PS-BAMBA"], line, ["", "Прасад", "PC", "PS-BAMBA"]]
    assert sieve.rows(1, list(zip(*rows, strict=True))) == [0, 2]


def book_of(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.removesuffix("_hidden"))
        sheet.sheet_state = "hidden" if name.endswith("_hidden") else "visible"
        for each in rows:
            sheet.append(each)
    book.save(path)
    return path


def read(path, **answers):
    return shell.read_file(ROLL, path, list_on=ON, at=AT, answers=answers, clears=[])


HEADS = ["Svc No", "Surname", "Other names", "Sex", "Rank", "Unit"]


def person(number):
    return [f"{100000 + number}", "Otieno", "Grace", "F", "PC", "PS-BAMBA"]


@pytest.mark.django_db
def test_nobody_is_asked_about_the_count_in_a_line_of_totals(world, tmp_path):
    lines = [["No", *HEADS], [1, 2, 3, 4, 5, 6, 7], [1, *person(1)], [2, *person(2)], ["TOTAL", 2]]
    batch = read(book_of(tmp_path / "a.xlsx", Roll=lines))
    assert batch.questions == [], (batch.state, batch.refusal)
    assert (batch.state, batch.questions, batch.counts["outcomes"]["new"]) == ("ready", [], 2)
    assert "rejected" not in batch.counts["outcomes"]


@pytest.mark.django_db
def test_headings_without_rows_are_refused(world, tmp_path):
    for lines in ([HEADS], [HEADS, ["TOTAL", 0], ["Checked by", "..."]]):
        batch = read(book_of(tmp_path / "a.xlsx", Roll=lines))
        assert (batch.state, batch.rows.count()) == ("refused", 0)
        assert "Under the headings in row 1 there is no row." in batch.refusal


@pytest.mark.django_db
def test_a_list_on_a_hidden_sheet_is_refused_by_name(world, tmp_path):
    batch = read(book_of(tmp_path / "a.xlsx", Note=[["See the other sheet"]], Kilifi_hidden=[HEADS, person(1)]))
    assert "Hidden sheets are not read: Kilifi." in batch.refusal


@pytest.mark.django_db
def test_sheets_that_were_not_chosen_are_named(world, tmp_path):
    path = book_of(tmp_path / "a.xlsx", Kilifi=[HEADS, person(1)], Kwale=[HEADS, person(2)], Notes=[["Rank", "Unit"]])
    assert read(path).questions[0]["names"] == ["Kilifi", "Kwale", "Notes"]
    told = preview.notes_of(read(path, sheet="Kwale"))
    assert any("Not read: Kilifi." in note for note in map(str, told))
