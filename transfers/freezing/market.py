"""Seats, places and the tree above them. A place is a class of post: unit × rank × skill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transfers.freezing.rows import Record, UnitRow
from transfers.problem import Node, Place, Reserve
from transfers.rulebook import LEVELS, CeilingRule, FloorRule, Rules, floor_of

PostClass = tuple[int, str, int | None]  # unit, rank, skill
ABOVE = LEVELS[1:]


def class_ref(unit: str, rank: str, skill: str = "") -> str:
    """Return the reference of a class of post, such as "S-0412/PC" or "S-0412/PC/driving-b"."""
    return f"{unit}/{rank}/{skill}" if skill else f"{unit}/{rank}"


def node_ref(command: str, rank: str) -> str:
    """Return the reference of a command in the market of a rank."""
    return f"{command}:{rank}"


@dataclass(frozen=True)
class Ground:
    """Places and nodes of a round, and how full each class was before it."""

    places: dict[str, Place]
    nodes: dict[str, Node]
    class_of: dict[str, PostClass]
    ref_of: dict[PostClass, str]
    vacancies: dict[str, int]  # seats of the class less its holders; never below none
    strength: dict[str, int]


def lay_out(
    record: Record, rules: Rules, taking_part: set[int], protected: set[int], wished: Iterable[PostClass]
) -> Ground:
    """Return the places of every rank in the round.

    `seats` for participants are the posts less those who stay; who may keep the own place is never short of a seat
    there, even at a station that has more officers than posts.
    """
    ranks = frozenset(rules.ranks)
    here, staying, kept = Counter[PostClass](), Counter[PostClass](), Counter[PostClass]()
    for holder in record.holders:
        if holder.rank not in ranks or holder.unit not in record.units:
            continue
        post = (holder.unit, holder.rank, holder.skill)
        here[post] += 1
        if holder.officer not in taking_part:
            staying[post] += 1
        elif holder.officer in protected:
            kept[post] += 1
    posts = dict.fromkeys(wished, 0)  # a place without seats is still a place, with points and a county
    posts |= {post: seats for post, seats in record.posts.items() if post[1] in ranks and post[0] in record.units}
    station, nodes = _floor_at(rules.floors, "station"), _nodes(record, rules, here, posts)
    places, class_of, ref_of, vacancies, strength = {}, {}, {}, {}, {}
    for post in sorted({*here, *posts}, key=lambda each: _order(each, record)):
        unit, rank, skill = post
        ref = class_ref(record.units[unit].code, rank, record.skill_codes.get(skill or 0, ""))
        seats = max(posts.get(post, 0) - staying[post], kept[post])
        places[ref] = Place(
            ref=ref, seats=seats, floor=_floor(station, here[post]), staying=staying[post],
            node=_lowest(record.units[unit], rank, nodes), market=rank, reserves=_reserves(rules, seats),
        )  # fmt: skip
        class_of[ref], ref_of[post] = post, ref
        vacancies[ref], strength[ref] = max(posts.get(post, 0) - here[post], 0), here[post]
    return Ground(places, nodes, class_of, ref_of, vacancies, strength)


def _order(post: PostClass, record: Record) -> tuple[str, str, str]:
    return record.units[post[0]].code, post[1], record.skill_codes.get(post[2] or 0, "")


def _floor_at(floors: Iterable[FloorRule], level: str) -> FloorRule | None:
    return next((rule for rule in floors if rule.level == level), None)


def _floor(rule: FloorRule | None, strength: int) -> int:
    return floor_of(strength, rule.percent) if rule and strength >= rule.smallest else 0


def _nodes(
    record: Record, rules: Rules, here: Mapping[PostClass, int], posts: Mapping[PostClass, int]
) -> dict[str, Node]:
    """A node for every command at a level, and rank: points count by county whether or not a floor stands there."""
    floors = {rule.level: rule for rule in rules.floors}
    ceilings: dict[str, CeilingRule] = {rule.level: rule for rule in rules.ceilings}
    strength, seats, parent, level_of = Counter[str](), Counter[str](), dict[str, str | None](), dict[str, str]()
    for (unit, rank, skill), count in here.items():
        for level, ref, above in _path(record.units[unit], rank):
            strength[ref] += count
            parent[ref], level_of[ref] = above, level
            seats[ref] += posts.get((unit, rank, skill), 0)
    for (unit, rank, skill), count in posts.items():
        for level, ref, above in _path(record.units[unit], rank):
            parent[ref], level_of[ref] = above, level
            seats[ref] += 0 if (unit, rank, skill) in here else count
    nodes = {}
    for ref in sorted(parent):
        floor, ceiling = floors.get(level_of[ref]), ceilings.get(level_of[ref])
        most = max(seats[ref] * ceiling.percent // 100, strength[ref]) if ceiling else None
        nodes[ref] = Node(ref, parent[ref], _floor(floor, strength[ref]), most)
    return nodes


def _path(unit: UnitRow, rank: str) -> list[tuple[str, str, str | None]]:
    """Return (level, node, node above it) from the lowest command up."""
    named = [(level, node_ref(unit.above[level], rank)) for level in ABOVE if level in unit.above]
    above: list[str | None] = [*(ref for _, ref in named[1:]), None]
    return [(level, ref, up) for (level, ref), up in zip(named, above, strict=False)]  # nothing above: no pair at all


def _lowest(unit: UnitRow, rank: str, nodes: Mapping[str, Node]) -> str | None:
    return next((ref for _, ref, _ in _path(unit, rank) if ref in nodes), None)


def _reserves(rules: Rules, seats: int) -> tuple[Reserve, ...]:
    kept = [Reserve(rule.group, seats * rule.percent // 100) for rule in rules.reserves]
    return tuple(each for each in kept if each.seats)
