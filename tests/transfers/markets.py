"""Small invented rounds for hypothesis, and a slow, plain reading of the rules to compare with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from transfers import lottery
from transfers.problem import Node, Officer, Place, Problem

Answer = dict[str, str | None]


@st.composite
def rounds(
    draw: Any, *, officers: int = 6, places: int = 4, floors: bool = False, ceilings: bool = False, mechanism: str = ""
) -> Problem:
    """A round of a few officers; today's places may be over their seats, floors may be above today's strength."""
    names = "ABCDEFGH"[: draw(st.integers(1, places))]
    tree = draw(st.sampled_from([(), ("X",), ("X", "Y"), ("X", "Y", "Z")])) if floors or ceilings else ()
    nodes = {}
    for ref in tree:
        floor = draw(st.integers(0, 3)) if floors else 0
        ceiling = draw(st.none() | st.integers(floor, 5)) if ceilings else None
        nodes[ref] = Node(ref, "X" if ref == "Z" else None, floor, ceiling)
    made = {}
    for ref in names:
        floor = draw(st.integers(0, 2)) if floors else 0
        node = draw(st.none() | st.sampled_from(tree)) if tree else None
        made[ref] = Place(ref, draw(st.integers(0, 3)), floor, draw(st.integers(0, 1)), node)
    people = {}
    for number in range(draw(st.integers(1, officers))):
        wishes = draw(st.lists(st.sampled_from(names), unique=True, max_size=len(names)))
        points = {place: draw(st.integers(0, 2)) for place in names}
        current = draw(st.none() | st.sampled_from(names))
        people[f"o{number}"] = Officer(
            f"o{number}", tuple(wishes), points, current, draw(st.booleans()), draw(st.integers(0, 2))
        )
    problem = Problem("r", draw(st.sampled_from("stuvwxyz")), made, people, nodes)
    return replace(problem, mechanism=mechanism) if mechanism else problem


@st.composite
def crowded(draw: Any) -> Problem:
    """A round in which nearly everybody wants places that share a ceiling of one or two, some under two ceilings."""
    names = "ABC"[: draw(st.integers(2, 3))]
    tree = draw(st.sampled_from([("X",), ("X", "Z")]))
    nodes = {ref: Node(ref, "X" if ref == "Z" else None, 0, draw(st.integers(1, 2))) for ref in tree}
    made = {ref: Place(ref, draw(st.integers(1, 2)), node=draw(st.sampled_from(tree))) for ref in names}
    people = {}
    for number in range(draw(st.integers(2, 4))):
        points = {place: draw(st.integers(0, 2)) for place in names}
        current = draw(st.sampled_from([None, None, None, *names]))
        wishes = tuple(draw(st.permutations(names)))
        people[f"o{number}"] = Officer(f"o{number}", wishes, points, current, draw(st.booleans()))
    return Problem("r", draw(st.sampled_from("stuvwxyz")), made, people, nodes)


def changed(problem: Problem, ref: str, **fields: Any) -> Problem:
    """The same round with something else about one officer."""
    return replace(problem, officers={**problem.officers, ref: replace(problem.officers[ref], **fields)})


def ticket(problem: Problem, ref: str) -> str:
    return problem.officers[ref].ticket or lottery.ticket(problem.seed, ref)


def path(problem: Problem, place: str | None) -> list[str]:
    """The nodes above a place."""
    node, found = (problem.places[place].node if place else None), []
    while node:
        found.append(node)
        node = problem.nodes[node].parent
    return found


def full_list(officer: Officer) -> list[str | None]:
    """Where he may end, best first: his own place last, unless he may stay and named it earlier."""
    wishes: list[str | None] = list(officer.preferences)
    if officer.current in wishes:
        index = wishes.index(officer.current)
        wishes = wishes[:index] + wishes[index + 1 :] if officer.must_move else wishes[:index]
    return [*wishes, officer.current]


def key(problem: Problem, ref: str, place: str) -> tuple[int, int, str]:
    """Smaller comes first."""
    officer = problem.officers[ref]
    if officer.current == place:
        return (0, 0, ticket(problem, ref))
    return (1, -officer.points.get(place, 0), ticket(problem, ref))


def hold_key(problem: Problem, ref: str) -> tuple[bool, int, int]:
    """Smaller is held back first: volunteers, then the lowest release, then the worst ticket."""
    officer = problem.officers[ref]
    return (officer.must_move, officer.release, -int(ticket(problem, ref), 16))


def strength(problem: Problem, answer: Answer, branch: str) -> int:
    """Officers at a place or under a node, those staying included. Nodes are named X, Y, Z, places A, B, …"""
    under = [ref for ref in problem.places if ref == branch or branch in path(problem, ref)]
    return sum(problem.places[ref].staying for ref in under) + sum(place in under for place in answer.values())


def today(problem: Problem) -> Answer:
    return {ref: officer.current for ref, officer in problem.officers.items()}


def choose(problem: Problem, asking: dict[str, str]) -> dict[str, str]:
    """Whom the places keep of those asking: the best first, as long as seats and ceilings allow; own places always."""
    order = sorted(asking, key=lambda ref: key(problem, ref, asking[ref]))
    kept = {ref: place for ref, place in asking.items() if problem.officers[ref].current == place}
    for ref in order:
        place = asking[ref]
        if ref not in kept and allows(problem, dict(kept), place):
            kept[ref] = place
    return kept


def allows(problem: Problem, there: Answer, place: str) -> bool:
    """Whether one more fits into the place and under every ceiling above it."""
    if sum(each == place for each in there.values()) >= problem.places[place].seats:
        return False
    limits = [(node, problem.nodes[node].ceiling) for node in path(problem, place)]
    return all(limit is None or strength(problem, there, node) < limit for node, limit in limits)


def deferred_acceptance(problem: Problem, may: Any = None, order: Any = None) -> tuple[Answer, int]:
    """The textbook, one officer at a time; `may(ref, place)` closes places, `order` says who asks next. And how often asked."""
    lists = {
        ref: [p for p in full_list(one) if p and (may is None or may(ref, p))] for ref, one in problem.officers.items()
    }
    at: dict[str, str] = {}
    asked = 0
    while waiting := [ref for ref in problem.officers if ref not in at and lists[ref]]:
        ref = order(waiting) if order else waiting[0]
        asked += 1
        at = choose(problem, {**at, ref: lists[ref].pop(0)})
    return {ref: at.get(ref) for ref in problem.officers}, asked


def with_floors(problem: Problem) -> Answer:
    """Deferred acceptance again and again, holding leavers back, as docs/transfers/mechanism.md says."""
    lines: dict[str, Any] = {}

    def may(ref: str, place: str) -> bool:
        home = problem.officers[ref].current
        for branch in [home, *path(problem, home)] if home else []:
            if branch in lines and hold_key(problem, ref) <= lines[branch]:
                return place == branch or branch in path(problem, place)
        return True

    while True:
        answer, _ = deferred_acceptance(problem, may)
        if not _raise_lines(problem, answer, lines):
            return answer


def _raise_lines(problem: Problem, answer: Answer, lines: dict[str, Any]) -> bool:
    floors = {ref: one.floor for ref, one in (*problem.places.items(), *problem.nodes.items())}
    size = {ref: (ref in problem.nodes, sum(ref in path(problem, p) for p in problem.places)) for ref in floors}
    kept: set[str] = set()
    for branch in sorted(floors, key=lambda ref: size[ref][::-1] if ref in problem.nodes else (1, False)):
        inside = {p for p in problem.places if p == branch or branch in path(problem, p)}
        leavers = [r for r, one in problem.officers.items() if one.current in inside and answer[r] not in inside]
        missing = floors[branch] - strength(problem, answer, branch) - len(kept & set(leavers))
        leavers = sorted(set(leavers) - kept, key=lambda ref: hold_key(problem, ref))[: max(missing, 0)]
        if leavers:
            lines[branch] = hold_key(problem, leavers[-1])
            kept |= set(leavers)
    return bool(kept)


def feasible_answers(problem: Problem, *, floors: bool = True) -> Iterator[Answer]:
    """Every answer nobody who may stay is worse off in, within seats, ceilings and floors as today's strength allows."""
    before = today(problem)
    for combination in itertools.product(*(full_list(one) for one in problem.officers.values())):
        answer = dict(zip(problem.officers, combination, strict=True))
        if within(problem, answer, before, floors=floors):
            yield answer


def within(problem: Problem, answer: Answer, before: Answer, *, floors: bool = True) -> bool:
    """Whether seats, ceilings and floors hold, or are missed by no more than today."""
    for ref, place in problem.places.items():
        there = sum(each == ref for each in answer.values())
        if there > max(place.seats, sum(each == ref for each in before.values())):
            return False
        if floors and strength(problem, answer, ref) < min(place.floor, strength(problem, before, ref)):
            return False
    for ref, node in problem.nodes.items():
        there = strength(problem, answer, ref)
        if node.ceiling is not None and there > max(node.ceiling, strength(problem, before, ref)):
            return False
        if floors and there < min(node.floor, strength(problem, before, ref)):
            return False
    return True
