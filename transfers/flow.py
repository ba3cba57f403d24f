"""The greatest flow through a network, by blocking flows (Dinic 1970). Whole numbers; used for proofs alone.

Levels are found with arrays, all of a level at once; paths are then looked for among the few edges that lead from one
level to the next and on to the sink.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


class Network:
    """Vertices are numbers; an edge and its way back are neighbours in the lists (edge ^ 1)."""

    def __init__(self, vertices: int) -> None:
        self.vertices = vertices
        self.start: list[int] = []
        self.to: list[int] = []
        self.left: list[int] = []  # what an edge can still carry

    def edge(self, start: int, end: int, capacity: int) -> int:
        """Add an edge; returns its number."""
        number = len(self.to)
        self.start += (start, end)
        self.to += (end, start)
        self.left += (capacity, 0)
        return number

    def edges(self, starts: list[int], ends: list[int]) -> None:
        """Add many edges that carry one each."""
        both = [0] * (2 * len(starts))
        both[::2], both[1::2] = starts, ends
        self.start += both
        both[::2], both[1::2] = ends, starts
        self.to += both
        self.left += [1, 0] * len(starts)

    def push(self, source: int, sink: int) -> int:
        """Send as much as goes through; returns how much. No edge may be added afterwards."""
        total = 0
        self._lay_out()
        while (level := self._levels(source, sink))[sink] >= 0:
            total += self._blocking(source, sink, level)
        self.left = self.room.tolist()
        return total

    def reach(self, source: int) -> list[bool]:
        """Which vertices more could still flow to: the source's side of the narrowest cut. After `push`."""
        return list((self._levels(source, -1) >= 0).tolist())

    def _lay_out(self) -> None:
        """Arrays of the edges, those that leave a vertex side by side."""
        self.room = np.array(self.left, np.int64)
        self.begin, self.end = np.array(self.start, np.int64), np.array(self.to, np.int64)
        self.order = np.argsort(self.begin, kind="stable")
        self.first = np.searchsorted(self.begin[self.order], np.arange(self.vertices + 1))

    def _levels(self, source: int, sink: int) -> Integers:
        """By vertex how many edges it lies from the source, -1 where nothing more can flow or the sink is nearer."""
        level = np.full(self.vertices, -1, np.int64)
        level[source], here, depth = 0, np.array([source]), 0
        while len(here) and (sink < 0 or level[sink] < 0):
            edges = self._leaving(here)
            ends = self.end[edges[self.room[edges] > 0]]
            depth += 1
            level[ends[level[ends] < 0]] = depth
            here = np.flatnonzero(level == depth)
        return level

    def _leaving(self, vertices: Integers) -> Integers:
        length = self.first[vertices + 1] - self.first[vertices]
        into = np.repeat(self.first[vertices] - np.cumsum(length) + length, length)
        return self.order[np.arange(len(into)) + into]

    def _blocking(self, source: int, sink: int, level: Integers) -> int:
        """Fill the shortest ways to the sink; returns how much went along them."""
        onward = self.order[self.room[self.order] > 0]
        onward = onward[(level[self.begin[onward]] >= 0) & (level[self.end[onward]] == level[self.begin[onward]] + 1)]
        onward = onward[self._leads_on(onward, sink, level)]
        room: list[int] = self.room[onward].tolist()
        ways = _Ways(
            np.searchsorted(self.begin[onward], np.arange(self.vertices + 1)).tolist(), self.end[onward].tolist(), room
        )
        total = 0
        while sent := ways.fill(source, sink):
            total += sent
        carried = self.room[onward] - np.array(room, np.int64)
        self.room[onward] -= carried
        self.room[onward ^ 1] += carried
        return total

    def _leads_on(self, edges: Integers, sink: int, level: Integers) -> NDArray[np.bool_]:
        """Which of the edges lie on a way to the sink."""
        useful = np.zeros(self.vertices, bool)
        useful[sink] = True
        begin, end = self.begin[edges], self.end[edges]
        by_depth = np.argsort(-level[begin], kind="stable")
        bounds = np.searchsorted(-level[begin[by_depth]], np.arange(-int(level[sink]), 2))
        for low, high in itertools.pairwise(bounds.tolist()):
            some = by_depth[low:high]
            useful[begin[some[useful[end[some]]]]] = True
        return useful[end]


class _Ways:
    """The edges from each level to the next, side by side for each vertex."""

    def __init__(self, first: list[int], ends: list[int], room: list[int]) -> None:
        self.following, self.stop, self.ends, self.room = first[:-1], first[1:], ends, room

    def fill(self, source: int, sink: int) -> int:
        """Send what one way can still carry; 0 when there is none. Edges that lead nowhere any more are passed by."""
        following, stop, ends, room = self.following, self.stop, self.ends, self.room
        path: list[int] = []
        above, at = [source], source
        while at != sink:
            edge, last = following[at], stop[at]
            while edge < last and not room[edge]:
                edge += 1
            following[at] = edge
            if edge < last:
                path.append(edge)
                at = ends[edge]
                above.append(at)
            elif path:
                path.pop()
                above.pop()
                at = above[-1]
                following[at] += 1
            else:
                return 0
        sent = min(room[edge] for edge in path)
        for edge in path:
            room[edge] -= sent
        return sent
