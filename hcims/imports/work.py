"""The work behind an import, for the worker and for the shell: read into the stage, apply the stage, make an undoing.

`Watch` is how far it is and whether it must stop; in a job it wraps the job's progress, in a shell it prints.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from hcims import bulk, workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.imports import policies, sealed_files, twins
from hcims.imports.actions import address_of, forget_files, have_read
from hcims.imports.columns import Column
from hcims.imports.kinds import ImportKind, Stale, kind_of
from hcims.imports.models import BatchState, ImportBatch, StagedRow
from hcims.imports.prescan import Scan, SheetScan
from hcims.imports.reader import reading
from hcims.imports.refused import FileRefused
from hcims.imports.staging import READING, STAGED, Stager, _json, plan_reading
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice

APPLYING = gettext_noop("Writing to the record")
BLOCK = 2000


class Watch:
    """A shell's: says nothing, stops nowhere."""

    job_ref = ""

    def step(self, done: int, total: int, label: str) -> None:
        """How far it is."""

    def check(self) -> None:
        """Errors: whatever stops the work. Inside a transaction."""

    def finish(self, result: dict[str, Any]) -> None:
        """The last call of the transaction that holds the work."""


def read(batch: ImportBatch, *, at: datetime, watch: Watch) -> None:
    """This function will read a batch into the stage, and leave it ready, asking, or refused.

    It may be begun again at any moment: rows staged by a reading that did not end are removed first.
    """
    if batch.state != BatchState.READING or batch.job_ref != watch.job_ref:
        return
    kind = kind_of(batch.kind)
    with transaction.atomic():
        StagedRow.objects.filter(batch=batch)._raw_delete("default")
        watch.check()
    try:
        if batch.undoes_id:
            _stage_undoing(batch, kind, at=at, watch=watch)
        else:
            _stage_file(batch, kind, at=at, watch=watch)
    except FileRefused as refusal:
        _end(batch, BatchState.REFUSED, at=at, watch=watch, refusal=refusal.message)


def _stage_file(batch: ImportBatch, kind: ImportKind, *, at: datetime, watch: Watch) -> None:
    if twin := twins.twin_of(batch, kind):
        return _take_over(batch, twin, at=at, watch=watch)
    scan = _scan_of(batch)
    with sealed_files.opened(batch.file, scan.format) as path, reading(path, scan) as sheets:
        cells = twins.fingerprint(sheets, scan)
        if twin := twins.twin_in_cells(batch, kind, cells):
            batch.sheet = sheets[0].name[:31] if len(sheets) == 1 else ""
            return _take_over(batch, twin, at=at, watch=watch)
        plan = plan_reading(sheets, batch, kind, watch.step)
        if isinstance(plan, list):
            return _end(batch, BatchState.ASKING, at=at, watch=watch, questions=plan)
        batch.sheet, batch.heading = plan.sheet.name[:31], _heading(plan, kind.columns)
        notes = _notes(batch, scan, sheets, plan)
        if plan.asked:
            return _end(batch, BatchState.ASKING, at=at, watch=watch, questions=plan.asked, notes=notes)
        stager = Stager(batch, kind, plan)
        stager.run(watch.step, watch.check)
    counts = {**stager.summary(), "cells": cells}
    return _end(batch, BatchState.READY, at=at, watch=watch, counts=counts, notes=notes, read_at=at)


def _take_over(batch: ImportBatch, twin: ImportBatch, *, at: datetime, watch: Watch) -> None:
    counts = twins.take_over(batch, twin)
    _end(batch, BatchState.READY, at=at, watch=watch, counts=counts, notes=batch.notes, read_at=at)


def _stage_undoing(batch: ImportBatch, kind: ImportKind, *, at: datetime, watch: Watch) -> None:
    counts: dict[str, int] = {}
    rows: list[tuple[Any, ...]] = []
    assert batch.undoes is not None  # noqa: S101  (asked by the caller)
    total = sum(batch.undoes.counts.get("applied", {}).values())
    with transaction.atomic():
        for number, staged in enumerate(kind.stage_undo(batch.undoes, on=batch.on)):
            counts[staged.outcome] = counts.get(staged.outcome, 0) + 1
            rows.append((batch.pk, max(0, staged.index), staged.key, staged.label, staged.outcome, staged.place,
                         staged.target, _json(staged.after), _json(staged.before), "[]", "[]", ""))  # fmt: skip
            if len(rows) >= BLOCK:
                bulk.insert(StagedRow, STAGED, rows)
                rows = []
                watch.step(number, total, READING)
        bulk.insert(StagedRow, STAGED, rows)
    _end(batch, BatchState.READY, at=at, watch=watch, counts={"outcomes": counts}, read_at=at)


def _scan_of(batch: ImportBatch) -> Scan:
    sheets = [SheetScan(**sheet) for sheet in batch.scan["sheets"]]
    return Scan(**{**batch.scan, "sheets": sheets})


def _heading(plan: Any, columns: tuple[Column, ...]) -> dict[str, Any]:
    names = {index: name for name, index in plan.mapping.items()}
    names |= {index: whole.name for whole in columns if whole.splits
              for name in whole.splits if name in plan.split and (index := plan.mapping.get(name)) is not None}  # fmt: skip
    found = [[guess.heading, names.get(guess.index, "")] for guess in plan.headings.guesses]
    orders = plan.look.orders({}) if plan.look else {}
    proofs = {name: each.day_first or each.month_first for name, each in (plan.look.dates if plan.look else {}).items()}
    return {"row": plan.headings.row + 1, "columns": found, "orders": orders, "proofs": proofs}


