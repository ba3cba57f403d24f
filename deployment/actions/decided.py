"""Orders that carry out a decision taken elsewhere (`transfers`). The authority that decided is the authority for the posting."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deployment import policies
from deployment.models import Duty, OrderState, PostingOrder
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer

AT_ONCE = 5_000  # rows named in one statement


@dataclass(frozen=True)
class DecidedMove:
    """One officer, where to, as what, by when, and the paper on which it was decided."""

    number: str
    officer: Officer
    to_unit: Unit
    duty: Duty
    post_rank: Rank | None
    report_by: date
    reason: str
    authority: str
    post_skill: Skill | None = None
    overstrength_authority: str = ""


@action
def issue_decided(*, moves: Sequence[DecidedMove], by: Any, on: date, at: datetime) -> list[PostingOrder]:
    """This function will issue the orders for moves that were decided elsewhere, all of them or none, in a few statements.

    The caller has checked who may decide and publish, the stops, the strength and the days of notice: the area of whoever
    types is not asked for here. Kept here is what no order may break: the officer serves, goes somewhere else, to a unit
    that is open on the day, and has no other open order.
    """
    moves = sorted(moves, key=lambda each: each.officer.pk)  # locks in one order, whoever publishes
    held = dict(_locked(moves))
    for move in moves:
        _check(move, *held[move.officer.pk], on=on)
    orders = PostingOrder.objects.bulk_create(
        [order_of(move, held[move.officer.pk][0], by=by, on=on) for move in moves], batch_size=AT_ONCE
    )
    _record(orders, by=by, at=at)
    return orders


def _locked(moves: Sequence[DecidedMove]) -> Iterator[tuple[int, tuple[int | None, date | None, str | None]]]:
    """Unit, exit and open order of each officer as they stand now, the officers' rows locked."""
    for start in range(0, len(moves), AT_ONCE):
        keys = [each.officer.pk for each in moves[start : start + AT_ONCE]]
        rows = Officer.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        found = list(rows.values_list("pk", "unit_id", "exited_on"))
        open_ones = PostingOrder.objects.filter(officer__in=keys, state__in=(OrderState.ISSUED, OrderState.DEPARTED))
        numbers = dict(open_ones.values_list("officer", "number"))
        for pk, unit, exited_on in found:
            yield pk, (unit, exited_on, numbers.get(pk))


def _check(move: DecidedMove, unit: int | None, exited_on: date | None, open_order: str | None, *, on: date) -> None:
    who = {"officer": move.officer.service_number}
    policies.check_order_reference(move.number)
    policies.check_fills(
        move.officer, rank=move.post_rank, skill=move.post_skill, authority=move.overstrength_authority
    )
    if exited_on is not None:
        raise RuleBroken(
            _("%(officer)s left the service on %(day)s.") % {**who, "day": date_format(exited_on, "j F Y")},
            policies.TRANSFERS_SOURCE,
        )
    if open_order is not None:
        raise RuleBroken(
            _("%(officer)s has an order that is still open: %(number)s. Cancel it first.")
            % {**who, "number": open_order},
            policies.TRANSFERS_SOURCE,
        )
    if unit == move.to_unit.pk:
        raise RuleBroken(
            _("%(officer)s serves at %(unit)s already.") % {**who, "unit": move.to_unit.name}, policies.TRANSFERS_SOURCE
        )
    if move.report_by < on:
        raise RuleBroken(_("The day to report lies in the past."), policies.TRANSFERS_SOURCE)
    policies.check_unit_is_open(move.to_unit, move.report_by)


def order_of(move: DecidedMove, unit: int | None, *, by: Any, on: date) -> PostingOrder:
    """The order for a move out of the unit, kept nowhere yet: a draft reads it too."""
    return PostingOrder(
        number=move.number,
        officer=move.officer,
        from_unit_id=unit,
        to_unit=move.to_unit,
        duty=move.duty,
        post_rank=move.post_rank,
        post_skill=move.post_skill,
        reason=move.reason[:200],
        authority=move.authority[:200],
        overstrength_authority=move.overstrength_authority,
        issued_on=on,
        report_by=move.report_by,
        issued_by=by,
        is_transfer=True,
    )


def _record(orders: Sequence[PostingOrder], *, by: Any, at: datetime) -> None:
    if len(orders) == 1:
        order = orders[0]
        trail.record(Event.ORDER_ISSUED, target=order, by=by, at=at, reason=order.reason, source=order.authority)
        return
    digest = hashlib.sha256("\n".join(f"{each.number} {each.ref}" for each in orders).encode()).hexdigest()
    details = {"count": len(orders), "sha256": digest}
    if orders:
        details |= {"first": orders[0].number, "last": orders[-1].number}
    trail.record(Event.ORDER_ISSUED, target="deployment.orders", by=by, at=at, details=details)
