"""Establishment in force on a day: by unit and rank below a command, line by line at one unit, and the versions behind it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from hcims.periods import in_force
from organisation.models import Baseline, EstablishmentLine, EstablishmentVersion, Rank, Unit, UnitClosure
from organisation.queries.unit_page import children_on
from organisation.queries.versions import versions_visible_to

ITSELF = "itself"


@dataclass
class PostsRow:
    """One row of the table: a unit with all below it (or the command itself), and its posts by rank and baseline."""

    unit: Any
    is_itself: bool = False
    posts: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def total(self, baseline: str) -> int:
        return sum(by_baseline[baseline] for by_baseline in self.posts.values())


@dataclass
class PostsTable:
    """Posts of a command: rows of units, columns of the ranks that occur."""

    ranks: list[Rank]
    rows: list[PostsRow]
    total: PostsRow


def posts_table(area: Unit, *, on: date) -> PostsTable:
    """The posts of the command itself and of each unit directly under it with all below, by rank; both baselines.

    Three statements whatever the size.
    """
    rows = {area.pk: PostsRow(area, is_itself=True)}
    for child in children_on(area, on=on):
        rows[child.pk] = PostsRow(child)
    total = PostsRow(area)
    under = Q(unit__above__ancestor__in=[pk for pk in rows if pk != area.pk]) & in_force(on, "unit__above__")
    lines = EstablishmentLine.objects.filter(in_force(on))
    below = lines.filter(under).values_list("unit__above__ancestor", "rank", "baseline")
    own = lines.filter(unit=area).values_list("unit", "rank", "baseline")
    for query in (below, own):
        for unit, rank, baseline, posts in query.annotate(total=Sum("posts")).order_by():
            rows[unit].posts[rank][baseline] += posts
            total.posts[rank][baseline] += posts
    ranks = [rank for rank in Rank.objects.all() if rank.pk in total.posts]
    return PostsTable(ranks, list(rows.values()), total)


def lines_at(unit: Unit, *, on: date) -> list[EstablishmentLine]:
    """The lines of one unit alone on the day, with the version that each rests on."""
    lines = EstablishmentLine.objects.filter(in_force(on), unit=unit).select_related("rank", "skill", "version")
    return list(lines.order_by("baseline", "rank__order", F("skill__code").asc(nulls_first=True)))


def versions_about(user: Any, area: Unit | None, *, today: date, on: date) -> QuerySet[EstablishmentVersion]:
    """The versions a reader may see of a command: for it, for what stands above it, and for what stands below it."""
    versions = versions_visible_to(user, on=today)
    if area is not None:
        above = UnitClosure.objects.filter(in_force(on), descendant=area).values("ancestor")
        under = UnitClosure.objects.filter(in_force(on), ancestor=area).values("descendant")
        versions = versions.filter(Q(unit__in=above) | Q(unit__in=under))
    return versions.annotate(cells=Count("changes"))


def export_rows(area: Unit, *, on: date, baseline: str) -> Any:
    """The lines of a command with all below, as plain rows for a file."""
    under = UnitClosure.objects.filter(in_force(on), ancestor=area).values("descendant")
    lines = EstablishmentLine.objects.filter(in_force(on), unit__in=under)
    if baseline:
        lines = lines.filter(baseline=baseline)
    names = dict(Baseline.choices)
    rows = lines.select_related("unit", "rank", "skill", "version").order_by("baseline", "unit__code", "rank__order")
    for line in rows.iterator(chunk_size=2_000):
        yield (
            str(names[line.baseline]), line.unit.code, line.unit.name, line.rank.code,
            line.skill.code if line.skill else "", line.posts, line.starts_on, line.version.title, line.version.authority,
        )  # fmt: skip
