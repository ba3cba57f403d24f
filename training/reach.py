"""Whom to call next, so that the seats there are reach the most wards without a trained officer. Pure: plain data in and out.

The published order:
1. A ward counts once: whoever serves there and is trained covers it.
2. The next ward is one of the county in which the smallest share of wards is covered, this plan's own choices counted.
   In that county it is the ward with the most officers; then by code.
3. It is chosen if a seat can be found for it. Seats kept for a region or a sex are used first; an earlier choice is moved
   to another seat where that makes room, never dropped.
4. In the ward, of the officers who fit the seat: put forward already, then shortest at the unit, then by service number.

Whether a set of wards can be seated is a matroid (a transversal one), so whatever the order of step 2, no plan from the
same officers and seats reaches more wards. `Plan.at_best` says so without trusting the choices: it counts seats and wards
alone (`bound_of`), and a test compares it with every possible plan of small cases.
Source: Edmonds and Fulkerson, Transversals and matroid partition, 1965.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Key = Any  # whatever names a thing: nothing is done with it but comparing


@dataclass(frozen=True)
class Seats:
    """Seats kept for a region, a sex, or both; for nobody: open to all."""

    number: int
    region: Key | None = None
    sex: str = ""

    def fit(self, candidate: Candidate) -> bool:
        """Whether this officer may sit on one of them."""
        return self.region in (None, candidate.region) and self.sex in ("", candidate.sex)

    @property
    def kept(self) -> int:
        """How much is asked: 2 a region and a sex, 1 one of them, 0 open to all."""
        return (self.region is not None) + bool(self.sex)


@dataclass(frozen=True)
class Ward:
    """A ward without a trained officer."""

    pk: Key
    code: str
    county: Key
    officers: int  # who serve there


@dataclass(frozen=True)
class Candidate:
    """An officer who may be called. Shape: `days` at the unit, None where not on record (then last)."""

    officer: Key
    number: str
    ward: Key
    region: Key | None
    sex: str
    put_forward: bool = False
    days: int | None = None

    @property
    def place(self) -> tuple[bool, float, str]:
        """Where he or she stands among the officers of the ward."""
        return not self.put_forward, float("inf") if self.days is None else self.days, self.number


@dataclass(frozen=True)
class Choice:
    """One call: who, for which ward, on which seat, and what decided."""

    candidate: Candidate
    ward: Ward
    seats: Seats
    why: str  # what chose the ward in its county: "officers", "code"; "county" where it was the only one
    who: str  # what chose the officer: "only", "put-forward", "newest", "number"
    covered: int  # wards of the county that were covered when it was chosen
    of: int
    others: int  # officers of the ward who could have been called as well


@dataclass(frozen=True)
class Plan:
    """The calls in the order they were chosen, and how far this can be from the best possible."""

    choices: list[Choice]
    at_best: int
    seats: int
    wards: int  # without a trained officer
    without_candidate: int  # of these, wards in which nobody may be called

    @property
    def reached(self) -> int:
        return len(self.choices)

    @property
    def seats_left(self) -> int:
        return self.seats - self.reached


@dataclass
class _Seating:
    """Which ward sits where, and which seats can take no more whatever is moved."""

    seats: Sequence[Seats]
    accepts: Mapping[Key, list[int]]  # by ward, places in `seats`
    at: dict[Key, int] = field(default_factory=dict)
    sitting: defaultdict[int, list[Key]] = field(default_factory=lambda: defaultdict(list))
    closed: set[int] = field(default_factory=set)

    def take(self, ward: Key) -> bool:
        """This function will seat the ward, moving others where that makes room; False where it cannot be done."""
        seen: set[int] = set()
        if self._place(ward, seen):
            return True
        self.closed |= seen
        return False

    def _place(self, ward: Key, seen: set[int]) -> bool:
        for kind in self.accepts.get(ward, ()):
            if kind in seen or kind in self.closed:
                continue
            seen.add(kind)
            if len(self.sitting[kind]) < self.seats[kind].number or self._makes_room(kind, seen):
                self.at[ward] = kind
                self.sitting[kind].append(ward)
                return True
        return False

    def _makes_room(self, kind: int, seen: set[int]) -> bool:
        for other in list(self.sitting[kind]):
            if self._place(other, seen):
                self.sitting[kind].remove(other)
                return True
        return False


def plan(
    seats: Sequence[Seats],
    wards: Iterable[Ward],
    candidates: Iterable[Candidate],
    cover: Mapping[Key, tuple[int, int]],
) -> Plan:
    """This function will choose whom to call. Shape: `cover` is (covered, all) wards of each county before the plan."""
    by_ward: defaultdict[Key, list[Candidate]] = defaultdict(list)
    for each in sorted(candidates, key=lambda one: one.place):
        by_ward[each.ward].append(each)
    uncovered = list(wards)
    reachable = {each.pk: each for each in uncovered if by_ward.get(each.pk)}
    accepts = {pk: _accepted(seats, by_ward[pk]) for pk in reachable}
    seating = _Seating(seats, accepts)
    chosen = _chosen_wards(reachable, seating, cover)
    return Plan(
        choices=[_choice(*each, seats[seating.at[each[0].pk]], by_ward) for each in chosen],
        at_best=bound_of([each.number for each in seats], list(accepts.values()), seating.closed),
        seats=sum(each.number for each in seats),
        wards=len(uncovered),
        without_candidate=len(uncovered) - len(reachable),
    )


def bound_of(numbers: Sequence[int], accepted: Sequence[Sequence[int]], full: Iterable[int]) -> int:
    """The most wards any plan can reach: all seats of the kinds in `full`, and every ward that can use another kind.

    It holds for any choice of `full`: a ward reached sits on a seat of `full`, or can use a seat outside it.
    """
    shut = set(full)
    others = sum(any(kind not in shut and numbers[kind] for kind in kinds) for kinds in accepted)
    return min(sum(numbers), sum(numbers[kind] for kind in shut) + others)


def _accepted(seats: Sequence[Seats], candidates: Sequence[Candidate]) -> list[int]:
    """The kinds of seat that somebody of the ward may take: what the first of them fits comes first, most kept first."""
    found = [
        (not kind.fit(candidates[0]), -kind.kept, place)
        for place, kind in enumerate(seats)
        if any(kind.fit(each) for each in candidates)
    ]
    return [place for *_rest, place in sorted(found)]


def _chosen_wards(
    wards: Mapping[Key, Ward], seating: _Seating, cover: Mapping[Key, tuple[int, int]]
) -> list[tuple[Ward, str, int, int]]:
    """Wards in the order of step 2, as far as seats go, each with what decided and the cover of its county then."""
    queues: dict[Key, list[Ward]] = {}
    for each in sorted(wards.values(), key=lambda one: (-one.officers, one.code), reverse=True):
        queues.setdefault(each.county, []).append(each)  # the next one stands last
    covered = {county: list(cover.get(county, (0, len(queue)))) for county, queue in queues.items()}
    chosen: list[tuple[Ward, str, int, int]] = []
    while queues:
        county = min(queues, key=lambda one: _place_of(one, covered, queues))
        why = _why(queues[county])
        ward = queues[county].pop()
        if not queues[county]:
            del queues[county]
        if seating.take(ward.pk):
            chosen.append((ward, why, covered[county][0], covered[county][1]))
            covered[county][0] += 1
    return chosen


def _share(pair: Sequence[int]) -> Fraction:
    return Fraction(pair[0], pair[1] or 1)


def _place_of(county: Key, covered: Mapping[Key, Sequence[int]], queues: Mapping[Key, list[Ward]]) -> tuple:
    first = queues[county][-1]
    return _share(covered[county]), -first.officers, first.code


def _why(queue: Sequence[Ward]) -> str:
    """What put the last of these wards before the next one of its county; "county" where there is no other."""
    if len(queue) == 1:
        return "county"
    return "officers" if queue[-1].officers > queue[-2].officers else "code"


def _choice(ward: Ward, why: str, covered: int, of: int, kind: Seats, by_ward: Mapping[Key, list[Candidate]]) -> Choice:
    fitting = [each for each in by_ward[ward.pk] if kind.fit(each)]
    return Choice(fitting[0], ward, kind, why, _who(fitting), covered, of, len(fitting) - 1)


def _who(fitting: Sequence[Candidate]) -> str:
    """What put the first of them before the second."""
    if len(fitting) == 1:
        return "only"
    first, second = fitting[0], fitting[1]
    if first.put_forward != second.put_forward:
        return "put-forward"
    return "number" if first.days == second.days else "newest"
