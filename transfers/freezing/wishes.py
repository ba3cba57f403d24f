"""From the places an officer named to classes of post, and the default list of one who must move.

The published rule: "any station in" an area stands for its stations with most vacancies first, then by code; at a
station the ordinary class comes first, then those whose skill the officer holds. The default list holds the nearest
classes under strength, in whole kilometres, then by code; nearest means along a great circle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from transfers.freezing.market import Ground, PostClass
from transfers.freezing.people import Taking
from transfers.freezing.rows import Record, UnitRow

Degrees = NDArray[np.float64]
HOME_COUNTY = "home-county"
NEAREST = 10  # classes on the default list
WIDER = 40  # classes for direct placement, where even the default list is full
UNKNOWN_DISTANCE = 100_000  # kilometres: after every place whose position is known


def wished_classes(record: Record, taking: Sequence[Taking]) -> set[PostClass]:
    """Return every ordinary class that somebody names, so that a place without seats is answered and not lost."""
    found: set[PostClass] = set()
    for each in taking:
        for unit, any_below in each.request.places if each.request else ():
            for station in record.below.get(unit, ()) if any_below else (unit,):
                if station in record.units:
                    found.add((station, each.holder.rank, None))
    return found


@dataclass
class Wishes:
    """Expands wishes and default lists; what is the same for many officers is worked out once."""

    record: Record
    ground: Ground
    skills_at: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    _areas: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    _near: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    _short: dict[str, list[tuple[str, UnitRow]]] = field(default_factory=dict)
    _short_at: dict[str, tuple[list[str], list[int], Degrees, Degrees]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit, rank, skill in self.ground.ref_of:
            if skill is not None:
                self.skills_at.setdefault((unit, rank), []).append(skill)
        for ref, free in self.ground.vacancies.items():
            unit, rank, skill = self.ground.class_of[ref]
            if free and skill is None:
                self._short.setdefault(rank, []).append((ref, self.record.units[unit]))

    def preferences(self, each: Taking) -> tuple[str, ...]:
        """Return the classes the officer is taken to want, best first, each once; the own class is left out."""
        own = self.ground.ref_of.get((each.holder.unit, each.holder.rank, each.holder.skill))
        found: dict[str, None] = {}
        for unit, any_below in each.request.places if each.request else ():
            for station in self._area(unit, each.holder.rank) if any_below else (unit,):
                for ref in self._classes(station, each):
                    found.setdefault(ref)
        found.pop(own or "", None)
        return tuple(found)

    def _area(self, area: int, rank: str) -> list[int]:
        if (area, rank) not in self._areas:

            def order(station: int) -> tuple[int, str]:
                ref = self.ground.ref_of.get((station, rank, None), "")
                return -self.ground.vacancies.get(ref, 0), self.record.units[station].code

            stations = [each for each in self.record.below.get(area, ()) if each in self.record.units]
            self._areas[area, rank] = sorted(stations, key=order)
        return self._areas[area, rank]

    def _classes(self, station: int, each: Taking) -> list[str]:
        held = self.record.skills_held.get(each.holder.officer, frozenset())
        skills: list[int | None] = [
            None,
            *(one for one in self.skills_at.get((station, each.holder.rank), ()) if one in held),
        ]
        posts = [(station, each.holder.rank, skill) for skill in skills]
        return [self.ground.ref_of[post] for post in posts if post in self.ground.ref_of]

    def exclusions(self, each: Taking, places: Sequence[str]) -> dict[str, str]:
        """Return which of the places the home-county rule closes to the officer."""
        home = each.holder.home_county
        if not home or "near-retirement" in each.facts.grounds:
            return {}  # near retirement an officer may choose the county
        return {ref: HOME_COUNTY for ref in places if self._county(ref) == home}

    def _county(self, ref: str) -> str:
        return self.record.units[self.ground.class_of[ref][0]].county

    def defaults(self, each: Taking) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the default list, and the wider list for direct placement, which goes on where it ends."""
        home = each.holder.home_county
        own = (each.holder.unit, each.holder.rank)
        near = [
            ref
            for ref in self._nearest(*own)
            if self.record.units[self.ground.class_of[ref][0]].county != (home or None)
        ]
        return tuple(near[:NEAREST]), tuple(near[NEAREST : NEAREST + WIDER])

    def _nearest(self, unit: int, rank: str) -> list[str]:
        if (unit, rank) not in self._near:
            refs, keys, north, east = self._positions(rank)
            distance = kilometres(*_position(self.record.units[unit]), north, east)
            order = np.argsort(distance, kind="stable")  # equal distances stay in the order of their codes
            self._near[unit, rank] = [refs[at] for at in order[: 3 * (NEAREST + WIDER)] if keys[at] != unit]
        return self._near[unit, rank]

    def _positions(self, rank: str) -> tuple[list[str], list[int], Degrees, Degrees]:
        if rank not in self._short_at:
            short = sorted(self._short.get(rank, ()), key=lambda each: each[0])
            places = [_position(there) for _, there in short]
            self._short_at[rank] = (
                [ref for ref, _ in short],
                [there.key for _, there in short],
                np.array([north for north, _ in places], np.float64),
                np.array([east for _, east in places], np.float64),
            )
        return self._short_at[rank]


def _position(unit: UnitRow) -> tuple[float, float]:
    known = unit.latitude is not None and unit.longitude is not None
    return (unit.latitude or 0.0, unit.longitude or 0.0) if known else (np.nan, np.nan)


def kilometres(north: float, east: float, norths: Degrees, easts: Degrees) -> NDArray[np.int64]:
    """Return the distances along great circles in whole kilometres. Shape: degrees; not a number where unknown."""
    one, others = math.radians(north), np.radians(norths)
    across = np.radians(easts) - math.radians(east)
    half = np.sin((others - one) / 2) ** 2 + math.cos(one) * np.cos(others) * np.sin(across / 2) ** 2
    exact = 2 * 6371 * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return np.where(np.isnan(exact), UNKNOWN_DISTANCE, np.rint(exact)).astype(np.int64)
