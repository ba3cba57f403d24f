"""Two runs side by side: what other weights, floors or another mechanism would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from transfers.points import ancestors
from transfers.problem import Problem, Result


@dataclass(frozen=True, slots=True)
class Facts:
    """What a comparison may look at beside the round itself."""

    women: Collection[str] = ()  # references of officers
    hardship: Collection[str] = ()  # places in hardship counties
    distance: Callable[[str, str], int | None] | None = None  # whole kilometres between two places; None where unknown


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one run."""

    participants: int
    moved: int
    first_choice: int
    overdue_left: int  # had to move and did not
    unplaced: int  # without a place before and after
    held_by_floors: int
    floors_touched: int  # places and nodes whose floor held somebody
    floors_missed: int  # below their floor: today already, and still
    women_moved: int
    to_hardship: int
    from_hardship: int
    kilometres: int  # by all who moved and had a place, where the distance is known
    unmeasured: int  # moves whose distance is not known


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs: figures of each, who ends elsewhere, and strength by place and node before and after each."""

    one: Figures
    other: Figures
    elsewhere: tuple[str, ...]  # officers
    better: int  # of them, who would rather have the other run, by the wishes he gave there
    worse: int
    strength: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)  # before, after one, after the other


def figures(problem: Problem, result: Result, facts: Facts | None = None) -> Figures:
    """Return what came of a run."""
    facts = facts or Facts()
    moves = {
        ref: (officer.current, place)
        for ref, officer in problem.officers.items()
        if (place := result.assignment[ref]) is not None and place != officer.current
    }
    due = [ref for ref, officer in problem.officers.items() if officer.must_move]
    wishes = {ref: problem.officers[ref].preferences for ref in moves}
    ways = [facts.distance(old, new) if facts.distance else None for old, new in moves.values() if old is not None]
    return Figures(
        participants=len(problem.officers),
        moved=len(moves),
        first_choice=sum(wishes[ref][:1] == (place,) for ref, (_, place) in moves.items()),
        overdue_left=sum(ref not in moves for ref in due),
        unplaced=sum(place is None for place in result.assignment.values()),
        held_by_floors=len({ref for line in result.lines for ref in line.held}),
        floors_touched=sum(bool(line.held) for line in result.lines),
        floors_missed=sum(line.after < line.floor for line in result.lines),
        women_moved=sum(ref in facts.women for ref in moves),
        to_hardship=sum(new in facts.hardship and old not in facts.hardship for old, new in moves.values()),
        from_hardship=sum(old in facts.hardship and new not in facts.hardship for old, new in moves.values()),
        kilometres=sum(each for each in ways if each is not None),
        unmeasured=sum(each is None for each in ways),
    )


def compare(one: Problem, of_one: Result, other: Problem, of_other: Result, facts: Facts | None = None) -> Comparison:
    """Return what the other run changes. Both are runs of the same officers, or of those they have in common."""
    both = [ref for ref in one.officers if ref in other.officers]
    elsewhere = tuple(sorted(ref for ref in both if of_one.assignment[ref] != of_other.assignment[ref]))
    better = sum(_prefers(other, ref, of_other.assignment[ref], of_one.assignment[ref]) for ref in elsewhere)
    before, after = strength(one, None), (strength(one, of_one), strength(other, of_other))
    return Comparison(
        figures(one, of_one, facts), figures(other, of_other, facts), elsewhere, better,
        sum(_prefers(other, ref, of_one.assignment[ref], of_other.assignment[ref]) for ref in elsewhere),
        {ref: (before[ref], after[0][ref], after[1].get(ref, 0)) for ref in before},
    )  # fmt: skip


def strength(problem: Problem, result: Result | None) -> dict[str, int]:
    """Return the strength of every place and node, those staying included: after a run, or today."""
    held = Counter(result.assignment.values() if result else (officer.current for officer in problem.officers.values()))
    places = {ref: place.staying + held[ref] for ref, place in problem.places.items()}
    nodes = dict.fromkeys(problem.nodes, 0)
    for ref, place in problem.places.items():
        for node in ancestors(place.node, problem.nodes):
            nodes[node] += places[ref]
    return {**places, **nodes}


def _prefers(problem: Problem, ref: str, one: str | None, other: str | None) -> bool:
    officer = problem.officers[ref]
    wishes: list[str | None] = [*officer.preferences, *officer.default, *officer.direct, officer.current]
    return (wishes.index(one) if one in wishes else len(wishes)) < (
        wishes.index(other) if other in wishes else len(wishes)
    )
