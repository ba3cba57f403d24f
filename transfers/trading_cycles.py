"""Floor-respecting top trading cycles: the second mechanism a rule book may choose.

Everyone owns the seat he holds. The best of the published order asks for his best place; the place answers with the best
officer whose seat could become a seat there without breaking a floor or a ceiling; that officer asks in turn, until the
asking closes a circle, and the circle trades. Nobody who may stay ends worse off, floors and ceilings hold at every step.
Source: TTC-M, Suzuki, Tamura, Yahiro, Yokoo and Zhang, Artificial Intelligence 315 (2023), for the laminar case.
"""

from __future__ import annotations

import heapq

import numpy as np

from transfers.market import Integers, Market

NONE = 2**62


def run(market: Market) -> Integers:
    """Return the edge each officer ends on; start[o + 1] for one who has no place and found none."""
    return _Trade(market).settle()


class _Trade:
    """Seats still to be traded. Branches: those of the tree, then the outside (officers without a place), then the root."""

    def __init__(self, market: Market) -> None:
        tree = market.tree
        self.market = market
        self.outside, self.root = len(tree.low), len(tree.low) + 1
        self.parent = _parents(market, self.root)
        home = np.bincount(market.own[market.own >= 0], minlength=len(market.places))
        now = tree.counted(home + market.staying)
        limits = tree.ceiling.copy()
        limits[: len(market.places)] = market.capacity + market.staying
        without = int((market.own < 0).sum())
        # What is over or under its limits today may stay so, but not get worse.
        self.strength = [*now.tolist(), without, 0]
        self.limit = [*np.maximum(limits, now).tolist(), without, 0]
        self.floor = [*np.minimum(tree.floor, now).tolist(), 0, 0]
        self.order = np.argsort(market.master)  # officers, the best first
        self.rank: list[int] = market.master.tolist()
        self.home = np.where(market.own < 0, self.outside, market.own).tolist()
        self.edge: list[int] = market.start[:-1].tolist()
        self.gone = [False] * market.size
        self._first_bests()

    def _first_bests(self) -> None:
        """Who is best at each branch, from the leaves up; kept true by `_refresh` from then on."""
        self.queue: list[list[int]] = [[] for _ in range(self.root + 1)]  # of places: ranks, the best last
        for officer in reversed(self.order.tolist()):
            self.queue[self.home[officer]].append(self.rank[officer])
        self.best = [NONE] * (self.root + 1)
        self.offered = [NONE] * (self.root + 1)  # what a branch last told its parent
        self.heap: list[list[tuple[int, int]]] = [[] for _ in range(self.root + 1)]
        for branch in (*range(len(self.market.places)), self.outside):
            self._refresh(branch)

    def _refresh(self, branch: int) -> None:
        """Say again who is best at a branch, and above it as far as that changes anything."""
        while True:
            if branch < len(self.market.places) or branch == self.outside:
                queue = self.queue[branch]
                while queue and self.gone[self.order[queue[-1]]]:
                    queue.pop()
                self.best[branch] = queue[-1] if queue else NONE
            else:
                heap = self.heap[branch]
                while heap and self.offered[heap[0][1]] != heap[0][0]:
                    heapq.heappop(heap)
                self.best[branch] = heap[0][0] if heap else NONE
            if branch == self.root:
                return
            offer = self.best[branch] if self.strength[branch] > self.floor[branch] else NONE
            if offer == self.offered[branch]:
                return
            self.offered[branch] = offer
            parent = self.parent[branch]
            if offer != NONE:
                heapq.heappush(self.heap[parent], (offer, branch))
            branch = parent

    def _answer(self, place: int) -> int:
        """The best officer whose seat could become one at the place; -1 when there is none."""
        branch, best = place, self.best[place]
        while branch != self.root and self.strength[branch] < self.limit[branch]:
            branch = self.parent[branch]
            best = min(best, self.best[branch])
        return int(self.order[best]) if best != NONE else -1

    def _ask(self, officer: int) -> int:
        """Move the officer to the best place that is still to be had; returns who answers for it."""
        end, places = int(self.market.start[officer + 1]), self.market.place
        while self.edge[officer] < end:
            answer = self._answer(int(places[self.edge[officer]]))
            if answer >= 0:
                return answer
            self.edge[officer] += 1
        return self._answer(self.outside)

    def settle(self) -> Integers:
        for first in self.order.tolist():
            path, seen = [first], {first: 0}
            while path and not self.gone[first]:
                answer = self._ask(path[-1])
                if answer not in seen:
                    seen[answer] = len(path)
                    path.append(answer)
                    continue
                circle = path[seen[answer] :]
                del path[seen[answer] :]
                for each in circle:
                    del seen[each]
                self._trade(circle)
        return np.array(self.edge, np.int64)

    def _trade(self, circle: list[int]) -> None:
        changed: list[int] = []
        for officer in circle:
            edge, end = self.edge[officer], int(self.market.start[officer + 1])
            goal = int(self.market.place[edge]) if edge < end else self.outside
            self.gone[officer] = True
            self._count(goal, +1, changed)
            self._count(self.home[officer], -1, changed)
        # From the leaves up: places and the outside first, then nodes by size.
        for branch in sorted(set(changed), key=self._width):
            self._refresh(branch)

    def _count(self, branch: int, by: int, changed: list[int]) -> None:
        while branch != self.root:
            self.strength[branch] += by
            changed.append(branch)
            branch = self.parent[branch]

    def _width(self, branch: int) -> int:
        return int(self.market.tree.high[branch] - self.market.tree.low[branch]) if branch < self.outside else 0


def _parents(market: Market, root: int) -> list[int]:
    parent = [root] * (root + 1)
    for upper, lower in zip(market.tree.levels, market.tree.levels[1:], strict=False):
        both = (upper >= 0) & (lower >= 0)
        for above, below in set(zip(upper[both].tolist(), lower[both].tolist(), strict=True)):
            parent[below] = above
    # The places are the last level; one that lies higher in the tree than others hangs where its path ends.
    for level in market.tree.levels[:-1]:
        for place in np.flatnonzero(level >= 0).tolist():
            parent[place] = int(level[place])
    return parent
