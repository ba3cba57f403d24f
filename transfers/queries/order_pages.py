"""Orders as their pages show them: whose they are, what may be done with each now, what is overdue, what payroll takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from deployment.models import OrderState
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from transfers.models import AllowanceClass, Deferment, TransferOrder, TransferOrderState, TransferRequest
from transfers.policies import orders as policies
from transfers.queries import releases
from transfers.queries.orders import at_hand

_S = TransferOrderState
OPEN = (_S.WAITING, _S.REFUSED, _S.RELEASED, _S.SUSPENDED, _S.DEPARTED)


def orders_of_area(user: Any, *, on: date) -> QuerySet[TransferOrder]:
    """Orders into or out of the units where the user sees postings; one's own stand on another page."""
    scope = user.scope(Permission.SEE_POSTINGS, on=on)
    here = in_scope(scope, on=on, field="order__to_unit") | in_scope(scope, on=on, field="order__from_unit")
    return at_hand().filter(here).exclude(order__officer__user=user).order_by("order__report_by", "pk")


def open_ones(orders: QuerySet[TransferOrder]) -> QuerySet[TransferOrder]:
    """Those under way; one that ended with the officer's leaving is none."""
    return orders.filter(state__in=OPEN).exclude(order__state=OrderState.CANCELLED)


def overdue(orders: QuerySet[TransferOrder], *, on: date) -> QuerySet[TransferOrder]:
    """Those under way whose day to report has passed without an arrival."""
    return open_ones(orders).exclude(state=_S.SUSPENDED).filter(order__report_by__lt=on)


def parts(orders: QuerySet[TransferOrder], *, on: date) -> dict[str, QuerySet[TransferOrder]]:
    """The orders of an area by what they wait for, by the word in the address; the first is all that is under way."""
    living = orders.exclude(state__in=(_S.CANCELLED, _S.SUSPENDED)).exclude(order__state=OrderState.CANCELLED)
    paid = Q(allowance__paid_on__isnull=False, allowance__confirmed_at__isnull=False)
    return {
        "open": open_ones(orders),
        "release": open_ones(orders).filter(state__in=(_S.WAITING, _S.REFUSED)),
        "later": open_ones(orders).filter(pk__in=Deferment.objects.filter(granted__isnull=True).values("transfer")),
        "unpaid": living.exclude(allowance__kind=AllowanceClass.NONE).exclude(paid),
        "overdue": overdue(orders, on=on),
        "file": living.filter(state__in=(_S.DEPARTED, _S.ARRIVED), file_received_on__isnull=True),
        "arrived": orders.filter(state=_S.ARRIVED).order_by("-order__posting__starts_on", "-pk"),
        "back": orders.filter(Q(state__in=(_S.SUSPENDED, _S.CANCELLED)) | Q(reverses__isnull=False)),
    }


def arrived_between(orders: QuerySet[TransferOrder], first: date, last: date) -> QuerySet[TransferOrder]:
    """Those whose officers arrived in the days from first to last: what the payroll is told of."""
    return orders.filter(state=_S.ARRIVED, order__posting__starts_on__range=(first, last)).select_related(
        "order__posting"
    )


def access_order(user: Any, ref: str, *, on: date) -> TransferOrder:
    """The order of that reference, if it concerns a unit of the user's. Errors: NotFound."""
    found = orders_of_area(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def orders_of_request(user: Any, request: TransferRequest, *, on: date) -> list[TransferOrder]:
    """The orders that carry a transfer out, as far as the user sees them; those of an exchange are several."""
    return list(orders_of_area(user, on=on).filter(request=request).order_by("pk"))


def own_orders(user: Any) -> list[TransferOrder]:
    """The orders to the user as an officer, the latest first."""
    return list(at_hand().filter(order__officer__user=user).order_by("-published_at"))


def access_own(user: Any, ref: str) -> TransferOrder:
    """One's own order of that reference. Errors: NotFound."""
    found = at_hand().filter(order__officer__user=user, ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def open_deferment(transfer: TransferOrder) -> Deferment | None:
    """The deferment that waits for an answer."""
    return transfer.deferments.filter(granted__isnull=True).select_related("asked_by").first()


@dataclass(frozen=True)
class Deeds:
    """What this reader may do with the order now; each is checked again by its action."""

    release: bool
    decide_release: bool
    depart: bool
    arrive: bool
    answer: bool  # a deferment
    pay: bool
    waive: bool
    forward: bool
    receive: bool
    suspend: bool
    resume: bool
    cancel: bool
    reverse: bool


def deeds_of(user: Any, transfer: TransferOrder, *, on: date) -> Deeds:
    """The deeds that the state and the reader's appointment leave open."""
    order, state = transfer.order, transfer.state
    dead = order.state == OrderState.CANCELLED
    losing = order.from_unit is not None and user.can(Permission.RECORD_RETURNS, at=order.from_unit, on=on)
    gaining = user.can(Permission.RECORD_RETURNS, at=order.to_unit, on=on)
    may_go = not policies.holds_departure(transfer, on=on)
    back = not dead and policies.may_take_back(user, transfer, on=on)
    unpaid = not transfer.allowance.is_settled and not dead
    under_way = state in policies.NOT_OVER
    return Deeds(
        release=not dead and policies.may_release(user, transfer, on=on),
        decide_release=not dead and releases.decides(user, transfer, on=on),
        depart=not dead and losing and may_go and state in (_S.WAITING, _S.RELEASED),
        arrive=not dead and gaining and (state == _S.DEPARTED or (may_go and state in (_S.WAITING, _S.RELEASED))),
        answer=policies.may_decide_deferment(user, transfer, on=on) and open_deferment(transfer) is not None,
        pay=unpaid and policies.may_pay(user, transfer, on=on),
        waive=unpaid and under_way and policies.may_waive(user, transfer, on=on),
        forward=losing and not dead and transfer.file_forwarded_on is None and state != _S.SUSPENDED,
        receive=gaining and not dead and transfer.file_forwarded_on is not None and transfer.file_received_on is None,
        suspend=back and under_way,
        resume=back and state == _S.SUSPENDED,
        cancel=back and state in (*policies.NOT_OVER, _S.SUSPENDED),
        reverse=back and state == _S.ARRIVED and getattr(transfer, "reversed_by", None) is None,
    )


PAYROLL_COLUMNS = [
    "Order", "Service number", "Name", "From", "To", "Arrived on", "Allowance", "Amount (KSh)", "Voucher", "Paid on",
    "House allowance place on record",
]  # fmt: skip


def payroll_cells(transfer: TransferOrder) -> list[Any]:
    """One arrival as a line for the payroll. Whether and what is paid is the payroll's: nothing here stops pay."""
    order, due = transfer.order, transfer.allowance
    return [
        order.number,
        order.officer.service_number,
        order.officer.full_name,
        order.from_unit.code if order.from_unit else "",
        order.to_unit.code,
        order.posting.starts_on if order.posting else "",
        due.kind,
        f"{due.amount_cents / 100:.2f}" if due.amount_cents is not None else "",
        due.voucher,
        due.paid_on or "",
        order.officer.house_allowance_place,
    ]
