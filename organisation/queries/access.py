"""How a permission's scope becomes a filter, and where a unit stands in the tree of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hcims.access.permissions import Permission
from hcims.access.scope import Scope
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure


def below(roots: Iterable[int], on: date) -> QuerySet[Any]:
    """Primary keys of the units under `roots`, themselves included, in the tree of the day `on`; for `__in`."""
    return UnitClosure.objects.filter(in_force(on), ancestor__in=list(roots)).values("descendant")


def in_scope(scope: Scope, *, on: date, field: str = "unit") -> Q:
    """A filter for rows whose unit (the column `field`; "pk" for units) lies in the scope on the day `on`."""
    if scope.everywhere:
        return ~Q(pk__in=[])  # every row; an empty Q would vanish from "one scope or another"
    if scope.is_empty:
        return Q(pk__in=[])
    inside = Q(**{f"{field}__in": below(scope.trees, on)}) if scope.trees else Q()
    return inside | Q(**{f"{field}__in": list(scope.units)}) if scope.units else inside


def units_visible_to(user: Any, *, on: date, permission: Permission = Permission.SEE_UNITS) -> QuerySet[Unit]:
    """Units at which the user holds the permission on the day `on`."""
    return Unit.objects.filter(in_scope(user.scope(permission, on=on), on=on, field="pk"))


def access_unit(user: Any, code: str, permission: Permission, *, on: date) -> Unit:
    """The unit of that code, if the user holds the permission there. Errors: NotFound, the same for both reasons."""
    unit = (
        units_visible_to(user, on=on, permission=permission).select_related("county", "ward").filter(code=code).first()
    )
    if unit is None:
        raise NotFound(code)
    return unit


def ancestors(unit: Unit, *, on: date) -> list[Unit]:
    """The commands above a unit on the day `on`, the highest first, the unit itself last."""
    links = UnitClosure.objects.filter(in_force(on), descendant=unit).select_related("ancestor").order_by("-depth")
    return [each.ancestor for each in links]


def children(unit: Unit, *, on: date) -> QuerySet[Unit]:
    """The units directly under a command on the day `on`."""
    links = UnitClosure.objects.filter(in_force(on), ancestor=unit, depth=1).values("descendant")
    return Unit.objects.filter(pk__in=links)
