"""What a transfer round is made of, as plain values: places, the tree above them, officers, and what a mechanism answers.

Nothing here knows Django, a database or a clock. References are strings, everything else is an integer. All that a
mechanism may look at is in `Problem`: what is not in it cannot have decided anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFERRED_ACCEPTANCE = "deferred-acceptance"
TOP_TRADING_CYCLES = "top-trading-cycles"
MECHANISMS = (DEFERRED_ACCEPTANCE, TOP_TRADING_CYCLES)

# The closed list of reason codes. Source: the rule in docs/transfers/mechanism.md, which says each in words.
ASSIGNED = "assigned"
OUTRANKED = "outranked"
LOTTERY = "lottery"
PROTECTED_ONLY = "protected_incumbents_only"
FLOOR_HOLD = "floor_hold"
NOT_ELIGIBLE = "not_eligible"
NO_POST_OF_RANK = "no_post_of_rank"
DEFERRED_FLOOR = "deferred_floor"
DEFERRED_INFEASIBLE = "deferred_infeasible"
DIRECT_PLACEMENT = "direct_placement"
CODES = (
    ASSIGNED, OUTRANKED, LOTTERY, PROTECTED_ONLY, FLOOR_HOLD, NOT_ELIGIBLE, NO_POST_OF_RANK, DEFERRED_FLOOR,
    DEFERRED_INFEASIBLE, DIRECT_PLACEMENT,
)  # fmt: skip

LARGEST = 2**53 - 1  # the largest integer that every reader of JSON reads alike


class BadInput(ValueError):
    """The problem does not make sense: says what is wrong, where, and how to mend it."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(f"{where}: {what} {mend}")
        self.where, self.what, self.mend = where, what, mend


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats of a place kept for a group: a minimum guarantee, filled before the open seats, in the order they stand in.

    Members who hold the place already count towards it; seats that no member wants are open to all.
    """

    group: str
    seats: int


@dataclass(frozen=True, slots=True)
class Place:
    """A post class: unit x rank x skill."""

    ref: str
    seats: int  # how many participants may hold it
    floor: int = 0  # least strength, `staying` included
    staying: int = 0  # officers there who take no part
    node: str | None = None  # the lowest node of the tree it lies in
    market: str = ""  # rank; officers are placed only within their own
    reserves: tuple[Reserve, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree above the places: county x rank, sub-county, region, whatever the rule book names."""

    ref: str
    parent: str | None = None
    floor: int = 0  # least strength of all places under it, those staying included
    ceiling: int | None = None  # most strength, those staying included; shared by its places as they are wanted


@dataclass(frozen=True, slots=True)
class Officer:
    """One who takes part."""

    ref: str  # the pseudonym of this round: it decides the lottery ticket
    preferences: tuple[str, ...] = ()  # places, best first
    points: Mapping[str, int] = field(default_factory=dict)  # by place; missing = 0
    current: str | None = None
    must_move: bool = False  # overdue: the own place is not protected; he keeps it only when nothing else can be found
    release: int = 0  # floors hold back the lowest first (months in post, say)
    market: str = ""
    groups: frozenset[str] = frozenset()  # for reserves
    statutory: frozenset[str] = frozenset()  # places where he comes before points (medical board, safety)
    default: tuple[str, ...] = ()  # of one who must move: tried after his own list, ranked by points like it
    direct: tuple[str, ...] = ()  # of one who must move and is still unplaced: seats that nobody else claims
    exclusions: Mapping[str, str] = field(default_factory=dict)  # place -> rule that closes it to him
    standing: int | None = None  # order in top trading cycles; None = the highest of `points`
    ticket: str | None = None  # hexadecimal; None = drawn from the seed


@dataclass(frozen=True, slots=True)
class Problem:
    """A frozen round."""

    round: str
    seed: str
    places: Mapping[str, Place]
    officers: Mapping[str, Officer]
    nodes: Mapping[str, Node] = field(default_factory=dict)
    mechanism: str = DEFERRED_ACCEPTANCE


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The last newcomer that a place, or all places under a ceiling, admitted."""

    points: int
    ticket: str
    kind: str = "points"  # "statutory": he came before points; "direct": nobody else asked for the seat


@dataclass(frozen=True, slots=True)
class FloorLine:
    """What a floor did: who stands at or before `last` in the order of release could not leave."""

    kind: str  # "place" or "node"
    ref: str
    floor: int
    before: int  # strength before the round
    after: int  # strength after it
    projected: int  # the least strength it would have had without holding anybody
    last: str | None = None  # the officer at whom the line stands; None: the floor held nobody
    held: tuple[str, ...] = ()  # whom it kept from a place they would have had


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of a mechanism, and all that explains it."""

    assignment: Mapping[str, str | None]
    cutoffs: Mapping[str, Cutoff]  # by place, where there is a newcomer
    reasons: Mapping[str, Mapping[str, str]]  # officer -> place -> code, down to the place he got
    node_cutoffs: Mapping[str, Cutoff]  # by node whose ceiling is reached, where there is a newcomer
    lines: tuple[FloorLine, ...]  # of every place and node with a floor
    tickets: Mapping[str, str]
    passes: int  # how often deferred acceptance ran until every floor held
    proposals: int  # in the last of them; the same whatever the order of proposing
