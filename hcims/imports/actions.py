"""What people do with an import: upload, answer, confirm, undo, withdraw. The work itself is done by jobs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.errors import RuleBroken
from hcims.imports import policies, questions
from hcims.imports.kinds import ImportKind, kind_of
from hcims.imports.models import BatchState, ImportBatch
from hcims.imports.prescan import Scan
from hcims.jobs.actions import enqueue
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice

READ, APPLY = "import-read", "import-apply"


@action
def upload(
    *, kind: ImportKind, file: IO[bytes], name: str, scan: Scan, list_on: date, area: str, by: Any, at: datetime,
    in_background: bool = True, clears: Iterable[str] = (), mends: ImportBatch | None = None,
) -> ImportBatch:  # fmt: skip
    """This function will keep a pre-scanned file and have it read. Errors: NotAllowed, RuleBroken.

    `mends` is the import whose rejected rows come back in this file: its day and its answers hold here too.
    """
    on = timezone.localdate(at)
    policies.check_can_upload(by, kind, area, list_on, on=on)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0, 2)
    clearable = {column.name for column in kind.columns if column.clearable}
    batch = ImportBatch(
        kind=kind.code, on=list_on, area=area, file_name=Path(name).name[:120], file_bytes=file.tell(), sha256=digest,
        scan=scan.as_json(), uploaded_by=by, uploaded_at=at, clears=sorted(clearable & set(clears)),
    )  # fmt: skip
    if mends is not None:
        batch.mends, batch.on, batch.clears = mends, mends.on, mends.clears
        batch.answers = questions.carried_over(mends.answers, mends.heading.get("columns", []))
    batch.file.save(f"{batch.ref}.{scan.format}", File(file), save=False)
    batch.save()
    return have_read(batch, by=by, at=at, in_background=in_background)


def have_read(batch: ImportBatch, *, by: Any, at: datetime, in_background: bool = True, note: str = "") -> ImportBatch:
    """This function will move the batch to being read, and queue the job; inside an action."""
    workflow.move(batch, BatchState.READING, by=by, at=at, note=note, read_at=None, questions=[], job_ref="")
    if in_background:
        job = enqueue(READ, by=by, at=at, args={"batch": batch.ref}, link=address_of(batch))
        batch.job_ref = job.ref
        batch.save(update_fields=["job_ref"])
    return batch


def address_of(batch: ImportBatch) -> str:
    """The path of an import's page."""
    return f"{kind_of(batch.kind).root}{batch.ref}/"


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update().get(pk=batch.pk)


@action
def answer(
    *, batch: ImportBatch, answers: dict[str, str], clears: Iterable[str] | None, by: Any, at: datetime,
    in_background: bool = True,
) -> ImportBatch:  # fmt: skip
    """This function will keep answers about the file's columns, and have it read again with them."""
    batch = _locked(batch)
    policies.check_can_work(by, batch, on=timezone.localdate(at))
    if not batch.file:
        raise RuleBroken(_("The file is gone; upload the list again."))
    batch.answers = {name: value for name, value in {**batch.answers, **answers}.items() if value}
    if clears is not None:
        clearable = {column.name for column in kind_of(batch.kind).columns if column.clearable}
        batch.clears = sorted(clearable & set(clears))
    batch.save(update_fields=["answers", "clears"])
    return have_read(batch, by=by, at=at, in_background=in_background)


@action
def confirm(*, batch: ImportBatch, by: Any, at: datetime, in_background: bool = True) -> ImportBatch:
    """This function will have the accepted rows applied, or ask for a second person above the limit of the day.

    Where another list was applied since this one was read, it is read again instead: the preview was of another record.
    """
    batch = _locked(batch)
    on = timezone.localdate(at)
    policies.check_can_confirm(by, batch, on=on)
    if _is_overtaken(batch):
        return _read_anew(batch, by=by, at=at, in_background=in_background)
    if by is not None and policies.needs_second(batch, on=on):
        workflow.move(batch, BatchState.SECOND, by=by, at=at, confirmed_by=by, confirmed_at=at)
        told = kind_of(batch.kind).second_people(batch, on=on)
        notify_many(told, Notice.IMPORT_TO_CONFIRM, at=at, by=by, link=address_of(batch))
        return batch
    return _have_applied(batch, by=by, at=at, in_background=in_background, confirmed_by=by, confirmed_at=at)


