"""Hostile files: how long until each is refused, how much memory that takes, and that the process goes on afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Figure, measured, peak_megabytes
from hcims.imports.prescan import prescan
from hcims.imports.refused import FileRefused
from tests.imports.workbooks import MAIN, raw_xlsx, sheet_xml

DATABASES = ("sqlite",)
SECONDS, MEGABYTES = 10.0, 500.0
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'


def _text(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def _bomb() -> Iterator[str]:
    yield HEAD
    for _ in range(400):
        yield f"<row>{' ' * 1_000_000}</row>"
    yield "</sheetData></worksheet>"


def _huge_cell() -> Iterator[str]:
    yield f'{HEAD}<row r="1"><c r="A1" t="inlineStr"><is><t>'
    for _ in range(60):
        yield "x" * 1_000_000
    yield "</t></is></c></row></sheetData></worksheet>"


def _ten_million_rows(row: str) -> Iterator[str]:
    yield HEAD
    for start in range(0, 10_000_000, 1000):
        yield "".join(row.format(n=n) for n in range(start + 1, start + 1001))
    yield "</sheetData></worksheet>"


def _csv_of_ten_million(path: Path) -> Path:
    with path.open("w") as file:
        file.write("Service number,Surname\n")
        for _ in range(10_000):
            file.write("123456,Otieno\n" * 1000)
    return path


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    corner = sheet_xml(f'<row r="1">{_text("A1", "x")}</row><row r="1048576">{_text("XFD1048576", "x")}</row>')
    yield "a cell at XFD1048576", raw_xlsx(folder / "corner.xlsx", corner)
    yield "a zip bomb of 400 MB", raw_xlsx(folder / "bomb.xlsx", _bomb())
    yield "one cell of 60 MB", raw_xlsx(folder / "huge.xlsx", _huge_cell())
    entities = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet_xml("")[21:]
    yield "entity expansion", raw_xlsx(folder / "entities.xlsx", entities)
    rows = _ten_million_rows('<row r="{n}"><c r="A{n}"><v>1</v></c></row>')
    yield "10 million rows, xlsx of 430 MB unpacked", raw_xlsx(folder / "rows.xlsx", rows)
    rows = _ten_million_rows('<row r="{n}"></row>')  # under the limit of what a file may unpack to
    yield "10 million rows, xlsx of 240 MB unpacked", raw_xlsx(folder / "thin.xlsx", rows)
    yield "10 million rows, csv", _csv_of_ten_million(folder / "rows.csv")


def run(scale: int) -> Iterator[Figure]:
    """Seconds for each file, by the clock and of CPU; the last line is the peak memory of the process that refused them all."""
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _files(Path(folder)):
            with measured() as cost:
                code = _refusal(path)
            yield Figure(f"{name}: refused as {code}", cost.wall, "s", reach=SECONDS)
            yield Figure("  its CPU", cost.cpu, "s")
            path.unlink()
    yield Figure("peak memory of the process that refused them all, and lives", peak_megabytes(), "MB", reach=MEGABYTES)


def _refusal(path: Path) -> str:
    try:
        prescan(path, path.name)
    except FileRefused as refused:
        return refused.code
    raise AssertionError(f"{path.name} was taken in")
