"""Pre-scan of .xls: the directory of the old container, and the first records of the workbook in it.

Source: Microsoft, [MS-CFB] Compound File Binary Format and [MS-XLS] Excel Binary File Format.
"""

from __future__ import annotations

import struct
from pathlib import Path

from django.utils.translation import gettext as _

from hcims.imports.limits import Limits
from hcims.imports.prescan.found import Scan, SheetScan
from hcims.imports.prescan.package import broken, password
from hcims.imports.refused import FileRefused

END_OF_CHAIN, LAST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFA
BOF, EOF, FILE_PASSWORD, DATE_MODE, BOUND_SHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
HEAD_BYTES = 1 << 20  # the workbook's own records come before its sheets
BIGGEST = 100_000_000


def scan(path: Path, limits: Limits) -> Scan:
    """This function will check an old workbook's container and its first records. Errors: FileRefused."""
    size = path.stat().st_size
    if size > BIGGEST:
        raise FileRefused("size", _("The file is larger than %d MB.") % (BIGGEST // 1_000_000), _("Save it as .xlsx."))
    try:
        container = _Container(path.read_bytes())
        names = container.names()
        if "EncryptedPackage" in names:
            raise password()
        stream = next((name for name in ("Workbook", "Book") if name in names), None)
        if stream is None:
            raise FileRefused(
                "wrong-type",
                _("The file is named .xls, but there is no workbook in it."),
                _("Open it in Excel, save it as .xlsx and upload that."),
            )
        return _scan_records(container.stream(stream, HEAD_BYTES), size)
    except (struct.error, IndexError, ValueError) as error:
        raise broken() from error


class _Container:
    """A compound file: sectors chained by a table, and a directory of streams."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        major, _order, shift, mini = struct.unpack_from("<HHHH", content, 26)
        if major not in (3, 4) or shift not in (9, 12) or mini != 6:
            raise ValueError("not a compound file")
        self.sector = 1 << shift
        self.directory_start, self.mini_cutoff, self.mini_start = (
            struct.unpack_from("<I", content, 48)[0],
            struct.unpack_from("<I", content, 56)[0],
            struct.unpack_from("<I", content, 60)[0],
        )
        self.table = self._table()

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        piece = self.content[start : start + self.sector]
        if len(piece) < min(self.sector, 64):
            raise ValueError("cut short")
        return piece

    def _table(self) -> list[int]:
        sectors = [each for each in struct.unpack_from("<109I", self.content, 76) if each <= LAST_SECTOR]
        following, count = struct.unpack_from("<II", self.content, 68)
        per = self.sector // 4
        for _index in range(min(count, 4096)):
            if following > LAST_SECTOR:
                break
            numbers = struct.unpack(f"<{per}I", self._at(following))
            sectors += [each for each in numbers[:-1] if each <= LAST_SECTOR]
            following = numbers[-1]
        table: list[int] = []
        for each in sectors:
            table += struct.unpack(f"<{per}I", self._at(each).ljust(self.sector, b"\xff"))
        return table

    def _chain(self, number: int, limit: int) -> bytes:
        pieces, size, seen = [], 0, 0
        while number <= LAST_SECTOR and size < limit:
            pieces.append(self._at(number))
            size += self.sector
            seen += 1
            if seen > len(self.table):
                raise ValueError("the chain bites its tail")
            number = self.table[number]
        return b"".join(pieces)

    def _entries(self) -> list[tuple[str, int, int, int]]:
        directory = self._chain(self.directory_start, 64 * self.sector)
        found = []
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<IQ", directory, at + 116)
            if kind in (2, 5) and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                found.append((name, kind, start, size & 0xFFFFFFFF))
        return found

    def names(self) -> set[str]:
        return {name for name, *_rest in self._entries()}

    def stream(self, name: str, limit: int) -> bytes:
        """The beginning of a stream. Errors: ValueError when the file ends before the stream does."""
        _name, _kind, start, size = next(entry for entry in self._entries() if entry[0] == name)
        if size < self.mini_cutoff:
            return self._mini_stream(start, size)
        if size > len(self.content):
            raise ValueError("cut short")
        sectors, number = 0, start  # walk the whole chain: a file cut short loses its last sectors
        while number <= LAST_SECTOR and sectors <= len(self.table):
            self._at(number)
            sectors, number = sectors + 1, self.table[number]
        if sectors * self.sector < size:
            raise ValueError("cut short")
        return self._chain(start, min(size, limit))[:size]

    def _mini_stream(self, start: int, size: int) -> bytes:
        root = next(entry for entry in self._entries() if entry[1] == 5)
        small = self._chain(root[2], 1 << 22)
        table_bytes = self._chain(self.mini_start, 1 << 20)
        table = struct.unpack(f"<{len(table_bytes) // 4}I", table_bytes)
        pieces: list[bytes] = []
        number = start
        while number <= LAST_SECTOR and len(pieces) * 64 < size:
            pieces.append(small[number * 64 : number * 64 + 64])
            number = table[number]
        return b"".join(pieces)[:size]


def _scan_records(content: bytes, size: int) -> Scan:
    found, at = Scan("xls", unzipped=size), 0
    first, _length = struct.unpack_from("<HH", content, 0)
    if first != BOF:
        raise ValueError("not a workbook")
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        body = content[at + 4 : at + 4 + length]
        if kind == FILE_PASSWORD:
            raise password()
        if kind == DATE_MODE and len(body) >= 2:
            found.epoch_1904 = body[0] == 1
        if kind == BOUND_SHEET and len(body) >= 8:
            found.sheets.append(SheetScan(_sheet_name(body), hidden=bool(body[4] & 0x3)))
        if kind == EOF:
            break
        at += 4 + length
    return found


def _sheet_name(body: bytes) -> str:
    count, wide = body[6], body[7] & 1
    raw = body[8 : 8 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")
