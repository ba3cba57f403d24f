"""How the import of a roll grows with it: 10,000, 107,000 and 1,000,000 officers, as CSV (a workbook would be refused)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import _rolls
from benchmarks._roll_once import once
from benchmarks.measuring import Figure

SCALES = (10_000, 107_000, 1_000_000)


def run(scale: int) -> Iterator[Figure]:
    """From the file to committed, in a process of its own."""
    units = max(10, min(10_000, scale // 11))
    _rolls.make_units(units)
    with tempfile.TemporaryDirectory() as folder:
        path = _rolls.write_text(Path(folder) / "roll.csv", scale, units)
        first = once("import", path)
    assert first["outcomes"] == {"new": scale}, first["outcomes"]
    yield Figure("roll as CSV", scale, "rows")
    yield Figure("file to committed, CPU", first["cpu"], "s")
    yield Figure("file to committed, CPU for 1,000 rows", first["cpu"] * 1e6 / scale, "ms")
    yield Figure("file to committed, wall", first["wall"], "s")
    yield Figure("peak memory, both processes", first["peak"], "MB", reach=500)
