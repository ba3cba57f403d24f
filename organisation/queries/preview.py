"""What a set of cells would change: cell by cell, and the totals of the area by rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, Sum

from hcims.periods import in_force
from organisation.models import EstablishmentLine, EstablishmentVersion, Rank, Skill, Unit
from organisation.queries.grid import area_of
from organisation.queries.versions import Cell, Change, day_before_its_effect, posts_on


@dataclass(frozen=True)
class RankTotal:
    """Posts of one rank in the whole area, before and after."""

    rank: Rank
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


def changes_in(version: EstablishmentVersion, cells: Mapping[Cell, int]) -> list[Change]:
    """The cells that differ from what is in force on the version's day, by unit and rank."""
    units = {each.pk: each for each in Unit.objects.filter(pk__in={unit for unit, _rank, _skill in cells})}
    ranks = {each.pk: each for each in Rank.objects.all()}
    skills = {each.pk: each for each in Skill.objects.all()}
    present = posts_on(Q(unit__in=list(units)), baseline=version.baseline, on=version.effective_on)
    found = [
        Change(units[cell[0]], ranks[cell[1]], skills[cell[2]] if cell[2] else None, present.get(cell, 0), posts)
        for cell, posts in cells.items()
        if posts != present.get(cell, 0)
    ]
    return sorted(found, key=lambda each: (each.unit.code, each.rank.order, each.skill.code if each.skill else ""))


def totals_by_rank(
    version: EstablishmentVersion, changes: Iterable[Change], *, within: Q | None = None
) -> list[RankTotal]:
    """The posts of the area by rank, as they are and as the changes would make them; `within` narrows it to some units."""
    on = day_before_its_effect(version)
    lines = EstablishmentLine.objects.filter(
        in_force(on), baseline=version.baseline, unit__in=area_of(version).values("pk")
    )
    if within is not None:
        lines = lines.filter(within)
    before = dict(lines.values_list("rank").annotate(total=Sum("posts")).order_by())
    difference: dict[int, int] = defaultdict(int)
    for change in changes:
        difference[change.rank.pk] += change.difference
    return [
        RankTotal(rank, before.get(rank.pk, 0), before.get(rank.pk, 0) + difference[rank.pk])
        for rank in Rank.objects.all()
        if before.get(rank.pk) or difference[rank.pk]
    ]


def area_total(totals: Iterable[RankTotal]) -> dict[str, int]:
    """All ranks of the area together."""
    rows = list(totals)
    before, after = sum(row.before for row in rows), sum(row.after for row in rows)
    return {"before": before, "after": after, "difference": after - before}
