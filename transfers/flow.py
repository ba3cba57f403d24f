"""The greatest flow through a network, by blocking flows (Dinic 1970). Whole numbers; used for proofs alone."""

from __future__ import annotations

from collections import deque


class Network:
    """Vertices are numbers; an edge and its way back are neighbours in the lists (edge ^ 1)."""

    def __init__(self, vertices: int) -> None:
        self.out: list[list[int]] = [[] for _ in range(vertices)]
        self.to: list[int] = []
        self.left: list[int] = []  # what an edge can still carry

    def edge(self, start: int, end: int, capacity: int) -> int:
        """Add an edge; returns its number."""
        number = len(self.to)
        for at, vertex, room in ((start, end, capacity), (end, start, 0)):
            self.out[at].append(len(self.to))
            self.to.append(vertex)
            self.left.append(room)
        return number

    def push(self, source: int, sink: int) -> int:
        """Send as much as goes through; returns how much."""
        total = 0
        while (level := self._levels(source))[sink] >= 0:
            following = [0] * len(self.out)
            while sent := self._one_path(source, sink, level, following):
                total += sent
        return total

    def reach(self, source: int) -> list[bool]:
        """Which vertices more could still flow to: the source's side of the narrowest cut."""
        return [level >= 0 for level in self._levels(source)]

    def _levels(self, source: int) -> list[int]:
        level = [-1] * len(self.out)
        level[source] = 0
        waiting = deque([source])
        while waiting:
            at = waiting.popleft()
            for edge in self.out[at]:
                if self.left[edge] and level[self.to[edge]] < 0:
                    level[self.to[edge]] = level[at] + 1
                    waiting.append(self.to[edge])
        return level

    def _one_path(self, source: int, sink: int, level: list[int], following: list[int]) -> int:
        path: list[int] = []
        at = source
        while at != sink:
            edges = self.out[at]
            while following[at] < len(edges):
                edge = edges[following[at]]
                if self.left[edge] and level[self.to[edge]] == level[at] + 1:
                    break
                following[at] += 1
            if following[at] < len(edges):
                path.append(edges[following[at]])
                at = self.to[path[-1]]
            elif path:
                at = self.to[path.pop() ^ 1]
                following[at] += 1
            else:
                return 0
        sent = min(self.left[edge] for edge in path)
        for edge in path:
            self.left[edge] -= sent
            self.left[edge ^ 1] += sent
        return sent
