"""Which holders of a skill are nearest to a unit that lacks it. Pure: plain data in, plain data out.

Distance is along the earth's surface where both units have coordinates; where one has none, units of the same county come
first, then units of the same region, then all others. A distance by road is not known to the product and not claimed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6_371.0


class Nearness(IntEnum):
    """How near, where kilometres cannot say."""

    SAME_COUNTY = 1
    SAME_REGION = 2
    ELSEWHERE = 3


@dataclass(frozen=True)
class Spot:
    """Where a unit lies. Units: degrees."""

    unit: int
    latitude: float | None = None
    longitude: float | None = None
    county: str = ""
    region: str = ""


@dataclass(frozen=True)
class Near:
    """A unit with holders to spare, and how near it is. Units: kilometres, None where unknown."""

    unit: int
    kilometres: float | None
    nearness: Nearness


def kilometres(one: Spot, other: Spot) -> float | None:
    """The great-circle distance, or None where a coordinate is missing. Source: haversine formula."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    latitudes = radians(one.latitude), radians(other.latitude)  # type: ignore[arg-type]
    between = latitudes[1] - latitudes[0], radians(other.longitude - one.longitude)  # type: ignore[operator]
    chord = sin(between[0] / 2) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(between[1] / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def by_nearness(target: Spot, spots: Iterable[Spot]) -> list[Near]:
    """The other units, the nearest first; those whose distance is known come before the others of their county or region."""
    found = [
        Near(spot.unit, kilometres(target, spot), _nearness(target, spot)) for spot in spots if spot.unit != target.unit
    ]
    if target.latitude is None:
        return sorted(found, key=lambda near: (near.nearness, near.unit))
    return sorted(
        found, key=lambda near: (near.kilometres is None and near.nearness, near.kilometres or 0.0, near.unit)
    )


def _nearness(one: Spot, other: Spot) -> Nearness:
    if one.county and one.county == other.county:
        return Nearness.SAME_COUNTY
    if one.region and one.region == other.region:
        return Nearness.SAME_REGION
    return Nearness.ELSEWHERE
