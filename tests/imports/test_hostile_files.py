"""Files made to hurt: each is refused with its reason, within the memory, and the worker lives on."""

import contextlib
import resource
import zipfile

import pytest

from hcims.imports import reader
from hcims.imports.limits import Limits
from hcims.imports.prescan import Scan, SheetScan, prescan
from hcims.imports.refused import FileRefused
from tests.imports.workbooks import biff, compound, ods, ods_rows, raw_xlsx, sheet_xml, xls, xlsx


def refused(path, code, name=None, limits=None):
    """The refusal of the file; it must cost this process next to no memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileRefused) as error:
        prescan(path, name or path.name, *([limits] if limits else []))
    assert error.value.code == code, error.value.message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
    assert len(error.value.message) > 40  # says what and how to mend
    return error.value


def test_a_cell_at_the_far_corner(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "16,384" in refused(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(rows)), "far-cell").message


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD1048576'><v>1</v></c>",
        '<c\n s="1"\tr = "XFD1048576" ><v>1</v></c>',
        '<c r="$XFD$1048576"><v>1</v></c>',
        '<c s="2" r="A1"/><c s="2" r="xfd1048576"/>',
    ],
)
def test_a_far_cell_written_in_an_unusual_way(tmp_path, cell):
    rows = f'<row r="1"><c r="A1"><v>1</v></c>{cell}</row>'
    refused(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(rows)), "far-cell")


def test_a_far_cell_under_a_prefix(tmp_path):
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    refused(raw_xlsx(tmp_path / "a.xlsx", sheet), "far-cell")


def test_a_small_claimed_size_hides_nothing(tmp_path):
    sheet = sheet_xml('<row r="1"><c r="A1"/><c r="XFD1048576"><v>1</v></c></row>')
    refused(raw_xlsx(tmp_path / "a.xlsx", sheet.replace("<sheetData>", '<dimension ref="A1"/><sheetData>')), "far-cell")


def test_a_zip_bomb(tmp_path):
    row = '<row r="1"><c r="A1"><v>1</v></c></row>' + ("<x>" + " " * 4_000) * 250
    refused(raw_xlsx(tmp_path / "a.xlsx", (row for _ in range(400))), "bomb")


def test_a_sheet_that_unpacks_beyond_the_limit(tmp_path):
    cells = "".join(f'<c r="{letter}1" t="inlineStr"><is><t>x</t></is></c>' for letter in "ABCDEFGH")
    pieces = (f'<row r="{number}">{cells}</row>' for number in range(1, 20_000))
    path = raw_xlsx(tmp_path / "a.xlsx", pieces)
    refused(path, "bomb", limits=Limits(unzipped_bytes=2_000_000))


def test_one_huge_cell(tmp_path):
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 5_000_000 + "</t></is></c></row>"
    refused(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(text)), "huge-cell")


def test_one_huge_shared_text(tmp_path):
    texts = "<sst><si><t>" + "y" * 40_000 + "</t></si></sst>"
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml(""), parts={"xl/sharedStrings.xml": texts})
    refused(path, "huge-cell")


def test_a_cell_of_the_largest_allowed_text_is_taken(tmp_path):
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 32_767 + "</t></is></c></row>"
    assert prescan(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(text)), "a.xlsx").rows == 1


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_entities(tmp_path, part):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    if part.endswith("sheet1.xml"):
        path = raw_xlsx(tmp_path / "a.xlsx", bomb)
    else:
        path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml(""), parts={part: bomb})
    refused(path, "entities")


def test_a_part_in_an_alphabet_the_patterns_cannot_see(tmp_path):
    path = tmp_path / "a.xlsx"
    raw_xlsx(path, "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>'.encode("utf-16"))
    refused(path, "broken")


def test_a_part_that_admits_to_be_too_large_is_not_unpacked(tmp_path, monkeypatch):
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml("<row/>" * 100_000))
    opened, real = [], zipfile.ZipFile.open
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args: opened.append(args[1].filename) or real(*args))
    refused(path, "bomb", limits=Limits(unzipped_bytes=100_000))
    assert "xl/workbook.xml" in opened
    assert "xl/worksheets/sheet1.xml" not in opened


def test_parts_are_counted_together(tmp_path):
    texts = "<sst>" + "<si><t>y</t></si>" * 4_000 + "</sst>"
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml("<row/>" * 10_000), parts={"xl/sharedStrings.xml": texts})
    refused(path, "bomb", limits=Limits(unzipped_bytes=100_000))
    assert prescan(path, "a.xlsx", Limits(unzipped_bytes=140_000)).rows == 10_000


def test_a_part_that_unpacks_to_more_than_any_list_does(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml("<row/>" * 100_000))
    assert "300 times its size" in refused(path, "bomb", limits=Limits(ratio_from_bytes=600_000)).message
    assert prescan(path, "a.xlsx", Limits(ratio_from_bytes=700_000)).rows == 100_000


def test_a_part_that_says_less_than_it_holds_is_broken(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml("<row/>" * 1_000_000))
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))  # in the directory of the zip
    content[entry + 24 : entry + 28] = (5_000).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    refused(path, "broken", limits=Limits(unzipped_bytes=100_000))


@pytest.mark.parametrize("rows", ['<row r="{n}"><c r="A{n}"/></row>', "<row/>", '<row r="0{n}"><c r="A0{n}"/></row>'])
def test_too_many_rows(tmp_path, rows):
    sheet = sheet_xml("".join(rows.format(n=number) for number in range(1, 2_001)))
    refused(raw_xlsx(tmp_path / "a.xlsx", sheet), "rows", limits=Limits(rows=1_999))
    assert prescan(tmp_path / "a.xlsx", "a.xlsx", Limits(rows=2_000)).rows == 2_000


def test_ten_million_rows(tmp_path):
    row = "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in range(1, 1000))
    refused(raw_xlsx(tmp_path / "a.xlsx", (row for _ in range(1_200))), "rows")
    (tmp_path / "b.csv").write_bytes(b"1,2\n" * 10_000_000)
    refused(tmp_path / "b.csv", "rows")


def test_patterns_do_not_stumble_over_broken_tags(tmp_path):
    for text in (
        "<c " * 1_000_000,
        "<c t='e'>" * 400_000,
        "<row " * 700_000,
        "<c r=" + " " * 3_000_000,
        "<c><f>" * 600_000,
    ):
        with contextlib.suppress(FileRefused):
            prescan(raw_xlsx(tmp_path / "a.xlsx", sheet_xml(text + "</row>") + text), "a.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.xls", b"a\tb\tc\n1\t2\t3\n", "text"),
        ("a.csv", b"PK\x03\x04rest", "zip"),
        ("a.csv", b"MZ\x90\x00", "program"),
        ("a.xlsx", b"a,b\n1,2\n", "text"),
    ],
)
def test_a_wrong_type_under_the_right_name(tmp_path, name, content, word):
    (tmp_path / name).write_bytes(content)
    assert word in refused(tmp_path / name, "wrong-type").message


def test_bytes_under_the_name_of_text(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"abc\x00\x01\x02,1\n" * 50)
    refused(tmp_path / "a.csv", "wrong-type")


def test_a_zip_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    refused(tmp_path / "a.xlsx", "broken")


def test_a_name_no_list_has(tmp_path):
    (tmp_path / "a.exe").write_bytes(b"MZ")
    refused(tmp_path / "a.exe", "type")


def test_an_empty_file(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"")
    refused(tmp_path / "a.csv", "empty")


def test_passwords(tmp_path):
    refused(compound(tmp_path / "a.xlsx", b"x", name="EncryptedPackage"), "password")
    refused(compound(tmp_path / "a.xls", b"x", name="EncryptedPackage"), "password")
    refused(xls(tmp_path / "b.xls", [["a"]], locked=True), "password")
    path = ods(tmp_path / "c.ods", ods_rows([["a"]]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["META-INF/manifest.xml"] = b'<m><manifest:encryption-data manifest:checksum=""/></m>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    refused(path, "password")


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.97])
def test_truncation(tmp_path, keep):
    path = tmp_path / "a.xlsx"
    xlsx(path, [["Service number", "Surname"], *([f"{n:06d}", "Otieno"] for n in range(2000))])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    refused(path, "broken")
    old = xls(tmp_path / "b.xls", [[f"{n:06d}", "Otieno"] for n in range(2000)])
    old.write_bytes(old.read_bytes()[: int(old.stat().st_size * keep)])
    refused(old, "broken")


def test_a_part_whose_checksum_lies(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml('<row r="1"><c r="A1"><v>1234567</v></c></row>'))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + 30 + len(info.filename) + 40] ^= 0xFF
    path.write_bytes(bytes(content))
    refused(path, "broken")


def test_an_ods_cell_that_stands_for_a_million(tmp_path):
    table = (
        '<table:table table:name="R"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    refused(ods(tmp_path / "a.ods", table), "far-cell")


def test_empty_padding_of_an_ods_is_no_list(tmp_path):
    padding = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    table = ods_rows([["Service number", "Surname"], ["001", "Otieno"]]).replace("</table:table>", padding)
    assert prescan(ods(tmp_path / "a.ods", table), "a.ods").rows == 2


def test_the_reading_process_dies_alone(tmp_path, settings):
    """A sheet that walks past the pre-scan meets the memory limit; only the reading process ends."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml(rows))
    with pytest.raises(FileRefused) as error, reader.reading(path, Scan("xlsx", [SheetScan("Roll")])):
        pass
    assert error.value.code == "memory"


