"""Pre-scan of .xlsx: every sheet's bounding box from the cells themselves, its error cells, its unsaved formulas."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from hcims.imports.limits import Limits
from hcims.imports.prescan.found import UNSAVED, Scan, SheetScan
from hcims.imports.prescan.package import Package, broken, check_cell_length, huge_cell
from hcims.imports.refused import FileRefused

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TEXTS = "xl/sharedStrings.xml"
# `<dimension>` is what a writer claims; the addresses below are what there is. No pattern may run past the next "<":
# a hostile part would make it read megabytes from each of a million starts.
CELL = re.compile(rb"""<(?:\w{1,9}:)?c\b[^<>]*?\sr\s*=\s*["']\$?([A-Za-z]+)\$?([0-9]+)["']""")
# As nearly every program writes them; where the plain count of tags differs, the patient patterns look again.
USUAL_CELL, USUAL_ROW = re.compile(rb'<c r="([A-Z]+[1-9][0-9]*)"'), re.compile(rb'<row r="([1-9][0-9]*)"')
LETTERS, DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
ROW = re.compile(rb"""<(?:\w{1,9}:)?row\b""")
ROW_NUMBER = re.compile(rb"""<(?:\w{1,9}:)?row\b[^<>]*?\sr\s*=\s*["']([0-9]+)["']""")
HIDDEN_ROW = re.compile(rb"""<(?:\w{1,9}:)?row\b[^<>]*?\shidden\s*=\s*["'](?:1|true)["']""")
FORMULA = rb"""<(?:\w{1,9}:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w{1,9}:)?f>)"""
ERROR = re.compile(
    rb"""<(?:\w{1,9}:)?c\b(?=[^<>]*\st\s*=\s*["']e["'])([^<>]*)>\s*(?:""" + FORMULA + rb""")?\s*"""
    rb"""<(?:\w{1,9}:)?v\b[^<>]*>([^<]*)<"""
)
FORMULA_WITHOUT_VALUE = re.compile(
    rb"""<(?:\w{1,9}:)?c\b([^<>]*)>\s*""" + FORMULA + rb"""\s*"""
    rb"""(?:<(?:\w{1,9}:)?v\b[^<>]*(?:/>|></(?:\w{1,9}:)?v>))?\s*</(?:\w{1,9}:)?c>"""
)
ADDRESS = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]+)\$?([0-9]+)["']""")
ROW_END = re.compile(rb"</(?:\w{1,9}:)?row>")
PROPERTIES, PROPERTY = "docProps/custom.xml", "HCIMS import"
MENDS = re.compile(rb'name="' + PROPERTY.encode() + rb'"[^<>]*>\s*<vt:lpwstr>([0-9a-z]{12})<')
KEEP = 4 << 20  # a row longer than this has a cell longer than any


def scan(package: Package, limits: Limits) -> Scan:
    """This function will stream every sheet of a workbook. Errors: FileRefused."""
    book = package.tree(WORKBOOK)
    targets = _targets(package)
    found = Scan("xlsx", epoch_1904=_is_1904(book))
    for sheet in (each for each in book.iter() if each.tag.endswith("}sheet")):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        part = targets.get(relation, "")
        if part not in package.names:
            raise broken()
        if "/worksheets/" not in part:
            continue  # a chart has no rows
        hidden = sheet.attrib.get("state", "visible") != "visible"
        found.sheets.append(_scan_sheet(package, part, sheet.attrib.get("name", ""), hidden, limits))
    if TEXTS in package.names:
        run = 0
        for chunk in package.stream(TEXTS):
            run = check_cell_length(chunk, run, limits)
    if PROPERTIES in package.names and (mark := MENDS.search(package.whole(PROPERTIES))):
        found.mends = mark[1].decode()
    found.unzipped = package.unzipped
    return found


def _is_1904(book: object) -> bool:
    properties = next((each for each in book.iter() if each.tag.endswith("}workbookPr")), None)  # type: ignore[attr-defined]
    return properties is not None and properties.attrib.get("date1904", "0") in ("1", "true")


def _targets(package: Package) -> dict[str, str]:
    """Relation id to the name of the part."""
    found = {}
    for relation in package.tree(RELATIONS):
        target = relation.attrib.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        found[relation.attrib.get("Id", "")] = path
    return found


