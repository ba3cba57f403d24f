"""Invented rounds for the benchmark of transfers: the plain market everyone can solve, and one with every rule."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transfers.problem import Node, Officer, Place, Problem, Reserve

WISHES, PER_PLACE, SEATS, COUNTIES = 10, 10, 9, 47


@dataclass
class Plain:
    """n officers, n / 10 places of 9 seats, 10 wishes each, a strict priority for each wish; nobody has a place yet."""

    wishes: NDArray[np.int64]  # officers x 10
    priority: NDArray[np.int64]  # the same shape; smaller comes first
    seats: int
    places: int


def plain(officers: int) -> Plain:
    """The market that the peers solve too."""
    chance = np.random.default_rng(47)
    places = officers // PER_PLACE
    wishes = np.sort(chance.integers(0, places - WISHES + 1, (officers, WISHES)), axis=1) + np.arange(WISHES)
    wishes = chance.permuted(wishes, axis=1)
    points = chance.integers(0, 2_000, (officers, WISHES))
    tickets = chance.permutation(officers)
    return Plain(wishes, (2_000 - points) * officers + tickets[:, None], SEATS, places)


def full(officers: int) -> Problem:
    """Every rule at once: incumbents, overdue with default and direct lists, floors at station and county, ceilings, reserves.

    A third are overdue or volunteers in favoured counties as much as elsewhere; wishes lean towards a tenth of the places.
    """
    chance = random.Random(47)
    number = max(officers // PER_PLACE, COUNTIES)
    regions = [f"R{index}" for index in range(8)]
    nodes = {ref: Node(ref) for ref in regions}
    counts = [0] * COUNTIES
    county = [chance.randrange(COUNTIES) for _ in range(number)]
    current = [chance.randrange(number) for _ in range(officers)]
    here = [0] * number
    for place in current:
        here[place] += 1
        counts[county[place]] += 1
    for index, count in enumerate(counts):
        ceiling = count + count // 20 if index % 4 == 0 else None
        nodes[f"C{index}"] = Node(f"C{index}", regions[index % 8], (9 * count + 9) // 10, ceiling)
    places = {}
    for index in range(number):
        reserves = (Reserve("women", 2),) if index % 10 == 1 and county[index] % 4 else ()
        floor, seats = (6 * here[index] + 9) // 10, max(here[index] + chance.choice((-1, 0, 0, 1, 2)), 0)
        places[f"P{index}"] = Place(f"P{index}", seats, floor, 0, f"C{county[index]}", "PC", reserves)
    popular = [f"P{index}" for index in range(number) if index % 10 == 0]
    everywhere = list(places)
    people = {}
    for index in range(officers):
        people[f"N{index:07d}"] = _officer(f"N{index:07d}", f"P{current[index]}", popular, everywhere, chance)
    return Problem("bench", "f" * 64, places, people, nodes)


def _officer(ref: str, home: str, popular: list[str], everywhere: list[str], chance: random.Random) -> Officer:
    wishes = {chance.choice(popular if chance.random() < 0.5 else everywhere): None for _ in range(WISHES)}
    months, must_move = chance.randrange(12, 90), chance.random() < 0.3
    base = chance.randrange(0, 100)
    points = {place: 10 * months + base + (50 if chance.random() < 0.1 else 0) for place in wishes}
    default = tuple({chance.choice(everywhere): None for _ in range(5)}) if must_move else ()
    direct = tuple({chance.choice(everywhere): None for _ in range(20)}) if must_move else ()
    return Officer(
        ref, tuple(wishes), points, home, must_move, months, "PC",
        frozenset(("women",)) if chance.random() < 0.15 else frozenset(), default=default, direct=direct,
    )  # fmt: skip
