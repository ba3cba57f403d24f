"""Who is given a seat, in the published order. Pure: plain values in, plain values out.

The order, the same for every course and shown on its pages:
 1. those who were left on a waiting list of the same course before, the more often the earlier;
 2. those whose last course lies longest back; whoever had none comes first;
 3. those longer in their rank;
 4. the lower service number.
Seats kept for a region or a sex go to theirs first, in that order, then the others to all. A kept seat that nobody fits stays
kept until nominations are over, and then falls to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

OPEN = -1  # of the seats that are kept for nobody
FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class Share:
    """Seats kept for a region, for a sex, or for both."""

    seats: int
    region: int | None = None
    sex: str = ""

    def fits(self, each: Candidate) -> bool:
        """Whether a seat of the share is kept for such a one."""
        return self.region in (None, each.region) and self.sex in ("", each.sex)

    @property
    def narrowness(self) -> int:
        """Seats for a region and a sex are filled before those for one of the two: fewer people fit them."""
        return (self.region is not None) + bool(self.sex)


@dataclass(frozen=True)
class Candidate:
    """One name put forward. `key` is the nomination's, `has_seat` whether it was given one already."""

    key: int
    region: int | None
    sex: str
    number: str
    waited: int = 0
    last_course_on: date | None = None
    rank_since: date | None = None
    has_seat: bool = False


@dataclass(frozen=True)
class Placed:
    """Where a name stands: its place in the order, and the share whose seat it gets, OPEN for one of all; None: waits."""

    candidate: Candidate
    position: int
    share: int | None

    @property
    def is_seated(self) -> bool:
        return self.share is not None


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The published order."""
    return sorted(
        candidates,
        key=lambda each: (
            -each.waited, each.last_course_on or FIRST_DAY, each.rank_since or date.max, each.number, each.key,
        ),
    )  # fmt: skip


def seated(
    candidates: Iterable[Candidate], shares: Sequence[Share], seats: int, *, all_open: bool = False
) -> list[Placed]:
    """Everybody in the published order with the seat that falls to each; `all_open` once nominations are over."""
    left = [share.seats for share in shares]
    open_seats = max(0, seats - sum(left))
    order = in_order(candidates)
    first = [each for each in order if each.has_seat]
    got: dict[int, int | None] = {}
    by_narrowness = sorted(range(len(shares)), key=lambda index: -shares[index].narrowness)
    for group in (first, [each for each in order if not each.has_seat]):
        for each in group:  # seats kept for them
            share = next((index for index in by_narrowness if left[index] and shares[index].fits(each)), None)
            if share is not None:
                left[share] -= 1
                got[each.key] = share
        for each in group:  # seats of all
            if each.key in got:
                continue
            if open_seats > 0 or each.has_seat:
                open_seats -= 1
                got[each.key] = OPEN
    if all_open:
        spare = sum(left) + open_seats
        for each in order:
            if each.key not in got and spare > 0:
                spare -= 1
                got[each.key] = OPEN
    return [Placed(each, number, got.get(each.key)) for number, each in enumerate(order, start=1)]
