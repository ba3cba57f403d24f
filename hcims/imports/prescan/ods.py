"""Pre-scan of .ods: one part holds all sheets, and a repeated cell or row may stand for millions."""

from __future__ import annotations

import re

from hcims.imports.limits import Limits
from hcims.imports.prescan.found import Scan, SheetScan
from hcims.imports.prescan.package import Package, broken, check_cell_length, huge_cell, password
from hcims.imports.prescan.xlsx import far_cell, too_many_rows

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
TOKEN = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b(?!-)([^<>]*?)(/?)>")
REPEAT = {
    kind: re.compile(rb'table:number-%s-repeated="([0-9]{1,12})"' % kind.encode()) for kind in ("rows", "columns")
}
NAME = re.compile(rb'table:name="([^"]*)"')
ERROR_VALUE = re.compile(rb'calcext:value-type="error"')


class _Walk:
    """Where the walk through the tags stands."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[SheetScan] = []
        self.rows = self.columns = self.repeat = self.row_columns = 0
        self.has_content = False

    def token(self, closing: bool, tag: bytes, attributes: bytes, alone: bool) -> None:
        if tag == b"table":
            self._table(closing, attributes)
        elif tag == b"table-row":
            if not closing:
                self.repeat, self.has_content = _repeated("rows", attributes), False
                self.columns = self.row_columns = 0
            if closing or alone:
                self._end_of_row()
        elif not closing:
            self._cell(attributes, alone)

    def _table(self, closing: bool, attributes: bytes) -> None:
        self.rows = 0
        if not closing:
            name = NAME.search(attributes)
            self.sheets.append(SheetScan(name[1].decode("utf-8", "replace") if name else ""))

    def _cell(self, attributes: bytes, alone: bool) -> None:
        self.columns += _repeated("columns", attributes)
        if b"office:value" in attributes or b"formula" in attributes or not alone:
            self.row_columns, self.has_content = self.columns, True
            if ERROR_VALUE.search(attributes):
                self.sheets[-1].errors.append((self.rows, self.columns - 1, "#N/A"))

    def _end_of_row(self) -> None:
        if not self.sheets:
            raise broken()
        self.rows += self.repeat
        if not self.has_content:
            return  # programs pad a sheet with empty rows to its end
        sheet = self.sheets[-1]
        sheet.rows, sheet.columns = self.rows, max(sheet.columns, self.row_columns)
        if sheet.rows > self.limits.rows:
            raise too_many_rows(self.limits)
        if sheet.columns > self.limits.columns or sheet.rows * sheet.columns > self.limits.area:
            raise far_cell(sheet, self.limits)


def _repeated(kind: str, attributes: bytes) -> int:
    match = REPEAT[kind].search(attributes)
    return int(match[1]) if match else 1


def scan(package: Package, limits: Limits) -> Scan:
    """This function will stream the sheets of an OpenDocument workbook. Errors: FileRefused."""
    if CONTENT not in package.names:
        raise broken()
    if MANIFEST in package.names and b"encryption-data" in package.whole(MANIFEST):
        raise password()
    walk, rest, run = _Walk(limits), b"", 0
    for chunk in package.stream(CONTENT):
        run = check_cell_length(chunk, run, limits)
        rest += chunk
        cut = rest.rfind(b"<")
        for match in TOKEN.finditer(rest, 0, cut):
            walk.token(bool(match[1]), match[2], match[3], bool(match[4]))
        rest = rest[cut:]
        if len(rest) > limits.cell_characters * 4:
            raise huge_cell()
    return Scan("ods", walk.sheets, package.unzipped)
