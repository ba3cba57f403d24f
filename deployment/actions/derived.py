"""The derived pointer from an officer's record to the unit of the posting in force, written again from the postings."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Subquery

from deployment.models import Posting, PostingKind
from hcims.actions import action
from personnel.models import Officer


@action
def rebuild_units(*, on: date) -> int:
    """This function will set every record's unit to that of its substantive posting in force; says how many differed."""
    held = Posting.objects.in_force(on).filter(
        officer=OuterRef("pk"), kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True
    )
    due = Officer.objects.annotate(due=Subquery(held.order_by("-starts_on").values("unit")[:1]))
    differing = [
        Officer(pk=pk, unit_id=unit)
        for pk, now, unit in due.values_list("pk", "unit_id", "due").iterator(chunk_size=10_000)
        if now != unit
    ]
    Officer.objects.bulk_update(differing, ["unit"], batch_size=400)
    return len(differing)
