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
from transfers.problem import NO_POST_OF_RANK, NOT_ELIGIBLE, Officer, Problem
from transfers.tree import UNBOUNDED, Tree, plant

Integers = NDArray[np.int64]
OWN, STATUTORY, ORDINARY, DIRECT = range(4)
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
    closed: dict[int, list[tuple[str, str, int]]] = field(
        default_factory=dict
    )  # officer -> (place, code, edges before)
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
    rows = _Rows(problem, {ref: index for index, ref in enumerate(tree.places)})
    for index, officer in enumerate(officers):
        rows.add(index, officer)
    tickets = [each.ticket or lottery.ticket(problem.seed, each.ref) for each in officers]
    places = [problem.places[ref] for ref in tree.places]
    ticket_rank = _ranks(sorted(range(len(refs)), key=lambda o: (tickets[o], refs[o])))
    must_move = np.fromiter((each.must_move for each in officers), bool, len(officers))
    release = [each.release for each in officers]
    held_first = sorted(range(len(refs)), key=lambda o: (must_move[o], release[o], -int(ticket_rank[o])))
    start = np.array(rows.start, np.int64)
    kind, points = np.array(rows.kind, np.int8), np.array(rows.points, np.int64)
    market = Market(
        officers=refs, places=tree.places, tree=tree, start=start, place=np.array(rows.place, np.int64),
        key=keys(kind, points, ticket_rank, start), own=np.array(rows.own, np.int64),
        capacity=np.array([each.seats for each in places], np.int64),
        staying=np.array([each.staying for each in places], np.int64), release_rank=_ranks(held_first),
        ticket_rank=ticket_rank, must_move=must_move, tickets=tickets, points=points, kind=kind, closed=rows.closed,
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


class _Rows:
    """Gathers the edges officer by officer."""

    def __init__(self, problem: Problem, index: dict[str, int]) -> None:
        self.index = index
        self.markets = [problem.places[ref].market for ref in index]
        self.start, self.own, self.place, self.points, self.kind = (
            [0],
            list[int](),
            list[int](),
            list[int](),
            list[int](),
        )
        self.closed: dict[int, list[tuple[str, str, int]]] = {}

    def add(self, number: int, officer: Officer) -> None:
        """Own list; of one who must move the default and direct lists too; last the own place, which nobody can take."""
        home, must_move = officer.current, officer.must_move
        wishes = officer.preferences
        if not must_move and home in wishes:
            wishes = wishes[: wishes.index(home)]
        first = len(self.place)
        self._offer(number, officer, wishes, ORDINARY)
        if must_move:
            self._offer(number, officer, officer.default, ORDINARY, first)
            self._offer(number, officer, officer.direct, DIRECT, first)
        if home is not None:
            self.place.append(self.index[home])
            self.points.append(0)
            self.kind.append(OWN)
        self.own.append(-1 if home is None else self.index[home])
        self.start.append(len(self.place))

    def _offer(self, number: int, officer: Officer, refs: Sequence[str], kind: int, since: int | None = None) -> None:
        """Add the places of a list that are open to him, and note what closes the others."""
        home, exclusions, market, points = officer.current, officer.exclusions, officer.market, officer.points
        index, markets, place, statutory = self.index, self.markets, self.place, officer.statutory
        # A default that he asked for himself counts once, where he put it.
        seen = set() if since is None else set(place[since:])
        for ref in refs:
            at = index[ref]
            if ref == home or ref in exclusions or markets[at] != market:
                code = NO_POST_OF_RANK if markets[at] != market and ref not in exclusions else NOT_ELIGIBLE
                self.closed.setdefault(number, []).append((ref, code, len(place) - self.start[-1]))
            elif at not in seen:
                place.append(at)
                self.points.append(points.get(ref, 0))
                self.kind.append(STATUTORY if kind == ORDINARY and ref in statutory else kind)


def standing(officer: Officer) -> int:
    """Return what decides the officer's place in the one order of top trading cycles."""
    return max(officer.points.values(), default=0) if officer.standing is None else officer.standing
