"""Posts, strength, vacancies and over-strength of a unit on a day: of itself and of each unit directly under it, by rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from deployment.queries.catalogue import Catalogue, Entry, catalogue
from deployment.strength import Side, sides
from organisation.models import Unit


@dataclass
class Counts:
    """Posts, holders, vacancies and over-strength of a set of lines."""

    posts: int = 0
    posted: int = 0
    vacant: int = 0
    over: int = 0

    def add(self, side: Side) -> None:
        """This function will count another set of lines in."""
        self.posts += side.posts
        self.posted += side.posted
        self.vacant += side.vacant
        self.over += side.over


@dataclass
class RankRow:
    """One rank: at the unit itself, and with all below it."""

    rank: Entry
    own: Counts = field(default_factory=Counts)
    whole: Counts = field(default_factory=Counts)


@dataclass
class Strength:
    """A unit against one baseline: by rank, by unit directly under it, by skill asked for, and in all."""

    ranks: list[RankRow]
    parts: dict[int, Counts]
    skills: dict[tuple[Entry, Entry], int]  # posts by rank and skill, of posts that ask for one
    own: Counts
    whole: Counts


def strength_of(unit: Unit, *, baselines: Iterable[str], on: date) -> dict[str, Strength]:
    """What a unit has against what it should have on the day, by baseline; two statements, whatever the size."""
    known, found = catalogue(), sides(unit, on=on)
    return {name: _strength(unit, [each for each in found if each.baseline == name], known) for name in baselines}


def _strength(unit: Unit, found: list[Side], known: Catalogue) -> Strength:
    rows = {rank.pk: RankRow(rank) for rank in known.ranks}
    parts: dict[int, Counts] = defaultdict(Counts)
    skills: dict[tuple[Entry, Entry], int] = defaultdict(int)
    own, whole = Counts(), Counts()
    for side in found:
        rows[side.rank].whole.add(side)
        whole.add(side)
        parts[side.part].add(side)
        if side.skill and side.posts:
            skills[known.rank_of[side.rank], known.skill_of[side.skill]] += side.posts
        if side.part == unit.pk:
            rows[side.rank].own.add(side)
            own.add(side)
    used = [row for row in rows.values() if row.whole.posts or row.whole.posted]
    return Strength(used, parts, skills, own, whole)


def by_skill(strengths: dict[str, Strength]) -> list[tuple[Entry, str, dict[str, int]]]:
    """Posts that ask for a skill, by rank and then by name of the skill, with their number by baseline."""
    keys = sorted(
        {key for side in strengths.values() for key in side.skills}, key=lambda key: (key[0].order, key[1].name)
    )
    return [
        (rank, skill.name, {name: side.skills.get((rank, skill), 0) for name, side in strengths.items()})
        for rank, skill in keys
    ]


def by_rank(sides: dict[str, Strength]) -> list[tuple[Entry, dict[str, Counts]]]:
    """The ranks that occur on either side, each with its counts by baseline; with all below."""
    found: dict[int, tuple[Entry, dict[str, Counts]]] = {}
    for baseline, side in sides.items():
        for row in side.ranks:
            _rank, counts = found.setdefault(row.rank.order, (row.rank, {each: Counts() for each in sides}))
            counts[baseline] = row.whole
    return [found[order] for order in sorted(found)]
