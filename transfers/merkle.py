"""A Merkle tree over lines: one root binds them all, and a short path proves that one line is among them.

Leaf: SHA-256(0x00, line). Node: SHA-256(0x01, left, right). The last of an odd number goes up as it is. The tree is that
of RFC 6962. Lines that must stay secret carry a salt of their own, or they could be guessed and tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


class Tree:
    """All levels, the leaves first."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        sha256 = hashlib.sha256
        self.levels = [[sha256(b"\0" + line).digest() for line in lines]]
        while len(below := self.levels[-1]) > 1:
            above = [sha256(b"\1" + below[i] + below[i + 1]).digest() for i in range(0, len(below) - 1, 2)]
            self.levels.append([*above, below[-1]] if len(below) % 2 else above)

    @property
    def root(self) -> str:
        return self.levels[-1][0].hex() if self.levels[0] else hashlib.sha256().hexdigest()

    def path(self, index: int) -> list[str]:
        """Return the hashes beside the way from a line to the root, from below."""
        found = []
        for level in self.levels[:-1]:
            beside = index ^ 1
            if beside < len(level):
                found.append(level[beside].hex())
            index //= 2
        return found


def root_from(line: bytes, index: int, size: int, path: Sequence[str]) -> str:
    """Return the root that a line, its number and its path lead to. Errors: ValueError where the path does not fit."""
    if not 0 <= index < size:
        raise ValueError(f"there is no line {index} among {size}")
    sha256, rest = hashlib.sha256, [bytes.fromhex(each) for each in path]
    here = sha256(b"\0" + line).digest()
    while size > 1:
        if index ^ 1 < size:
            if not rest:
                raise ValueError("the path is too short")
            beside = rest.pop(0)
            here = sha256(b"\1" + (beside + here if index % 2 else here + beside)).digest()
        index, size = index // 2, (size + 1) // 2
    if rest:
        raise ValueError("the path is too long")
    return here.hex()
