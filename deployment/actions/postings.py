"""Writing postings. The derived pointer on the officer's record follows in the same transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import actions as account_actions
from deployment import policies
from deployment.actions.settling import settle_on_arrival
from deployment.models import CasualtyReturn, Duty, Posting, PostingKind, PostingOrder, ReturnKind
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Rank, Skill, Unit
from personnel import actions as personnel_actions
from personnel.models import Officer


@action
def record_posting(
    *,
    officer: Officer,
    unit: Unit,
    duty: Duty,
    post_rank: Rank | None,
    starts_on: date,
    order_reference: str,
    by: Any,
    on: date,
    at: datetime,
    post_skill: Skill | None = None,
    start_known: bool = True,
    overstrength_authority: str = "",
    source: str = "",
) -> Posting:
    """This function will post the officer to the unit from `starts_on`: for the first time, or in another post of the unit.

    To another unit an officer moves by a transfer.
    Errors: NotAllowed outside the area; RuleBroken for what the policies say of order, unit, day, strength and rank.
    """
    officer = locked(officer)
    policies.check_can_post(by=by, officer=officer, to=unit, on=on)
    policies.check_order_reference(order_reference)
    if starts_on > on:
        raise RuleBroken(_("A posting is recorded when the officer has arrived; issue an order for a later day."))
    _check_post(officer, unit, duty, post_rank, post_skill, starts_on, overstrength_authority, on)
    before = end_current(officer, starts_on, by=by, at=at, reason=f"Posted to {unit.code}")
    posting = Posting(
        officer=officer,
        unit=unit,
        duty=duty,
        post_rank=post_rank,
        post_skill=post_skill,
        starts_on=starts_on,
        start_known=start_known,
        order_reference=order_reference,
        overstrength_authority=overstrength_authority,
        source=source,
    )
    if before is not None and before.unit_id == unit.pk and before.starts_on < starts_on:
        _go_on(posting, before)
    save(posting, by, source or order_reference)
    personnel_actions.keep_record_at(officer=officer, unit=unit)
    trail.record(
        Event.POSTING_RECORDED, target=posting, by=by, at=at, source=order_reference, details={"unit": unit.code}
    )
    if overstrength_authority:
        trail.record(Event.OVERSTRENGTH_AUTHORISED, target=posting, by=by, at=at, source=overstrength_authority)
    return posting


def _go_on(posting: Posting, before: Posting) -> None:
    posting.arrived_on, posting.tenure_since = before.arrival, before.tenure_since or before.starts_on
    posting.start_known = before.start_known


def _check_post(
    officer: Officer,
    unit: Unit,
    duty: Duty,
    rank: Rank | None,
    skill: Skill | None,
    starts_on: date,
    authority: str,
    on: date,
) -> None:
    policies.check_is_no_transfer(officer, unit, on=on)
    policies.check_fills(officer, rank=rank, skill=skill, authority=authority)
    policies.check_unit_is_open(unit, starts_on)
    held = current(officer)
    policies.check_is_a_change(held, unit=unit, duty=duty, rank=rank, skill=skill)
    if held is None or (held.unit, held.post_rank, held.post_skill) != (unit, rank, skill):
        policies.check_strength(unit=unit, rank=rank, skill=skill, on=starts_on, authority=authority)


def locked(officer: Officer) -> Officer:
    """The officer's record as it stands now, locked; for the actions of this module."""
    return Officer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=officer.pk)


def save(posting: Posting, by: Any, paper: str) -> None:
    """Writes the row with who changed it and on what paper; for the actions of this module."""
    posting._history_user = by  # type: ignore[attr-defined]
    posting._change_reason = paper[:100]  # type: ignore[attr-defined]
    posting.save()


def current(officer: Officer) -> Posting | None:
    """The substantive posting without an end, locked."""
    return (
        Posting.objects.select_for_update()
        .filter(officer=officer, kind=PostingKind.SUBSTANTIVE, ends_on__isnull=True, voided_at__isnull=True)
        .first()
    )


