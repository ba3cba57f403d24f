"""Deferred acceptance and floors on small rounds, against every answer there is and against a slow reading of the rules."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.transfers import markets
from tests.transfers.markets import Answer, changed, full_list, rounds, today, within
from transfers import deferred_acceptance
from transfers.matching import solve
from transfers.points import ancestors
from transfers.problem import FLOOR_HOLD, Node, Officer, Place, Problem

quickly = settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


# Each wants most the place where the other comes before him, and the two places may take one officer together.
NO_ANSWER = Problem(
    "r",
    "s",
    {ref: Place(ref, 1, node="X") for ref in "AB"},
    {
        "o0": Officer("o0", ("B", "A"), {"A": 2, "B": 1}, ticket="00"),
        "o1": Officer("o1", ("A", "B"), {"A": 1, "B": 2}, ticket="01"),
    },
    {"X": Node("X", ceiling=1)},
)


@pytest.fixture(autouse=True)
def both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few officers would all be heard one by one: here all but the last go through the arrays."""
    monkeypatch.setattr(deferred_acceptance, "FEW", 1)


def rank(problem: Problem, ref: str, place: str | None) -> int:
    return full_list(problem.officers[ref]).index(place)


def blocking(problem: Problem, answer: Answer) -> list[tuple[str, str]]:
    """Pairs that could rightly complain: he prefers the place, and it would rather have him, or has room for him."""
    found = []
    for ref, officer in problem.officers.items():
        for place in full_list(officer)[: rank(problem, ref, answer[ref])]:
            asking = {one: at for one, at in answer.items() if at and one != ref}
            if place and ref in markets.choose(problem, {**asking, ref: place}):
                found.append((ref, place))
    return found


def stable_answers(problem: Problem) -> list[Answer]:
    every = itertools.product(*(full_list(one) for one in problem.officers.values()))
    answers = (dict(zip(problem.officers, each, strict=True)) for each in every)
    kept = [
        each for each in answers if (there := {r: p for r, p in each.items() if p}) == markets.choose(problem, there)
    ]
    return [each for each in kept if not blocking(problem, each)]


def weakly_better(problem: Problem, one: Answer, other: Answer) -> bool:
    return all(rank(problem, ref, one[ref]) <= rank(problem, ref, other[ref]) for ref in problem.officers)


@pytest.mark.parametrize("few", [0, 1, 10**6], ids=["with arrays", "both", "one by one"])
@quickly
@given(problem=rounds(floors=True, ceilings=True))
def test_runs_are_those_of_the_plain_reading_of_the_rules(few: int, problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deferred_acceptance, "FEW", few)
        assert solve(problem).assignment == markets.with_floors(problem)


@quickly
@given(rounds(officers=4, places=3))
def test_the_answer_is_stable_and_the_best_stable_one_for_every_officer(problem: Problem) -> None:
    answer = dict(solve(problem).assignment)
    stable = stable_answers(problem)
    assert answer in stable
    assert all(weakly_better(problem, answer, other) for other in stable)


@quickly
@given(markets.crowded() | rounds(officers=5, ceilings=True))
def test_a_ceiling_is_never_passed_refuses_nobody_while_it_has_room_and_keeps_the_order(problem: Problem) -> None:
    answer = dict(solve(problem).assignment)
    for node, each in problem.nodes.items():
        if each.ceiling is not None:
            assert under(problem, answer, node) <= max(each.ceiling, under(problem, today(problem), node))
    for ref, officer in problem.officers.items():
        for place in full_list(officer)[: rank(problem, ref, answer[ref])]:
            if place is not None:
                assert any(
                    better_came(problem, answer, ref, place, each) for each in full_above(problem, answer, place)
                )


def full_above(problem: Problem, answer: Answer, place: str) -> list[set[str]]:
    """What keeps one more out of a place: itself where its seats are taken, each command above that is at its ceiling.

    Each as the places it consists of; nothing where there is room, so that nobody may have been refused.
    """
    found = []
    if sum(at == place for at in answer.values()) >= problem.places[place].seats:
        found.append({place})
    for node in ancestors(problem.places[place].node, problem.nodes):
        ceiling = problem.nodes[node].ceiling
        if ceiling is not None and under(problem, answer, node) >= ceiling:
            found.append({ref for ref in problem.places if node in ancestors(problem.places[ref].node, problem.nodes)})
    return found


def better_came(problem: Problem, answer: Answer, ref: str, place: str, there: set[str]) -> bool:
    """Whether all others who hold one of these places come before him by the published order."""
    held = {one: at for one, at in answer.items() if at in there and one != ref}
    mine = markets.key(problem, ref, place)
    return all(at is not None and markets.key(problem, one, at) < mine for one, at in held.items())


