"""Deferred acceptance one officer at a time: each newcomer may push one out, who asks elsewhere, and so on.

Finishes what the arrays of `deferred_acceptance` began, and fills reserved seats, which need a look at who is there.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.market import Market
from transfers.reserves import choose
from transfers.tree import UNBOUNDED

if TYPE_CHECKING:
    from transfers.deferred_acceptance import State

Heap = list[tuple[int, int, int]]  # (-key, officer, edge): the worst first


class Chains:
    """The state of a run as lists and heaps, which are quicker than arrays for one officer at a time."""

    def __init__(self, market: Market, allowed: NDArray[np.bool_], state: State) -> None:
        self.market, self.state, self.allowed = market, state, allowed
        self.place, self.key = market.place, market.key
        self.count = np.bincount(state.at[state.at >= 0], minlength=len(market.places)).tolist()
        self.bar: list[int] = state.bar.tolist()
        self.room: list[int] = market.capacity.tolist()
        self.limit: list[int] = market.under_ceiling.tolist()
        self.order = np.argsort(state.at, kind="stable")
        self.bounds = np.searchsorted(state.at[self.order], np.arange(len(market.places) + 1))
        self.heaps: dict[int, Heap] = {}
        self.edge: list[int] = state.edge.tolist()
        self.held: list[int] = np.where(state.at >= 0, state.edge, -1).tolist()  # edge by officer, -1 without one
        self.ceilings = self._ceilings()

    def _ceilings(self) -> dict[int, list[int]]:
        """Branches with a ceiling above each place that has any, lowest first; their counts begin here."""
        found: dict[int, list[int]] = {}
        self.crowd: dict[int, int] = {}
        there = self.market.tree.counted(np.array(self.count, np.int64))
        for level in reversed(self.market.tree.levels[:-1]):
            for place in np.flatnonzero((level >= 0) & (self.market.tree.ceiling[level] < UNBOUNDED)).tolist():
                branch = int(level[place])
                found.setdefault(place, []).append(branch)
                if branch not in self.crowd:
                    self.crowd[branch] = int(there[branch])
                    self._heap(branch)  # now, while everyone under it still is where the arrays left him
        return found

    def settle(self, waiting: list[int]) -> None:
        """Let those who wait ask, and whomever they push out, until everyone has a place or none left to ask."""
        while waiting:
            officer = waiting.pop()
            edge = self._next(officer)
            if edge < 0:
                continue
            out = self._admit(officer, edge)
            if out >= 0:
                self.held[out] = -1
                self.edge[out] += 1
                waiting.append(out)
        self.state.edge[:] = self.edge
        held = np.array(self.held, np.int64)
        self.state.at[:] = -1
        self.state.at[held >= 0] = self.place[held[held >= 0]]
        self.state.bar[:] = self.bar

    def _next(self, officer: int) -> int:
        """Move to the next place that would not refuse at once; -1 when there is none."""
        edge, end = self.edge[officer], int(self.market.start[officer + 1])
        while edge < end:
            key, place = int(self.key[edge]), int(self.place[edge])
            if self.allowed[edge] and (key < self.market.size or key <= self._bar(place)):
                self.edge[officer] = edge
                return edge
            edge += 1
        self.edge[officer] = end
        return -1

    def _bar(self, place: int) -> int:
        above = self.ceilings.get(place)
        bar = self.bar[place]
        return bar if above is None else min(bar, *(self.bar[branch] for branch in above))

    def _admit(self, officer: int, edge: int) -> int:
        """Take the officer in; returns whom that pushes out, himself perhaps, or -1."""
        place, entry = int(self.place[edge]), (-int(self.key[edge]), officer, edge)
        above = self.ceilings.get(place, ())
        heaps = [self._heap(branch) for branch in (place, *above)]
        self.held[officer] = edge
        for heap in heaps:
            heapq.heappush(heap, entry)
        self.count[place] += 1
        for branch in above:
            self.crowd[branch] += 1
        if self.count[place] > self.room[place]:
            out = self._choose_out(place) if place in self.market.reserves else self._worst(place)
            if out >= 0:
                return self._leave(out)
        for branch in above:
            if self.crowd[branch] > self.limit[branch] and (out := self._worst(branch)) >= 0:
                return self._leave(out)
        return -1

    def _leave(self, officer: int) -> int:
        place = int(self.place[self.held[officer]])
        self.count[place] -= 1
        for branch in self.ceilings.get(place, ()):
            self.crowd[branch] -= 1
        return officer

    def _heap(self, branch: int) -> Heap:
        """Those held at a place or under a ceiling, the worst first; some of them may have left since."""
        heap = self.heaps.get(branch)
        if heap is None:
            low, high = int(self.market.tree.low[branch]), int(self.market.tree.high[branch])
            members = self.order[self.bounds[low] : self.bounds[high]].tolist()
            held = ((o, self.held[o]) for o in members)
            heap = [(-int(self.key[edge]), o, edge) for o, edge in held if edge >= 0 and low <= self.place[edge] < high]
            heapq.heapify(heap)
            self.heaps[branch] = heap
        return heap

    def _worst(self, branch: int) -> int:
        """The officer to be turned away; -1 where all are protected. Sets the bar to the last one kept."""
        heap = self._heap(branch)
        while heap and self.held[heap[0][1]] != heap[0][2]:
            heapq.heappop(heap)
        protected = self.market.size - 1
        if not heap or -heap[0][0] <= protected:
            self.bar[branch] = protected
            return -1
        _, out, _ = heapq.heappop(heap)
        while heap and self.held[heap[0][1]] != heap[0][2]:
            heapq.heappop(heap)
        self.bar[branch] = max(protected, -heap[0][0]) if heap else protected
        return out

    def _choose_out(self, place: int) -> int:
        """The officer whom a place with reserved seats does not choose, -1 where all are protected."""
        here = sorted((-key, o) for key, o, edge in self.heaps[place] if self.held[o] == edge)
        chosen = choose(here, self.room[place], self.market.reserves[place], protected=self.market.size)
        out = [o for _, o in here if o not in chosen]
        self.heaps[place] = [
            entry for entry in self.heaps[place] if entry[1] in chosen and self.held[entry[1]] == entry[2]
        ]
        heapq.heapify(self.heaps[place])
        return out[-1] if out else -1
