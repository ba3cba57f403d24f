"""How often floors reward a dishonest list: measured and shown, not hidden. And what the rest of the core answers.

`python -m tests.transfers.test_floors_and_honesty 2000` measures a larger number of markets.
"""

from __future__ import annotations

import itertools
import random
import sys

from tests.transfers.markets import changed, full_list
from transfers.matching import solve
from transfers.problem import Node, Officer, Place, Problem


def market(seed: int, *, officers: int = 6, places: int = 4, slack: int = 0, lists: int = 3) -> Problem:
    """Everybody holds a place, wants others, and the floor of each place and of a command is today's strength less `slack`."""
    chance = random.Random(seed)
    names = [f"P{index}" for index in range(places)]
    homes = {f"o{index}": names[index % places] for index in range(officers)}
    here = officers // places
    made = {
        name: Place(name, here + 1, max(here - slack, 0), 0, "N" if index < 2 else None)
        for index, name in enumerate(names)
    }
    people = {}
    for ref, home in homes.items():
        wishes = chance.sample([name for name in names if name != home], min(lists, places - 1))
        points = {name: chance.randrange(10) for name in names}
        people[ref] = Officer(ref, tuple(wishes), points, home, chance.random() < 0.3, chance.randrange(12, 60))
    return Problem("r", str(seed), made, people, {"N": Node("N", floor=max(2 * here - slack, 0))})


def gains(problem: Problem, ref: str) -> bool:
    """Whether any other list than the honest one would have served the officer better: all of them are tried."""
    truth = full_list(problem.officers[ref])
    honest = truth.index(solve(problem).assignment[ref])
    wishes = problem.officers[ref].preferences
    for size in range(len(wishes) + 1):
        for told in itertools.permutations(wishes, size):
            got = solve(changed(problem, ref, preferences=told)).assignment[ref]
            if truth.index(got) < honest:
                return True
    return False


def rate(markets: int, **more: int) -> tuple[int, int]:
    """Return how many officers could have gained, of how many."""
    made = [market(seed, **more) for seed in range(markets)]
    found = [gains(problem, ref) for problem in made for ref in problem.officers]
    return sum(found), len(found)


def test_floors_that_bind_hard_can_reward_dishonesty_and_this_is_how_often(record_property: object) -> None:
    found, asked = rate(25)
    assert callable(record_property)
    record_property("officers who could gain by a dishonest list", f"{found} of {asked}")
    print(f"\n{found} of {asked} officers could gain where floors bind hard")
    assert found <= asked // 8, "more than docs/transfers/mechanism.md admits"


def test_without_floors_nobody_can_gain() -> None:
    found, asked = rate(15, slack=9)
    assert (found, asked) == (0, 90)


if __name__ == "__main__":
    number = int(sys.argv[1])
    for name, more in (
        ("floors that bind hard", {}),
        ("one officer of slack", {"slack": 1}),
        ("no floors", {"slack": 9}),
    ):
        print(f"{name}: %d of %d officers could gain" % rate(number, **more))
