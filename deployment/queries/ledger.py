"""The postings ledger: postings in force, orders on the way, casualty returns that are missing, arrivals unknown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from deployment.models import CasualtyReturn, OrderState, Posting, PostingKind, PostingOrder, ReturnKind
from deployment.queries.stretches import goes_on, is_continued
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope

OPEN_ORDERS = (OrderState.ISSUED, OrderState.DEPARTED)
RETURNS_LOOKED_BACK = timedelta(days=365)  # older papers are taken as filed


def postings_visible_to(user: Any, *, on: date, permission: Permission = Permission.SEE_POSTINGS) -> QuerySet[Posting]:
    """Postings, not voided, at the units where the user holds the permission."""
    scope = user.scope(permission, on=on)
    return (
        Posting.objects.filter(in_scope(scope, on=on), voided_at__isnull=True)
        .select_related("officer", "unit", "duty", "post_rank", "post_skill")
        .order_by("-starts_on", "-pk")
    )


def orders_visible_to(
    user: Any, *, on: date, permission: Permission = Permission.SEE_POSTINGS
) -> QuerySet[PostingOrder]:
    """Orders into or out of the units where the user holds the permission."""
    scope = user.scope(permission, on=on)
    into, out = in_scope(scope, on=on, field="to_unit"), in_scope(scope, on=on, field="from_unit")
    return (
        PostingOrder.objects.filter(into | out)
        .select_related("officer", "from_unit", "to_unit", "duty", "post_rank", "post_skill")
        .order_by("report_by", "pk")
    )


def access_posting(user: Any, ref: str, permission: Permission, *, on: date) -> Posting:
    """The posting of that reference, if the user holds the permission at its unit. Errors: NotFound."""
    scope = user.scope(permission, on=on)
    posting = (
        Posting.objects.filter(in_scope(scope, on=on), ref=ref)
        .select_related("officer__unit", "officer__user", "unit", "duty", "post_rank", "post_skill")
        .first()
    )
    if posting is None:
        raise NotFound(ref)
    return posting


def access_order(user: Any, ref: str, permission: Permission, *, on: date) -> PostingOrder:
    """The order of that reference, if the user holds the permission at either of its units. Errors: NotFound."""
    order = (
        orders_visible_to(user, on=on, permission=permission)
        .select_related("officer__unit", "officer__user", "issued_by", "posting")
        .filter(ref=ref)
        .first()
    )
    if order is None:
        raise NotFound(ref)
    return order


def in_force(postings: QuerySet[Posting], on: date) -> QuerySet[Posting]:
    """Substantive postings and what overlaps them on the day."""
    return postings.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def arrivals_missing(postings: QuerySet[Posting], on: date) -> QuerySet[Posting]:
    """Postings of the last year whose arrival return was never recorded."""
    returned = CasualtyReturn.objects.filter(posting=OuterRef("pk"), kind=ReturnKind.ARRIVAL, withdrawn_at=None)
    return postings.filter(
        ~Exists(returned),
        kind=PostingKind.SUBSTANTIVE,
        arrived_on__isnull=True,
        start_known=True,
        starts_on__gt=on - RETURNS_LOOKED_BACK,
        starts_on__lte=on,
    )


def departures_missing(postings: QuerySet[Posting], on: date) -> QuerySet[Posting]:
    """Postings ended within the last year whose departure return was never recorded, the officer still serving."""
    returned = CasualtyReturn.objects.filter(posting=OuterRef("pk"), kind=ReturnKind.DEPARTURE, withdrawn_at=None)
    return postings.filter(
        ~Exists(returned),
        ~goes_on(),
        kind=PostingKind.SUBSTANTIVE,
        ends_on__gt=on - RETURNS_LOOKED_BACK,
        ends_on__lte=on,
        officer__exited_on__isnull=True,
    ).order_by("-ends_on", "-pk")


def arrivals_unknown(postings: QuerySet[Posting], on: date) -> QuerySet[Posting]:
    """Postings in force of which nobody knows since when: never shown as "not due"."""
    return postings.filter(kind=PostingKind.SUBSTANTIVE, start_known=False, ends_on__isnull=True, starts_on__lte=on)


def orders_open(orders: QuerySet[PostingOrder]) -> QuerySet[PostingOrder]:
    """Orders issued or on the way, the earliest report-by day first."""
    return orders.filter(state__in=OPEN_ORDERS)


def orders_overdue(orders: QuerySet[PostingOrder], on: date) -> QuerySet[PostingOrder]:
    """Open orders whose report-by day has passed."""
    return orders_open(orders).filter(report_by__lt=on)


def returns_of(posting: Posting) -> list[CasualtyReturn]:
    return list(posting.returns.select_related("recorded_by").order_by("happened_on"))


def returns_missing(posting: Posting) -> list[str]:
    """Which casualty returns this posting should have and has not; none where only the duty changed."""
    due = set() if posting.arrived_on else {"arrival"}
    if posting.ends_on and not is_continued(posting):
        due.add("departure")
    return sorted(due - {each.kind for each in returns_of(posting)})


def history_of(posting: Posting) -> list[Any]:
    """The record of changes to one posting, the latest first."""
    return list(posting.history.select_related("history_user", "unit", "duty", "post_rank").order_by("-history_date"))


POSTING_COLUMNS = [
    "Service number",
    "Name",
    "What",
    "Unit",
    "Rank of post",
    "Skill of post",
    "Duty",
    "From",
    "To",
    "Order",
]
ORDER_COLUMNS = ["Order", "Service number", "Name", "From", "To", "Issued", "Report by", "State", "Reason"]


def posting_cells(posting: Posting) -> list[Any]:
    """One posting as a line of an export; an unknown arrival is left empty, never guessed."""
    return [
        posting.officer.service_number,
        posting.officer.full_name,
        posting.get_kind_display(),
        posting.unit.code,
        posting.post_rank.code if posting.post_rank else "",
        posting.post_skill.code if posting.post_skill else "",
        str(posting.duty),
        posting.starts_on if posting.start_known else "",
        posting.ends_on or "",
        posting.order_reference,
    ]


def order_cells(order: PostingOrder) -> list[Any]:
    """One order as a line of an export."""
    return [
        order.number,
        order.officer.service_number,
        order.officer.full_name,
        order.from_unit.code if order.from_unit else "",
        order.to_unit.code,
        order.issued_on,
        order.report_by,
        order.get_state_display(),
        order.reason,
    ]
