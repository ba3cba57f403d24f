"""Differences between the roll and the record, for those who resolve them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from deployment.models import DiscrepancyState, PostingOrder, RollDiscrepancy
from deployment.queries.ledger import OPEN_ORDERS
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope


def discrepancies_visible_to(user: Any, *, on: date) -> QuerySet[RollDiscrepancy]:
    """Those of units on record or on the roll where the user records postings, the oldest first; never one's own."""
    scope = user.scope(Permission.RECORD_POSTINGS, on=on)
    here = in_scope(scope, on=on, field="posting__unit") | in_scope(scope, on=on, field="unit")
    return (
        RollDiscrepancy.objects.filter(here)
        .exclude(officer__user=user)
        .select_related("officer__user", "officer__unit", "unit", "duty", "post_rank", "post_skill", "resolved_by")
        .select_related("posting__unit", "posting__duty", "posting__post_rank", "opened_by")
        .order_by("opened_at", "pk")
    )


def to_resolve(user: Any, *, on: date) -> QuerySet[RollDiscrepancy]:
    """Those that nobody has resolved yet."""
    return discrepancies_visible_to(user, on=on).filter(state=DiscrepancyState.OPEN)


def access_discrepancy(user: Any, ref: str, *, on: date) -> RollDiscrepancy:
    """The difference of that reference. Errors: NotFound."""
    found = discrepancies_visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def open_order_of(discrepancy: RollDiscrepancy) -> PostingOrder | None:
    """The officer's open order, if there is one: its arrival explains the roll."""
    orders = PostingOrder.objects.filter(officer=discrepancy.officer, state__in=OPEN_ORDERS)
    return orders.select_related("to_unit").first()
