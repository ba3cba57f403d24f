"""Where a permission reaches: whole branches of the command tree, and single units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """Primary keys of units. `everywhere` spares the tree query to those who command the whole service."""

    trees: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    everywhere: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.trees or self.units or self.everywhere)
