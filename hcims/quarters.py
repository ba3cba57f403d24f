"""Quarters of the calendar: the periods for which figures are counted once and published. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Quarter:
    """Half-open: from the first day of the quarter up to the first day of the next."""

    starts_on: date

    @property
    def ends_on(self) -> date:
        """The first day of the next quarter."""
        return _months_on(self.starts_on, 3)

    @property
    def before(self) -> Quarter:
        """The quarter before this one."""
        return Quarter(_months_on(self.starts_on, -3))

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.starts_on.month + 2) // 3

    @property
    def months(self) -> list[str]:
        """Its three months, such as 2026-07."""
        return [f"{day.year:04d}-{day.month:02d}" for day in (_months_on(self.starts_on, each) for each in range(3))]

    @property
    def code(self) -> str:
        """Such as 2026-q3."""
        return f"{self.starts_on.year}-q{self.number}"


def _months_on(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def quarter_of(day: date) -> Quarter:
    """The quarter that the day lies in."""
    return Quarter(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1))


def closed(today: date, *, back: int) -> list[Quarter]:
    """The last quarters that are over, the latest first."""
    found = [quarter_of(today).before]
    while len(found) < back:
        found.append(found[-1].before)
    return found