def test_a_reader_that_does_not_end_is_stopped(tmp_path):
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with (
        pytest.raises(FileRefused) as error,
        reader.reading(path, prescan(path, "a.xlsx"), Limits(reader_wall_seconds=0)),
    ):
        pass
    assert error.value.code == "time"


def test_an_old_workbook_with_a_cell_far_outside(tmp_path):
    stream = biff([["a"]])
    far = b"\x03\x02\x0e\x00" + b"\xff\xff\xff\xff\x00\x00" + b"\0" * 8
    path = compound(tmp_path / "a.xls", stream[:-4] + far + stream[-4:])
    scan = prescan(path, "a.xls")
    with pytest.raises(FileRefused) as error, reader.reading(path, scan):
        pass
    assert error.value.code in ("memory", "broken", "far-cell")


def test_the_reader_gets_no_keys(tmp_path, monkeypatch):
    seen = {}
    real = reader.subprocess.Popen

    def watched(*args, **options):
        seen.update(options["env"])
        return real(*args, **options)

    monkeypatch.setenv("HCIMS_SECRET_KEY", "secret")
    monkeypatch.setattr(reader.subprocess, "Popen", watched)
    path = raw_xlsx(tmp_path / "a.xlsx", sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with reader.reading(path, prescan(path, "a.xlsx")) as sheets:
        assert sheets[0].rows == 1
    assert not any("HCIMS" in name for name in seen)
