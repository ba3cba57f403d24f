"""What pages read about imports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.imports.kinds import ImportKind, all_kinds, kind_of
from hcims.imports.models import BatchState, ImportBatch, StagedRow
from hcims.jobs.models import Job

__all__ = [
    "BatchState",
    "access_batch",
    "job_of",
    "kind_for",
    "kinds_of",
    "open_beside",
    "rows_of",
    "unchanged_rows",
    "visible_to",
    "waiting_for_second",
    "waiting_for_uploader",
]


def kinds_of(user: Any, *, on: date, permission: Permission) -> list[ImportKind]:
    """The kinds of list under a permission, if the user holds it somewhere."""
    return [kind for kind in all_kinds() if kind.permission == permission and user.can(permission, on=on)]


def kind_for(user: Any, code: str, *, on: date, permission: Permission) -> ImportKind:
    """The kind of that code. Errors: NotFound when there is none or it is not for this user."""
    for kind in kinds_of(user, on=on, permission=permission):
        if kind.code == code:
            return kind
    raise NotFound(code)


def visible_to(user: Any, *, on: date, permission: Permission) -> QuerySet[ImportBatch]:
    """Imports of lists whose area lies where the user may import lists of that kind, or be their second person."""
    reach = Q(pk__in=[])
    for kind in [each for each in all_kinds() if each.permission == permission]:
        if user.can(permission, on=on):
            reach |= _within(kind, kind.areas_of(user, on=on))
        if kind.writes and user.can(Permission.CONFIRM_LARGE_IMPORT, on=on):
            areas = kind.areas_of(user, on=on, permission=Permission.CONFIRM_LARGE_IMPORT)
            reach |= _within(kind, areas) & Q(confirmed_at__isnull=False)
    return ImportBatch.objects.filter(reach).select_related(
        "uploaded_by", "confirmed_by", "second_by", "undoes", "mends"
    )


def _within(kind: ImportKind, areas: set[str] | None) -> Q:
    return Q(kind=kind.code) if areas is None else Q(kind=kind.code, area__in=areas) & ~Q(area="")


def waiting_for_second(user: Any, *, on: date) -> QuerySet[ImportBatch]:
    """Large imports that somebody else confirmed and that this person may confirm as the second one."""
    reach = Q(pk__in=[])
    if user.can(Permission.CONFIRM_LARGE_IMPORT, on=on):
        for kind in all_kinds():
            reach |= _within(kind, kind.areas_of(user, on=on, permission=Permission.CONFIRM_LARGE_IMPORT))
    return ImportBatch.objects.filter(reach, state=BatchState.SECOND).exclude(confirmed_by=user)


def waiting_for_uploader(user: Any) -> QuerySet[ImportBatch]:
    """The person's own lists that wait for an answer, or for a look and a word."""
    writing = [kind.code for kind in all_kinds() if kind.writes]
    waiting = Q(state=BatchState.ASKING) | Q(state=BatchState.READY, kind__in=writing)
    return ImportBatch.objects.filter(waiting, uploaded_by=user)


def access_batch(user: Any, ref: str, *, on: date, permission: Permission) -> ImportBatch:
    """The import of that reference. Errors: NotFound when it is not there or not for this user."""
    batch = visible_to(user, on=on, permission=permission).filter(ref=ref).first()
    if batch is None:
        raise NotFound(ref)
    return batch


def open_beside(batch: ImportBatch, user: Any, *, on: date) -> list[ImportBatch]:
    """Other lists of this kind that somebody has open: whoever confirms first makes the others look again."""
    others = visible_to(user, on=on, permission=kind_of(batch.kind).permission)
    return list(others.filter(kind=batch.kind, state__in=ImportBatch.OPEN).exclude(pk=batch.pk)[:5])


def left_open_by_the_shell(kind: str, sha256: str) -> list[ImportBatch]:
    """What was looked at from the machine's shell and neither applied nor withdrawn: nobody's desk has it."""
    states = (BatchState.UPLOADED, BatchState.READING, BatchState.ASKING, BatchState.READY)
    return list(ImportBatch.objects.filter(kind=kind, sha256=sha256, uploaded_by=None, undoes=None, state__in=states))


def undone_by(batch: ImportBatch) -> ImportBatch | None:
    """The undoing that took the import back."""
    return batch.undoings.filter(state=BatchState.APPLIED).select_related("confirmed_by").first()


def rows_of(batch: ImportBatch, outcome: str, *, place: str = "", words: str = "") -> QuerySet[StagedRow]:
    """Staged rows of one outcome, of one unit, of one number or name."""
    found = batch.rows.filter(outcome=outcome).order_by("pk")
    if place:
        found = found.filter(place=place)
    if words:
        found = found.filter(Q(key__iexact=words) | Q(label__icontains=words))
    return found


def unchanged_rows(batch: ImportBatch, *, place: str = "", words: str = "") -> list[tuple[int, str, str, str]]:
    """Row, number, name and unit of rows that change nothing: they are kept in a file, not in a table."""
    if not batch.unchanged:
        return []
    with batch.unchanged.open("rb") as file:
        lines = file.read().decode().splitlines()
    found = []
    for line in lines:
        number, key, label, unit = line.split("\t")
        if (not place or unit == place) and (not words or words == key or words.casefold() in label.casefold()):
            found.append((int(number), key, label, unit))
    return found


def job_of(batch: ImportBatch) -> Job | None:
    """The job that holds the import."""
    return Job.objects.filter(ref=batch.job_ref).first() if batch.job_ref else None
