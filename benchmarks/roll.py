"""The nominal roll: a workbook of 25 columns from the file to committed, and the same file again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import _rolls
from benchmarks._roll_once import once
from benchmarks.measuring import Figure, cpu_seconds

DATABASES = ("postgresql", "sqlite")
SCALES = (110_000,)
SAMPLE = 5_000  # rows that django-import-export gets, extrapolated


def run(scale: int) -> Iterator[Figure]:
    """One officer in eleven has a station of his own to be posted to, up to 10,000."""
    units = max(10, min(10_000, scale // 11))
    _rolls.make_units(units)
    with tempfile.TemporaryDirectory() as folder:
        path = _rolls.write_workbook(Path(folder) / "roll.xlsx", scale, units)
        yield Figure("workbook", path.stat().st_size / 1e6, "MB")
        floor = once("floor", path)
        first = once("import", path)
        assert first["outcomes"] == {"new": scale}, first["outcomes"]
        aimed = 5 if _is_postgresql() else None
        yield Figure("floor: calamine and one COPY of the same rows, CPU", floor["cpu"], "s")
        yield Figure("pre-scan, CPU", first["prescan"], "s")
        yield Figure("file to stage (without pre-scan), CPU", first["read"], "s")
        yield Figure("file to committed (without pre-scan), CPU", first["cpu"], "s", floor["cpu"], aimed)
        yield Figure("file to committed, wall", first["wall"], "s")
        yield Figure("peak memory, both processes", first["peak"], "MB", reach=500)
        rows = _rows()
        again = once("import", path)
        assert again["outcomes"] == {"unchanged": scale}, again["outcomes"]
        yield Figure("same file again: rows written but the import's own", _rows() - rows, "rows", reach=0)
        yield Figure("same file again (without pre-scan), CPU", again["cpu"], "s", first["cpu"], 0.5)
        rows = _rows()
        anew = once("import", _rolls.write_workbook(Path(folder) / "anew.xlsx", scale, units, sheet="Saved anew"))
        assert anew["outcomes"] == {"unchanged": scale}, anew["outcomes"]
        yield Figure("same rows saved anew: rows written but the import's own", _rows() - rows, "rows", reach=0)
        yield Figure("same rows saved anew (without pre-scan), CPU", anew["cpu"], "s", first["cpu"], 0.5)
    if _is_postgresql():
        yield from _against_row_by_row(scale, units, first["cpu"])


def _is_postgresql() -> bool:
    return os.environ["HCIMS_DATABASE_URL"].startswith("postgres")


def _rows() -> int:
    """Rows of every table that an import could write, but its own record, its states on the trail and the queue."""
    from django.apps import apps

    own = {"importbatch", "auditevent", "audithead"}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sum(model._default_manager.count() for model in models if model._meta.model_name not in own)


def _against_row_by_row(scale: int, units: int, ours: float) -> Iterator[Figure]:
    """django-import-export as its admin runs it: once to preview, once to confirm, each row through the model."""
    import tablib

    from benchmarks._resource import OfficerResource
    from tests.factories.roll_rows import HEADINGS

    data = tablib.Dataset(headers=list(HEADINGS))
    for row in _rolls.rows(SAMPLE, units):
        data.append([f"X{row[0]}", *row[1:5], f"9{row[5]}", f"P{str(row[6])[1:]}", *row[7:]])
    resource = OfficerResource()
    start = cpu_seconds()
    preview = resource.import_data(data, dry_run=True, raise_errors=True)
    half = cpu_seconds() - start
    resource.import_data(data, dry_run=False, raise_errors=True)
    whole = cpu_seconds() - start
    assert preview.totals["new"] == SAMPLE
    for words, cost in (("preview and confirm", whole), ("one pass only", half)):
        theirs = cost / SAMPLE * scale
        yield Figure(f"django-import-export, {words}, CPU extrapolated", theirs, "s")
        # The reach is turned round: a twentieth of it at most.
        yield Figure(f"ours against it ({words})", ours, "s", theirs, 1 / 20 if words.startswith("preview") else None)
