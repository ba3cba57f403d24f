"""The whole case log, row by row in its own order, for verifying it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from counselling.case_chain import COLUMNS, CaseRow
from counselling.models import CaseEvent, CaseEventHead
from hcims.audit.chain import GENESIS
from hcims.audit.verify import Divergence, Seal, Verdict, verify

BATCH = 2_000


def rows() -> Iterator[CaseRow]:
    """Every row of the log, lowest number first, in constant memory."""
    found = CaseEvent.objects.order_by("sequence").values_list(*COLUMNS)
    return (CaseRow(*values) for values in found.iterator(chunk_size=BATCH))


def head() -> Seal:
    """Where the chain stands, by its head row; before the first line, at the beginning."""
    found = CaseEventHead.objects.filter(pk=1).values_list("sequence", "hash").first()
    sequence, value = found or (0, GENESIS)
    return Seal(sequence, value, "the head")


def verify_log(seals: list[Seal], *, limit: int = 20) -> Verdict:
    """This function will verify the whole log against its head and places noted elsewhere."""
    with transaction.atomic():
        verdict = verify(rows(), [head(), *seals], find=_number_of, limit=limit)  # type: ignore[arg-type]
        after = head()
    if verdict.last > after.sequence:
        words = f"the head stands at row {after.sequence}: nobody who wrote the log wrote this row"
        verdict.divergences.append(Divergence("inserted", verdict.last, words))
    return verdict


def _number_of(hash: str) -> int | None:
    return CaseEvent.objects.filter(hash=hash).values_list("sequence", flat=True).first()
