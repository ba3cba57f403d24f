"""The same file again: when nothing has changed since it was applied, nothing needs to be read to know that.

A file saved anew has other bytes and the same cells: it is opened, and its rows are not looked at again.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.files.base import File

from hcims.imports.kinds import ImportKind
from hcims.imports.models import BatchState, ImportBatch, Outcome
from hcims.imports.prescan import Scan
from hcims.imports.reader import Sheet

EASY = {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED}
OF_THE_FILE = ("hidden-sheets", "hidden-rows", "left-out", "epoch-1904")  # notes that hold for the same file again
KEPT = ("passed", "passed_count", "catalogues", "cells")


def twin_of(batch: ImportBatch, kind: ImportKind) -> ImportBatch | None:
    """An applied import of the very same file, read in the same way, after which nothing was written by anybody.

    All of its rows must have been accepted and all officers been in it: what was wrong then may be right now.
    """
    return _unchanged_since(batch, kind, sha256=batch.sha256) if batch.sha256 else None


def twin_in_cells(batch: ImportBatch, kind: ImportKind, cells: str) -> ImportBatch | None:
    """The same for a file saved anew, by the fingerprint of its cells ("" where it has none)."""
    return _unchanged_since(batch, kind, counts__cells=cells) if cells else None


def fingerprint(sheets: Sequence[Sheet], scan: Scan) -> str:
    """One digest of all cells that were read; "" where a part of the file is hidden, about which the reader is told."""
    read = [sheet for sheet in sheets if sheet.path]
    if len(read) != len(sheets) or any(sheet.hidden_rows for sheet in scan.sheets):
        return ""
    digest = hashlib.sha256(f"{scan.format == 'csv'} {scan.epoch_1904}".encode())
    for sheet in read:
        # The name of an only sheet says nothing; among several it was part of the choice.
        digest.update(f"\n{sheet.name if len(read) > 1 else ''}\n".encode())
        assert sheet.path  # noqa: S101  (chosen above)
        with sheet.path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())  # type: ignore[arg-type]
    return digest.hexdigest()


def _unchanged_since(batch: ImportBatch, kind: ImportKind, **told_by: str) -> ImportBatch | None:
    still_so = getattr(kind, "still_so", None)
    if still_so is None or batch.mends_id:
        return None
    twins = ImportBatch.objects.filter(
        kind=batch.kind, on=batch.on, area=batch.area, state=BatchState.APPLIED, undoes__isnull=True,
        pruned_at__isnull=True, **told_by,
    )  # fmt: skip
    twin = twins.order_by("-applied_at").first()
    if twin is None or {name for name, count in twin.counts["outcomes"].items() if count} - EASY:
        return None
    same = (twin.clears, _meaning(twin.answers)) == (batch.clears, _meaning(batch.answers))
    return twin if same and still_so(twin) else None


def _meaning(answers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in answers.items() if value}


def take_over(batch: ImportBatch, twin: ImportBatch) -> dict[str, Any]:
    """This function will give the batch the reading of its twin, every row unchanged; the counts come back."""
    batch.sheet, batch.heading = batch.sheet or twin.sheet, twin.heading
    own = [each for each in batch.notes if each[0] in ("overtaken", "stale")]
    batch.notes = own + [each for each in twin.notes if each[0] in OF_THE_FILE]
    with tempfile.TemporaryFile("w+b") as lines:
        if twin.unchanged:
            with twin.unchanged.open("rb") as before:
                lines.write(before.read())
        rows = twin.rows.order_by("pk").values_list("row", "key", "label", "place")
        for row in rows.iterator(chunk_size=10_000):
            lines.write("{}\t{}\t{}\t{}\n".format(*row).encode())
        if lines.tell():
            lines.seek(0)
            batch.unchanged.save(f"{batch.ref}.unchanged", File(lines), save=False)
    counts = twin.counts["outcomes"]
    places = {code: {"unchanged": sum(Counter(each).values())} for code, each in twin.counts.get("places", {}).items()}
    return {**{name: twin.counts[name] for name in KEPT if name in twin.counts},
            "outcomes": {"unchanged": sum(counts.values())}, "places": places, "problems": []}  # fmt: skip
