"""The cells of the integration matrix as numbers: seven states of a course at an institution in one integer. Pure.

The database adds up `state × weight` for each course, so that one row comes back for each cell of the matrix and not
seven: 8,000 instead of 56,000 at 200 courses and 40 institutions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

NONE, PLANNED, TAUGHT, ASSESSED = range(4)
CODES = ("none", "planned", "taught", "assessed")
MOST_PARTS = 30  # four to this power still fits into a bigint


def weight(position: int) -> int:
    """What the state of the part at this position counts in the sum. Errors: ValueError for too many parts."""
    if position >= MOST_PARTS:
        raise ValueError(f"a curriculum has at most {MOST_PARTS} parts in the matrix")
    return int(4**position)


def unpacked(packed: int, parts: int) -> tuple[int, ...]:
    """The states of the parts in their order, out of the sum."""
    return tuple(packed // 4**position % 4 for position in range(parts))


def is_done(state: int) -> bool:
    """Whether a part in this state has been carried out."""
    return state >= TAUGHT


@dataclass(frozen=True)
class Cell:
    """One course at one institution: the state of each part, and how many of those carried out nobody has confirmed."""

    course: str
    states: tuple[int, ...]
    unconfirmed: int = 0
    in_arrears: bool = False
    has_reason: bool = False  # given lately enough; of a course in arrears

    @property
    def done(self) -> int:
        return sum(map(is_done, self.states))

    @property
    def is_whole(self) -> bool:
        return self.done == len(self.states)


@dataclass
class Totals:
    """What the cells of an institution, or of a course, come to."""

    parts: int
    courses: int = 0
    whole: int = 0
    in_arrears: int = 0
    without_reason: int = 0
    unconfirmed: int = 0
    by_state: Counter[int] = field(default_factory=Counter)
    done_by_part: list[int] = field(default_factory=list)

    @property
    def due(self) -> int:
        """Parts that the order asks for: every part in every course."""
        return self.parts * self.courses

    @property
    def done(self) -> int:
        return self.by_state[TAUGHT] + self.by_state[ASSESSED]

    @property
    def confirmed(self) -> int:
        return self.done - self.unconfirmed

    @property
    def share(self) -> float | None:
        """How much of what is due has been carried out; nothing where no course is given."""
        return self.done / self.due if self.due else None

    @property
    def lag(self) -> tuple[float, int]:
        """What to sort by, the worst first: least carried out, then most left without a reason; without courses, last."""
        return (2.0 if self.share is None else self.share, -self.without_reason)


def totals(cells: Iterable[Cell], parts: int) -> Totals:
    """The sums of these cells."""
    found = Totals(parts, done_by_part=[0] * parts)
    for cell in cells:
        found.courses += 1
        found.whole += cell.is_whole
        found.in_arrears += cell.in_arrears
        found.without_reason += cell.in_arrears and not cell.has_reason
        found.unconfirmed += cell.unconfirmed
        found.by_state.update(cell.states)
        for position, state in enumerate(cell.states):
            found.done_by_part[position] += is_done(state)
    return found


def added(given: Sequence[Totals], parts: int) -> Totals:
    """All of them together."""
    whole = Totals(parts, done_by_part=[0] * parts)
    for each in given:
        whole.courses += each.courses
        whole.whole += each.whole
        whole.in_arrears += each.in_arrears
        whole.without_reason += each.without_reason
        whole.unconfirmed += each.unconfirmed
        whole.by_state.update(each.by_state)
        whole.done_by_part = [a + b for a, b in zip(whole.done_by_part, each.done_by_part, strict=True)]
    return whole


def is_late(deadline: date | None, on: date) -> bool:
    """Whether the day by which an order was to be carried out has passed; where no order binds, never."""
    return deadline is not None and deadline < on
