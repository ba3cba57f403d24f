"""Posts, strength, vacancies and over-strength of a unit on a day: of itself and of each unit directly under it, by rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from organisation.models import Rank, Unit

IN_FORCE = "{0}starts_on <= %(on)s AND ({0}ends_on IS NULL OR {0}ends_on > %(on)s)"
# Vacant and over-strength are taken line by line before anything is added, so that one never hides the other.
STATEMENT = f"""
WITH part AS (
  SELECT c.descendant_id AS part_id FROM organisation_unitclosure c
  WHERE c.ancestor_id = %(unit)s AND c.depth = 1 AND {IN_FORCE.format("c.")}),
area AS (
  SELECT c.descendant_id AS unit_id, c.ancestor_id AS part_id FROM organisation_unitclosure c
  JOIN part ON part.part_id = c.ancestor_id WHERE {IN_FORCE.format("c.")}
  UNION ALL SELECT %(unit)s, %(unit)s),
line AS (
  SELECT baseline, unit_id, rank_id, skill_id, SUM(posts) AS posts, SUM(people) AS people FROM (
    SELECT e.baseline, e.unit_id, e.rank_id, e.skill_id, e.posts, 0 AS people FROM organisation_establishmentline e
    WHERE e.unit_id IN (SELECT unit_id FROM area) AND {IN_FORCE.format("e.")}
    UNION ALL
    SELECT side.baseline, held.unit_id, held.rank_id, held.skill_id, 0, held.people FROM (
      SELECT p.unit_id, p.post_rank_id AS rank_id, p.post_skill_id AS skill_id, COUNT(*) AS people
      FROM deployment_posting p WHERE p.unit_id IN (SELECT unit_id FROM area) AND p.kind = 'substantive'
        AND p.voided_at IS NULL AND {IN_FORCE.format("p.")}
      GROUP BY p.unit_id, p.post_rank_id, p.post_skill_id) held
    CROSS JOIN (SELECT 'authorised' AS baseline UNION ALL SELECT 'working') side
  ) both_sides GROUP BY baseline, unit_id, rank_id, skill_id)
SELECT line.baseline, area.part_id, line.rank_id, SUM(posts), SUM(people),
  SUM(CASE WHEN posts > people THEN posts - people ELSE 0 END), SUM(CASE WHEN people > posts THEN people - posts ELSE 0 END)
FROM line JOIN area ON area.unit_id = line.unit_id GROUP BY line.baseline, area.part_id, line.rank_id
"""  # noqa: S608 - made of constants


@dataclass
class Counts:
    """Posts, holders, vacancies and over-strength of a set of lines."""

    posts: int = 0
    posted: int = 0
    vacant: int = 0
    over: int = 0

    def add(self, posts: int, posted: int, vacant: int, over: int) -> None:
        """This function will count another set of lines in."""
        self.posts += posts
        self.posted += posted
        self.vacant += vacant
        self.over += over


@dataclass
class RankRow:
    """One rank: at the unit itself, and with all below it."""

    rank: Rank
    own: Counts = field(default_factory=Counts)
    whole: Counts = field(default_factory=Counts)


@dataclass
class Strength:
    """A unit against one baseline: by rank, by unit directly under it, and in all."""

    ranks: list[RankRow]
    parts: dict[int, Counts]
    own: Counts
    whole: Counts


def strength_of(unit: Unit, *, baselines: Iterable[str], on: date) -> dict[str, Strength]:
    """What a unit has against what it should have on the day, by baseline; one statement, whatever the size."""
    ranks = list(Rank.objects.all())
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"unit": unit.pk, "on": on})
        found = cursor.fetchall()
    return {
        baseline: _strength(unit, ranks, [row[1:] for row in found if row[0] == baseline]) for baseline in baselines
    }


def _strength(unit: Unit, ranks: list[Rank], found: Iterable[tuple[Any, ...]]) -> Strength:
    rows = {rank.pk: RankRow(rank) for rank in ranks}
    parts: dict[int, Counts] = defaultdict(Counts)
    own, whole = Counts(), Counts()
    for part, rank, *numbers in found:
        counts = [int(number) for number in numbers]
        rows[rank].whole.add(*counts)
        whole.add(*counts)
        parts[part].add(*counts)
        if part == unit.pk:
            rows[rank].own.add(*counts)
            own.add(*counts)
    used = [row for row in rows.values() if row.whole.posts or row.whole.posted]
    return Strength(used, parts, own, whole)


def by_rank(sides: dict[str, Strength]) -> list[tuple[Rank, dict[str, Counts]]]:
    """The ranks that occur on either side, each with its counts by baseline; with all below."""
    found: dict[int, tuple[Rank, dict[str, Counts]]] = {}
    for baseline, side in sides.items():
        for row in side.ranks:
            _rank, counts = found.setdefault(row.rank.order, (row.rank, {each: Counts() for each in sides}))
            counts[baseline] = row.whole
    return [found[order] for order in sorted(found)]
