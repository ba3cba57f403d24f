"""The command under which a unit is counted: its county, formation, training institution or headquarters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from accounts.models import Appointment, User
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES
from hcims.periods import in_force
from organisation.models import ClassScheme, UnitClassing, UnitClosure, UnitType

COMMANDS = (UnitType.COUNTY, UnitType.FORMATION, UnitType.TRAINING, UnitType.HEADQUARTERS)
COMMANDING = [
    code for code, role in ROLES.items() if role.by_virtue_of_post and Permission.RECORD_RETURNS in role.permissions
]


def commands_of(units: Iterable[int], *, on: date) -> dict[int, int]:
    """The command of each unit: the nearest of those types above it or itself, else the highest unit there is. One query."""
    links = UnitClosure.objects.filter(in_force(on), descendant__in=set(units))
    found: dict[int, tuple[tuple[int, int], int]] = {}
    for unit, above, kind, depth in links.values_list("descendant", "ancestor", "ancestor__type", "depth"):
        rank = (0, depth) if kind in COMMANDS else (1, -depth)
        if unit not in found or rank < found[unit][0]:
            found[unit] = (rank, above)
    return {unit: above for unit, (_rank, above) in found.items()}


def commanders_of(units: Iterable[int], *, on: date) -> QuerySet[User]:
    """Those who command the units on the day: appointed at the unit itself or, where nobody is, at the ones above it.

    For notices about who leaves and who comes: each unit's own commander and the next above.
    """
    links = UnitClosure.objects.filter(in_force(on), descendant__in=set(units), depth__lte=1)
    held = Appointment.objects.filter(
        in_force(on), state="approved", role__in=COMMANDING, unit__in=links.values("ancestor")
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def hardship_units(on: date) -> set[int]:
    """The units that are hardship areas on the day."""
    return set(UnitClassing.objects.filter(in_force(on), scheme=ClassScheme.HARDSHIP).values_list("unit", flat=True))
