"""What putting many officers forward for rotation would do: who goes into the chain, who is left, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from deployment.models import Posting
from deployment.queries.tenure import months_between
from personnel.validity import months_after
from transfers.queries.due import (
    Asked,
    Extras,
    Yardstick,
    detailed,
    extras_of,
    filtered,
    months_ahead,
    ordered,
    postings,
)

MOST = 200  # at once: each goes through the chain of approval, with its stops and notices
SOME = 200  # rows looked at in one go
LOOKS = 25  # goes, before whoever works the list narrows it


@dataclass(frozen=True)
class Planned:
    """One officer: the reason that is written for the request, or why it is skipped."""

    posting: Posting
    months: int | None
    reason: str = ""
    skipped: str = ""


@dataclass(frozen=True)
class Batch:
    """What is done at once, who before and among them is left out, and how many of the list come after."""

    todo: list[Planned]
    skipped: list[Planned]
    rest: int


def chosen(user: Any, asked: Asked, *, numbers: list[str], everything: bool, today: date) -> QuerySet[Posting]:
    """The officers ticked, or all of the list; who has been there longest first."""
    rows = filtered(postings(user, on=today, today=today), asked)
    if everything:
        found = Yardstick(asked.on).reasons()
        rows = rows.filter(found.get(asked.why, found["all"]))
    else:
        rows = rows.filter(officer__service_number__in=numbers[: SOME * LOOKS])
    return detailed(ordered(rows)).select_related("officer__user", "officer__unit")


def batch(rows: QuerySet[Posting], *, on: date, today: date) -> Batch:
    """The first of the list of a day that can be put forward, as many as go at once. Who is skipped holds up nobody."""
    todo: list[Planned] = []
    skipped: list[Planned] = []
    total, seen = rows.count(), 0
    while seen < min(total, SOME * LOOKS) and len(todo) < MOST:
        for each in plan(list(rows[seen : seen + SOME]), on=on, today=today):
            if not each.skipped and len(todo) == MOST:
                break
            seen += 1
            (skipped if each.skipped else todo).append(each)
    return Batch(todo, skipped, total - seen)


def may_work(on: date, *, today: date) -> bool:
    """Whether officers are put forward from the list of that day: today's, or one of the months that the forecast shows."""
    return on == today or today < on <= months_after(today, months_ahead(today))


def plan(rows: list[Posting], *, on: date, today: date) -> list[Planned]:
    """What would be done with each who is due on a day, today or ahead. The queries of a page, however many rows."""
    extras = extras_of(rows, Yardstick(on))
    return [_planned(each, extras, today) for each in rows]


def _planned(posting: Posting, extras: Extras, today: date) -> Planned:
    months, reasons = extras.months(posting), extras.reasons(posting)
    due = [each for each in reasons if each in ("overstay", "hardship", "home")]
    least = extras.by.minimum
    skipped = ""
    if posting.officer_id in extras.under_way:
        skipped = _("a transfer is under way already")
    elif months is None:
        skipped = _("nobody knows since when: the record comes first")
    elif "exempt" in reasons and not due:
        skipped = _("the limit does not count for this officer")
    elif not due:
        said = (
            _("not due on %(day)s; there is a list for each day ahead")
            if "soon" in reasons
            else _("not due on %(day)s")
        )
        skipped = said % {"day": date_format(extras.by.on, "j F Y")}
    elif least is not None and (so_far := months_between(posting.arrival, today)) < least.value:
        skipped = _("%(months)s months at the station; the rule asks for %(least)s") % {
            "months": so_far, "least": least.value,
        }  # fmt: skip
    ahead = f"On {extras.by.on:%-d %B %Y}: " if extras.by.on > today else ""
    return Planned(posting, months, "" if skipped else ahead + _words(posting, due, months or 0, extras), skipped)


def _words(posting: Posting, due: list[str], months: int, extras: Extras) -> str:
    """What is written to the officer, in English: the file is kept in it."""
    said = {
        "overstay": f"{months} months at {posting.unit.name}; the limit is {extras.by.limits.of(posting.unit_id)} months.",
        "hardship": f"{months} months in a hardship area: a rotation is due.",
        "home": "The station lies in the officer's home county.",
    }
    return " ".join(said[each] for each in due)
