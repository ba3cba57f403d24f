"""The pure readers: cells, dates and headings as real ministries write them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcims.imports import cells
from hcims.imports.columns import Column, Memo
from hcims.imports.dates import DMY, MDY, DateReader, Evidence, Span, weigh
from hcims.imports.headers import find_headings
from hcims.imports.problems import SENTENCES, CellProblem, tell
from hcims.imports.reading import DATE, ERROR

SPAN = Span(date(1950, 1, 1), date(2026, 10, 31))


def problem(function, *args):
    with pytest.raises(CellProblem) as error:
        function(*args)
    return error.value.code


# Cells ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Otieno\u00a0 John ", "Otieno John"),
        ("Ng\u2019ang\u2019a", "Ng'ang'a"),
        ("Оtiеnо", "Otieno"),  # Cyrillic О, е, о
        ("Α123456789Β", "A123456789B"),  # Greek capitals
        ("zero\u200bwidth", "zerowidth"),
        ("a\u2013b", "a-b"),
        (7123, "7123"),
        (7123.0, "7123"),
        (2.5, "2.5"),
        (None, ""),
    ],
)
def test_text(cell, text):
    assert cells.text_of(cell) == text


def test_text_that_cannot_be_read():
    assert problem(cells.text_of, "Иванов") == "letters"
    assert problem(cells.text_of, 12345678901234567890.0) == "shortened"
    assert problem(cells.text_of, ERROR + "#N/A") == "error"
    assert problem(cells.text_of, ERROR + "formula") == "formula"


@given(st.text())
def test_cleaning_is_settled_after_once(text):
    try:
        once = cells.text_of(text)
    except CellProblem:
        return
    assert cells.text_of(once) == once
    assert once == once.strip()


@pytest.mark.parametrize("cell", ["", "  ", "-", "N/A", "nil", "\u00a0", None, "--"])
def test_blank(cell):
    assert cells.is_blank(cell)


@pytest.mark.parametrize("cell", ["0", 0, "x", ERROR + "#N/A"])
def test_not_blank(cell):
    assert not cells.is_blank(cell)


def test_a_letter_among_digits_is_named_not_mended():
    pattern = re.compile(r"\d{6}")
    with pytest.raises(CellProblem) as error:
        cells.matching("1O234l", pattern, "six digits")
    assert error.value.parameters["other"] == "102341"
    assert cells.matching(" 102 341 ", pattern, "six digits") == "102341"
    pin = re.compile(r"[AP]\d{9}[A-Z]")
    with pytest.raises(CellProblem) as error:
        cells.matching("AO01234567L", pin, "a PIN")
    assert error.value.parameters["other"] == "A001234567L"
    assert problem(cells.matching, "12", pattern, "six digits") == "shape"


def test_every_problem_has_a_sentence_and_a_remedy():
    values = {name: "x" for name in ("error", "limit", "letters", "value", "codes", "other", "shape", "row", "what")}
    for code in SENTENCES:
        assert all(tell(("column", code, values))), code


# Dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2019-06-30", "2019-06-30"),
        ("2019/6/3", "2019-06-03"),
        ("20190630", "2019-06-30"),
        ("30/06/2019", "2019-06-30"),
        ("30.6.2019", "2019-06-30"),
        ("6/30/2019", "2019-06-30"),
        ("30 - 06 - 2019", "2019-06-30"),
        ("30th June 2019", "2019-06-30"),
        ("30-Jun-19", "2019-06-30"),
        ("June 30, 2019", "2019-06-30"),
        ("30 Juni 2019", "2019-06-30"),
        ("05/05/2019", "2019-05-05"),
        (DATE + "2019-06-30", "2019-06-30"),
        (DATE + "2019-06-30T12:00:00", "2019-06-30"),
        ("30/06/2019 00:00:00", "2019-06-30"),
        (43646, "2019-06-30"),
        ("43646", "2019-06-30"),
        ("30/06/64", "1964-06-30"),
    ],
)
def test_dates_that_can_be_read_in_one_way_only(cell, day):
    assert DateReader(SPAN)(cell) == day


def test_an_ambiguous_date_is_never_guessed():
    assert problem(DateReader(SPAN), "01-03-2016") == "date-order"
    assert DateReader(SPAN, DMY)("01-03-2016") == "2016-03-01"
    assert DateReader(SPAN, MDY)("01-03-2016") == "2016-01-03"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2019", "no-such-day"),
        ("2019-13-45", "no-such-day"),
        ("yesterday", "date"),
        ("12", "date"),
        ("01/02/123", "date"),
        ("30/06/2090", "too-late"),
        ("30/06/1900", "too-early"),
        ("30/06/90210", "date"),
        ("", "date"),
    ],
)
def test_dates_that_cannot_be_read(cell, code):
    assert problem(DateReader(SPAN, DMY), cell) == code


def test_two_digit_years_need_one_possible_century():
    wide = Span(date(1900, 1, 1), date(2026, 10, 31))
    assert problem(DateReader(wide, DMY), "30/06/12") == "century"
    assert DateReader(Span(date(1960, 1, 1), date(2026, 10, 31)), DMY)("30/06/12") == "2012-06-30"


def test_the_day_number_follows_the_workbook_s_epoch():
    assert DateReader(SPAN, epoch_1904=True)(43646 - 1462) == "2019-06-30"


def evidence(*found):
    return weigh(found, Evidence())


def test_what_a_column_proves():
    assert evidence("25/12/2019", "01/03/2016").order() == DMY
    assert evidence("12/25/2019", "01/03/2016").order() == MDY
    assert evidence("01/03/2016", "02/04/2017").must_ask()
    assert evidence("25/12/2019", "12/25/2019", "01/03/2016").must_ask()  # it contradicts itself
    assert not evidence("05/05/2016").must_ask()
    assert not evidence("2016-03-01", "1 March 2016").must_ask()


def test_days_and_months_that_a_program_swapped_are_noticed():
    cells_ = [DATE + f"2016-{month:02d}-03" for month in range(1, 8)]
    assert evidence(*cells_, "25/12/2019").swapped
    assert not evidence(*cells_, DATE + "2016-03-25", "25/12/2019").swapped
    assert DateReader(SPAN, DMY, swap_cells=True)(DATE + "2016-03-01") == "2016-01-03"


@given(st.dates(date(1990, 1, 1), date(2026, 10, 31)), st.sampled_from(["/", "-", ".", " "]))
def test_both_orders_are_read_back(day, separator):
    for order, text in [(DMY, f"%d{separator}%m{separator}%Y"), (MDY, f"%m{separator}%d{separator}%Y")]:
        assert DateReader(SPAN, order)(day.strftime(text)) == day.isoformat()
    assert DateReader(SPAN)((day - date(1899, 12, 30)) // timedelta(days=1)) == day.isoformat()


# Headings ------------------------------------------------------------------------------------------------------------

COLUMNS = [
    Column("service_number", "Service number", "", ("svc no", "p no", "force number", "pf no")),
    Column("surname", "Surname", "", ("family name", "last name")),
    Column("other_names", "Other names", "", ("first names", "given names")),
    Column("born_on", "Date of birth", "", ("dob", "d o b")),
    Column("arrived_on", "Date of arrival", "", ("date posted to station",)),
    Column("unit", "Unit", "", ("station", "duty station")),
]


def headings(*rows):
    return find_headings(rows, COLUMNS)


def test_headings_below_a_title_renamed_and_reordered():
    found = headings(
        ["NOMINAL ROLL AS AT 31ST OCTOBER 2026", "", "", ""],
        ["", "", "", ""],
        ["S/No.", "SURNAME", "D.O.B.", "Svc. No.", "Duty  Station"],
        [1, "Otieno", "x", "007123", "Bamba"],
    )
    assert found.row == 2
    assert found.sure == {"surname": 1, "born_on": 2, "service_number": 3, "unit": 4}
    assert [guess.heading for guess in found.unused] == ["S/No."]


def test_doubt_is_asked():
    found = headings(["Service number", "Surname", "Date of birthh", "Stations"])
    assert {guess.column for guess in found.doubtful} == {"born_on", "unit"}
    assert set(found.sure) == {"service_number", "surname"}


def test_two_headings_for_one_column_are_asked():
    found = headings(["Service number", "Station", "Duty station", "Surname"])
    assert [guess.heading for guess in found.doubtful] == ["Station", "Duty station"]


def test_headings_in_two_rows():
    found = headings(["Service number", "Names", "", "Unit"], ["", "Surname", "Other names", ""], ["1", "a", "b", "c"])
    assert found.row == 1
    assert found.sure == {"service_number": 0, "surname": 1, "other_names": 2, "unit": 3}


def test_look_alike_letters_in_headings():
    assert headings(["Sеrviсе numbеr", "Surnаmе"]).sure == {"service_number": 0, "surname": 1}


def test_no_headings():
    assert headings(["007123", "Otieno"], ["007124", "Mutua"]) is None


# Columns -------------------------------------------------------------------------------------------------------------


def test_a_column_reads_each_different_cell_once():
    seen = []

    def read(cell):
        seen.append(cell)
        if cell == "bad":
            raise CellProblem("unknown", value=cell)
        return cell.upper()

    memo, found = Memo(read), {}
    assert memo.column("rank", ["pc", "bad", "pc", "bad"], found) == ["PC", None, "PC", None]
    assert seen == ["pc", "bad"]
    assert found == {1: [("rank", "unknown", {"value": "bad"})], 3: [("rank", "unknown", {"value": "bad"})]}
