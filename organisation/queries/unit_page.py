"""One unit as it stood on a day: line of command, children, posts in both baselines, and its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, When, prefetch_related_objects
from django.db.models.functions import Coalesce

from hcims.periods import in_force
from organisation.models import (
    Baseline,
    EstablishmentLine,
    Unit,
    UnitClassing,
    UnitClosure,
    UnitNaming,
    UnitType,
)
from organisation.queries.access import children
from organisation.queries.naming import named_on


def with_names(unit: Unit) -> Unit:
    """This function will read all names of the unit at once, for a page that says its name of a day and its history."""
    prefetch_related_objects([unit], "namings")
    return unit


def shown_as(unit: Unit, *, on: date) -> tuple[str, str]:
    """What the unit was called and what type it was on the day."""
    naming = next((each for each in unit.namings.all() if each.is_in_force(on)), None)
    return (naming.name, naming.type) if naming else (unit.name, unit.type)


def line_of_command(unit: Unit, *, on: date) -> list[tuple[str, str]]:
    """Codes and names of the commands above a unit, the highest first, the unit itself last. One statement."""
    naming = UnitNaming.objects.filter(in_force(on), unit=OuterRef("ancestor")).values("name")[:1]
    links = UnitClosure.objects.filter(in_force(on), descendant=unit).order_by("-depth")
    named = links.annotate(shown=Coalesce(Subquery(naming), F("ancestor__name")))
    return list(named.values_list("ancestor__code", "shown"))


def children_on(unit: Unit, *, on: date) -> QuerySet[Any]:
    """The units directly under a command on the day, by their names of that day."""
    order = Case(*(When(type=type, then=place) for place, type in enumerate(UnitType.values)))
    return named_on(children(unit, on=on), on).order_by(order, "code")


def classes_on(classings: Iterable[UnitClassing], *, on: date) -> list[UnitClassing]:
    """Of all classes a unit ever had, those in force on the day."""
    return sorted((each for each in classings if each.is_in_force(on)), key=lambda each: each.scheme)


def posts_under(units: Iterable[int], *, on: date) -> dict[int, dict[str, int]]:
    """Authorised posts by baseline of each unit with all below it. One statement whatever their number."""
    lines = EstablishmentLine.objects.filter(
        in_force(on), in_force(on, "unit__above__"), unit__above__ancestor__in=list(units)
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Baseline.values, 0))
    rows = lines.values_list("unit__above__ancestor", "baseline").annotate(total=Sum("posts"))
    for unit, baseline, total in rows.order_by():
        found[unit][baseline] = total
    return found
