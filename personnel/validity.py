"""How long a certificate lasts. Pure."""

from __future__ import annotations

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month, so many months later; the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def lapses_on(acquired_on: date | None, months: int | None) -> date | None:
    """The first day on which a certificate no longer holds; none when it does not lapse or its day is unknown."""
    return months_after(acquired_on, months) if acquired_on and months else None