def _notes(batch: ImportBatch, scan: Scan, sheets: list[Any], plan: Any) -> list[Any]:
    notes: list[Any] = [each for each in batch.notes if each[0] in ("overtaken", "stale")]
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if hidden:
        notes.append(["hidden-sheets", {"names": ", ".join(hidden)}])
    scanned = next((sheet for sheet in scan.sheets if sheet.name == plan.sheet.name), None)
    if scanned and scanned.hidden_rows:
        notes.append(["hidden-rows", {"count": scanned.hidden_rows}])
    used = set(plan.mapping.values())
    left_out = [guess.heading[:40] for guess in plan.headings.guesses if guess.heading and guess.index not in used]
    if left_out and not plan.asked:
        notes.append(["left-out", {"names": ", ".join(left_out[:20])}])
    if plan.others:
        notes.append(["other-sheets", {"names": ", ".join(plan.others[:20])}])
    if scan.epoch_1904:
        notes.append(["epoch-1904", {}])
    return notes


@action
def _end(batch: ImportBatch, state: BatchState, *, at: datetime, watch: Watch, **fields: Any) -> None:
    """This function will end a reading: state, counts and job in one commit."""
    fields = {"sheet": batch.sheet, "heading": batch.heading, **fields}
    if batch.unchanged:
        fields["unchanged"] = batch.unchanged
    workflow.move(batch, state, by=batch.uploaded_by, at=at, **fields)
    if state == BatchState.REFUSED:
        forget_files(batch)
        _say_it_is_over(batch, at=at, watch=watch)
    watch.finish({"state": str(state)})


def apply(batch: ImportBatch, *, at: datetime, watch: Watch) -> None:
    """This function will write the accepted rows, all or none, and leave the batch applied.

    Where the record has changed since the preview, nothing is written and the list is read anew.
    Errors: RuleBroken when the database refuses; nothing was written then, and the batch is back to be looked at.
    """
    if batch.state != BatchState.APPLYING or batch.job_ref != watch.job_ref:
        return
    try:
        _write(batch, at=at, watch=watch)
    except Stale as stale:
        _look_again(batch, at=at, watch=watch, count=stale.count)
    except RuleBroken as broken:
        _give_back(batch, at=at, reason=broken.message)
        raise


@action
def _write(batch: ImportBatch, *, at: datetime, watch: Watch) -> None:
    kind = kind_of(batch.kind)
    by = batch.second_by or batch.confirmed_by
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.APPLYING or locked.job_ref != watch.job_ref:
        return
    total = policies.changes(batch)

    def step(done: int, of: int = 0, label: str = APPLYING) -> None:
        watch.step(done, of or total, label)

    if batch.undoes:
        done = kind.undo(batch, by=by, at=at, step=step)
        workflow.move(batch.undoes, BatchState.UNDONE, by=by, at=at)
        event = Event.IMPORT_UNDONE
    else:
        done = kind.apply(batch, by=by, at=at, step=step)
        event = Event.IMPORT_APPLIED
    batch.counts = {**batch.counts, "applied": done}
    workflow.move(batch, BatchState.APPLIED, by=by, at=at, applied_at=at, counts=batch.counts)
    forget_files(batch, keep_unchanged=True)
    details = {"kind": batch.kind, "on": batch.on, "file": batch.sha256, "counts": done, "digest": _digest(batch),
               "second": getattr(batch.second_by, "ref", "")}  # fmt: skip
    trail.record(event, target=batch, by=by, at=at, source=batch.file_name, details=details)
    _say_it_is_over(batch, at=at, watch=watch)
    watch.finish(done)


def _say_it_is_over(batch: ImportBatch, *, at: datetime, watch: Watch) -> None:
    """Tells whoever began it, where a worker did the work while he or she may have been elsewhere."""
    if watch.job_ref and batch.uploaded_by:
        notify(batch.uploaded_by, Notice.IMPORT_OVER, at=at, link=address_of(batch))


def _digest(batch: ImportBatch) -> str:
    """One digest over whom the import wrote and how, in order: an auditor can compare it with the stage."""
    digest = hashlib.sha256()
    rows = batch.rows.order_by("pk").values_list("key", "outcome")
    for key, outcome in rows.iterator(chunk_size=10_000):
        digest.update(f"{key}:{outcome}\n".encode())
    return digest.hexdigest()


@action
def _look_again(batch: ImportBatch, *, at: datetime, watch: Watch, count: int) -> None:
    batch.notes = [["stale", {"count": count}]]
    batch.save(update_fields=["notes"])
    in_background = bool(watch.job_ref)
    note = "the record changed since the preview"
    have_read(batch, by=batch.confirmed_by, at=at, in_background=in_background, note=note)
    watch.finish({"stale": count})


@action
def _give_back(batch: ImportBatch, *, at: datetime, reason: str) -> None:
    workflow.move(batch, BatchState.READY, by=batch.confirmed_by, at=at, note=reason, refusal=reason,
                  confirmed_by=None, confirmed_at=None, second_by=None, second_at=None)  # fmt: skip


Step = Callable[[int, int, str], None]
