"""Posting orders: issued with a number, followed by departure and arrival; the posting changes on arrival."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deployment import policies
from deployment.actions import postings
from deployment.models import CasualtyReturn, Duty, OrderState, Posting, PostingOrder, ReturnKind
from deployment.queries.stretches import stretches_until
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify
from hcims.notify.kinds import Notice
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer


@action
def issue_order(
    *,
    number: str,
    officer: Officer,
    to_unit: Unit,
    duty: Duty,
    post_rank: Rank | None,
    report_by: date,
    reason: str,
    authority: str,
    by: Any,
    on: date,
    at: datetime,
    post_skill: Skill | None = None,
    overstrength_authority: str = "",
) -> PostingOrder:
    """This function will issue an order to report at a unit by a day. The posting changes when the officer arrives.

    For whoever is posted nowhere yet, and civilian members: an officer moves by a transfer (see `issue_decided`).
    """
    officer = postings.locked(officer)
    policies.check_can_post(by=by, officer=officer, to=to_unit, on=on)
    policies.check_order_reference(number)
    _check_order(officer, to_unit, post_rank, post_skill, report_by, overstrength_authority, on)
    order = PostingOrder.objects.create(
        number=number.strip(),
        officer=officer,
        from_unit=officer.unit,
        to_unit=to_unit,
        duty=duty,
        post_rank=post_rank,
        post_skill=post_skill,
        reason=reason,
        authority=authority,
        overstrength_authority=overstrength_authority,
        issued_on=on,
        report_by=report_by,
        issued_by=by,
    )
    _tell(order, Notice.POSTING_ORDERED, by=by, at=at)
    trail.record(Event.ORDER_ISSUED, target=order, by=by, at=at, reason=reason, source=authority)
    return order


def _tell(order: PostingOrder, notice: Notice, *, by: Any, at: datetime) -> None:
    if order.officer.user is not None:
        notify(order.officer.user, notice, at=at, by=by, link="/me/")


def _check_order(
    officer: Officer, unit: Unit, rank: Rank | None, skill: Skill | None, report_by: date, authority: str, on: date
) -> None:
    policies.check_is_no_transfer(officer, unit, on=on)
    policies.check_fills(officer, rank=rank, skill=skill, authority=authority)
    policies.check_unit_is_open(unit, report_by)
    if officer.unit_id == unit.pk:
        raise RuleBroken(
            _("%(officer)s is posted to %(unit)s already; change the duty instead.")
            % {"officer": officer.service_number, "unit": unit.name}
        )
    policies.check_strength(unit=unit, rank=rank, skill=skill, on=report_by, authority=authority)


@action
def depart(*, order: PostingOrder, happened_on: date, number: str, by: Any, on: date, at: datetime) -> PostingOrder:
    """This function will record that the officer left the losing unit. Errors: RuleBroken for the order of a transfer."""
    policies.check_carries_out_no_transfer(order)
    return record_departure(order=order, happened_on=happened_on, number=number, by=by, on=on, at=at)


@action
def record_departure(
    *, order: PostingOrder, happened_on: date, number: str, by: Any, on: date, at: datetime
) -> PostingOrder:
    """This function will record a departure on any order. For `transfers`, which has checked that nothing holds it."""
    if order.from_unit is not None:
        policies.check_can_record_return(by=by, unit=order.from_unit, on=on)
    posting = postings.current(order.officer)
    if posting is not None:
        postings.record_return(
            posting=posting, kind=ReturnKind.DEPARTURE, happened_on=happened_on, number=number, by=by, on=on, at=at
        )
    return workflow.move(order, OrderState.DEPARTED, by=by, at=at, note=number)


@action
def arrive(*, order: PostingOrder, happened_on: date, number: str, by: Any, on: date, at: datetime) -> PostingOrder:
    """This function will record the arrival and change the posting from that day.

    The gaining commander records it; the order's own authority stands for the posting, so no area check beyond the unit.
    Errors: RuleBroken for the order of a transfer.
    """
    policies.check_carries_out_no_transfer(order)
    # An order to somebody posted nowhere carries nobody away from a unit to which he or she was posted since.
    if order.from_unit is None:
        policies.check_is_no_transfer(order.officer, order.to_unit, on=on)
    return record_arrival(order=order, happened_on=happened_on, number=number, by=by, on=on, at=at)


@action
def record_arrival(
    *,
    order: PostingOrder,
    happened_on: date,
    number: str,
    by: Any,
    on: date,
    at: datetime,
    counts_on_from: Posting | None = None,
) -> PostingOrder:
    """This function will record an arrival on any order. For `transfers`, which has checked that nothing holds it.

    With `counts_on_from` the time at the station goes on counting from where that posting's did.
    """
    policies.check_can_record_return(by=by, unit=order.to_unit, on=on)
    policies.check_not_oneself(by=by, officer=order.officer)
    if happened_on > on:
        raise RuleBroken(_("The day of arrival cannot lie ahead."))
    left = departure_of(order.officer)
    if left and happened_on < left.happened_on:
        raise RuleBroken(
            _("The officer left on %(day)s and cannot have arrived before that.")
            % {"day": date_format(left.happened_on, "j F Y")}
        )
    posting = postings.post_on_order(order, happened_on, by=by, at=at, counts_on_from=counts_on_from)
    postings.record_return(
        posting=posting, kind=ReturnKind.ARRIVAL, happened_on=happened_on, number=number, by=by, on=on, at=at
    )
    return workflow.move(order, OrderState.ARRIVED, by=by, at=at, note=number, posting=posting)


def departure_of(officer: Officer) -> CasualtyReturn | None:
    """The departure on record from the unit of the posting in force, also where the duty was changed since."""
    posting = postings.current(officer)
    returns = CasualtyReturn.objects.filter(posting__in=stretches_until(posting), kind=ReturnKind.DEPARTURE)
    return returns.filter(withdrawn_at__isnull=True).first() if posting else None


@action
def take_back(*, order: PostingOrder, to: str, reason: str, by: Any, at: datetime) -> PostingOrder:
    """This function will put an order back to issued, or cancel it; a departure on it is withdrawn, kept and not counted.

    For `transfers`, which has checked who suspends or cancels. Errors: InvalidTransition once the officer has arrived.
    """
    left = departure_of(order.officer)
    if left is not None:
        left.withdrawn_at, left.withdrawn_why = at, reason[:200]
        left.save(update_fields=["withdrawn_at", "withdrawn_why"])
    if order.state == to:
        return order
    workflow.move(order, to, by=by, at=at, note=reason)
    if to == OrderState.CANCELLED:
        trail.record(Event.ORDER_CANCELLED, target=order, by=by, at=at, reason=reason)
    return order


@action
def report_later(*, order: PostingOrder, until: date) -> PostingOrder:
    """This function will set another day to report. For `transfers`, which has checked who decided and keeps the trail."""
    order.report_by = until
    order.save(update_fields=["report_by"])
    return order


@action
def cancel_order(*, order: PostingOrder, reason: str, by: Any, on: date, at: datetime) -> PostingOrder:
    """This function will cancel an order that has not been completed; the posting in force goes on."""
    policies.check_carries_out_no_transfer(order)
    policies.check_can_cancel(order, by=by, on=on)
    if not reason.strip():
        raise RuleBroken(_("Say why the order is cancelled; the officer reads it."), policies.TRANSFERS_SOURCE)
    workflow.move(order, OrderState.CANCELLED, by=by, at=at, note=reason)
    _tell(order, Notice.POSTING_CANCELLED, by=by, at=at)
    trail.record(Event.ORDER_CANCELLED, target=order, by=by, at=at, reason=reason)
    return order
