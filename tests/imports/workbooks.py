"""Small workbooks, good and hostile, made on the spot: no binary file stands in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def book_xml(properties: str = "") -> str:
    return (
        f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        '<sheets><sheet name="Roll" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def sheet_xml(rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def raw_xlsx(
    path: Path, sheet: str | Iterable[str], *, properties: str = "", parts: dict[str, str] | None = None
) -> Path:
    """A workbook of one sheet, from its XML; an iterable is streamed in."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", book_xml(properties))
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            for piece in [sheet] if isinstance(sheet, str) else sheet:
                out.write(piece.encode())
    return path


def xlsx(path: Path, rows: Iterable[Iterable[object]], *, title: str = "Roll") -> openpyxl.Workbook:
    """A workbook as openpyxl writes it; saved, and returned to be changed and saved again."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return book


def ods(path: Path, table: str) -> Path:
    """An OpenDocument workbook from the XML of its tables."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [("office", "office"), ("table", "table"), ("text", "text")]
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces} {calc}><office:body><office:spreadsheet>{table}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_rows(rows: Iterable[Iterable[str]], name: str = "Roll") -> str:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}">{lines}</table:table>'


# The old container and format. Source: [MS-CFB], [MS-XLS] ----------------------------------------------------------


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff(
    rows: Iterable[Iterable[object]], *, epoch_1904: bool = False, locked: bool = False, hidden: bool = False
) -> bytes:
    """The stream of an .xls workbook with one sheet of texts, numbers and days (given as ("date", serial))."""
    cells = []
    for row_number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, tuple):
                cells.append(_record(0x0203, struct.pack("<HHHd", row_number, column, 1, float(value[1]))))
            elif isinstance(value, int | float):
                cells.append(_record(0x0203, struct.pack("<HHHd", row_number, column, 0, float(value))))
            else:
                text = str(value)
                body = struct.pack("<HHHHB", row_number, column, 0, len(text), 1) + text.encode("utf-16-le")
                cells.append(_record(0x0204, body))
    xf = b"".join(
        _record(0x00E0, struct.pack("<HHH", 0, style, 0) + b"\0" * 14) for style in (0, 14)
    )  # 14: the built-in format of days
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    if locked:
        head += _record(0x002F, b"\1\0" + b"\0" * 52)
    head += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", int(epoch_1904))) + xf
    name = "Roll".encode("utf-16-le")
    tail = _record(0x000A)
    bound = 4 + 8 + len(name)
    offset = len(head) + bound + len(tail)
    head += _record(0x0085, struct.pack("<IBBBB", offset, int(hidden), 0, 4, 1) + name) + tail
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join(cells) + _record(0x000A)
    return head + sheet


def compound(path: Path, stream: bytes, name: str = "Workbook") -> Path:
    """A compound file with one stream of at least 4,096 bytes."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    chain = [index + 1 for index in range(sectors - 1)] + [0xFFFFFFFE]
    table_sectors = 1
    while (sectors + 1 + table_sectors) > table_sectors * 128:
        table_sectors += 1
    table = [*chain, 0xFFFFFFFE, *([0xFFFFFFFD] * table_sectors)]
    table += [0xFFFFFFFF] * (table_sectors * 128 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, table_sectors, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    where = [sectors + 1 + index for index in range(table_sectors)]
    header += struct.pack("<109I", *(where + [0xFFFFFFFF] * (109 - table_sectors)))

    def entry(title: str, kind: int, start: int, size: int, child: int) -> bytes:
        raw = title.encode("utf-16-le") + b"\0\0"
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, 0, len(stream), 0xFFFFFFFF)
    out = io.BytesIO()
    out.write(header)
    out.write(stream.ljust(sectors * 512, b"\0"))
    out.write(directory.ljust(512, b"\0"))
    out.write(struct.pack(f"<{len(table)}I", *table))
    path.write_bytes(out.getvalue())
    return path


def xls(path: Path, rows: Iterable[Iterable[object]], **options: bool) -> Path:
    """An old workbook of one sheet."""
    return compound(path, biff(rows, **options))
