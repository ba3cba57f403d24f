"""Units that are not named outside the service: formations, and units in a serious operation area."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from deployment.queries.tenure import operation_units
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure, UnitType
from organisation.models.units import Line


def restricted_codes(on: date) -> frozenset[str]:
    """Codes of the units that are restricted on the day: classed so, of a formation, or under either. One query."""
    restricted = Q(ancestor__line=Line.FORMATION) | Q(ancestor__in=operation_units(on).values("unit"))
    below = UnitClosure.objects.filter(restricted, in_force(on))
    return frozenset(below.values_list("descendant__code", flat=True))


def county_codes() -> frozenset[str]:
    """Codes of the county commands: outside the service, strength is told of these alone, by rank."""
    return frozenset(Unit.objects.filter(type=UnitType.COUNTY).values_list("code", flat=True))
