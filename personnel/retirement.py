"""When a member of the service retires: from the day of birth and the dated rules. Pure: no database, no clock.

On any day one rule governs a member: the one for his or her own rank if there is one in force, else the general one for
members of the kind. A member retires on the first day on which the age of the rule that governs that day is reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Rule:
    """Members of a kind (of one rank, or of every rank without a rule of its own) retire at `age` in the period."""

    member: str
    rank: int | None
    age: int
    starts_on: date
    ends_on: date | None = None
    legal_basis: str = ""
    is_confirmed: bool = False

    def covers(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True)
class Retirement:
    """The day, and the rule that sets it."""

    on: date
    rule: Rule


def reaches(born_on: date, age: int) -> date:
    """The day on which a person born on `born_on` reaches the age; 29 February counts as 1 March in common years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def latest_birth(on: date, age: int) -> date:
    """The last day of birth with which the age is reached by the day `on`."""
    try:
        return on.replace(year=on.year - age)
    except ValueError:
        return date(on.year - age, 2, 28)


def governing(rules: Iterable[Rule], member: str, rank: int | None, on: date) -> Rule | None:
    """The rule that governs a member of that kind and rank on the day `on`, if there is one."""
    found = [rule for rule in rules if rule.member == member and rule.rank in (rank, None) and rule.covers(on)]
    own = [rule for rule in found if rule.rank is not None]
    return max(own or found, key=lambda rule: rule.starts_on, default=None)


def retires(born_on: date | None, member: str, rank: int | None, rules: Iterable[Rule]) -> Retirement | None:
    """When and by which rule a member retires; none without a day of birth or a rule.

    Shape: `rank` is the rank's primary key, as in the rules.
    """
    if born_on is None:
        return None
    own = [rule for rule in rules if rule.member == member and rule.rank in (rank, None)]
    days = {reaches(born_on, rule.age) for rule in own} | _changes(own)
    for day in sorted(days):
        rule = governing(own, member, rank, day)
        if rule and reaches(born_on, rule.age) <= day:
            return Retirement(day, rule)
    return None


def born_by(until: date, member: str, rank: int | None, rules: Iterable[Rule]) -> date | None:
    """The last day of birth with which such a member retires on or before `until`; none where no rule says.

    This is `retires` the other way round, so that a list of 107,000 can be asked in one comparison.
    """
    own = [rule for rule in rules if rule.member == member and rule.rank in (rank, None)]
    days = {until} | {change - timedelta(days=1) for change in _changes(own) if change <= until}
    births = []
    for day in days:
        rule = governing(own, member, rank, day)
        if rule:
            births.append(latest_birth(day, rule.age))
    return max(births, default=None)


def _changes(rules: list[Rule]) -> set[date]:
    return {rule.starts_on for rule in rules} | {rule.ends_on for rule in rules if rule.ends_on}
