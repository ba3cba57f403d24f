"""The order of rows in an editor: one of them moved up or down by a button, whatever rows are empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
ASKED = re.compile(r"(up|down)-(\d{1,4})")


@dataclass(frozen=True)
class Move:
    """A row, by its number on the page, and the way it goes."""

    up: bool
    row: int


def asked(text: str) -> Move | None:
    """What the button of a row says, such as “up-3”; None for anything else."""
    read = ASKED.fullmatch(text)
    return Move(read[1] == "up", int(read[2])) if read else None


def moved(rows: Sequence[tuple[int, T]], move: Move | None) -> tuple[list[T], int | None]:
    """The rows in their new order, and where the moved one stands now. `rows` have their numbers on the page.

    Empty ones are left out. The first does not go up, the last not down; None for a row that is not there.
    """
    order = [each for _number, each in rows]
    place = next((at for at, (number, _each) in enumerate(rows) if move and number == move.row), None)
    if move is None or place is None:
        return order, None
    goal = min(max(place + (-1 if move.up else 1), 0), len(order) - 1)
    order.insert(goal, order.pop(place))
    return order, goal
