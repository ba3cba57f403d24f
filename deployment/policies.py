"""Who may do what to a posting, an order, a return or a station's list; each refusal names its source."""

from __future__ import annotations

from datetime import date
from typing import Any

from deployment.models import Duty, OrderState, Posting, PostingKind, PostingOrder, StationReturnLine
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Baseline, EstablishmentLine, Rank, Skill, Unit
from personnel.models import Officer

TRANSFERS_SOURCE = "Transfers and Deployments Regulations, LN 89/2015"
SELF_SOURCE = "Fair Administrative Action Act 2015, s.7(2)(a): nobody decides about himself or herself"


def check_not_oneself(*, by: Any, officer: Officer) -> None:
    if officer.user_id is not None and officer.user_id == by.pk:
        raise NotAllowed("You cannot record a posting of your own.", SELF_SOURCE)


def check_can_post(*, by: Any, officer: Officer, to: Unit, on: date) -> None:
    """The recorder holds the pen where the officer is and where the officer goes."""
    check_not_oneself(by=by, officer=officer)
    for unit in (officer.unit, to):
        if unit is not None and not by.can(Permission.RECORD_POSTINGS, at=unit, on=on):
            raise NotAllowed(
                f"Your appointment does not reach {unit.name}. An HR officer whose area covers both units records this.",
                TRANSFERS_SOURCE,
            )
    if officer.exited_on is not None:
        raise RuleBroken(
            f"{officer.service_number} left the service on {officer.exited_on:%d %B %Y}.", TRANSFERS_SOURCE
        )


def check_unit_is_open(unit: Unit, on: date) -> None:
    if unit.opened_on > on or (unit.closed_on is not None and unit.closed_on <= on):
        raise RuleBroken(f"{unit.name} is not open on {on:%d %B %Y}.", "Police stations: NPS Act, s.40")


def check_has_happened(day: date, on: date, instead: str) -> None:
    """A record tells what has happened; `instead` says where what is to come belongs."""
    if day > on:
        raise RuleBroken(f"{day:%d %B %Y} lies ahead. {instead}", "Postings are recorded when they have happened")


def check_not_twice_away(officer: Officer, kind: str, starts_on: date, ends_on: date | None) -> None:
    """Two leaves, or two suspensions, of one officer do not run at once."""
    running = Posting.objects.filter(officer=officer, kind=kind, voided_at__isnull=True).exclude(ends_on__lte=starts_on)
    if ends_on is not None:
        running = running.filter(starts_on__lt=ends_on)
    if found := running.first():
        until = f"until {found.ends_on:%d %B %Y}" if found.ends_on else "without an end"
        raise RuleBroken(
            f"The same is on record from {found.starts_on:%d %B %Y} {until}. End that first, or change the days.",
            "One of a kind at a time",
        )


def check_order_reference(reference: str) -> None:
    if not reference.strip():
        raise RuleBroken(
            "A posting needs the number of the order it rests on: there is no oral posting.",
            "Kasebe v NPSC [2020] KEELRC 1923",
        )


def check_is_a_change(held: Posting | None, *, unit: Unit, duty: Duty, rank: Rank, skill: Skill | None) -> None:
    """The same posting twice would begin its tenure again."""
    if held and (held.unit, held.duty, held.post_rank, held.post_skill) == (unit, duty, rank, skill):
        raise RuleBroken(
            f"The officer is posted to {unit.name} in this post already.", "Tenure counts from the first day"
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


def check_strength(*, unit: Unit, rank: Rank, skill: Skill | None, on: date, authority: str) -> None:
    """A full line is exceeded only on paper."""
    free = free_posts(unit, rank, skill, on=on)
    if free is None or free > 0:
        return
    what = f"{unit.name} has no free post of {rank}" + (f" with {skill}" if skill else "")
    if not authority.strip():
        raise RuleBroken(f"{what}. Give the paper that authorises over-strength.", "Approved establishment in force")


def check_can_record_return(*, by: Any, unit: Unit, on: date) -> None:
    if not by.can(Permission.RECORD_RETURNS, at=unit, on=on):
        raise NotAllowed(f"Casualty returns of {unit.name} are recorded there or by its HR officer.", TRANSFERS_SOURCE)


def check_can_cancel(order: PostingOrder, *, by: Any, on: date) -> None:
    check_not_oneself(by=by, officer=order.officer)
    if not by.can(Permission.RECORD_POSTINGS, at=order.to_unit, on=on):
        raise NotAllowed("Your appointment does not reach the unit of this order.", TRANSFERS_SOURCE)


def check_can_confirm_station(*, by: Any, unit: Unit, on: date) -> None:
    if not by.can(Permission.CONFIRM_STATION, at=unit, on=on):
        raise NotAllowed(f"The list of {unit.name} is confirmed by its commander.", "Monthly station return")


def may_resolve(line: StationReturnLine, *, by: Any, on: date) -> bool:
    return by.can(Permission.RECORD_POSTINGS, at=line.station_return.unit, on=on)


def check_nobody_left(unit: Unit, *, on: date) -> None:
    """A unit closes when nobody is posted there any more, nobody is on the way to it, and no appointment stands at it."""
    staying = Posting.objects.filter(unit=unit, voided_at__isnull=True).exclude(ends_on__lte=on).count()
    if staying:
        raise RuleBroken(
            f"{staying} postings at {unit.name} run beyond {on:%d %B %Y}. Post those officers elsewhere first."
        )
    coming = PostingOrder.objects.filter(to_unit=unit, state__in=(OrderState.ISSUED, OrderState.DEPARTED)).count()
    if coming:
        raise RuleBroken(f"{coming} orders to report at {unit.name} are open. Cancel them first.")
    standing = unit.appointments.filter(state="approved").exclude(ends_on__lte=on).count()
    if standing:
        raise RuleBroken(f"{standing} appointments at {unit.name} run beyond {on:%d %B %Y}. End them first.")
