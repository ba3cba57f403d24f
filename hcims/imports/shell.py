"""An import from the shell of the machine: the same reading and the same applying as on the pages, without a queue."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from django.db import transaction

from hcims.imports import actions, queries, work
from hcims.imports.kinds import ImportKind
from hcims.imports.models import BatchState, ImportBatch
from hcims.imports.prescan import prescan


class Printed(work.Watch):
    """Tells how far it is on a terminal; silent where the output is read by a program."""

    def __init__(self, out: TextIO | None) -> None:
        self._out, self._told = out, ""

    def step(self, done: int, total: int, label: str) -> None:
        """One line for each tenth."""
        text = f"{label}: {min(10, done * 10 // max(1, total)) * 10}%"
        if self._out and text != self._told:
            self._told = text
            self._out.write(f"  {text}\n")


def read_file(
    kind: ImportKind, path: Path, *, list_on: date, at: datetime, answers: dict[str, str], clears: list[str],
    out: TextIO | None = None,
) -> ImportBatch:  # fmt: skip
    """This function will read a file into the stage; what an earlier look at it left open goes. Errors: FileRefused."""
    scan = prescan(path, path.name)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        for earlier in queries.left_open_by_the_shell(kind.code, digest):
            actions.withdraw(batch=earlier, by=None, at=at)
        file.seek(0)
        batch = actions.upload(
            kind=kind, file=file, name=path.name, scan=scan, list_on=list_on, area="", by=None, at=at, in_background=False,
            clears=clears,
        )  # fmt: skip
    batch.answers = answers
    batch.save(update_fields=["answers"])
    work.read(batch, at=at, watch=Printed(out))
    return ImportBatch.objects.get(pk=batch.pk)


def commit(batch: ImportBatch, *, at: datetime, out: TextIO | None = None) -> ImportBatch:
    """This function will apply what was read. The shell is the machine's keeper: no second person stands beside it."""
    # In one transaction: a shell that is killed leaves the list as it was before, and in nobody's way.
    with transaction.atomic():
        batch = actions.confirm(batch=batch, by=None, at=at, in_background=False)
        work.apply(batch, at=at, watch=Printed(out))
    batch = ImportBatch.objects.get(pk=batch.pk)
    if batch.state == BatchState.READING:  # the record changed since: read again, and let the keeper look again
        work.read(batch, at=at, watch=Printed(out))
    return ImportBatch.objects.get(pk=batch.pk)


def report(batch: ImportBatch) -> dict[str, Any]:
    """What came of it, for a program to read."""
    outcomes = batch.counts.get("outcomes", {})
    return {
        "import": batch.ref,
        "state": batch.state,
        "on": batch.on.isoformat(),
        "file": batch.file_name,
        "sha256": batch.sha256,
        **{name: outcomes.get(name, 0) for name in ("new", "changed", "unchanged", "missing", "rejected")},
        "applied": batch.counts.get("applied", {}),
        "over_strength_lines": len(batch.counts.get("over", [])),
        "questions": batch.questions,
        "refusal": batch.refusal,
    }