def end_current(officer: Officer, on: date, *, by: Any, at: datetime, reason: str) -> Posting | None:
    """Ends the substantive posting in force and what was held by virtue of it; for the actions of this module."""
    posting = current(officer)
    if posting is None:
        return None
    if on < posting.starts_on:
        raise RuleBroken(
            _("The posting in force began on %(day)s; the next one cannot begin before it.")
            % {"day": date_format(posting.starts_on, "j F Y")},
            policies.TRANSFERS_SOURCE,
        )
    posting.ends_on = on
    save(posting, by, reason)
    # A command held by virtue of the post ends with the posting.
    if officer.user is not None:
        account_actions.end_appointments_by_virtue(user=officer.user, on=on, by=by, at=at, reason=reason)
    return posting


def post_on_order(
    order: PostingOrder, starts_on: date, *, by: Any, at: datetime, counts_on_from: Posting | None = None
) -> Posting:
    """This function will carry out an order that was checked when it was issued: end the old posting, begin the new."""
    officer = locked(order.officer)
    end_current(officer, starts_on, by=by, at=at, reason=f"Order {order.number}")
    posting = Posting(
        officer=officer,
        unit=order.to_unit,
        duty=order.duty,
        post_rank=order.post_rank,
        post_skill=order.post_skill,
        starts_on=starts_on,
        order_reference=order.number,
        overstrength_authority=order.overstrength_authority,
        source=order.authority,
    )
    if counts_on_from is not None:
        posting.tenure_since = min(counts_on_from.tenure_since or counts_on_from.starts_on, starts_on)
        posting.start_known = counts_on_from.start_known
    save(posting, by, f"Order {order.number}")
    personnel_actions.keep_record_at(officer=officer, unit=order.to_unit)
    settle_on_arrival(officer, order.to_unit, by=by, at=at, paper=order.number)
    trail.record(Event.POSTING_RECORDED, target=posting, by=by, at=at, source=order.number)
    return posting


def begin(
    *,
    officer: Officer,
    unit: Unit,
    starts_on: date,
    order_reference: str,
    source: str,
    by: Any,
    at: datetime,
    **post: Any,
) -> Posting:
    """This function will end the posting in force and begin another on a paper, all rights checked by the caller."""
    officer = locked(officer)
    end_current(officer, starts_on, by=by, at=at, reason=f"Posted to {unit.code}")
    posting = Posting(
        officer=officer, unit=unit, starts_on=starts_on, order_reference=order_reference, source=source, **post
    )
    save(posting, by, order_reference)
    personnel_actions.keep_record_at(officer=officer, unit=unit)
    trail.record(
        Event.POSTING_RECORDED, target=posting, by=by, at=at, source=order_reference, details={"unit": unit.code}
    )
    return posting


