"""Can everybody who must move be placed at all, with every floor and ceiling kept? A proof, not a decision.

If it cannot be, the proof names the officers and the posts that make it so: those officers can go to those posts alone, and
there is less room than they are. The Commission may then relax a floor, or the published rule defers some of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transfers.flow import Network
from transfers.points import ancestors
from transfers.problem import Officer, Problem

PLENTY = 2**40


@dataclass(frozen=True, slots=True)
class Proof:
    """`feasible`, or what stands in the way.

    officers: who must move and cannot all be placed together. places: all they can go to, and what those who would make
    room for them can. missing: how many of them at least find nothing. floors: places and nodes that would fall short.
    """

    feasible: bool
    missing: int
    officers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()


def prove(problem: Problem) -> Proof:
    """Return whether everyone who must move can, while who may stays or goes to a place of his list.

    Limits that today's strength already breaks count as today's strength.
    """
    sketch = _Sketch(problem)
    wanted, sent = sketch.wanted, sketch.network.push(sketch.source, sketch.sink)
    if sent == wanted:
        return Proof(True, 0)
    reached, left = sketch.network.reach(sketch.source), sketch.network.left
    due = [ref for ref, one in problem.officers.items() if one.must_move and reached[sketch.officer[ref]]]
    missing = sum(left[edge] for edge in sketch.obliged)
    floors = tuple(sorted(ref for ref, edge in sketch.floors.items() if left[edge]))
    places = tuple(sorted(ref for ref in problem.places if reached[sketch.place[ref]])) if due else ()
    return Proof(False, missing, tuple(sorted(due)), places, floors)


class _Sketch:
    """The network: officers, the places each may end at, the tree above them. Floors are edges that must carry something."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        numbers = iter(range(4 + len(problem.officers) + len(problem.places) + len(problem.nodes)))
        self.source, self.sink, self.start, self.end = (next(numbers) for _ in range(4))
        self.officer = {ref: next(numbers) for ref in sorted(problem.officers)}
        self.place = {ref: next(numbers) for ref in sorted(problem.places)}
        self.node = {ref: next(numbers) for ref in sorted(problem.nodes)}
        self.network = Network(4 + len(problem.officers) + len(problem.places) + len(problem.nodes))
        self.wanted = 0
        self.obliged: list[int] = []
        self.floors: dict[str, int] = {}
        self._officers()
        self._tree()
        self.network.edge(self.end, self.start, PLENTY)

    def _officers(self) -> None:
        starts, ends = list[int](), list[int]()
        for ref, vertex in self.officer.items():
            one = self.problem.officers[ref]
            if one.current is None:
                # Nobody is obliged to find a place for one who has none today.
                self.network.edge(self.start, vertex, 1)
            else:
                self.obliged.append(self.network.edge(self.source, vertex, 1))
                self.wanted += 1
                self.network.edge(self.start, self.sink, 1)
            open_ = _open(self.problem, one)
            starts += [vertex] * len(open_)
            ends += map(self.place.__getitem__, open_)
        self.network.edges(starts, ends)

    def _tree(self) -> None:
        here, below = self._today()
        for ref, place in self.problem.places.items():
            above = self.node[place.node] if place.node is not None else self.end
            seats = max(place.seats, here[ref])
            self._between(ref, self.place[ref], above, _floor(place.floor, place.staying, here[ref]), seats)
        for ref, node in self.problem.nodes.items():
            above = self.node[node.parent] if node.parent is not None else self.end
            staying, there = below[ref]
            ceiling = PLENTY if node.ceiling is None else max(node.ceiling - staying, there)
            self._between(ref, self.node[ref], above, _floor(node.floor, staying, there), ceiling)

    def _between(self, ref: str, lower: int, upper: int, floor: int, limit: int) -> None:
        self.network.edge(lower, upper, limit - floor)
        if floor:
            self.floors[ref] = self.network.edge(lower, self.sink, floor)
            self.network.edge(self.source, upper, floor)
            self.wanted += floor

    def _today(self) -> tuple[Mapping[str, int], Mapping[str, tuple[int, int]]]:
        here = dict.fromkeys(self.problem.places, 0)
        for one in self.problem.officers.values():
            if one.current is not None:
                here[one.current] += 1
        below = dict.fromkeys(self.problem.nodes, (0, 0))
        for ref, place in self.problem.places.items():
            for node in ancestors(place.node, self.problem.nodes):
                below[node] = (below[node][0] + place.staying, below[node][1] + here[ref])
        return here, below


def _floor(floor: int, staying: int, here: int) -> int:
    return max(min(floor - staying, here), 0)


def _open(problem: Problem, one: Officer) -> list[str]:
    """Where the officer may end: his lists, and his own place unless he must move."""
    wishes = dict.fromkeys(one.preferences)
    if one.must_move:
        wishes |= dict.fromkeys((*one.default, *one.direct))
    open_ = [
        r for r in wishes if r not in one.exclusions and r != one.current and problem.places[r].market == one.market
    ]
    return open_ if one.must_move or one.current is None else [*open_, one.current]
