"""Starts the reading process, waits for it, and gives its blocks: the worker outlives any file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, overload

from django.conf import settings
from django.utils.translation import gettext as _

from hcims.imports.limits import LIMITS, Limits
from hcims.imports.prescan import Scan
from hcims.imports.prescan.package import broken, huge_cell, password
from hcims.imports.refused import FileRefused

Column = list[Any]  # of cells


class Block(Sequence[Column]):
    """Some thousand rows as columns. Each is decoded when it is first asked for: who looks at days need not read names."""

    def __init__(self, rows: int, columns: Sequence[bytes], skip: int = 0) -> None:
        self.rows, self._columns, self._skip = rows - skip, columns, skip
        self._read: dict[int, Column] = {}

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, place: int) -> Column: ...

    @overload
    def __getitem__(self, place: slice) -> list[Column]: ...

    def __getitem__(self, place: int | slice) -> Column | list[Column]:
        if isinstance(place, slice):
            return [self[each] for each in range(len(self))[place]]
        if place not in self._read:
            cells = json.loads(self._columns[place])
            self._read[place] = cells[self._skip :] if self._skip else cells
        return self._read[place]

    def below(self, rows: int) -> Block:
        """The block without its first rows."""
        return Block(self.rows + self._skip, self._columns, self._skip + min(rows, self.rows))


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read. `head` is its first rows."""

    name: str
    hidden: bool
    rows: int
    head: list[list[Any]]
    path: Path | None = None

    def blocks(self) -> Iterator[tuple[int, Block]]:
        """The blocks in order, each with the number Excel shows for its first row."""
        if self.path is None:
            return
        number = 1
        with self.path.open("rb") as file:
            for line in file:
                rows, columns = map(int, line.split())
                yield number, Block(rows, [file.readline() for _ in range(columns)])
                number += rows


@contextmanager
def reading(path: Path, scan: Scan, limits: Limits = LIMITS) -> Iterator[list[Sheet]]:
    """This function will read the checked file in a process of its own; the sheets live as long as the `with`.

    Errors: FileRefused when the process was stopped by its limits or could not make sense of the file.
    """
    with TemporaryDirectory(prefix="hcims-reading-") as name:
        folder = Path(name)
        task = folder / "task.json"
        task.write_text(json.dumps(_task(path, scan, folder, limits)))
        _run(task, limits)
        yield [_sheet(found, folder) for found in json.loads((folder / "sheets.json").read_text())]


def _task(path: Path, scan: Scan, folder: Path, limits: Limits) -> dict[str, Any]:
    return {
        "path": str(path),
        "out": str(folder),
        "format": scan.format,
        "encoding": scan.encoding,
        "delimiter": scan.delimiter,
        "sheets": [{"name": sheet.name, "errors": sheet.errors} for sheet in scan.sheets],
        "memory": limits.reader_memory_bytes,
        "cpu": limits.reader_cpu_seconds,
        "cell_characters": limits.cell_characters,
        "columns": limits.columns,
    }


def _run(task: Path, limits: Limits) -> None:
    # Neither keys nor database address: the process reads a stranger's file.
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "hcims.imports.reading", str(task)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        code = process.wait(timeout=limits.reader_wall_seconds)
    except subprocess.TimeoutExpired:
        code = -signal.SIGXCPU
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if code:
        raise _refusal(code)


def _refusal(code: int) -> FileRefused:
    if code in (3, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGTRAP, -signal.SIGILL):
        return FileRefused(
            "memory",
            _("Reading the file takes more memory than any list should: a stray cell may stand far outside it."),
            _("Copy the list alone into a new workbook and upload that."),
        )
    if code in (-signal.SIGXCPU, -signal.SIGTERM):
        return FileRefused(
            "time", _("Reading the file takes too long."), _("Split it by region or county and upload the parts.")
        )
    return huge_cell() if code == 4 else broken()


def _sheet(found: dict[str, Any], folder: Path) -> Sheet:
    path = folder / found["blocks"] if found.get("blocks") else None
    return Sheet(found["name"], found["hidden"], found["rows"], found["head"], path)


__all__ = ["Block", "Sheet", "password", "reading"]
