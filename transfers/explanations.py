"""Why not me: what one officer may be told of each place he asked for, and what would have changed it.

Plain values with codes from the closed list; the words in two languages are the pages'. Never another officer's name:
cutoffs are numbers, and counts are of places. What would have changed a refusal is found by running his market again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from transfers.market import standing
from transfers.matching import solve
from transfers.points import ancestors
from transfers.problem import (
    DEFERRED_FLOOR,
    FLOOR_HOLD,
    LARGEST,
    LOTTERY,
    OUTRANKED,
    PROTECTED_ONLY,
    Cutoff,
    FloorLine,
    Officer,
    Place,
    Problem,
    Result,
)

RUNS = 40  # how many runs a question may cost


@dataclass(frozen=True, slots=True)
class Choice:
    """One place that was tried for him, down to the one he got."""

    place: str
    code: str
    rule: str  # that closes the place to him, where one does
    points: int
    cutoff: Cutoff | None  # the last newcomer of the place, or of the node whose ceiling was reached
    ceiling: str  # the node, where that is what decided
    seats: int
    stayed: int  # participants who hold the place and keep it
    newcomers: int
    asked: bool  # on his own list; the default list of one who must move comes after it


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an officer may be told."""

    ref: str
    outcome: str | None  # the place he has now
    moved: bool
    ticket: str
    choices: tuple[Choice, ...]
    floor: FloorLine | None  # the floor that held him
    line: int  # release at which its line stood
    release: int  # his own


@dataclass(frozen=True, slots=True)
class Change:
    """What would have given him the place, all else equal. `kind`: points, ticket, floor, or nothing that he could have."""

    kind: str
    points: int  # more points than he has, for `points`
    runs: int


class Explainer:
    """Explains the officers of one result; what all of them need is counted once."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.problem, self.result = problem, result
        moved = {ref: place for ref, place in result.assignment.items() if place != problem.officers[ref].current}
        self.newcomers = Counter(moved.values())
        self.stayed = Counter(place for ref, place in result.assignment.items() if ref not in moved)
        self.held = {ref: line for line in result.lines for ref in line.held}

    def explain(self, ref: str) -> Explanation:
        """Return what the officer may be told."""
        officer, line = self.problem.officers[ref], self.held.get(ref)
        place = self.result.assignment[ref]
        choices = tuple(self._choice(officer, wish, code) for wish, code in self.result.reasons[ref].items())
        release = self.problem.officers[line.last].release if line and line.last else 0
        return Explanation(
            ref, place, place != officer.current, self.result.tickets[ref], choices, line, release, officer.release
        )

    def _choice(self, officer: Officer, ref: str, code: str) -> Choice:
        place = self.problem.places[ref]
        cutoff, ceiling = self.result.cutoffs.get(ref), ""
        if code in (OUTRANKED, LOTTERY) and self.stayed[ref] + self.newcomers[ref] < place.seats:
            cutoff, ceiling = self._ceiling(ref, cutoff)
        return Choice(
            ref, code, officer.exclusions.get(ref, ""), officer.points.get(ref, 0), cutoff, ceiling, place.seats,
            self.stayed[ref], self.newcomers[ref], ref in officer.preferences,
        )  # fmt: skip

    def _ceiling(self, ref: str, cutoff: Cutoff | None) -> tuple[Cutoff | None, str]:
        node = self.problem.places[ref].node
        while node is not None:
            if node in self.result.node_cutoffs:
                return self.result.node_cutoffs[node], node
            node = self.problem.nodes[node].parent
        return cutoff, ""


def market_of(problem: Problem, ref: str) -> Problem:
    """Return the officer's own market alone: nothing outside it can have any influence on him.

    Where a floor or ceiling counts places of several markets together, or somebody holds a place of another market than
    his own, it is the whole round.
    """
    market = problem.officers[ref].market
    places = {key: place for key, place in problem.places.items() if place.market == market}
    counted: dict[str, set[bool]] = {}
    for place in problem.places.values():
        for node in ancestors(place.node, problem.nodes):
            counted.setdefault(node, set()).add(place.market == market)
    mixed = {node for node, both in counted.items() if len(both) > 1}
    people = {key: one for key, one in problem.officers.items() if one.market == market}
    strangers = any(one.current is not None and one.current not in places for one in people.values())
    guests = any(one.market != market and one.current in places for one in problem.officers.values())
    if strangers or guests or any(problem.nodes[key].floor or problem.nodes[key].ceiling is not None for key in mixed):
        return problem
    people = {key: _at_home(one, places) for key, one in people.items()}
    nodes = {key: node for key, node in problem.nodes.items() if True in counted.get(key, ())}
    return replace(problem, places=places, officers=people, nodes=nodes)


def _at_home(one: Officer, places: Mapping[str, Place]) -> Officer:
    """The officer without wishes for places of other markets, which are refused in any case."""

    def inside(refs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ref for ref in refs if ref in places)

    return replace(
        one, preferences=inside(one.preferences), default=inside(one.default), direct=inside(one.direct),
        points={ref: points for ref, points in one.points.items() if ref in places}, standing=standing(one),
    )  # fmt: skip


def what_would_change(problem: Problem, result: Result, ref: str, place: str) -> Change:
    """Return what would have given the officer the place, found by running the round again, never guessed."""
    officer, code = problem.officers[ref], result.reasons[ref].get(place, "")
    if code in (FLOOR_HOLD, DEFERRED_FLOOR):
        return Change("floor", 0, 0)
    if code not in (OUTRANKED, LOTTERY, PROTECTED_ONLY):
        return Change("nothing", 0, 0)
    trial = _Trial(market_of(problem, ref), ref, place)
    points = officer.points.get(place, 0)
    if code == LOTTERY and trial.gives(points, ticket="0"):
        return Change("ticket", 0, trial.runs)
    high = _beyond(problem)
    if not trial.gives(high):
        return Change("nothing", 0, trial.runs)
    low, cutoff = points, result.cutoffs.get(place)
    # The cutoff is nearly always the answer: it and the number below it are tried first.
    for guess in (cutoff.points, cutoff.points + 1, cutoff.points - 1) if cutoff else ():
        if low < guess < high:
            low, high = (low, guess) if trial.gives(guess) else (guess, high)
    while high - low > 1 and trial.runs < RUNS:
        middle = (low + high) // 2
        low, high = (low, middle) if trial.gives(middle) else (middle, high)
    return Change("points", high - points, trial.runs)


class _Trial:
    """The round with one fact changed, run again and counted."""

    def __init__(self, problem: Problem, ref: str, place: str) -> None:
        self.problem, self.ref, self.place, self.runs = problem, ref, place, 0

    def gives(self, points: int, *, ticket: str | None = None) -> bool:
        """Whether the officer would have got the place with these points there."""
        self.runs += 1
        officer = self.problem.officers[self.ref]
        changed = replace(officer, points={**officer.points, self.place: points}, ticket=ticket or officer.ticket)
        again = solve(replace(self.problem, officers={**self.problem.officers, self.ref: changed}))
        return again.assignment[self.ref] == self.place


def _beyond(problem: Problem) -> int:
    """More points than anybody has anywhere."""
    return min(max((max(one.points.values(), default=0) for one in problem.officers.values()), default=0) + 1, LARGEST)
