"""The tree above the places, laid out so that every node is a stretch of places side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transfers.points import ancestors
from transfers.problem import Node, Place

Integers = NDArray[np.int64]
UNBOUNDED = 2**62


@dataclass
class Tree:
    """Branches are the places (0 … len(places) - 1) and after them the nodes; each is the stretch low:high of places."""

    places: list[str]
    nodes: list[str]
    low: Integers
    high: Integers
    floor: Integers
    ceiling: Integers  # of the strength, UNBOUNDED where there is none; places have none, they have seats
    levels: list[Integers]  # branch above each place at this depth, -1 where there is none; the places themselves last

    def counted(self, by_place: Integers) -> Integers:
        """Return the sums, for each branch, of numbers given by place."""
        sums = np.concatenate(([0], np.cumsum(by_place)))
        return sums[self.high] - sums[self.low]


def plant(places: Mapping[str, Place], nodes: Mapping[str, Node]) -> Tree:
    """Lay the tree out: places in the order of their path, names in order on every level. Errors: BadInput."""
    above = {ref: ancestors(ref, nodes)[::-1] for ref in sorted(nodes)}
    path = {ref: above[place.node] if place.node is not None else () for ref, place in places.items()}
    order = sorted(places, key=lambda ref: (path[ref], ref))
    names = sorted(nodes)
    branch = {ref: len(order) + index for index, ref in enumerate(names)}
    depth = max((len(each) for each in path.values()), default=0)
    rows = np.full((depth, len(order)), -1, np.int64)
    for index, ref in enumerate(order):
        for level, node in enumerate(path[ref]):
            rows[level, index] = branch[node]
    low, high = _stretches(rows, len(order), len(names))
    floor = [places[ref].floor for ref in order] + [nodes[ref].floor for ref in names]
    limits = [UNBOUNDED if (limit := nodes[ref].ceiling) is None else limit for ref in names]
    return Tree(
        places=order, nodes=names, low=low, high=high, floor=np.array(floor, np.int64),
        ceiling=np.array([UNBOUNDED] * len(order) + limits, np.int64), levels=[*rows, np.arange(len(order))],
    )  # fmt: skip


def _stretches(rows: NDArray[np.int64], places: int, nodes: int) -> tuple[Integers, Integers]:
    low, high = np.zeros(places + nodes, np.int64), np.zeros(places + nodes, np.int64)
    low[:places], high[:places] = np.arange(places), np.arange(1, places + 1)
    for row in rows:
        first = np.flatnonzero(np.diff(row, prepend=-2))
        last = np.append(first[1:], len(row))
        there = row[first] >= 0
        low[row[first[there]]], high[row[first[there]]] = first[there], last[there]
    return low, high
