"""Zip containers, streamed: no part is trusted about its size, and none is ever whole in memory but the small ones."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from hcims.imports.limits import Limits
from hcims.imports.refused import FileRefused

CHUNK = 1 << 20
SMALL = 8 << 20  # parts that are parsed whole: names of sheets, relations, manifest
ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
WINDOW = 8192


class Package:
    """An open zip container that counts what comes out of it."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        self.names = set(archive.namelist())
        self.unzipped = 0

    def stream(self, name: str) -> Iterator[bytes]:
        """The part in chunks of about a megabyte. Errors: FileRefused when it grows too large, lies, or is broken."""
        info = self._archive.getinfo(name)
        # The directory of the zip says how large the part is, and no byte more is unpacked: one that says less is broken.
        self.unzipped += info.file_size
        self._check_size(info)
        tail = b""
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    if not tail:
                        _check_alphabet(chunk)
                    if (b"<!" in chunk and ENTITY.search(chunk)) or ENTITY.search(tail + chunk[:16]):
                        raise _entities()
                    tail = chunk[-16:]
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise broken() from error
        except RuntimeError as error:  # zipfile says "password required" this way
            raise password() from error

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        limits, size = self._limits, info.file_size
        if self.unzipped > limits.unzipped_bytes:
            raise FileRefused(
                "bomb",
                _("Unpacked, the file is larger than %d MB.") % (limits.unzipped_bytes // 1_000_000),
                _("Delete empty rows and columns beyond the list, or split the list, and upload it again."),
            )
        if size > limits.ratio_from_bytes and size > limits.ratio * max(1, info.compress_size):
            raise FileRefused(
                "bomb",
                _("The file unpacks to more than %d times its size, which no list does.") % limits.ratio,
                _("Copy the list into a new workbook and upload that."),
            )

    def whole(self, name: str) -> bytes:
        """A small part as one text. Errors: FileRefused when it is not small."""
        pieces, size = [], 0
        for chunk in self.stream(name):
            size += len(chunk)
            if size > SMALL:
                raise broken()
            pieces.append(chunk)
        return b"".join(pieces)

    def tree(self, name: str) -> ElementTree.Element:
        """A small part, parsed. Errors: FileRefused when it is missing or not XML."""
        if name not in self.names:
            raise broken()
        try:
            return ElementTree.fromstring(self.whole(name))  # noqa: S314  entities were refused in `stream`
        except ElementTree.ParseError as error:
            raise broken() from error


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[Package]:
    """The zip container at `path`. Errors: FileRefused when it is cut short, locked or has too many parts."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise broken() from error
    with archive:
        entries = archive.infolist()
        if len(entries) > limits.parts:
            raise FileRefused("bomb", _("The file is a zip of %d parts, which no workbook has.") % len(entries))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise password()
        yield Package(archive, limits)


def check_cell_length(chunk: bytes, before: int, limits: Limits) -> int:
    """This function will refuse text without a tag in it that is longer than any cell.

    `before` is the length of the unbroken text at the end of the chunk before; the new one is returned.
    A run that long holds at least one aligned window without "<", so only windows are looked at.
    """
    first = chunk.find(b"<")
    if first < 0:
        run = before + len(chunk)
        if run > limits.cell_characters * 4:
            raise huge_cell()
        return run
    if before + first > limits.cell_characters * 4:
        raise huge_cell()
    start = 0
    for at in range(0, len(chunk), WINDOW):
        if chunk.find(b"<", at, at + WINDOW) < 0:
            start = chunk.rfind(b"<", 0, at) if at else 0
            end = chunk.find(b"<", at)
            if (end if end >= 0 else len(chunk)) - start > limits.cell_characters + 1024:
                _check_characters(chunk[start : end if end >= 0 else len(chunk)], limits)
    return len(chunk) - chunk.rfind(b"<")


def _check_characters(run: bytes, limits: Limits) -> None:
    """Bytes are not characters: four of them may be one."""
    if len(run.decode("utf-8", "replace")) > limits.cell_characters + 1024:
        raise huge_cell()


def _check_alphabet(start: bytes) -> None:
    """Patterns below look for ASCII: a part in UTF-16 would walk past them. No spreadsheet program writes it."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start[:200]:
        raise broken()


def _entities() -> FileRefused:
    return FileRefused(
        "entities",
        _("The file defines XML entities, which workbooks never do and attacks on readers do."),
        _("Copy the list into a new workbook and upload that."),
    )


def broken() -> FileRefused:
    """The refusal of a file that ends too early or does not hold together."""
    return FileRefused(
        "broken",
        _("The file is damaged or was cut short on its way here."),
        _("Open it in Excel to see whether it is whole, save it again, and upload that."),
    )


def password() -> FileRefused:
    """The refusal of a locked file."""
    return FileRefused(
        "password",
        _("The file has a password."),
        _("Open it, take the password off, save it and upload that."),
    )


def huge_cell() -> FileRefused:
    """The refusal of a cell that no spreadsheet can hold."""
    return FileRefused(
        "huge-cell",
        _("A cell holds more text than a spreadsheet allows (32,767 characters)."),
        _("Find the overlong cell, shorten it, and upload the list again."),
    )
