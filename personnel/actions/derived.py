"""The derived pointer from a record to the rank held, written again from the rank holdings."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Subquery

from hcims.actions import action
from personnel.models import Officer, RankHolding


@action
def rebuild_ranks(*, on: date) -> int:
    """This function will set every record's rank to that of its holding in force; says how many differed."""
    held = RankHolding.objects.in_force(on).filter(officer=OuterRef("pk"), voided_at__isnull=True)
    due = Officer.objects.annotate(due=Subquery(held.order_by("-starts_on").values("rank")[:1]))
    differing = [
        Officer(pk=pk, rank_id=rank)
        for pk, now, rank in due.values_list("pk", "rank_id", "due").iterator(chunk_size=10_000)
        if now != rank
    ]
    Officer.objects.bulk_update(differing, ["rank"], batch_size=400)
    return len(differing)
