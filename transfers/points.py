"""Points: integers, item by item, some of them only for places under a node (a spouse's county)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from transfers.problem import BadInput, Node, Place


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an officer's points. `only`: the places or nodes for which it counts; empty, it counts everywhere."""

    code: str
    points: int
    only: tuple[str, ...] = ()


def ancestors(node: str | None, nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """Return a node and those above it, lowest first. Errors: BadInput where the tree runs in a circle or is broken."""
    path: list[str] = []
    while node is not None:
        if node not in nodes:
            raise BadInput(f"node {node!r}", "is named but not described.", "Add it to the nodes, or name another.")
        if node in path:
            raise BadInput(f"node {node!r}", "lies under itself.", "Give one of the nodes of the circle no parent.")
        path.append(node)
        node = nodes[node].parent
    return tuple(path)


def paths(places: Mapping[str, Place], nodes: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    """Return, for each place, the references an item may name to count for it: its own and those of the nodes above."""
    above: dict[str | None, tuple[str, ...]] = {}
    for place in places.values():
        if place.node not in above:
            above[place.node] = ancestors(place.node, nodes)
    return {ref: frozenset((ref, *above[place.node])) for ref, place in places.items()}


def total(items: Iterable[Item], path: frozenset[str]) -> int:
    """Return the points of an officer at a place whose path (see `paths`) this is."""
    return sum(item.points for item in items if not item.only or not path.isdisjoint(item.only))


def totals(items: Iterable[Item], wanted: Iterable[str], path_of: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Return the points at each of the places wanted."""
    lines = tuple(items)
    found = dict.fromkeys(wanted, sum(item.points for item in lines if not item.only))
    for item in lines:
        for place in found if item.only else ():
            if not path_of[place].isdisjoint(item.only):
                found[place] += item.points
    return found
