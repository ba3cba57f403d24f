"""On which days a cohort meets, as proposed: once a week for a group series, each working day for a course. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

WEEKLY, DAILY = "weekly", "daily"
WORKING_DAYS = 5
MOST = 400  # meetings of one cohort

Thing = TypeVar("Thing")


def proposed_days(first_on: date, last_on: date, how: str, weeks: int | None = None) -> list[date]:
    """The days from the first to the last; of a series the same day in each of its weeks, as many as it has."""
    if how == WEEKLY:
        number = weeks or (last_on - first_on).days // 7 + 1
        return [first_on + timedelta(weeks=each) for each in range(min(number, MOST))]
    days = (first_on + timedelta(days=each) for each in range((last_on - first_on).days + 1))
    return [day for day in days if day.weekday() < WORKING_DAYS][:MOST]


def spread(things: Sequence[Thing], number: int) -> list[Thing | None]:
    """The things in their order over so many places, each about equally often; nothing where there are none."""
    if not things:
        return [None] * number
    return [things[place * len(things) // number] for place in range(number)]
