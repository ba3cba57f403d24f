"""What putting many officers forward for rotation would do: who goes into the chain, who is left, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from deployment.models import Posting
from transfers.queries.due import Asked, Extras, Yardstick, extras_of, filtered, ordered, postings

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
        found = Yardstick(today).reasons()
        rows = rows.filter(found.get(asked.why, found["all"]))
    else:
        rows = rows.filter(officer__service_number__in=numbers[: SOME * LOOKS])
    return ordered(rows, "since").select_related("officer__user", "officer__unit")


def batch(rows: QuerySet[Posting], *, today: date) -> Batch:
    """The first of the list that can be put forward, as many as go at once. Who is skipped does not hold up the others."""
    todo: list[Planned] = []
    skipped: list[Planned] = []
    total, seen = rows.count(), 0
    while seen < min(total, SOME * LOOKS) and len(todo) < MOST:
        for each in plan(list(rows[seen : seen + SOME]), today=today):
            if not each.skipped and len(todo) == MOST:
                break
            seen += 1
            (skipped if each.skipped else todo).append(each)
    return Batch(todo, skipped, total - seen)


def plan(rows: list[Posting], *, today: date) -> list[Planned]:
    """What would be done with each, by the rules of today. The queries of a page, however many rows."""
    by = Yardstick(today)
    extras = extras_of(rows, by)
    return [_planned(each, extras) for each in rows]


def _planned(posting: Posting, extras: Extras) -> Planned:
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
        skipped = _("not due today")
    elif least is not None and months < least.value:
        skipped = _("%(months)s months at the station; the rule asks for %(least)s") % {
            "months": months, "least": least.value,
        }  # fmt: skip
    return Planned(posting, months, "" if skipped else _words(posting, due, months or 0, extras), skipped)


def _words(posting: Posting, due: list[str], months: int, extras: Extras) -> str:
    """What is written to the officer, in English: the file is kept in it."""
    said = {
        "overstay": f"{months} months at {posting.unit.name}; the limit is {extras.by.limits.of(posting.unit_id)} months.",
        "hardship": f"{months} months in a hardship area: a rotation is due.",
        "home": "The station lies in the officer's home county.",
    }
    return " ".join(said[each] for each in due)
