"""The same file again: when nothing has changed since it was applied, nothing needs to be read to know that."""

from __future__ import annotations

import tempfile
from collections import Counter
from typing import Any

from django.core.files.base import File

from hcims.imports.kinds import ImportKind
from hcims.imports.models import BatchState, ImportBatch, Outcome

EASY = {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED}


def twin_of(batch: ImportBatch, kind: ImportKind) -> ImportBatch | None:
    """An applied import of the very same file, read in the same way, after which nothing was written by anybody.

    All of its rows must have been accepted and all officers been in it: what was wrong then may be right now.
    """
    still_so = getattr(kind, "still_so", None)
    if still_so is None or not batch.sha256 or batch.mends_id:
        return None
    twins = ImportBatch.objects.filter(
        kind=batch.kind, sha256=batch.sha256, on=batch.on, area=batch.area, state=BatchState.APPLIED, undoes__isnull=True,
        pruned_at__isnull=True,
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
    batch.sheet, batch.heading = twin.sheet, twin.heading
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
    return {**{name: twin.counts[name] for name in ("passed", "passed_count") if name in twin.counts},
            "outcomes": {"unchanged": sum(counts.values())}, "places": places, "problems": []}  # fmt: skip
