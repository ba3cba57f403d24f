"""Top trading cycles with floors on small rounds, against every answer there is and a slow reading of the rule."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transfers import markets
from tests.transfers.markets import Answer, changed, feasible_answers, full_list, rounds, today, within
from transfers.market import standing
from transfers.matching import solve
from transfers.problem import DEFERRED_ACCEPTANCE, TOP_TRADING_CYCLES, Officer, Place, Problem

quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
trading = rounds(floors=True, ceilings=True, mechanism=TOP_TRADING_CYCLES)


def rank(problem: Problem, ref: str, place: str | None) -> int:
    return full_list(problem.officers[ref]).index(place)


def slowly(problem: Problem) -> Answer:
    """All circles of a step at once, everything looked up anew, feasibility asked of the whole answer each time."""
    before = today(problem)
    order = sorted(before, key=lambda r: (-standing(problem.officers[r]), markets.ticket(problem, r)))
    seat, left = dict(before), set(before)

    def answers(place: str | None) -> str | None:
        """The first of those left whose seat could become one at the place."""
        if place is None:
            return next((ref for ref in order if ref in left and seat[ref] is None), None)
        return next((r for r in order if r in left and within(problem, {**seat, r: place}, before)), None)

    while left:
        goal = {r: next(p for p in full_list(problem.officers[r]) if p == before[r] or answers(p)) for r in left}
        after = {ref: answers(goal[ref]) or ref for ref in left}
        circle = {ref for ref in left if _returns(ref, after)}
        # The seat of whom a place answers with becomes a seat there: everybody in a circle has what he asked for.
        for ref in circle:
            seat[ref] = goal[ref]
        left -= circle
    return seat


def _returns(ref: str, after: dict[str, str]) -> bool:
    at = after[ref]
    for _ in after:
        if at == ref:
            return True
        at = after[at]
    return False


@quickly
@given(trading)
def test_runs_are_those_of_the_slow_reading(problem: Problem) -> None:
    assert solve(problem).assignment == slowly(problem)


@quickly
@given(trading)
def test_floors_ceilings_seats_and_protected_places_hold(problem: Problem) -> None:
    answer = dict(solve(problem).assignment)
    assert within(problem, answer, today(problem))
    assert all(answer[ref] in full_list(officer) for ref, officer in problem.officers.items())


@quickly
@given(rounds(officers=5, places=3, floors=True, ceilings=True, mechanism=TOP_TRADING_CYCLES))
def test_no_other_answer_serves_everybody_as_well_and_somebody_better(problem: Problem) -> None:
    mine = {ref: rank(problem, ref, place) for ref, place in solve(problem).assignment.items()}
    for other in feasible_answers(problem):
        theirs = {ref: rank(problem, ref, place) for ref, place in other.items()}
        assert theirs == mine or any(theirs[ref] > mine[ref] for ref in mine)


@settings(quickly, max_examples=150)
@given(rounds(officers=5, floors=True, ceilings=True, mechanism=TOP_TRADING_CYCLES), st.data())
def test_nobody_gains_by_hiding_or_reordering_wishes(problem: Problem, data: st.DataObject) -> None:
    ref = data.draw(st.sampled_from(sorted(problem.officers)))
    told = tuple(data.draw(st.lists(st.sampled_from(sorted(problem.places)), unique=True)))
    honest = solve(problem).assignment[ref]
    lied = solve(changed(problem, ref, preferences=told)).assignment[ref]
    truth = full_list(problem.officers[ref])
    assert lied not in truth or truth.index(honest) <= truth.index(lied)


@quickly
@given(trading, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem: Problem, chance: random.Random) -> None:
    people, places = list(problem.officers.items()), list(problem.places.items())
    chance.shuffle(people)
    chance.shuffle(places)
    one, other = solve(problem), solve(replace(problem, officers=dict(people), places=dict(places)))
    assert (one.assignment, one.cutoffs, one.reasons) == (other.assignment, other.cutoffs, other.reasons)


@quickly
@given(trading)
def test_a_code_for_every_refusal_and_the_floors_code_only_where_there_was_room(problem: Problem) -> None:
    result = solve(problem)
    for ref, officer in problem.officers.items():
        wanted = full_list(officer)
        told = result.reasons[ref]
        refused = wanted[: wanted.index(result.assignment[ref])]
        assert set(refused) <= set(told)
        for place in refused:
            there = sum(at == place for at in result.assignment.values())
            if told[place] in ("floor_hold", "deferred_floor"):
                assert there < problem.places[place].seats
            cutoff = result.cutoffs.get(place)
            if told[place] == "outranked" and there >= problem.places[place].seats:
                assert cutoff is not None
                assert cutoff.points > standing(officer)


def test_abdulkadiroglu_and_sonmez_house_allocation_with_tenants() -> None:
    """Abdulkadiroglu and Sonmez, "House allocation with existing tenants" (1999), example of section 3 (YRMH-IGYT)."""
    wishes = {"1": "bag", "2": "c", "3": "e", "4": "c", "5": "d"}
    homes = {"1": "a", "2": "b", "3": "c", "4": "d"}
    order = "12345"
    places = {p: Place(p, 1) for p in "abcdeg"}
    people = {
        r: Officer(r, tuple(wishes[r]), {wishes[r][0]: -order.index(r)}, homes.get(r), standing=-order.index(r))
        for r in wishes
    }
    answer = solve(Problem("r", "s", places, people, mechanism=TOP_TRADING_CYCLES)).assignment
    assert answer == {"1": "b", "2": "c", "3": "e", "4": "d", "5": None}


def test_trading_serves_the_two_whom_deferred_acceptance_leaves() -> None:
    """The market of Roth (1982): the two may trade, and one with more points is passed over."""
    people = {
        "a": Officer("a", ("B",), {"B": 1}, "A"), "b": Officer("b", ("A",), {"A": 1}, "B"),
        "c": Officer("c", ("A",), {"A": 9}, None),
    }  # fmt: skip
    problem = Problem("r", "s", {p: Place(p, 1) for p in "AB"}, people, mechanism=TOP_TRADING_CYCLES)
    assert solve(problem).assignment == {"a": "B", "b": "A", "c": None}
    assert solve(problem).reasons["c"] == {"A": "protected_incumbents_only"}
    accepted = solve(replace(problem, mechanism=DEFERRED_ACCEPTANCE)).assignment
    assert accepted == {"a": "A", "b": "B", "c": None}
