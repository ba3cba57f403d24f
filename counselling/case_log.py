"""Writing the log of cases: one line, the last beat of each deed and the first of each reading."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from counselling.case_access import CaseRow
from counselling.models import CaseDeed, CaseEvent, CaseEventHead
from hcims.audit.chain import GENESIS


def record(
    deed: CaseDeed,
    *,
    by: Any,
    at: datetime,
    case: Any = None,
    to: Any = None,
    detail: object = "",
    reason: str = "",
) -> None:
    """This function will add one row to the log: `case` is a case or a key, `to` the person it was opened or closed to.

    The head is one locked row, the last lock of a transaction: record last in a deed, and before a reading is served.
    """
    with transaction.atomic():
        head = CaseEventHead.objects.select_for_update().filter(pk=1).first()
        if head is None:
            CaseEventHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": GENESIS})
            head = CaseEventHead.objects.select_for_update().get(pk=1)
        row = CaseEvent(
            sequence=head.sequence + 1,
            at=at,
            event=deed,
            case_ref=getattr(case, "ref", ""),
            by_ref=getattr(by, "ref", ""),
            to_ref=getattr(to, "ref", ""),
            office_ref=_office_of(case),
            detail=str(detail),
            reason=str(reason),
            previous_hash=head.hash,
        )
        row.hash = row.computed_hash()
        row.save(force_insert=True)
        head.sequence, head.hash = row.sequence, row.hash
        head.save(update_fields=["sequence", "hash"])


def _office_of(case: Any) -> str:
    if isinstance(case, CaseRow):
        return case.office_ref or ""
    office = getattr(case, "office", None)
    return getattr(office, "ref", "")