def _scan_sheet(package: Package, part: str, name: str, hidden: bool, limits: Limits) -> SheetScan:
    sheet = SheetScan(name, hidden)
    letters: set[bytes] = set()
    counted = 0
    for block in _blocks(package.stream(part), limits):
        columns, last_row, seen = _addresses(block)
        counted += seen
        letters |= columns
        sheet.rows = max(sheet.rows, last_row, counted)
        sheet.columns = max((_column(each) for each in letters), default=0)
        _check_box(sheet, limits)
        if b"hidden" in block:
            sheet.hidden_rows += len(HIDDEN_ROW.findall(block))
        _note_errors(sheet, block, limits)
    return sheet


def _addresses(block: bytes) -> tuple[set[bytes], int, int]:
    """The letters of the columns in a block, the highest row number, and how many rows there are."""
    prefixed = b":c" in block or b":row" in block
    cells, numbers, seen = USUAL_CELL.findall(block), USUAL_ROW.findall(block), block.count(b"<row")
    if prefixed or len(cells) != block.count(b"<c") or len(numbers) != seen:
        return _addresses_told_otherwise(block)
    together = b" ".join(cells)
    columns = set(together.translate(None, DIGITS).split())
    return columns, _highest({*numbers, *together.translate(None, LETTERS).split()}), seen


def _addresses_told_otherwise(block: bytes) -> tuple[set[bytes], int, int]:
    """The same with a prefix before the tags, other quotation marks, cells or rows without address, zeros in front."""
    cells = CELL.findall(block)
    rows = {*ROW_NUMBER.findall(block), *(row for _column, row in cells)}
    highest = max((int(row[:9]) for row in rows), default=0)
    return {column for column, _row in cells}, highest, len(ROW.findall(block))


def _highest(numbers: set[bytes]) -> int:
    """The highest of numbers without zeros in front: of the longest, the last in the order of the alphabet."""
    longest = max(map(len, numbers), default=0)
    return int(max((each for each in numbers if len(each) == longest), default=b"0")[:9])


def _blocks(chunks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """The chunks again, each ending at the end of a row, so that no cell is cut in two."""
    rest, run = b"", 0
    for chunk in chunks:
        run = check_cell_length(chunk, run, limits)
        rest += chunk
        end = _end_of_rows(rest)
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > KEEP:
            raise huge_cell()
    if rest:
        yield rest


def _end_of_rows(text: bytes) -> int:
    plain = text.rfind(b"</row>")
    if plain >= 0:
        return plain + len(b"</row>")
    return max((match.end() for match in ROW_END.finditer(text)), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def _check_box(sheet: SheetScan, limits: Limits) -> None:
    if sheet.rows > limits.rows:
        raise too_many_rows(limits)
    if sheet.columns > limits.columns or sheet.rows * sheet.columns > limits.area:
        raise far_cell(sheet, limits)


def _note_errors(sheet: SheetScan, block: bytes, limits: Limits) -> None:
    """calamine gives an empty text for an error and for a formula without a result; both must not pass as blank."""
    if b'"e"' in block or b"'e'" in block:
        for match in ERROR.finditer(block):
            sheet.errors.append((*_position(match[1]), match[2].decode("ascii", "replace")[:20]))
    if b"<f" in block or b":f" in block:
        for match in FORMULA_WITHOUT_VALUE.finditer(block):
            sheet.errors.append((*_position(match[1]), UNSAVED))
    if len(sheet.errors) > limits.error_cells:
        raise FileRefused(
            "errors",
            _("More than %d cells of the sheet hold an error such as #N/A.") % limits.error_cells,
            _("Mend the formulas, or paste the list as values, and upload it again."),
        )


def _position(attributes: bytes) -> tuple[int, int]:
    match = ADDRESS.search(b" " + attributes)
    if not match:
        raise FileRefused(
            "errors",
            _("Cells of the sheet hold errors such as #N/A, and the file does not say which."),
            _("Open it in Excel, mend the errors, save it and upload that."),
        )
    return int(match[2][:9]) - 1, _column(match[1]) - 1


def too_many_rows(limits: Limits) -> FileRefused:
    """The refusal of a list that is too long."""
    return FileRefused(
        "rows",
        _("The list has more than %s rows.") % f"{limits.rows:,}",
        _("Split it by region or county and upload the parts one after the other."),
    )


def far_cell(sheet: SheetScan, limits: Limits) -> FileRefused:
    """The refusal of a sheet with a stray cell far outside its list."""
    return FileRefused(
        "far-cell",
        _("Sheet “%(sheet)s” reaches to row %(rows)s and column %(columns)s: a stray cell stands far outside the list.")
        % {"sheet": sheet.name[:31], "rows": f"{sheet.rows:,}", "columns": f"{sheet.columns:,}"},
        _("Copy the list alone into a new workbook (Ctrl+Shift+End shows the stray cell) and upload that."),
    )
