"""The short way to read and apply an invented nominal roll."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from deployment.roll.kind import ROLL
from hcims.imports import shell
from hcims.imports.models import ImportBatch
from tests.factories.roll_rows import HEADINGS, row, write_csv

__all__ = ["AT", "ON", "apply_roll", "read_roll", "row"]
ON = date(2026, 10, 31)
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def read_roll(
    rows: Iterable[dict[str, str]], *, on: date = ON, at: datetime = AT, columns: Iterable[str] = tuple(HEADINGS),
    answers: dict[str, str] | None = None, clears: Iterable[str] = (), kind: Any = ROLL,
) -> ImportBatch:  # fmt: skip
    """A batch with the rows read into the stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "roll.csv", rows, columns)
        return shell.read_file(kind, path, list_on=on, at=at, answers=answers or {}, clears=list(clears))


def apply_roll(rows: Iterable[dict[str, str]], **options: Any) -> ImportBatch:
    """A batch with the rows read and applied."""
    batch = read_roll(rows, **options)
    assert batch.state == "ready", (batch.state, batch.questions, batch.refusal)
    return shell.commit(batch, at=options.get("at", AT))
