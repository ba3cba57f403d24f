"""Rows of imports that have run their time: removed by a job, while the import's own record and counts stay.

The period is the kind's, from a dated rule. It begins when an import was applied or undone; an import of which nothing
came within that time since its upload is withdrawn, with its file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.imports.actions import forget_files
from hcims.imports.kinds import all_kinds
from hcims.imports.models import BatchState, ImportBatch, StagedRow

WAITING = [state for state in ImportBatch.OPEN if state != BatchState.APPLYING]
AT_ONCE = 50  # imports a job; the next job takes the rest


def due(*, at: datetime) -> QuerySet[ImportBatch]:
    """Imports whose rows have run their time."""
    on = timezone.localdate(at)
    found = Q(pk__in=[])
    for kind in all_kinds():
        before = at - timedelta(days=kind.rows_kept_days(on))
        ended = Q(applied_at__lt=before, state__in=[BatchState.APPLIED, BatchState.UNDONE])
        found |= Q(kind=kind.code) & (ended | Q(uploaded_at__lt=before, state__in=WAITING))
    being_undone = ImportBatch.objects.filter(
        undoes__isnull=False, state__in=ImportBatch.OPEN, uploaded_at__isnull=False
    )
    return ImportBatch.objects.filter(found, pruned_at__isnull=True).exclude(pk__in=being_undone.values("undoes"))


def some_are_due(*, at: datetime) -> bool:
    """Whether any rows have run their time: the question that workers ask (`JOB_DUE`)."""
    return due(at=at).exists()


def prune(*, at: datetime, step: Callable[[int, int, str], None]) -> int:
    """This function will remove what has run its time, an import a transaction. It gives the number of imports."""
    found = list(due(at=at).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for number, pk in enumerate(found):
        step(number, len(found), "")
        prune_one(pk=pk, at=at)
    return len(found)


@action
def prune_one(*, pk: int, at: datetime) -> None:
    """This function will remove the rows and files of one import, and withdraw it where nothing came of it."""
    batch = ImportBatch.objects.select_for_update().get(pk=pk)
    if batch.pruned_at or batch.state == BatchState.APPLYING:
        return
    count = StagedRow.objects.filter(batch=batch)._raw_delete("default")
    batch.pruned_at = at
    batch.save(update_fields=["pruned_at"])
    forget_files(batch)
    if batch.is_open:
        workflow.move(batch, BatchState.WITHDRAWN, by=None, at=at, note=_("nothing came of it in time"))
    trail.record(Event.IMPORT_ROWS_REMOVED, target=batch, by=None, at=at, details={"rows": count})