@action
def confirm_as_second(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """This function will have a large import applied, once a second person agrees."""
    batch = _locked(batch)
    policies.check_can_be_second(by, batch, on=timezone.localdate(at))
    if _is_overtaken(batch):
        return _read_anew(batch, by=by, at=at)
    return _have_applied(batch, by=by, at=at, second_by=by, second_at=at)


def _have_applied(batch: ImportBatch, *, by: Any, at: datetime, in_background: bool = True, **who: Any) -> ImportBatch:
    workflow.move(batch, BatchState.APPLYING, by=by, at=at, job_ref="", **who)
    if in_background:
        job = enqueue(APPLY, by=by, at=at, args={"batch": batch.ref}, link=address_of(batch))
        batch.job_ref = job.ref
        batch.save(update_fields=["job_ref"])
    return batch


def _is_overtaken(batch: ImportBatch) -> bool:
    if batch.read_at is None:
        return False
    return ImportBatch.objects.filter(kind=batch.kind, applied_at__gt=batch.read_at).exclude(pk=batch.pk).exists()


def _read_anew(batch: ImportBatch, *, by: Any, at: datetime, in_background: bool = True) -> ImportBatch:
    batch.notes = [["overtaken", {}]]
    batch.save(update_fields=["notes"])
    note = "another list was applied since it was read"
    return have_read(batch, by=by, at=at, in_background=in_background, note=note)


@action
def send_back(*, batch: ImportBatch, by: Any, at: datetime, note: str) -> ImportBatch:
    """This function will return a large import to whoever confirmed it first."""
    batch = _locked(batch)
    policies.check_can_be_second(by, batch, on=timezone.localdate(at))
    first = batch.confirmed_by
    batch.notes = [*batch.notes, ["sent-back", {"who": str(by), "note": note}]]
    batch.save(update_fields=["notes"])
    workflow.move(batch, BatchState.READY, by=by, at=at, note=note, confirmed_by=None, confirmed_at=None)
    notify_many([each for each in (first,) if each], Notice.IMPORT_SENT_BACK, at=at, by=by, link=address_of(batch))
    return batch


@action
def undo(*, batch: ImportBatch, by: Any, at: datetime, in_background: bool = True) -> ImportBatch:
    """This function will prepare the undoing of an applied import: a new import, looked at before it is confirmed."""
    original = _locked(batch)
    policies.check_can_undo(by, original, on=timezone.localdate(at))
    undoing = ImportBatch.objects.create(
        kind=original.kind, on=original.on, area=original.area, undoes=original, file_name=original.file_name,
        uploaded_by=by, uploaded_at=at,
    )  # fmt: skip
    return have_read(undoing, by=by, at=at, in_background=in_background)


@action
def withdraw(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """This function will end an import that was not applied; its file and its staged rows are removed."""
    batch = _locked(batch)
    policies.check_can_work(by, batch, on=timezone.localdate(at))
    workflow.move(batch, BatchState.WITHDRAWN, by=by, at=at)
    batch.rows.all().delete()
    forget_files(batch)
    return batch


@action
def try_again(*, batch: ImportBatch, by: Any, at: datetime) -> ImportBatch:
    """This function will start the work of an import anew whose job was cancelled or gave up."""
    batch = _locked(batch)
    policies.check_can_work(by, batch, on=timezone.localdate(at))
    if batch.state not in (BatchState.READING, BatchState.APPLYING):
        raise RuleBroken(_("Nothing of this import is waiting for the machine."))
    kind = READ if batch.state == BatchState.READING else APPLY
    job = enqueue(kind, by=by, at=at, args={"batch": batch.ref}, link=address_of(batch))
    batch.job_ref = job.ref
    batch.save(update_fields=["job_ref"])
    return batch


def forget_files(batch: ImportBatch, *, keep_unchanged: bool = False) -> None:
    """This function will remove the uploaded file and the list of unchanged rows, once the transaction holds."""
    fields = ["file"] if keep_unchanged else ["file", "unchanged"]
    names = [getattr(batch, each).name for each in fields if getattr(batch, each)]
    storage = batch.file.storage
    for each in fields:
        setattr(batch, each, "")
    batch.save(update_fields=fields)

    def remove() -> None:
        for name in names:
            storage.delete(name)

    transaction.on_commit(remove)