@quickly
@example(NO_ANSWER)
@given(markets.crowded())
def test_under_ceilings_the_answer_is_the_best_without_complaint_wherever_there_is_one(problem: Problem) -> None:
    """Against every assignment there is. Where places share a ceiling none without complaint need exist: Kamada & Kojima,
    American Economic Review 2015; then the complaints left are about places under a ceiling that is reached."""
    answer, stable = dict(solve(problem).assignment), stable_answers(problem)
    assert not stable or answer in stable
    assert all(weakly_better(problem, answer, other) for other in stable)
    for _officer, place in blocking(problem, answer):
        above = ancestors(problem.places[place].node, problem.nodes)
        assert any(under(problem, answer, node) == problem.nodes[node].ceiling for node in above)


def test_there_are_rounds_with_a_ceiling_that_leave_no_answer_without_complaint() -> None:
    assert not stable_answers(NO_ANSWER)
    without = replace(NO_ANSWER, nodes={"X": replace(NO_ANSWER.nodes["X"], ceiling=2)})
    assert dict(solve(without).assignment) in stable_answers(without)


def under(problem: Problem, answer: Answer, node: str) -> int:
    """The strength of a node, those staying included."""
    places = [ref for ref, each in problem.places.items() if node in ancestors(each.node, problem.nodes)]
    return sum(problem.places[ref].staying for ref in places) + sum(1 for held in answer.values() if held in places)


@quickly
@given(rounds(floors=True, ceilings=True))
def test_floors_ceilings_seats_and_protected_places_hold(problem: Problem) -> None:
    answer = dict(solve(problem).assignment)
    assert within(problem, answer, today(problem))
    assert all(answer[ref] in full_list(officer) for ref, officer in problem.officers.items())


@quickly
@given(rounds(floors=True, ceilings=True), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem: Problem, chance: random.Random) -> None:
    people, places, nodes = list(problem.officers.items()), list(problem.places.items()), list(problem.nodes.items())
    for each in (people, places, nodes):
        chance.shuffle(each)
    shuffled = replace(problem, officers=dict(people), places=dict(places), nodes=dict(nodes))
    one, other = solve(problem), solve(shuffled)
    assert (one.assignment, one.cutoffs, one.reasons, one.lines) == (
        other.assignment, other.cutoffs, other.reasons, other.lines,
    )  # fmt: skip


@quickly
@given(rounds(ceilings=True), st.randoms(use_true_random=False))
def test_who_asks_first_changes_neither_the_answer_nor_how_often_is_asked(
    problem: Problem, chance: random.Random
) -> None:
    answer, asked = markets.deferred_acceptance(problem, order=chance.choice)
    result = solve(problem)
    assert (result.assignment, result.proposals) == (answer, asked)


@quickly
@given(rounds(officers=5, ceilings=True), st.data())
def test_nobody_gains_by_hiding_or_reordering_wishes(problem: Problem, data: st.DataObject) -> None:
    ref = data.draw(st.sampled_from(sorted(problem.officers)))
    honest = solve(problem).assignment[ref]
    told = data.draw(st.lists(st.sampled_from(sorted(problem.places)), unique=True))
    lied = solve(changed(problem, ref, preferences=tuple(told))).assignment[ref]
    truth = full_list(problem.officers[ref])
    assert lied not in truth or truth.index(honest) <= truth.index(lied)


@quickly
@given(rounds(ceilings=True), st.data())
def test_more_points_never_hurt(problem: Problem, data: st.DataObject) -> None:
    ref = data.draw(st.sampled_from(sorted(problem.officers)))
    place = data.draw(st.sampled_from(sorted(problem.places)))
    points = {**problem.officers[ref].points, place: data.draw(st.integers(0, 3)) + problem.officers[ref].points[place]}
    before, after = solve(problem).assignment[ref], solve(changed(problem, ref, points=points)).assignment[ref]
    assert rank(problem, ref, after) <= rank(problem, ref, before)


@quickly
@given(rounds(ceilings=True), st.data())
def test_another_seat_never_hurts_anybody(problem: Problem, data: st.DataObject) -> None:
    ref = data.draw(st.sampled_from(sorted(problem.places)))
    place = problem.places[ref]
    more = replace(problem, places={**problem.places, ref: replace(place, seats=place.seats + 1)})
    assert weakly_better(problem, dict(solve(more).assignment), dict(solve(problem).assignment))


@quickly
@given(rounds(floors=True, ceilings=True), st.permutations(range(6)))
def test_other_names_with_the_same_tickets_change_nothing(problem: Problem, names: list[int]) -> None:
    fixed = {ref: replace(one, ticket=markets.ticket(problem, ref)) for ref, one in problem.officers.items()}
    new = {ref: f"x{names[index]}" for index, ref in enumerate(fixed)}
    renamed = {new[ref]: replace(one, ref=new[ref]) for ref, one in fixed.items()}
    answer = solve(replace(problem, officers=renamed)).assignment
    assert {ref: answer[new[ref]] for ref in fixed} == solve(problem).assignment


