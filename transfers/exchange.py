"""Mutual exchanges of two or three officers: who could take whose place, and which exchanges are carried out.

An act of its own, outside or after a round: strength and skills stay as they are, and everybody concerned has agreed. Which
circles are found depends on nothing but the wishes and a published order (the tickets, say).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Circle = tuple[str, ...]  # each takes the place of the next, the last that of the first


@dataclass(frozen=True, slots=True)
class Wish:
    """One who offers his place. `kind`: what must be alike, rank and skill; `places`: what he would take, best first."""

    ref: str
    place: str
    places: tuple[str, ...]
    kind: str = ""


def closes(circle: Sequence[Wish]) -> bool:
    """Whether two or three officers who name each other do take each other's places."""
    if not 2 <= len(circle) <= 3 or len({each.ref for each in circle}) < len(circle):
        return False
    if len({each.kind for each in circle}) > 1 or len({each.place for each in circle}) < len(circle):
        return False
    return all(after.place in each.places for each, after in zip(circle, [*circle[1:], circle[0]], strict=True))


def circles(wishes: Sequence[Wish]) -> list[Circle]:
    """Return the exchanges to carry out, none with an officer twice. Shape: wishes in the published order.

    The first in order gets the best place for which a circle can be closed, by two rather than by three, with those who
    come first in order; then the next who is still free.
    """
    holders: dict[tuple[str, str], list[Wish]] = {}
    for wish in wishes:
        holders.setdefault((wish.kind, wish.place), []).append(wish)
    taken: set[str] = set()
    found: list[Circle] = []
    for wish in wishes:
        circle = () if wish.ref in taken else _best(wish, holders, taken)
        if circle:
            taken |= set(circle)
            found.append(circle)
    return found


def _best(first: Wish, holders: Mapping[tuple[str, str], list[Wish]], taken: set[str]) -> Circle:
    for goal in first.places:
        if goal == first.place:
            return ()  # from here on he would rather stay
        free = [each for each in holders.get((first.kind, goal), ()) if each.ref not in taken]
        for other in free:
            if _wants(other, first.place):
                return (first.ref, other.ref)
        for other in free:
            for place in _better(other):
                thirds = holders.get((first.kind, place), ()) if place not in (goal, first.place) else ()
                for third in thirds:
                    if third.ref not in taken and _wants(third, first.place):
                        return (first.ref, other.ref, third.ref)
    return ()


def _better(wish: Wish) -> tuple[str, ...]:
    return wish.places[: wish.places.index(wish.place)] if wish.place in wish.places else wish.places


def _wants(wish: Wish, place: str) -> bool:
    return place in _better(wish)
