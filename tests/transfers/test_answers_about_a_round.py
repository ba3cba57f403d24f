"""What the core says about a round beside the answer: feasibility, why not me, what would change it, exchanges, comparison."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.transfers import markets
from tests.transfers.certificates import ENTRANTS, certified, entrant
from tests.transfers.markets import changed, feasible_answers, rounds
from transfers import comparing, exchange, explanations, feasibility
from transfers.exchange import Wish
from transfers.matching import solve
from transfers.problem import TOP_TRADING_CYCLES, Node, Officer, Place, Problem

quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def gets(problem: Problem, ref: str, place: str, more: int) -> bool:
    """Whether the officer gets the place with so many points more there."""
    points = problem.officers[ref].points
    return solve(changed(problem, ref, points={**points, place: points[place] + more})).assignment[ref] == place


class TestFeasibility:
    def test_the_proof_agrees_with_trying_everything(self) -> None:
        @quickly
        @given(rounds(officers=5, floors=True, ceilings=True))
        def check(problem: Problem) -> None:
            settled = {ref: one for ref, one in problem.officers.items() if one.current is not None}
            due = [ref for ref, one in settled.items() if one.must_move]
            possible = any(
                all(answer[ref] != problem.officers[ref].current for ref in due) for answer in feasible_answers(problem)
            )
            assert feasibility.prove(problem).feasible == possible

        check()

    def test_it_names_the_officers_and_the_posts_that_have_too_little_room(self) -> None:
        due = {f"o{n}": Officer(f"o{n}", ("P", "Q"), {}, "H", must_move=True) for n in range(4)}
        others = {"x": Officer("x", ("R",), {}, "H", must_move=True), "y": Officer("y", (), {}, "P")}
        places = {"H": Place("H", 9), "P": Place("P", 2), "Q": Place("Q", 1), "R": Place("R", 5)}
        proof = feasibility.prove(Problem("r", "s", places, {**due, **others}))
        assert (proof.feasible, proof.missing) == (False, 2)
        assert proof.officers == ("o0", "o1", "o2", "o3")
        assert proof.places == ("P", "Q")

    def test_it_names_the_floor_that_cannot_be_kept(self) -> None:
        people = {ref: Officer(ref, ("P",), {}, "H", must_move=True) for ref in "ab"}
        proof = feasibility.prove(Problem("r", "s", {"H": Place("H", 2, 1), "P": Place("P", 2)}, people))
        assert (proof.feasible, proof.floors) == (False, ("H",))

    def test_who_may_stay_can_make_room(self) -> None:
        people = {"a": Officer("a", ("P",), {}, "H", must_move=True), "b": Officer("b", ("Q",), {}, "P")}
        assert feasibility.prove(Problem("r", "s", {p: Place(p, 1) for p in "HPQ"}, people)).feasible


class TestDirectPlacement:
    PLACES = {"H": Place("H", 1), "P": Place("P", 1), "Q": Place("Q", 1), "R": Place("R", 1)}

    def test_the_default_list_comes_after_his_own_and_by_points(self) -> None:
        due = Officer("due", ("P",), {"Q": 5}, "H", must_move=True, default=("Q",))
        keen = Officer("keen", ("Q",), {"Q": 4})
        first = Officer("first", ("P",), {"P": 9})
        result = solve(Problem("r", "s", self.PLACES, {o.ref: o for o in (due, keen, first)}))
        assert result.assignment == {"due": "Q", "keen": None, "first": "P"}
        assert result.reasons["due"] == {"P": "outranked", "Q": "assigned"}

    def test_direct_placement_takes_only_what_nobody_else_claims(self) -> None:
        due = Officer("due", ("P",), {"Q": 99}, "H", must_move=True, direct=("Q", "R"))
        keen = Officer("keen", ("Q",), {"Q": 1})
        first = Officer("first", ("P",), {"P": 9})
        result = solve(Problem("r", "s", self.PLACES, {o.ref: o for o in (due, keen, first)}))
        assert result.assignment == {"due": "R", "keen": "Q", "first": "P"}
        assert result.reasons["due"] == {"P": "outranked", "Q": "outranked", "R": "direct_placement"}
        assert result.cutoffs["R"].kind == "direct"

    def test_of_who_may_stay_neither_list_counts(self) -> None:
        stays = Officer("stays", (), {}, "H", default=("P",), direct=("Q",))
        assert solve(Problem("r", "s", self.PLACES, {"stays": stays})).assignment == {"stays": "H"}


class TestReserves:
    def test_a_reserve_is_a_minimum_filled_first(self) -> None:
        from transfers.problem import Reserve

        def women_of(reserved: int, points: dict[str, int]) -> list[str]:
            place = Place("P", 2, reserves=(Reserve("women", reserved),) if reserved else ())
            people = {
                ref: Officer(ref, ("P",), {"P": number}, groups=frozenset(["women"] if ref.startswith("w") else []))
                for ref, number in points.items()
            }
            return sorted(ref for ref, at in solve(Problem("r", "s", {"P": place}, people)).assignment.items() if at)

        points = {"m1": 9, "m2": 8, "w1": 5, "w2": 4}
        assert women_of(0, points) == ["m1", "m2"]
        assert women_of(1, points) == ["m1", "w1"]
        assert women_of(2, points) == ["w1", "w2"]
        # A woman who would have come in anyhow counts towards the minimum: the other seat is open to all.
        assert women_of(1, {**points, "w1": 10}) == ["m1", "w1"]
        # A reserved seat that no woman wants is open.
        assert women_of(2, {"m1": 9, "m2": 8}) == ["m1", "m2"]


class TestWhyNotMe:
    def test_each_place_with_points_cutoff_and_counts(self) -> None:
        one = certified()
        told = explanations.Explainer(one.problem, one.result).explain("P04")
        assert (told.outcome, told.moved, told.floor) == ("MUR", True, None)
        refused, got = told.choices
        assert (refused.place, refused.code, refused.points, refused.seats) == ("NBO", "outranked", 300, 2)
        assert refused.cutoff is not None
        assert refused.cutoff.points == 600
        assert (refused.stayed, refused.newcomers) == (1, 1)
        assert (got.place, got.code, got.newcomers) == ("MUR", "assigned", 2)

    def test_the_default_list_is_told_apart_from_the_own_list(self) -> None:
        due = entrant("P12", "NYE", "ELD", 60, default=("LAM",), direct=("KSM",))
        others = [each for each in ENTRANTS if each.officer.ref != "P12"]
        one = certified(entrants=[*others, due])
        told = explanations.Explainer(one.problem, one.result).explain("P12").choices
        assert [(each.place, each.asked) for each in told[:2]] == [("NYE", True), ("LAM", False)]

    def test_the_floor_that_held_him_and_the_rule_that_closed_a_place(self) -> None:
        one = certified()
        explainer = explanations.Explainer(one.problem, one.result)
        held = explainer.explain("P03")
        assert held.floor is not None
        assert (held.floor.ref, held.line, held.release) == ("LAM", 14, 14)
        assert explainer.explain("P14").choices[0].rule == "home-county"

    def test_a_ceiling_that_decided_is_named(self) -> None:
        one = certified()
        (choice, *_) = explanations.Explainer(one.problem, one.result).explain("P11").choices
        assert (choice.place, choice.code, choice.ceiling) == ("NBW", "outranked", "C:NB")

    @pytest.mark.parametrize("mechanism", ["", TOP_TRADING_CYCLES])
    def test_what_would_change_it_is_the_least_that_does(self, mechanism: str) -> None:
        @settings(quickly, max_examples=25)
        @given(rounds(floors=True, mechanism=mechanism))
        def check(problem: Problem) -> None:
            result = solve(problem)
            for ref, place in ((r, p) for r, told in result.reasons.items() for p in told if told[p] == "outranked"):
                change = explanations.what_would_change(problem, result, ref, place)
                assert change.kind in ("points", "nothing")
                if change.kind == "points":
                    assert gets(problem, ref, place, change.points)
                    assert change.points <= 1 or not gets(problem, ref, place, change.points - 1)

        check()

    def test_a_better_ticket_is_enough_where_the_lottery_decided(self) -> None:
        people = {ref: Officer(ref, ("P",)) for ref in "ab"}
        problem = Problem("r", "s", {"P": Place("P", 1)}, people)
        result = solve(problem)
        (loser,) = [ref for ref, place in result.assignment.items() if place is None]
        assert explanations.what_would_change(problem, result, loser, "P").kind == "ticket"

    def test_his_market_alone_gives_the_same_answer(self) -> None:
        one = certified()
        nodes = {ref: replace(node, floor=0) if ref == "R:1" else node for ref, node in one.problem.nodes.items()}
        problem = replace(one.problem, nodes=nodes)
        alone = explanations.market_of(problem, "P04")
        assert set(alone.places) == set(problem.places) - {"SGT"}
        assert solve(alone).assignment == solve(problem).assignment
        assert explanations.market_of(one.problem, "P04") is one.problem, "a floor counts places of both markets"


class TestExchange:
    def test_two_before_three_and_the_first_in_order_first(self) -> None:
        wishes = [
            Wish("a", "P", ("Q",)), Wish("b", "Q", ("R",)), Wish("c", "R", ("P", "Q")), Wish("d", "Q", ("P",)),
        ]  # fmt: skip
        assert exchange.circles(wishes) == [("a", "d"), ("b", "c")]
        assert exchange.circles(wishes[:3]) == [("a", "b", "c")]

    def test_rank_and_skill_must_be_alike_and_nobody_is_worse_off(self) -> None:
        assert exchange.circles([Wish("a", "P", ("Q",), "PC"), Wish("b", "Q", ("P",), "SGT")]) == []
        assert exchange.circles([Wish("a", "P", ("P", "Q")), Wish("b", "Q", ("P",))]) == []

    def test_each_gets_a_place_he_named_and_none_is_left_that_two_or_three_could_make(self) -> None:
        places = "PQRS"
        for number in range(60):
            wishes = [
                Wish(f"o{i}", places[(number + i) % 4], tuple(places[(number * i + k) % 4] for k in range(1 + i % 3)))
                for i in range(6)
            ]
            found = exchange.circles(wishes)
            by_ref = {wish.ref: wish for wish in wishes}
            assert all(exchange.closes([by_ref[ref] for ref in circle]) for circle in found)
            free = [wish for wish in wishes if not any(wish.ref in circle for circle in found)]
            for size in (2, 3):
                left = (c for c in itertools.permutations(free, size) if exchange.closes(c))
                assert not [
                    c for c in left if all(w.place not in w.places[: w.places.index(n.place)] for w, n in _steps(c))
                ]


def _steps(circle: tuple[Wish, ...]) -> list[tuple[Wish, Wish]]:
    return list(zip(circle, [*circle[1:], circle[0]], strict=True))


class TestComparing:
    def test_what_other_floors_would_change(self) -> None:
        people = {ref: Officer(ref, ("Q",), {}, "P", release=n) for n, ref in enumerate("abc")}
        loose = Problem("r", "s", {"P": Place("P", 3, 0, 0, "N"), "Q": Place("Q", 3)}, people, {"N": Node("N")})
        tight = replace(loose, nodes={"N": Node("N", floor=2)})
        facts = comparing.Facts(women=("c",), hardship=("P",), distance=lambda one, other: 40)
        found = comparing.compare(loose, solve(loose), tight, solve(tight), facts)
        assert (found.one.moved, found.other.moved) == (3, 1)
        assert (found.one.from_hardship, found.one.kilometres, found.other.women_moved) == (3, 120, 1)
        off_the_map = comparing.figures(loose, solve(loose), comparing.Facts(distance=lambda one, other: None))
        assert (found.one.unmeasured, off_the_map.kilometres, off_the_map.unmeasured) == (0, 0, 3)
        assert (found.other.held_by_floors, found.other.floors_touched) == (2, 1)
        assert (found.elsewhere, found.better, found.worse) == (("a", "b"), 0, 2)
        assert found.strength["N"] == (3, 0, 2)

    @quickly
    @given(rounds(floors=True))
    def test_figures_are_those_of_the_answer(self, problem: Problem) -> None:
        result = solve(problem)
        figures = comparing.figures(problem, result)
        assert figures.moved == sum(result.assignment[r] not in (None, o.current) for r, o in problem.officers.items())
        after = comparing.strength(problem, result)
        assert all(after[ref] == markets.strength(problem, dict(result.assignment), ref) for ref in after)