@action
def end_posting(*, posting: Posting, ends_on: date, reason: str, by: Any, on: date, at: datetime) -> Posting:
    """This function will end a posting; a substantive one leaves the officer's record without a unit."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=posting.pk)
    policies.check_can_post(by=by, officer=posting.officer, to=posting.unit, on=on)
    if posting.voided_at is not None or (posting.ends_on is not None and posting.ends_on <= on):
        raise RuleBroken(_("This posting has ended already."))
    if posting.kind == PostingKind.SUBSTANTIVE:
        # Until that day the officer would be posted, and the record would say that he or she is not.
        policies.check_has_happened(ends_on, on, _("Issue an order for a move to come."))
        end_current(posting.officer, ends_on, by=by, at=at, reason=reason)
        personnel_actions.keep_record_at(officer=posting.officer, unit=None)
        posting.refresh_from_db()
    else:
        posting.ends_on = ends_on
        save(posting, by, reason)
    trail.record(Event.POSTING_ENDED, target=posting, by=by, at=at, reason=reason)
    return posting


@action
def record_absence(
    *,
    officer: Officer,
    kind: str,
    unit: Unit,
    starts_on: date,
    ends_on: date | None,
    order_reference: str,
    by: Any,
    on: date,
    at: datetime,
    duty: Duty | None = None,
    post_rank: Rank | None = None,
) -> Posting:
    """This function will record acting, attachment, secondment, a course, suspension or long leave beside the posting.

    `duty` and `post_rank` say what the officer does there and in which post, where that is not the duty and the post held.
    Errors: NotAllowed, RuleBroken (no posting to stand beside; the same kind running already; a closed unit).
    """
    officer = locked(officer)
    policies.check_not_oneself(by=by, officer=officer)
    policies.check_can_post(by=by, officer=officer, to=officer.unit or unit, on=on)
    policies.check_order_reference(order_reference)
    if kind == PostingKind.SUBSTANTIVE or kind not in PostingKind.values:
        raise RuleBroken(
            _("Choose what overlaps the posting: acting, attached, seconded, on course, suspended or on leave.")
        )
    held = current(officer)
    if held is None:
        raise RuleBroken(_("The officer has no posting in force that this could overlap."))
    policies.check_fills(officer, rank=post_rank or held.post_rank, skill=None, authority="")
    policies.check_unit_is_open(unit, starts_on)
    policies.check_not_twice_away(officer, kind, starts_on, ends_on)
    posting = Posting(
        officer=officer,
        kind=kind,
        unit=unit,
        duty=duty or held.duty,
        post_rank=post_rank or held.post_rank,
        starts_on=starts_on,
        ends_on=ends_on,
        order_reference=order_reference,
    )
    save(posting, by, order_reference)
    trail.record(Event.POSTING_RECORDED, target=posting, by=by, at=at, source=order_reference, details={"kind": kind})
    return posting


@action
def void_posting(*, posting: Posting, reason: str, by: Any, on: date, at: datetime) -> Posting:
    """This function will mark a posting as entered in error. It is kept, counted nowhere, and takes its returns with it.

    The posting that it ended is in force again: the officer never left it.
    """
    posting = Posting.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=posting.pk)
    policies.check_can_post(by=by, officer=posting.officer, to=posting.unit, on=on)
    if posting.voided_at is not None:
        raise RuleBroken(_("This posting is marked as entered in error already."))
    posting.voided_at, posting.void_reason = at, reason
    save(posting, by, reason)
    if posting.kind == PostingKind.SUBSTANTIVE and posting.ends_on is None:
        before = _taken_up_again(posting, by=by, reason=reason)
        personnel_actions.keep_record_at(officer=posting.officer, unit=before.unit if before else None)
    trail.record(Event.POSTING_VOIDED, target=posting, by=by, at=at, reason=reason)
    return posting


def _taken_up_again(voided: Posting, *, by: Any, reason: str) -> Posting | None:
    """The posting that the voided one ended, in force again; nothing where there was none."""
    before = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(officer=voided.officer, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, ends_on=voided.starts_on)
        .order_by("-starts_on", "-pk")
        .first()
    )
    if before is None or before.unit.closed_on is not None:
        return None
    before.ends_on = None
    save(before, by, f"The next posting was entered in error: {reason}")
    return before


@action
def record_return(
    *, posting: Posting, kind: str, happened_on: date, number: str, by: Any, on: date, at: datetime
) -> CasualtyReturn:
    """This function will record a casualty return for a posting: departure from it, or arrival on it."""
    policies.check_can_record_return(by=by, unit=posting.unit, on=on)
    if posting.officer.user_id == by.pk:
        policies.check_not_oneself(by=by, officer=posting.officer)
    if happened_on > on:
        raise RuleBroken(_("A casualty return tells what has happened; its day cannot lie ahead."))
    if kind == ReturnKind.DEPARTURE and happened_on < posting.arrival:
        raise RuleBroken(
            _("The officer arrived on %(day)s and cannot have left before that.")
            % {"day": date_format(posting.arrival, "j F Y")}
        )
    back = CasualtyReturn.objects.create(
        posting=posting, kind=kind, happened_on=happened_on, number=number, recorded_by=by, recorded_at=at
    )
    trail.record(Event.RETURN_RECORDED, target=posting, by=by, at=at, source=number, details={"kind": kind})
    return back
