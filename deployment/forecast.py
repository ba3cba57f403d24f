"""Vacancies to come: what is known (retirements, ends of contracts) and what past years suggest (other exits). Pure.

Method, as the page says it: nobody enters, nobody is promoted. A member retires on the day that the rule in force sets; a
member whose contract ends earlier leaves then. Other exits (resignation, death, dismissal, medical retirement) are taken
as the yearly average of the years looked back, the same each year. Whoever is past the day already counts in year one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

YEARS = (1, 2, 3, 4, 5)


def years_ahead(on: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 28."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 2, 28)


@dataclass(frozen=True)
class Outlook:
    """One rank: who is there now, and who leaves within one to five years (each figure counts all years up to it)."""

    rank: int
    posts: int
    strength: int
    vacant: int
    retirements: tuple[int, ...]
    contracts: tuple[int, ...]
    others_a_year: float

    def others(self, years: int) -> int:
        """Other exits expected within so many years, rounded to whole people."""
        return round(self.others_a_year * years)

    def leaving(self, years: int) -> int:
        """Everyone expected to leave within so many years; never more than there are."""
        found = self.retirements[years - 1] + self.contracts[years - 1] + self.others(years)
        return min(found, self.strength)

    def vacancies(self, years: int) -> int:
        """Vacant posts in so many years if nobody enters."""
        return self.vacant + self.leaving(years)


def outlooks(
    ranks: Sequence[int],
    *,
    posts: Mapping[int, tuple[int, int, int]],
    retirements: Mapping[int, Sequence[int]],
    contracts: Mapping[int, Sequence[int]],
    other_exits: Mapping[int, int],
    years_back: int,
) -> list[Outlook]:
    """The outlook of each rank, in the order given, for ranks with posts or people.

    Shape: `posts` maps a rank to (posts, strength, vacant); the yearly counts have one figure for each of YEARS.
    """
    found = []
    for rank in ranks:
        number, strength, vacant = posts.get(rank, (0, 0, 0))
        if not (number or strength):
            continue
        nothing = (0,) * len(YEARS)
        found.append(
            Outlook(
                rank,
                number,
                strength,
                vacant,
                tuple(retirements.get(rank, nothing)),
                tuple(contracts.get(rank, nothing)),
                other_exits.get(rank, 0) / years_back if years_back else 0.0,
            )
        )
    return found
