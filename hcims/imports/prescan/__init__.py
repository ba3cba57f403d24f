"""Looks at an uploaded file before anything reads it: its true type, its size once unpacked, its bounding box.

A workbook of 5 kB can ask a reader for 550 GB. So the file is streamed once here, in constant memory, and refused with
a reason before any library that builds tables sees it. What the reader must know and the library does not tell it
(error cells, formulas whose result was not saved) is noted on the way.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from hcims.imports.limits import LIMITS, Limits
from hcims.imports.prescan import ods, ole, text, xlsx
from hcims.imports.prescan.found import Scan, SheetScan
from hcims.imports.prescan.package import open_package
from hcims.imports.refused import FileRefused

__all__ = ["FORMATS", "Scan", "SheetScan", "prescan"]

FORMATS = ("xlsx", "xls", "ods", "csv")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = [
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "Windows program"),
    (b"\x7fELF", "Linux program"),
    (b"PK\x05\x06", "empty zip"),
]


def prescan(path: Path, name: str, limits: Limits = LIMITS) -> Scan:
    """This function will look through the file in constant memory and say what a reader will meet in it.

    `name` is what the user calls the file: its ending says what the file claims to be.
    Errors: FileRefused with a reason and a way to mend it.
    """
    claimed = Path(name).suffix.lower().lstrip(".")
    if claimed not in FORMATS:
        raise FileRefused(
            "type",
            _("'%(name)s' is not a list this page can read.") % {"name": Path(name).name[:80]},
            _("Save it as .xlsx, .xls, .ods or .csv and upload that."),
        )
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("empty", _("The file is empty."), _("Save the list again and upload it."))
    if size > limits.file_bytes:
        raise FileRefused("size", _("The file is larger than %d MB.") % (limits.file_bytes // 1_000_000), _split())
    with path.open("rb") as file:
        start = file.read(4096)
    actual = _type_of(start)
    _check_type(claimed, actual)
    if claimed == "csv":
        return text.scan(path, limits)
    if claimed == "xls":
        return ole.scan(path, limits)
    with open_package(path, limits) as package:
        return (xlsx.scan if claimed == "xlsx" else ods.scan)(package, limits)


def _type_of(start: bytes) -> str:
    if start.startswith(ZIP):
        return "zip"
    if start.startswith(OLE):
        return "ole"
    for magic, name in OTHERS:
        if start.startswith(magic):
            return name
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return "web page"
    if head.startswith((b"<?xml", b"<workbook")):
        return "XML"
    return "text"


def _check_type(claimed: str, actual: str) -> None:
    expected = {"xlsx": "zip", "ods": "zip", "xls": "ole", "csv": "text"}[claimed]
    if actual == expected:
        return
    if claimed == "xlsx" and actual == "ole":
        return _refuse_ole_as_xlsx()
    raise FileRefused(
        "wrong-type",
        _("The file is named .%(claimed)s, but what is in it is not: it looks like %(actual)s.")
        % {"claimed": claimed, "actual": _in_words(actual)},
        _("Open it in Excel, choose Save As, take “Excel Workbook (.xlsx)”, and upload that."),
    )


def _refuse_ole_as_xlsx() -> None:
    """Excel wraps a workbook with a password in the old container, under the new name."""
    raise FileRefused(
        "password",
        _("The workbook has a password, or is an old .xls file under the name .xlsx."),
        _("Open it in Excel, take the password off (File, Info, Protect Workbook), save it as .xlsx and upload that."),
    )


def _in_words(actual: str) -> str:
    return {
        "zip": _("a zip or workbook"),
        "ole": _("an old Excel file"),
        "text": _("plain text"),
        "web page": _("a web page"),
    }.get(actual, actual)


def _split() -> str:
    return _("Split the list by region or county and upload the parts one after the other.")