@quickly
@given(rounds(floors=True, ceilings=True))
def test_every_refusal_is_one_comparison_with_a_published_cutoff(problem: Problem) -> None:
    """Without ceilings: beaten by the cutoff, or none came in, or the floor's code. Ties are told as such."""
    result = solve(replace(problem, nodes={ref: replace(each, ceiling=None) for ref, each in problem.nodes.items()}))
    for ref, reasons in result.reasons.items():
        for place, code in reasons.items():
            mine = (-problem.officers[ref].points[place], markets.ticket(problem, ref))
            cutoff = result.cutoffs.get(place)
            if code in ("outranked", "lottery"):
                assert cutoff is not None
                assert (-cutoff.points, cutoff.ticket) < mine
                assert (code == "lottery") == (cutoff.points == -mine[0])
            elif code in ("protected_incumbents_only", "no_post_of_rank"):
                assert cutoff is None
            elif code in ("floor_hold", "deferred_floor"):
                full = sum(at == place for at in result.assignment.values()) >= problem.places[place].seats
                assert not full or (cutoff is not None and mine < (-cutoff.points, cutoff.ticket))


@quickly
@given(rounds(floors=True))
def test_nobody_leaves_while_one_who_goes_before_him_in_the_order_of_release_is_held(problem: Problem) -> None:
    result = solve(problem)
    for line in result.lines:
        inside = {p for p in problem.places if p == line.ref or line.ref in markets.path(problem, p)}
        left = [r for r, o in problem.officers.items() if o.current in inside and result.assignment[r] not in inside]
        assert all(
            markets.hold_key(problem, one) < markets.hold_key(problem, other) for one in line.held for other in left
        )
        assert line.after == markets.strength(problem, dict(result.assignment), line.ref)
        assert line.before == markets.strength(problem, today(problem), line.ref)
        assert line.after >= min(line.floor, line.before)


@quickly
@given(rounds(floors=True))
def test_floors_that_nobody_touches_leave_the_answer_stable(problem: Problem) -> None:
    result = solve(problem)
    if not any(code in (FLOOR_HOLD, "deferred_floor") for told in result.reasons.values() for code in told.values()):
        assert blocking(problem, dict(result.assignment)) == []


def test_the_empty_round() -> None:
    result = solve(Problem("r", "s", {}, {}))
    assert (result.assignment, result.cutoffs, result.reasons, result.passes) == ({}, {}, {}, 1)


def test_gale_and_shapley() -> None:
    """Gale and Shapley, "College admissions and the stability of marriage" (1962), example 1: officers get first choices."""
    wishes = {"a": "ABC", "b": "BCA", "c": "CAB"}
    ranks = {"A": "bca", "B": "cab", "C": "abc"}
    assert _marriage(wishes, ranks) == {"a": "A", "b": "B", "c": "C"}


def test_gale_and_shapley_with_one_answer() -> None:
    """The same paper, example 2: one stable answer, found against most first choices."""
    wishes = {"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"}
    ranks = {"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"}
    assert _marriage(wishes, ranks) == {"a": "C", "b": "D", "c": "A", "d": "B"}


def test_roth_an_officer_optimal_answer_need_not_be_efficient() -> None:
    """Roth (1982), in the form of Abdulkadiroglu and Sonmez (2003), example 1: both would gain by trading, and may not."""
    wishes = {"a": "BAC", "b": "ABC", "c": "ABC"}
    ranks = {"A": "acb", "B": "bac", "C": "bac"}
    assert _marriage(wishes, ranks) == {"a": "A", "b": "B", "c": "C"}


def test_vacancy_chains_are_followed_to_their_end() -> None:
    """Blum, Roth and Rothblum, "Vacancy chains and equilibration" (1997): one seat at the top moves everyone up."""
    names = "abcdefgh"
    people = {
        n: Officer(n, tuple(names[i - 1] for i in range(index, 0, -1)), {}, n) for index, n in enumerate(names) if index
    }
    places = {n: Place(n, 1) for n in names}
    answer = solve(Problem("r", "s", places, people)).assignment
    assert answer == {n: names[index] for index, n in enumerate(names[1:])}


def _marriage(wishes: dict[str, str], ranks: dict[str, str]) -> Answer:
    points = {ref: {place: -ranks[place].index(ref) for place in wishes[ref]} for ref in wishes}
    people = {ref: Officer(ref, tuple(wishes[ref]), points[ref]) for ref in wishes}
    return dict(solve(Problem("r", "s", {place: Place(place, 1) for place in ranks}, people)).assignment)
