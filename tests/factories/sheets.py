"""The short way to read, apply and undo an institution's sheet, by somebody who runs its training."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hcims.imports import actions, work
from hcims.imports.models import ImportBatch
from hcims.imports.prescan import prescan

ON = date(2026, 11, 1)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 9, tzinfo=UTC)
TITLE = ["Returns of the term"]


def read_sheet(kind: Any, headings: Sequence[Any], rows: Sequence[Sequence[Any]], *, by: Any, area: str) -> ImportBatch:
    """A batch with the rows of a CSV file read into the stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([TITLE, headings, *rows])
        return read_path(kind, path, by=by, area=area)


def read_path(kind: Any, path: Path, *, by: Any, area: str) -> ImportBatch:
    """A batch with the rows of the file read into the stage."""
    scan = prescan(path, path.name)
    with path.open("rb") as file:
        batch = actions.upload(
            kind=kind, file=file, name=path.name, scan=scan, list_on=ON, area=area, by=by, at=AT, in_background=False
        )
    return _worked(batch, work.read, AT)


def apply_sheet(batch: ImportBatch, *, by: Any, at: datetime = AT) -> ImportBatch:
    """The batch, confirmed and applied."""
    assert batch.state == "ready", (batch.state, batch.questions, batch.refusal)
    return _worked(actions.confirm(batch=batch, by=by, at=at, in_background=False), work.apply, at)


def read_undoing(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """The undoing of an applied batch, read into the stage."""
    return _worked(actions.undo(batch=batch, by=by, at=LATER, in_background=False), work.read, LATER)


def outcomes(batch: ImportBatch) -> dict[str, int]:
    """How many rows came out how."""
    assert batch.state in ("ready", "applied"), (batch.state, batch.questions, batch.refusal)
    return {name: count for name, count in batch.counts["outcomes"].items() if count}


def problems(batch: ImportBatch) -> list[str]:
    """What is wrong with the rejected rows."""
    return [problem[1] for each in batch.rows.filter(outcome="rejected") for problem in each.problems]


def _worked(batch: ImportBatch, deed: Any, at: datetime) -> ImportBatch:
    deed(batch, at=at, watch=work.Watch())
    return ImportBatch.objects.get(pk=batch.pk)
