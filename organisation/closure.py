"""Keeps the closure table in step with the parent links: for a branch after a change, or the whole tree anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from hcims import bulk
from organisation.models import Unit, UnitClosure, UnitParent
from organisation.tree import Link, Reach, closure

# Above this many units the whole tree is read at once: shorter than naming them one by one.
BRANCH_LIMIT = 2_000


def branch_of(unit: Unit) -> set[int]:
    """Primary keys of the unit and of all that ever stood under it: what a change of its own links can touch."""
    below = UnitClosure.objects.filter(ancestor=unit).values_list("descendant", flat=True)
    return {unit.pk, *below}


def refresh_closure(units: Collection[int]) -> int:
    """This function will write the closure rows of these units (as descendants) anew, and say how many rows changed."""
    if len(units) > BRANCH_LIMIT:
        return rebuild_closure()
    periods = _periods(Unit.objects.filter(pk__in=units))
    rows = UnitClosure.objects.filter(descendant__in=units)
    return _write(rows, closure(periods, _links_upwards(units)))


def rebuild_closure() -> int:
    """This function will compute the closure of all units and correct the table; it says how many rows were wrong."""
    links = [Link(*row) for row in _link_rows(UnitParent.objects.all())]
    return _write(UnitClosure.objects.all(), closure(_periods(Unit.objects.all()), links))


def _periods(units: QuerySet[Unit]) -> dict[int, Any]:
    return {pk: (opened, closed) for pk, opened, closed in units.values_list("pk", "opened_on", "closed_on")}


def _link_rows(links: Any) -> Any:
    return links.values_list("unit_id", "parent_id", "starts_on", "ends_on")


def _links_upwards(units: Collection[int]) -> list[Link]:
    """The links of these units and of everything that was ever above them: one statement a level."""
    found: list[Link] = []
    known: set[int] = set()
    level = set(units)
    while level:
        known |= level
        links = [Link(*row) for row in _link_rows(UnitParent.objects.filter(unit__in=level))]
        found += links
        level = {link.parent for link in links} - known
    return found


def _write(rows: Any, wanted: list[Reach]) -> int:
    present = {
        Reach(*values): pk
        for pk, *values in rows.values_list("pk", "ancestor_id", "descendant_id", "depth", "starts_on", "ends_on")
    }
    missing = [reach for reach in wanted if present.pop(reach, None) is None]
    stale = list(present.values())
    for start in range(0, len(stale), 500):
        UnitClosure.objects.filter(pk__in=stale[start : start + 500]).delete()
    columns = ("ancestor_id", "descendant_id", "depth", "starts_on", "ends_on")
    bulk.insert(
        UnitClosure, columns, ([getattr(reach, name.removesuffix("_id")) for name in columns] for reach in missing)
    )
    return len(missing) + len(stale)
