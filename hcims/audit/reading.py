"""The whole trail, row by row in its own order, for verifying it and for setting checkpoints."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from hcims.audit.chain import COLUMNS, GENESIS, Row
from hcims.audit.models import AuditEvent, AuditHead
from hcims.audit.verify import Divergence, Seal, Verdict, verify

BATCH = 2_000


def rows() -> Iterator[Row]:
    """Every row of the trail, lowest number first, in constant memory."""
    found = AuditEvent.objects.order_by("sequence").values_list(*COLUMNS)
    return (Row(*values) for values in found.iterator(chunk_size=BATCH))


def number_of(hash: str) -> int | None:
    """The number of the row that carries this hash."""
    return AuditEvent.objects.filter(hash=hash).values_list("sequence", flat=True).first()


def head() -> Seal:
    """Where the chain stands, by its head row; before the first event, at the beginning."""
    found = AuditHead.objects.filter(pk=1).values_list("sequence", "hash").first()
    sequence, value = found or (0, GENESIS)
    return Seal(sequence, value, "the head")


def verify_trail(checkpoints: list[Seal], *, limit: int = 20) -> Verdict:
    """This function will verify the whole trail against its head and the given checkpoints.

    The head is read before the rows and again after them: rows written meanwhile lie between the two, a row that
    somebody put after the head lies beyond both.
    """
    with transaction.atomic():
        verdict = verify(rows(), [head(), *checkpoints], find=number_of, limit=limit)
        after = head()
    if verdict.last > after.sequence:
        words = f"the head stands at row {after.sequence}: nobody who wrote the trail wrote this row"
        verdict.divergences.append(Divergence("inserted", verdict.last, words))
    return verdict
