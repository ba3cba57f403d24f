"""How a permission's scope becomes a filter, and where a unit stands in the tree of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

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
    """Units at which the user holds the permission on the day `on`; a closed unit counts where it stood last.

    Rights are those of today, also on a page about last year: pass today, and show last year's tree with a day of its own.
    """
    scope = user.scope(permission, on=on)
    visible = in_scope(scope, on=on, field="pk")
    if scope.trees and not scope.everywhere:
        stood = UnitClosure.objects.filter(
            ancestor__in=scope.trees, ends_on=F("descendant__closed_on"), ends_on__lte=on
        )
        visible |= Q(pk__in=stood.values("descendant"))
    return Unit.objects.filter(visible)


def access_unit(user: Any, code: str, permission: Permission, *, on: date) -> Unit:
    """The unit of that code, if the user holds the permission there. Errors: NotFound, the same for both reasons."""
    unit = (
        units_visible_to(user, on=on, permission=permission).select_related("county", "ward").filter(code=code).first()
    )
    if unit is None:
        raise NotFound(code)
    return unit


def highest_unit_of(user: Any, *, on: date, permission: Permission = Permission.SEE_UNITS) -> Unit | None:
    """The highest command at which the user holds the permission: where his or her pages begin."""
    scope = user.scope(permission, on=on)
    units = Unit.objects.filter(pk__in=scope.trees | scope.units)
    depth = UnitClosure.objects.filter(in_force(on), descendant=OuterRef("pk")).order_by("-depth").values("depth")[:1]
    return units.annotate(depth=Subquery(depth)).order_by("depth", "code").first()


def only_top_unit_of(user: Any, *, on: date) -> Unit | None:
    """The one command from which the user sees units; None for a user who sees from several, or from none."""
    scope = user.scope(Permission.SEE_UNITS, on=on)
    tops = scope.trees | scope.units
    return Unit.objects.get(pk=next(iter(tops))) if len(tops) == 1 else None


def open_to_reader(
    user: Any, line: list[tuple[str, str]], *, on: date, permission: Permission = Permission.SEE_UNITS
) -> list[tuple[str, str]]:
    """Of a line of command, codes and names from the highest down, the part the reader may open. No statement."""
    scope = user.scope(permission, on=on)
    if scope.everywhere:
        return line
    own = {each.unit.code for each in user.appointments_on(on) if each.unit_id in scope.trees}
    places = [index for index, (code, _name) in enumerate(line) if code in own]
    return line[places[0] :] if places else []


def ancestors(unit: Unit, *, on: date) -> list[Unit]:
    """The commands above a unit on the day `on`, the highest first, the unit itself last."""
    links = UnitClosure.objects.filter(in_force(on), descendant=unit).select_related("ancestor").order_by("-depth")
    return [each.ancestor for each in links]


def children(unit: Unit, *, on: date) -> QuerySet[Unit]:
    """The units directly under a command on the day `on`."""
    links = UnitClosure.objects.filter(in_force(on), ancestor=unit, depth=1).values("descendant")
    return Unit.objects.filter(pk__in=links)


def rights_at(user: Any, unit: Unit, permissions: Iterable[Permission], *, on: date) -> dict[Permission, bool]:
    """Whether the user holds each permission at the unit on the day; one statement for all of them."""
    above = set(UnitClosure.objects.filter(in_force(on), descendant=unit).values_list("ancestor", flat=True))
    scopes = {permission: user.scope(permission, on=on) for permission in permissions}
    return {
        permission: scope.everywhere or bool(scope.trees & above) or unit.pk in scope.units
        for permission, scope in scopes.items()
    }
