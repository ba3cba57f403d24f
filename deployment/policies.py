"""Who may do what to a posting, an order, a return or a station's list; each refusal names its source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deployment.models import (
    Duty,
    OrderState,
    Posting,
    PostingKind,
    PostingOrder,
    RollDiscrepancy,
    StationReturnLine,
)
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Baseline, EstablishmentLine, Rank, Skill, Unit
from personnel.models import Member, Officer

TRANSFERS_SOURCE = "Transfers and Deployments Regulations, LN 89/2015"
RANKS_SOURCE = "NPS Act, First Schedule: ranks are those of police officers; civilian members have none"
TYPED_IN = "Posting history"  # begins the source of postings that an import of past postings entered
SHORTEST = 10  # characters of a reason that says anything
SELF_SOURCE = "Fair Administrative Action Act 2015, s.7(2)(a): nobody decides about himself or herself"


def check_not_oneself(*, by: Any, officer: Officer) -> None:
    if officer.user_id is not None and officer.user_id == by.pk:
        raise NotAllowed(_("You cannot record a posting of your own."), SELF_SOURCE)


def check_can_post(*, by: Any, officer: Officer, to: Unit, on: date) -> None:
    """The recorder holds the pen where the officer is and where the officer goes."""
    check_not_oneself(by=by, officer=officer)
    for unit in (officer.unit, to):
        if unit is not None and not by.can(Permission.RECORD_POSTINGS, at=unit, on=on):
            raise NotAllowed(
                _("Your appointment does not reach %(unit)s. An HR officer whose area covers both units records this.")
                % {"unit": unit.name},
                TRANSFERS_SOURCE,
            )
    if officer.exited_on is not None:
        raise RuleBroken(
            _("%(officer)s left the service on %(day)s.")
            % {"officer": officer.service_number, "day": date_format(officer.exited_on, "j F Y")},
            TRANSFERS_SOURCE,
        )


def check_is_no_transfer(officer: Officer, unit: Unit, *, on: date) -> None:
    """From one unit to another a police officer is moved by a transfer, with a request or a round behind it, and never here.

    Asked by the actions that post and order, so that no page, deed or program gets past it. What moves lawfully does not ask:
    a decided move (`issue_decided`) and its arrival (`post_on_order`), a difference from a roll corrected on paper by a second
    person (`begin`), and the roll's first posting of an officer.

    An ended posting is asked about too, or ending one and recording another would be the transfer that nobody decided. Free
    are: a first posting; postings entered in error, which never were; a past that was typed in from papers; and whoever
    last served at a unit that is closed by now, because there is no way back to it.
    """
    if officer.member == Member.CIVILIAN:
        return
    last = last_posting(officer)
    if last is None or last.unit_id == unit.pk:
        return
    what = {"officer": officer.service_number, "unit": last.unit.name}
    if last.ends_on is None:
        raise RuleBroken(
            _(
                "%(officer)s serves at %(unit)s. A move to another unit is a transfer: put it forward under Transfers, "
                "where it is decided, ordered and carried out."
            )
            % what,
            TRANSFERS_SOURCE,
        )
    if last.source.startswith(TYPED_IN) or not _is_open(last.unit, on):
        return
    raise RuleBroken(
        _(
            "%(officer)s last served at %(unit)s, until %(day)s, and no transfer leads elsewhere. "
            "Record the posting there again, then put the move forward under Transfers."
        )
        % {**what, "day": date_format(last.ends_on, "j F Y")},
        TRANSFERS_SOURCE,
    )


def last_posting(officer: Officer) -> Posting | None:
    """The substantive posting in force, or else the last one that was; those entered in error are not counted."""
    held = Posting.objects.filter(officer=officer, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
    return held.select_related("unit").order_by("-starts_on", "-pk").first()


def check_carries_out_no_transfer(order: PostingOrder) -> None:
    """What happens to the order of a transfer happens under Transfers, where its stops, allowance and release are seen to."""
    if order.is_transfer:
        raise RuleBroken(
            _(
                "Order %(number)s carries out a transfer: departure, arrival and cancellation are recorded under Transfers."
            )
            % {"number": order.number},
            TRANSFERS_SOURCE,
        )


def _is_open(unit: Unit, on: date) -> bool:
    return unit.opened_on <= on and (unit.closed_on is None or unit.closed_on > on)


def check_unit_is_open(unit: Unit, on: date) -> None:
    if not _is_open(unit, on):
        raise RuleBroken(
            _("%(unit)s is not open on %(day)s.") % {"unit": unit.name, "day": date_format(on, "j F Y")},
            _("Police stations: NPS Act, s.40"),
        )


def check_has_happened(day: date, on: date, instead: str) -> None:
    """A record tells what has happened; `instead` says where what is to come belongs."""
    if day > on:
        raise RuleBroken(
            _("%(day)s lies ahead. %(instead)s") % {"day": date_format(day, "j F Y"), "instead": instead},
            _("Postings are recorded when they have happened"),
        )


def check_not_twice_away(officer: Officer, kind: str, starts_on: date, ends_on: date | None) -> None:
    """Two leaves, or two suspensions, of one officer do not run at once."""
    running = Posting.objects.filter(officer=officer, kind=kind, voided_at__isnull=True).exclude(ends_on__lte=starts_on)
    if ends_on is not None:
        running = running.filter(starts_on__lt=ends_on)
    if found := running.first():
        days = {"first": date_format(found.starts_on, "j F Y")}
        message = _("The same is on record from %(first)s without an end. End that first, or change the days.")
        if found.ends_on:
            days["last"] = date_format(found.ends_on, "j F Y")
            message = _("The same is on record from %(first)s until %(last)s. End that first, or change the days.")
        raise RuleBroken(message % days, _("One of a kind at a time"))


def check_fills(officer: Officer, *, rank: Rank | None, skill: Skill | None, authority: str) -> None:
    """A police officer fills a post of a rank; a civilian member fills none, so nothing is said of rank, skill or strength."""
    if officer.member == Member.CIVILIAN:
        if rank or skill or authority.strip():
            raise RuleBroken(
                _("A civilian member fills no police post: leave rank, skill and over-strength empty."), RANKS_SOURCE
            )
    elif rank is None:
        raise RuleBroken(_("Say the rank of the post that the officer fills."), RANKS_SOURCE)


def check_order_reference(reference: str) -> None:
    if not reference.strip():
        raise RuleBroken(
            _("A posting needs the number of the order it rests on: there is no oral posting."),
            "Kasebe v NPSC [2020] KEELRC 1923",
        )


def check_is_a_change(held: Posting | None, *, unit: Unit, duty: Duty, rank: Rank | None, skill: Skill | None) -> None:
    """The same posting twice would begin its tenure again."""
    if held and (held.unit, held.duty, held.post_rank, held.post_skill) == (unit, duty, rank, skill):
        raise RuleBroken(
            _("The officer is posted to %(unit)s in this post already.") % {"unit": unit.name},
            _("Tenure counts from the first day"),
        )


def check_can_change_duty(posting: Posting, duty: Duty, *, since: date, on: date) -> None:
    """What was done in the past is on record as it was; a duty changes within the posting that stands."""
    if posting.voided_at is not None or (posting.ends_on is not None and posting.ends_on <= on):
        raise RuleBroken(_("This posting has ended already."))
    if posting.duty_id == duty.pk:
        raise RuleBroken(_("Does this duty already."))
    check_has_happened(since, on, _("Record another duty on the day from which it is done."))
    if since < posting.starts_on:
        raise RuleBroken(
            _("This posting began on %(day)s; another duty cannot begin before it.")
            % {"day": date_format(posting.starts_on, "j F Y")}
        )


def free_posts(unit: Unit, rank: Rank, skill: Skill | None, *, on: date) -> int | None:
    """Authorised posts of the line less its holders on the day; None where no establishment says anything of the unit."""
    lines = EstablishmentLine.objects.in_force(on).filter(baseline=Baseline.AUTHORISED, unit=unit)
    posts = dict(((each.rank_id, each.skill_id), each.posts) for each in lines)
    if not posts:
        return None
    holders = (
        Posting.objects.in_force(on)
        .filter(unit=unit, post_rank=rank, post_skill=skill, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
        .count()
    )
    return posts.get((rank.pk, skill.pk if skill else None), 0) - holders


def check_strength(*, unit: Unit, rank: Rank | None, skill: Skill | None, on: date, authority: str) -> None:
    """A full line is exceeded only on paper; without a rank there is no line."""
    if rank is None:
        return
    free = free_posts(unit, rank, skill, on=on)
    if free is None or free > 0:
        return
    if authority.strip():
        return
    message = _("%(unit)s has no free post of %(rank)s. Give the paper that authorises over-strength.")
    if skill:
        message = _(
            "%(unit)s has no free post of %(rank)s with %(skill)s. Give the paper that authorises over-strength."
        )
    what = {"unit": unit.name, "rank": rank, "skill": skill}
    raise RuleBroken(message % what, _("Approved establishment in force"))


def check_can_record_return(*, by: Any, unit: Unit, on: date) -> None:
    if not by.can(Permission.RECORD_RETURNS, at=unit, on=on):
        raise NotAllowed(
            _("Casualty returns of %(unit)s are recorded there or by its HR officer.") % {"unit": unit.name},
            TRANSFERS_SOURCE,
        )


def check_can_cancel(order: PostingOrder, *, by: Any, on: date) -> None:
    check_not_oneself(by=by, officer=order.officer)
    if not by.can(Permission.RECORD_POSTINGS, at=order.to_unit, on=on):
        raise NotAllowed(_("Your appointment does not reach the unit of this order."), TRANSFERS_SOURCE)


def check_can_resolve_discrepancy(by: Any, discrepancy: RollDiscrepancy, *, on: date) -> None:
    """The HR desk of the unit on record or of the unit on the roll looks into it; nobody into his or her own."""
    check_not_oneself(by=by, officer=discrepancy.officer)
    units = (discrepancy.posting.unit, discrepancy.unit)
    if not any(by.can(Permission.RECORD_POSTINGS, at=unit, on=on) for unit in units):
        raise NotAllowed(_("Your appointment does not reach either unit."), TRANSFERS_SOURCE)


def check_can_correct_on_paper(
    by: Any, discrepancy: RollDiscrepancy, *, starts_on: date, paper: str, note: str, on: date
) -> None:
    """A posting begun without a transfer needs a second person, whose area covers both units, a number, and a sentence."""
    check_can_post(by=by, officer=discrepancy.officer, to=discrepancy.unit, on=on)
    if by.pk == discrepancy.opened_by_id:
        raise NotAllowed(
            _("You loaded the roll that says so. A second HR officer corrects the posting by it."), TRANSFERS_SOURCE
        )
    check_order_reference(paper)
    if len(note.strip()) < SHORTEST:
        raise RuleBroken(_("Say in a sentence why no order is on record here."), TRANSFERS_SOURCE)
    check_has_happened(starts_on, on, _("Put a move to come forward under Transfers."))
    check_unit_is_open(discrepancy.unit, starts_on)
    waiting = PostingOrder.objects.filter(
        officer=discrepancy.officer, state__in=(OrderState.ISSUED, OrderState.DEPARTED)
    )
    if order := waiting.first():
        raise RuleBroken(
            _("Order %(number)s to %(officer)s is open. Record its arrival, or have it cancelled first.")
            % {"number": order.number, "officer": discrepancy.officer.service_number},
            TRANSFERS_SOURCE,
        )


def check_can_confirm_station(*, by: Any, unit: Unit, on: date) -> None:
    if not by.can(Permission.CONFIRM_STATION, at=unit, on=on):
        raise NotAllowed(
            _("The list of %(unit)s is confirmed by its commander.") % {"unit": unit.name}, _("Monthly station return")
        )


def may_resolve(line: StationReturnLine, *, by: Any, on: date) -> bool:
    return by.can(Permission.RECORD_POSTINGS, at=line.station_return.unit, on=on)


def check_nobody_left(unit: Unit, *, on: date) -> None:
    """A unit closes when nobody is posted there any more, nobody is on the way to it, and no appointment stands at it."""
    staying = Posting.objects.filter(unit=unit, voided_at__isnull=True).exclude(ends_on__lte=on).count()
    if staying:
        raise RuleBroken(
            ngettext(
                "%(number)s posting at %(unit)s runs beyond %(day)s. Post that officer elsewhere first.",
                "%(number)s postings at %(unit)s run beyond %(day)s. Post those officers elsewhere first.",
                staying,
            )
            % {"number": staying, "unit": unit.name, "day": date_format(on, "j F Y")}
        )
    coming = PostingOrder.objects.filter(to_unit=unit, state__in=(OrderState.ISSUED, OrderState.DEPARTED)).count()
    if coming:
        raise RuleBroken(
            ngettext(
                "%(number)s order to report at %(unit)s is open. Cancel it first.",
                "%(number)s orders to report at %(unit)s are open. Cancel them first.",
                coming,
            )
            % {"number": coming, "unit": unit.name}
        )
    standing = unit.appointments.filter(state="approved").exclude(ends_on__lte=on).count()
    if standing:
        raise RuleBroken(
            ngettext(
                "%(number)s appointment at %(unit)s runs beyond %(day)s. End it first.",
                "%(number)s appointments at %(unit)s run beyond %(day)s. End them first.",
                standing,
            )
            % {"number": standing, "unit": unit.name, "day": date_format(on, "j F Y")}
        )
