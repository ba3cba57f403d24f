"""How near help is to each command. Pure: plain data in, plain lines out.

Distance is as the crow flies, from every place of a command that has coordinates to the nearest office that has them; half of
the places are nearer than the median. What has no coordinates is counted beside it, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from deployment.command import Command
from deployment.nearest import Spot, kilometres


@dataclass(frozen=True)
class Office:
    """What cover needs to know of an office. Shape: `counsellors` None where not on record."""

    ref: str
    name: str
    unit: int
    county: int | None  # where it lies
    counsellors: int | None
    spot: Spot


@dataclass
class Line:
    """What there is for one command."""

    command: Command
    officers: int = 0
    offices: list[Office] = field(default_factory=list)
    places: int = 0  # stations and the like below it
    located: int = 0  # of them with coordinates
    half_within: float | None = None  # kilometres
    farthest: float | None = None
    wards: int = 0
    wards_with: int = 0
    supporters: int = 0

    @property
    def counsellors(self) -> int | None:
        """Of the offices whose staff is on record; None where that is so for none of them."""
        known = [each.counsellors for each in self.offices if each.counsellors is not None]
        return sum(known) if known or not self.offices else None

    @property
    def staff_unknown(self) -> int:
        """Offices that do not say how many counsellors they have."""
        return sum(each.counsellors is None for each in self.offices)

    @property
    def per_thousand(self) -> float | None:
        """Counsellors for each thousand officers."""
        if self.counsellors is None or not self.officers:
            return None
        return round(self.counsellors * 1_000 / self.officers, 1)

    @property
    def wards_without(self) -> int:
        return self.wards - self.wards_with

    @property
    def uncovered_share(self) -> float | None:
        """Per cent of the wards without a trained peer supporter."""
        return self.wards_without * 100 / self.wards if self.wards else None


def nearest(spots: Iterable[Spot], offices: Sequence[Office]) -> dict[int, float]:
    """Kilometres from each spot that has coordinates to the nearest office that has them."""
    located = [each for each in offices if each.spot.latitude is not None]
    found = {}
    for spot in spots:
        ways = [way for each in located if (way := kilometres(spot, each.spot)) is not None]
        if ways:
            found[spot.unit] = min(ways)
    return found


def measured(line: Line, places: Iterable[int], distances: Mapping[int, float]) -> None:
    """This function will set how far the places of a command are from help."""
    units = list(places)
    known = [distances[each] for each in units if each in distances]
    line.places, line.located = len(units), len(known)
    if known:
        line.half_within, line.farthest = round(median(known), 1), round(max(known), 1)
