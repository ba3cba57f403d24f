"""Turns an approved version into dated lines: the one place that writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims import bulk
from organisation.actions.units import hold_tree
from organisation.models import EstablishmentChange, EstablishmentLine, EstablishmentVersion, VersionState
from organisation.queries.versions import Cell


def put_in_force(version: EstablishmentVersion) -> dict[str, Any]:
    """This function will end the lines that a version replaces and begin its own; it gives counts for the trail.

    A cell that another version in force changes on a later day keeps this version's posts only until then.
    """
    hold_tree()  # two versions approved at once take turns
    on = version.effective_on
    wanted: dict[Cell, int] = {
        (unit, rank, skill): posts
        for unit, rank, skill, posts in version.changes.values_list("unit", "rank", "skill", "posts")
    }
    covering, ends_at = _present(version, on)
    replaced = {cell: covering[cell] for cell in wanted if cell in covering and covering[cell].posts != wanted[cell]}
    begun = {
        cell: posts
        for cell, posts in wanted.items()
        if posts and (cell not in covering or covering[cell].posts != posts)
    }
    _end([line.pk for line in replaced.values()], on)
    columns = ("version_id", "baseline", "unit_id", "rank_id", "skill_id", "posts", "starts_on", "ends_on")
    bulk.insert(
        EstablishmentLine,
        columns,
        ((version.pk, version.baseline, *cell, posts, on, ends_at.get(cell)) for cell, posts in begun.items()),
    )
    return {
        "changes": len(wanted),
        "lines_ended": len(replaced),
        "lines_begun": len(begun),
        "posts_before": sum(covering[cell].posts for cell in wanted if cell in covering),
        "posts_after": sum(wanted.values()),
    }


def _present(version: EstablishmentVersion, on: date) -> tuple[dict[Cell, EstablishmentLine], dict[Cell, date]]:
    """The lines in force on the day, and for each cell the next later day on which it is already set to change."""
    units = version.changes.values("unit")
    covering: dict[Cell, EstablishmentLine] = {}
    ends_at: dict[Cell, date] = {}

    def bound(cell: Cell, day: date) -> None:
        ends_at[cell] = min(ends_at.get(cell, day), day)

    lines = EstablishmentLine.objects.filter(baseline=version.baseline, unit__in=units).exclude(ends_on__lte=on)
    for line in lines:
        cell = (line.unit_id, line.rank_id, line.skill_id)
        if line.starts_on <= on:
            covering[cell] = line
            if line.ends_on is not None:
                bound(cell, line.ends_on)
        else:
            bound(cell, line.starts_on)
    later = EstablishmentChange.objects.filter(
        version__baseline=version.baseline,
        version__state=VersionState.IN_FORCE,
        version__effective_on__gt=on,
        unit__in=units,
    )
    for unit, rank, skill, day in later.values_list("unit", "rank", "skill", "version__effective_on"):
        bound((unit, rank, skill), day)
    return covering, ends_at


def _end(keys: list[int], on: date) -> None:
    for start in range(0, len(keys), 500):
        EstablishmentLine.objects.filter(pk__in=keys[start : start + 500]).update(ends_on=on)
