"""Pre-scan of .csv: its alphabet, its separator, and that it is a list at all."""

from __future__ import annotations

import codecs
from pathlib import Path

from django.utils.translation import gettext as _

from hcims.imports.limits import Limits
from hcims.imports.prescan.found import Scan, SheetScan
from hcims.imports.prescan.package import huge_cell
from hcims.imports.prescan.xlsx import too_many_rows
from hcims.imports.refused import FileRefused

CHUNK = 1 << 20
DELIMITERS = ",;\t|"
BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]


def scan(path: Path, limits: Limits) -> Scan:
    """This function will stream a text file: count its lines, find its alphabet and separator. Errors: FileRefused."""
    with path.open("rb") as file:
        start = file.read(64 * 1024)
    encoding = next((name for bom, name in BOMS if start.startswith(bom)), "")
    wide = encoding == "utf-16"
    if not wide and b"\x00" in start:
        raise FileRefused(
            "wrong-type",
            _("The file is named .csv, but it is not text."),
            _("Open it in Excel, save it as .xlsx or as “CSV UTF-8”, and upload that."),
        )
    lines, is_utf8 = _walk(path, limits, wide)
    encoding = encoding or ("utf-8" if is_utf8 else "cp1252")
    sample = start.decode(encoding, "replace")
    return Scan(
        "csv",
        [SheetScan(name="", rows=lines)],
        unzipped=path.stat().st_size,
        encoding=encoding,
        delimiter=delimiter_of(sample),
    )


def _walk(path: Path, limits: Limits, wide: bool) -> tuple[int, bool]:
    """Lines, and whether all of it is UTF-8 (else it is taken for the Windows alphabet of western Excel)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = unbroken = 0
    is_utf8 = True
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            ends = chunk.count(b"\n") or chunk.count(b"\r")
            lines += ends
            if lines > limits.rows:
                raise too_many_rows(limits)
            unbroken = unbroken + len(chunk) if not ends else len(chunk) - max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            if unbroken > limits.cell_characters * 8 and not ends:
                raise huge_cell()
            if is_utf8 and not wide:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
    return lines + 1, is_utf8


def delimiter_of(sample: str) -> str:
    """The separator that gives the most even and widest rows over the first lines."""
    lines = [line for line in sample.splitlines()[:60] if line.strip()][:-1] or sample.splitlines()[:1]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = sorted(_outside_quotes(line, delimiter) for line in lines)
        typical = counts[len(counts) // 2] if counts else 0
        return (sum(1 for count in counts if count == typical) if typical else 0, typical)

    return max(DELIMITERS, key=evenness)


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])
