"""Seats shared out in proportion to what each place lacks: largest remainder. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def apportioned(seats: int, wanted: Mapping[K, int]) -> dict[K, int]:
    """Seats for each place: none gets more than it lacks, and all seats go where enough is lacking.

    Shape: places in the order in which a tie is decided. Places that get nothing are left out.
    """
    total = sum(wanted.values())
    seats = min(seats, total)
    if seats <= 0:
        return {}
    whole = {key: seats * lack // total for key, lack in wanted.items()}
    order = sorted(wanted, key=lambda key: -(seats * wanted[key] % total))
    for key in order[: seats - sum(whole.values())]:
        whole[key] += 1
    return {key: number for key, number in whole.items() if number}
