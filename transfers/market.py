"""A problem as arrays: one row (an "edge") for each officer and each place he may be given, in his order.

Officers stand in the order of their references, places in the order of the tree, so that every node of the tree is a
stretch of places and the answer does not depend on the order of the input. Every edge has one integer, its key: smaller
comes first. Keys below the number of officers are protected: the officer's own place.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from transfers import lottery
from transfers.edges import DIRECT, ORDINARY, OWN, STATUTORY, Closed, Integers, gather
from transfers.problem import Officer, Problem
from transfers.tree import UNBOUNDED, Tree, plant

__all__ = ["DIRECT", "ORDINARY", "OWN", "STATUTORY", "Integers", "Market", "build", "keys", "standing"]
KINDS = ("own", "statutory", "points", "direct")  # as a cutoff names them
CLASS = 1 << 55  # above any points, so that a class comes before points


@dataclass
class Market:
    """The arrays. An officer's edges are start[o]:start[o + 1]."""

    officers: list[str]
    places: list[str]
    tree: Tree
    start: Integers
    place: Integers
    key: Integers
    own: Integers  # place held now, -1 without one
    capacity: Integers  # seats by place
    staying: Integers  # officers who take no part, by place
    release_rank: Integers  # 0 is held back first
    ticket_rank: Integers
    must_move: NDArray[np.bool_]
    tickets: list[str] = field(default_factory=list)
    standing: Integers = field(default_factory=lambda: np.empty(0, np.int64))  # by officer, for top trading cycles
    points: Integers = field(default_factory=lambda: np.empty(0, np.int64))  # of each edge
    kind: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))  # OWN, STATUTORY, ORDINARY, DIRECT
    closed: Closed = field(default_factory=dict)  # officer -> (place, code, edges before)
    reserves: dict[int, list[tuple[int, frozenset[int]]]] = field(default_factory=dict)  # place -> (seats, members)

    @property
    def size(self) -> int:
        return len(self.own)

    @functools.cached_property
    def under_ceiling(self) -> Integers:
        """By branch of the tree: how many participants its ceiling leaves room for."""
        tree = self.tree
        return np.where(tree.ceiling < UNBOUNDED, np.maximum(tree.ceiling - tree.counted(self.staying), 0), UNBOUNDED)

    @functools.cached_property
    def ceilings(self) -> list[Integers]:
        """The levels of the tree above the places that have any ceiling, the lowest first."""
        return [level for level in reversed(self.tree.levels[:-1]) if (self.tree.ceiling[level] < UNBOUNDED).any()]

    @functools.cached_property
    def standing_level(self) -> Integers:
        """By officer: 0 for those of the highest standing, and so on down."""
        return np.unique(-self.standing, return_inverse=True)[1]

    @functools.cached_property
    def master(self) -> Integers:
        """By officer: his place in the one order of top trading cycles."""
        return _ranks(np.lexsort((self.ticket_rank, -self.standing)))

    @functools.cached_property
    def owner(self) -> Integers:
        """The officer of each edge."""
        return np.repeat(np.arange(self.size), np.diff(self.start))


def build(problem: Problem) -> Market:
    """Turn the problem into arrays. The problem must make sense: `reading.check` says so or why not."""
    tree = plant(problem.places, problem.nodes)
    refs = sorted(problem.officers)
    officers = [problem.officers[ref] for ref in refs]
    edges = gather(officers, problem.places, {ref: index for index, ref in enumerate(tree.places)})
    tickets = [each.ticket or lottery.ticket(problem.seed, each.ref) for each in officers]
    places = [problem.places[ref] for ref in tree.places]
    ticket_rank = _ranks(sorted(range(len(refs)), key=lambda o: (tickets[o], refs[o])))
    must_move = np.fromiter((each.must_move for each in officers), bool, len(officers))
    release = [each.release for each in officers]
    held_first = sorted(range(len(refs)), key=lambda o: (must_move[o], release[o], -int(ticket_rank[o])))
    market = Market(
        officers=refs, places=tree.places, tree=tree, start=edges.start, place=edges.place,
        key=keys(edges.kind, edges.points, ticket_rank, edges.start), own=edges.own,
        capacity=np.array([each.seats for each in places], np.int64),
        staying=np.array([each.staying for each in places], np.int64), release_rank=_ranks(held_first),
        ticket_rank=ticket_rank, must_move=must_move, tickets=tickets, points=edges.points, kind=edges.kind,
        closed=edges.closed,
        standing=np.array([standing(each) for each in officers], np.int64),
    )  # fmt: skip
    members: dict[str, frozenset[int]] = {}
    for index, place in enumerate(places):
        for each in place.reserves:
            if each.group not in members:
                members[each.group] = frozenset(o for o, one in enumerate(officers) if each.group in one.groups)
            market.reserves.setdefault(index, []).append((each.seats, members[each.group]))
    return market


def keys(kind: NDArray[np.int8], points: Integers, ticket_rank: Integers, start: Integers) -> Integers:
    """Return one integer for each edge: class, then points, then ticket, so that any two edges compare at once."""
    officers = len(ticket_rank)
    level = kind.astype(np.int64) * CLASS - np.where(kind == OWN, 0, points)
    _, dense = np.unique(level, return_inverse=True)
    # Protected edges are of level 0 whether or not there are any, so that "protected" is always "below the number of officers".
    dense = np.where(kind == OWN, 0, dense + 1)
    return dense * max(officers, 1) + np.repeat(ticket_rank, np.diff(start))


def _ranks(order: Sequence[int] | Integers) -> Integers:
    ranks = np.empty(len(order), np.int64)
    ranks[np.asarray(order, np.int64)] = np.arange(len(order))
    return ranks


def standing(officer: Officer) -> int:
    """Return what decides the officer's place in the one order of top trading cycles."""
    return max(officer.points.values(), default=0) if officer.standing is None else officer.standing
