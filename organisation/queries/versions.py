"""Establishment versions: who may read them, and what each changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import (
    EstablishmentChange,
    EstablishmentLine,
    EstablishmentVersion,
    Rank,
    Skill,
    Unit,
    VersionState,
)
from organisation.queries.access import in_scope

Cell = tuple[int, int, int | None]  # primary keys of unit, rank and skill
READERS = (Permission.PROPOSE_ESTABLISHMENT, Permission.APPROVE_ESTABLISHMENT)


@dataclass(frozen=True)
class Change:
    """One cell of a version: what it was, and what it is to be."""

    unit: Unit
    rank: Rank
    skill: Skill | None
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def seen_units(user: Any, *, on: date, field: str = "unit") -> Q:
    """A filter for rows about units whose establishment the reader sees, proposes or approves."""
    seen = Q(pk__in=[])
    for permission in (Permission.SEE_UNITS, *READERS):
        seen |= in_scope(user.scope(permission, on=on), on=on, field=field)
    return seen


def versions_visible_to(user: Any, *, on: date) -> QuerySet[EstablishmentVersion]:
    """What is in force, for those who see one of its units; what is being prepared, for those who propose or approve it."""
    scope = user.scope(Permission.SEE_UNITS, on=on)
    in_force_here = in_scope(scope, on=on)
    if not scope.everywhere:
        lines = EstablishmentLine.objects.filter(in_scope(scope, on=on))
        in_force_here |= Q(pk__in=lines.values("version"))
    seen = Q(state=VersionState.IN_FORCE) & in_force_here
    for permission in READERS:
        seen |= in_scope(user.scope(permission, on=on), on=on)
    return EstablishmentVersion.objects.filter(seen).select_related("unit", "drafted_by", "decided_by")


def access_version(user: Any, ref: str, permission: Permission | None = None, *, on: date) -> EstablishmentVersion:
    """The version, if the user may read it and holds the permission at its unit. Errors: NotFound for both reasons."""
    versions = versions_visible_to(user, on=on).filter(ref=ref)
    if permission is not None:
        versions = versions.filter(in_scope(user.scope(permission, on=on), on=on))
    version = versions.first()
    if version is None:
        raise NotFound(ref)
    return version


def posts_on(cells_of: Q, *, baseline: str, on: date) -> dict[Cell, int]:
    """Authorised posts by cell on a day, of the lines that the filter names."""
    lines = EstablishmentLine.objects.filter(cells_of, in_force(on), baseline=baseline)
    return {
        (unit, rank, skill): posts for unit, rank, skill, posts in lines.values_list("unit", "rank", "skill", "posts")
    }


def day_before_its_effect(version: EstablishmentVersion) -> date:
    """The day whose posts a version is compared with: before it, once it is in force; else its own day."""
    if version.state == VersionState.IN_FORCE:
        return version.effective_on - timedelta(days=1)
    return version.effective_on


def changes_of(version: EstablishmentVersion, *, reader: Any, today: date) -> list[Change]:
    """The version cell by cell, by unit and rank, as far as the reader sees its units; six statements whatever the size."""
    changed = EstablishmentChange.objects.filter(seen_units(reader, on=today), version=version)
    before = posts_on(
        Q(unit__in=version.changes.values("unit")), baseline=version.baseline, on=day_before_its_effect(version)
    )
    rows = changed.order_by("unit__code", "rank__order", F("skill__code").asc(nulls_first=True))
    # Each unit, rank and skill is read once and not once a row: a first version has tens of thousands of rows.
    units = {each.pk: each for each in Unit.objects.filter(pk__in=changed.values("unit"))}
    ranks, skills = Rank.objects.in_bulk(), Skill.objects.in_bulk()
    return [
        Change(units[unit], ranks[rank], skills.get(skill), before.get((unit, rank, skill), 0), posts)
        for unit, rank, skill, posts in rows.values_list("unit", "rank", "skill", "posts")
    ]
