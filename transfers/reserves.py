"""Who gets the seats of a place of which some are kept for a group: a minimum guarantee, not a share on top.

Order of filling: the protected; then each reserve in the order the rule book gives, with the best of its members, those
protected counting towards it; then the open seats, with the best of everyone left. A reserved seat that no member wants
is an open seat. Source: Dur, Kominers, Pathak and Sonmez, "Reserve design" (2018): filled first, a reserve is a minimum.
"""

from __future__ import annotations

from collections.abc import Sequence


def choose(
    here: Sequence[tuple[int, int]], seats: int, reserves: Sequence[tuple[int, frozenset[int]]], *, protected: int
) -> set[int]:
    """Return the officers chosen of those here, given as (key, officer), best first; keys below `protected` stay."""
    return set(seated(here, seats, reserves, protected=protected))


def seated(
    here: Sequence[tuple[int, int]], seats: int, reserves: Sequence[tuple[int, frozenset[int]]], *, protected: int
) -> dict[int, int]:
    """Return the officers chosen, each with the seat he has: -2 protected, -1 open, else the number of the reserve."""
    chosen = {officer: -2 for key, officer in here if key < protected}
    left = seats - len(chosen)
    for number, (kept, members) in enumerate(reserves):
        missing = kept - sum(officer in members for officer in chosen)
        for _, officer in here:
            if missing <= 0 or left <= 0:
                break
            if officer in members and officer not in chosen:
                chosen[officer] = number
                missing, left = missing - 1, left - 1
    for _, officer in here:
        if left <= 0:
            break
        if officer not in chosen:
            chosen[officer] = -1
            left -= 1
    return chosen
