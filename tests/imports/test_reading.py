"""What comes out of real workbooks: nothing lost, nothing guessed, nothing taken for blank that is an error."""

import datetime

import openpyxl
import pytest

from hcims.imports.prescan import prescan
from hcims.imports.reader import reading
from hcims.imports.reading import BLOCK_ROWS, DATE, ERROR
from tests.imports.workbooks import MAIN, ods, ods_rows, raw_xlsx, sheet_xml, xls, xlsx

DAY = datetime.date(2019, 6, 30)


def read(path):
    """All rows of the visible sheets, and the first of them."""
    scan = prescan(path, path.name)
    with reading(path, scan) as sheets:
        rows = []
        for sheet in sheets:
            for number, block in sheet.blocks():
                rows += [(number + index, list(row)) for index, row in enumerate(zip(*block, strict=True))]
        return rows, sheets


def cells(path):
    return [row for _number, row in read(path)[0]]


def test_texts_numbers_and_days(tmp_path):
    xlsx(tmp_path / "a.xlsx", [["007123", 7123, DAY, datetime.datetime(2019, 6, 30, 14, 5), True, 1.5]])
    assert cells(tmp_path / "a.xlsx") == [
        ["007123", 7123, DATE + "2019-06-30", DATE + "2019-06-30T14:05:00", True, 1.5]
    ]


def test_rows_bear_the_numbers_that_excel_shows(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C5"], sheet["D7"] = "x", "y"
    book.save(tmp_path / "a.xlsx")
    rows, _ = read(tmp_path / "a.xlsx")
    assert rows[4:] == [(5, ["", "", "x", ""]), (6, ["", "", "", ""]), (7, ["", "", "", "y"])]


def test_blocks_join_without_a_seam(tmp_path):
    xlsx(tmp_path / "a.xlsx", [[f"{number:06d}"] for number in range(BLOCK_ROWS * 2 + 7)])
    rows, sheets = read(tmp_path / "a.xlsx")
    assert [(number, row[0]) for number, row in rows] == [(n + 1, f"{n:06d}") for n in range(BLOCK_ROWS * 2 + 7)]
    assert sheets[0].rows == BLOCK_ROWS * 2 + 7


def test_errors_are_not_blank(tmp_path):
    rows = (
        '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="C3" t="e"><f>VLOOKUP(1,2,3)</f><v>#N/A</v></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>y</t></is></c><c s="1" t="e" r="D4"><v>#REF!</v></c></row>'
    )
    assert cells(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(rows)))[2:] == [
        ["x", "", ERROR + "#N/A", ""],
        ["y", "", "", ERROR + "#REF!"],
    ]


def test_a_formula_without_its_result_is_not_blank(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["x", "=A1"])
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [["x", ERROR + "formula"]]


def test_a_formula_with_its_result_is_its_result(tmp_path):
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c></row>'
    assert cells(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(rows))) == [[2, "a"]]


def test_merged_rows_hold_their_value_in_each_and_titles_do_not(tmp_path):
    book = xlsx(tmp_path / "a.xlsx", [["Title", None, None], ["S1", "a", 1], [None, "b", 2], [None, "c", 3]])
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [["Title", "", ""], ["S1", "a", 1], ["S1", "b", 2], ["S1", "c", 3]]


def test_hidden_sheets_are_named_and_not_read(tmp_path):
    book = xlsx(tmp_path / "a.xlsx", [["x"]])
    book.create_sheet("Old").append(["secret"])
    book["Old"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    rows, sheets = read(tmp_path / "a.xlsx")
    assert [row for _n, row in rows] == [["x"]]
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Roll", False), ("Old", True)]


def test_days_counted_from_1904(tmp_path):
    book = xlsx(tmp_path / "a.xlsx", [[]])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = DAY
    book.save(tmp_path / "a.xlsx")
    assert prescan(tmp_path / "a.xlsx", "a.xlsx").epoch_1904
    assert cells(tmp_path / "a.xlsx") == [[DATE + "2019-06-30"]]


def test_old_workbooks(tmp_path):
    path = xls(tmp_path / "a.xls", [["007123", 7123, ("date", 43646)], ["Otieno", None, 2.5]])
    assert cells(path) == [["007123", 7123, DATE + "2019-06-30"], ["Otieno", "", 2.5]]
    path = xls(tmp_path / "b.xls", [[("date", 43646 - 1462)]], epoch_1904=True)
    assert prescan(path, "b.xls").epoch_1904
    assert cells(path) == [[DATE + "2019-06-30"]]


def test_open_document(tmp_path):
    assert cells(ods(tmp_path / "a.ods", ods_rows([["007123", "Otieno"], ["8", "Mutua"]]))) == [
        ["007123", "Otieno"],
        ["8", "Mutua"],
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "|")]
)
def test_text_in_many_alphabets_and_separators(tmp_path, encoding, delimiter):
    rows = [["Service number", "Surname"], ["007123", "Ng’ang’a"], ["007124", "Kéita"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert cells(tmp_path / "a.csv") == rows


def test_quoted_text_with_separators_and_lines(tmp_path):
    (tmp_path / "a.csv").write_text('a,b\n"x, ""y""\nz",2\n\n3,4\n')
    assert read(tmp_path / "a.csv")[0] == [
        (1, ["a", "b"]),
        (2, ['x, "y"\nz', "2"]),
        (3, ["", ""]),
        (4, ["3", "4"]),
    ]


def test_marks_cannot_be_forged_in_text(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a,b\n\x1f2019-06-30,\x1e#N/A\n")
    assert cells(tmp_path / "a.csv")[1] == ["2019-06-30", "#N/A"]


def test_hidden_rows_are_read_and_counted(tmp_path):
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><!--{MAIN}-->'
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml(rows))
    assert prescan(path, "a.xlsx").sheets[0].hidden_rows == 1
    assert cells(path) == [[1], [2]]
