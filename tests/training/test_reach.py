"""The plan of calls: what the published order says, and that no plan from the same officers and seats reaches more wards."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest

from training.reach import Candidate, Seats, Ward, bound_of, plan

OPEN = Seats(2)


def ward(pk: int, county: str = "A", officers: int = 10) -> Ward:
    return Ward(pk, f"W-{pk:04}", county, officers)


def officer(number: int, ward: int, sex: str = "m", region: str = "east", **facts: object) -> Candidate:
    return Candidate(number, f"{number:06}", ward, region, sex, **facts)  # type: ignore[arg-type]


def best_of_all(seats: list[Seats], wards: list[Ward], candidates: list[Candidate]) -> int:
    """Every officer on every kind of seat, or not called: the most wards that any of these plans reaches."""
    uncovered = {each.pk for each in wards}
    best = 0
    for seated in itertools.product([None, *range(len(seats))], repeat=len(candidates)):
        if any(seated.count(kind) > each.number for kind, each in enumerate(seats)):
            continue
        pairs = [(one, seats[kind]) for one, kind in zip(candidates, seated, strict=True) if kind is not None]
        if all(kind.fit(one) for one, kind in pairs):
            best = max(best, len({one.ward for one, _kind in pairs} & uncovered))
    return best


def case(chance: random.Random) -> tuple[list[Seats], list[Ward], list[Candidate]]:
    kinds = [("east", ""), (None, "f"), ("west", "f"), (None, "m")]
    seats = [Seats(chance.randint(0, 2), *kind) for kind in chance.sample(kinds, chance.randint(0, 2))]
    seats.append(Seats(chance.randint(0, 2)))
    wards = [ward(pk, chance.choice("ABC"), chance.randint(1, 3)) for pk in range(chance.randint(0, 5))]
    candidates = [
        officer(number, chance.randint(0, 5), chance.choice("mf"), chance.choice(["east", "west"]))
        for number in range(chance.randint(0, 6))
    ]
    return seats, wards, candidates


def test_no_plan_of_a_small_case_reaches_more_and_the_bound_says_so() -> None:
    chance = random.Random(7)
    was_tight = 0
    for _ in range(250):
        seats, wards, candidates = case(chance)
        found = plan(seats, wards, candidates, {})
        best = best_of_all(seats, wards, candidates)
        assert (found.reached, found.at_best) == (best, best), (seats, wards, candidates)
        was_tight += 0 < best < min(len(wards), sum(each.number for each in seats))
    assert was_tight > 20  # cases in which seats kept for somebody decide


def test_the_bound_holds_whatever_is_taken_for_full() -> None:
    """It does not rest on the choices: any set of kinds gives a number that no plan exceeds."""
    chance = random.Random(8)
    for _ in range(150):
        seats, wards, candidates = case(chance)
        best = best_of_all(seats, wards, candidates)
        accepted = [
            [
                place
                for place, kind in enumerate(seats)
                if any(kind.fit(one) for one in candidates if one.ward == each.pk)
            ]
            for each in wards
        ]
        for size in range(len(seats) + 1):
            for full in itertools.combinations(range(len(seats)), size):
                assert bound_of([each.number for each in seats], accepted, full) >= best


def test_a_plan_calls_nobody_twice_keeps_to_its_seats_and_calls_only_for_wards_without() -> None:
    chance = random.Random(9)
    for _ in range(200):
        seats, wards, candidates = case(chance)
        found = plan(seats, wards, candidates, {})
        used = [each.seats for each in found.choices]
        assert all(used.count(kind) <= sum(each.number for each in seats if each == kind) for kind in used)
        assert all(each.seats.fit(each.candidate) for each in found.choices)
        assert len({each.candidate.officer for each in found.choices}) == found.reached
        assert {each.ward.pk for each in found.choices} <= {each.pk for each in wards}
        assert all(each.candidate.ward == each.ward.pk for each in found.choices)


def test_the_county_that_is_least_covered_goes_first_and_its_own_choices_count() -> None:
    wards = [ward(1, "A"), ward(2, "A"), ward(3, "B"), ward(4, "B")]
    found = plan([Seats(3)], wards, [officer(each, each) for each in range(1, 5)], {"A": (1, 4), "B": (0, 3)})
    # B has none of three, then one of three against one of four: A. Then two of four against one of three: B.
    assert [each.ward.county for each in found.choices] == ["B", "A", "B"]
    assert [(each.covered, each.of) for each in found.choices] == [(0, 3), (1, 4), (1, 3)]
    assert [each.why for each in found.choices] == ["code", "code", "county"]


@pytest.mark.parametrize(("officers", "why"), [((10, 30), "officers"), ((10, 10), "code")])
def test_in_a_county_the_ward_with_the_most_officers_then_by_code(officers: tuple[int, int], why: str) -> None:
    wards = [ward(2, officers=officers[0]), ward(1, officers=officers[1])]
    found = plan([Seats(1)], wards, [officer(1, 1), officer(2, 2)], {"A": (0, 2)})
    assert (found.choices[0].ward.pk, found.choices[0].why) == (1, why)


def test_in_a_ward_who_was_put_forward_then_the_newest_then_by_number() -> None:
    old, new = officer(3, 1, days=900), officer(2, 1, days=30)
    unknown, named = officer(1, 1), officer(4, 1, days=2000, put_forward=True)

    def first(*candidates: Candidate) -> tuple[object, str]:
        chosen = plan([OPEN], [ward(1)], candidates, {}).choices[0]
        return chosen.candidate.officer, chosen.who

    assert first(old, new, unknown, named) == (4, "put-forward")
    assert first(old, new, unknown) == (2, "newest")
    assert first(new, replace(new, officer=1, number="000001")) == (1, "number")
    assert first(unknown) == (1, "only")


def test_an_earlier_choice_moves_to_another_seat_where_that_makes_room() -> None:
    """The first ward could sit anywhere; the second has a man only, and takes the open seat from it."""
    both = [officer(1, 1, "m"), officer(2, 1, "f", days=1)]
    man = officer(3, 2, "m")
    found = plan([Seats(1), Seats(1, sex="f")], [ward(1, officers=20), ward(2)], [*both, man], {})
    assert [(each.candidate.officer, each.seats.sex) for each in found.choices] == [(2, "f"), (3, "")]


def test_a_seat_kept_for_somebody_stays_empty_rather_than_go_to_another() -> None:
    found = plan([Seats(1, sex="f"), Seats(1)], [ward(1), ward(2)], [officer(1, 1), officer(2, 2)], {})
    assert (found.reached, found.at_best, found.seats_left) == (1, 1, 1)


def test_wards_in_which_nobody_may_be_called_are_counted() -> None:
    found = plan([OPEN], [ward(1), ward(2), ward(3)], [officer(1, 1), officer(9, 9)], {})
    assert (found.reached, found.wards, found.without_candidate) == (1, 3, 2)
