"""The rule book of a round as plain data: what it must say, how it is checked, and what follows from its percentages.

Its canonical form holds strings, integers, lists and objects alone, so that every reader of JSON reads the same bytes.
Yes and no are 1 and 0. Source: the design of transfer rounds; legal bases stand in the book itself, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transfers.problem import MECHANISMS, BadInput

LEVELS = ("station", "ward", "sub-county", "county", "region")  # of the command tree, lowest first
SEATS = ("working-strength", "seat-table")
FACTS = ("months-at-station", "hardship-months", "rounds-without-a-place", "ground")
PERFORMANCE = (
    "performance"  # named so that it can be refused in words: nothing is kept yet that such points could rest on
)
PLACES = (
    "",
    "spouse-county",
    "school-county",
    "care-county",
    "retirement-county",
)  # where an item counts; "" everywhere
GROUPS = ("women", "men", "persons-with-disability")
DEFAULTS = ("nearest-under-strength", "none")
RELEASE = ("months-at-station", "points")
UPHELD_APPEAL = "upheld-appeal"  # a ground that only an appeal gives, never a request: priority owed to the officer
DISABILITY = "own-disability"  # the ground that a reserve for persons with a disability rests on
EXCLUSIONS = ("under-minimum-tenure", "open-discipline", "home-county", "retiring-soon")


@dataclass(frozen=True, slots=True)
class PointRule:
    """Points for one fact. `per_month` counts months (or rounds) up to `most`; otherwise `points` are given once."""

    code: str
    fact: str
    points: int
    most: int
    per_month: bool
    where: str  # one of PLACES
    ground: str  # code of the ground where the fact is one
    basis: str


@dataclass(frozen=True, slots=True)
class FloorRule:
    """At each node of the level, the least share of its strength that must remain, rounded up to whole officers."""

    level: str
    percent: int
    smallest: int  # classes with fewer officers than this have no floor of their own
    basis: str


@dataclass(frozen=True, slots=True)
class CeilingRule:
    """At each node of the level, the most strength as a share of its seats."""

    level: str
    percent: int
    basis: str


@dataclass(frozen=True, slots=True)
class ReserveRule:
    """Seats of each class kept for a group as a minimum guarantee, rounded down; filled before the open seats."""

    group: str
    percent: int
    basis: str


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule book that has been read and makes sense."""

    ranks: tuple[str, ...]
    minimum_months: int
    maximum_months: int
    due_must_move: bool
    seats: str
    points: tuple[PointRule, ...]
    statutory: tuple[str, ...]  # grounds that come before points
    exclusions: tuple[str, ...]
    floors: tuple[FloorRule, ...]
    ceilings: tuple[CeilingRule, ...]
    reserves: tuple[ReserveRule, ...]  # in the order of filling
    defaults: str
    release: str
    mechanism: str
    shadow: str  # "" for none
    exchange_days: int  # of the window for mutual exchange afterwards; 0: none


def read(content: Mapping[str, Any]) -> Rules:
    """Return the rules that `content` states. Errors: BadInput, naming the part, what is wrong and how to mend it."""
    book = _Part("rule book", content)
    rules = Rules(
        ranks=book.texts("ranks"),
        minimum_months=book.number("minimum_months", 0, 120),
        maximum_months=book.number("maximum_months", 1, 240),
        due_must_move=book.flag("due_must_move"),
        seats=book.choice("seats", SEATS),
        points=tuple(_point(each) for each in book.parts("points")),
        statutory=book.texts("statutory", empty=True),
        exclusions=tuple(
            _one_of(f"exclusions of {book.where}", each, EXCLUSIONS) for each in book.texts("exclusions", empty=True)
        ),
        floors=tuple(_floor(each) for each in book.parts("floors")),
        ceilings=tuple(
            CeilingRule(each.choice("level", LEVELS[1:]), each.number("percent", 100, 1000), each.text("basis"))
            for each in book.parts("ceilings")
        ),
        reserves=tuple(
            ReserveRule(each.choice("group", GROUPS), each.number("percent", 1, 100), each.text("basis"))
            for each in book.parts("reserves")
        ),
        defaults=book.choice("defaults", DEFAULTS),
        release=book.choice("release", RELEASE),
        mechanism=book.choice("mechanism", MECHANISMS),
        shadow=book.choice("shadow", ("", *MECHANISMS)),
        exchange_days=book.number("exchange_days", 0, 365),
    )
    book.nothing_else()
    _check_whole(rules)
    return rules


def _point(part: _Part) -> PointRule:
    if part.text("fact") == PERFORMANCE:
        raise BadInput(
            part.where,
            "gives points for performance, and no appraisal of officers is kept that they could be read from.",
            "Take the line away. It can be chosen once appraisals, signed by the officer and the supervisor, are kept here.",
        )
    rule = PointRule(
        code=part.text("code"),
        fact=part.choice("fact", FACTS),
        points=part.number("points", 0, 100_000),
        most=part.number("most", 0, 1_000_000),
        per_month=part.flag("per_month"),
        where=part.choice("where", PLACES),
        ground=part.text("ground", empty=True),
        basis=part.text("basis"),
    )
    part.nothing_else()
    if (rule.fact == "ground") != bool(rule.ground):
        raise BadInput(
            part.where, "names a ground without the fact 'ground', or the reverse.", "Give both, or neither."
        )
    if rule.most < rule.points:
        raise BadInput(
            part.where, f"gives {rule.points} but at most {rule.most}.", "Raise the most, or lower the points."
        )
    return rule


def _floor(part: _Part) -> FloorRule:
    rule = FloorRule(
        part.choice("level", LEVELS),
        part.number("percent", 1, 100),
        part.number("smallest", 1, 1000),
        part.text("basis"),
    )
    part.nothing_else()
    return rule


def _check_whole(rules: Rules) -> None:
    where = "rule book"
    if rules.minimum_months >= rules.maximum_months:
        raise BadInput(where, "the shortest time at a station is not below the longest.", "Correct one of the two.")
    for name, each in (
        ("points", [rule.code for rule in rules.points]),
        ("floors", [rule.level for rule in rules.floors]),
        ("ceilings", [rule.level for rule in rules.ceilings]),
        ("reserves", [rule.group for rule in rules.reserves]),
        ("ranks", list(rules.ranks)),
    ):
        if twice := sorted({one for one in each if each.count(one) > 1}):
            raise BadInput(where, f"{name} names {twice[0]!r} twice.", "Keep one of the two lines.")
    if rules.mechanism == rules.shadow:
        raise BadInput(where, "the shadow run is the same mechanism as the round's own.", "Choose the other, or none.")
    if sum(rule.percent for rule in rules.reserves) > 100:
        raise BadInput(where, "the reserves add up to more than all seats.", "Lower the percentages.")


def counts_upheld_appeals(rules: Rules) -> bool:
    """Return whether the book says how priority from an upheld appeal counts: before points, or with points of its own."""
    return UPHELD_APPEAL in rules.statutory or any(each.ground == UPHELD_APPEAL for each in rules.points)


def floor_of(strength: int, percent: int) -> int:
    """Return the least whole number of officers that is at least `percent` of `strength`."""
    return -(-strength * percent // 100)


def may_leave(strength: int, rule: FloorRule) -> int:
    """Return how many of `strength` officers the floor lets go at once."""
    return strength if strength < rule.smallest else strength - floor_of(strength, rule.percent)


def rounds_to_nobody(strengths: Iterable[int], rule: FloorRule) -> tuple[int, int]:
    """Return how many classes the floor lets nobody leave, and how many classes have anybody at all.

    The commonest trap: 10 % of a class of nine is nobody, and a round of the whole service moves no one.
    """
    classes = [each for each in strengths if each > 0]
    return sum(1 for each in classes if may_leave(each, rule) == 0), len(classes)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return (part, before, after) for each part of two books that is not the same."""
    names = sorted({*before, *after})
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def starting(ranks: Sequence[str]) -> dict[str, Any]:
    """Return the content that the editor of a first rule book begins with: the policy as it is publicly known.

    Source: tenure policy of October 2019; Namu v NPSC [2023] KEELRC 1231; Kariuki v AG [2024] KEELRC 13501. The weights
    are working values, to be set by the issuing authority.
    """
    return {
        "ranks": list(ranks),
        "minimum_months": 12,
        "maximum_months": 36,
        "due_must_move": 1,
        "seats": "working-strength",
        "points": _starting_points(),
        "statutory": ["own-health", DISABILITY, UPHELD_APPEAL],
        "exclusions": list(EXCLUSIONS),
        "floors": [
            {"level": "station", "percent": 60, "smallest": 5, "basis": "Working rule; NPS Act 2011, s.10"},
            {"level": "county", "percent": 90, "smallest": 5, "basis": "Working rule; NPS Act 2011, s.10"},
        ],
        "ceilings": [],
        "reserves": [],
        "defaults": "nearest-under-strength",
        "release": "months-at-station",
        "mechanism": "deferred-acceptance",
        "shadow": "",
        "exchange_days": 30,
    }


def _starting_points() -> list[dict[str, Any]]:
    tenure, family = "Tenure policy (IG, October 2019)", "Namu v NPSC [2023] KEELRC 1231"

    def points(
        code: str, fact: str, value: int, most: int, basis: str, where: str = "", ground: str = ""
    ) -> dict[str, Any]:
        return {
            "code": code, "fact": fact, "points": value, "most": most, "per_month": int(fact != "ground"),
            "where": where, "ground": ground, "basis": basis,
        }  # fmt: skip

    return [
        points("tenure", "months-at-station", 10, 600, tenure),
        points("hardship", "hardship-months", 20, 720, f"{tenure}: rotation out of hardship areas"),
        points("waiting", "rounds-without-a-place", 100, 500, "Fair Administrative Action Act 2015, s.4"),
        points("spouse", "ground", 500, 500, family, "spouse-county", "spouse"),
        points("schooling", "ground", 300, 300, family, "school-county", "schooling"),
        points("dependant", "ground", 600, 600, "Kariuki v AG [2024] KEELRC 13501", "care-county", "dependant"),
        points("near-retirement", "ground", 400, 400, tenure, "retirement-county", "near-retirement"),
    ]


class _Part:
    """One object of the content, read field by field; what was read is remembered so that nothing strange stays in it."""

    def __init__(self, where: str, content: Any) -> None:
        if not isinstance(content, Mapping):
            raise BadInput(where, "is not an object of named parts.", "Write it as name and value.")
        self.where, self.content, self.seen = where, content, set[str]()

    def _get(self, name: str) -> Any:
        self.seen.add(name)
        if name not in self.content:
            raise BadInput(self.where, f"says nothing of {name!r}.", "Add it.")
        return self.content[name]

    def text(self, name: str, *, empty: bool = False) -> str:
        value = self._get(name)
        if not isinstance(value, str) or not (value.strip() or empty):
            raise BadInput(f"{name} of {self.where}", "is not a text.", "Write it in words.")
        return value.strip()

    def number(self, name: str, least: int, most: int) -> int:
        value = self._get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise BadInput(f"{name} of {self.where}", f"is {value!r}.", f"Give a whole number from {least} to {most}.")
        return value

    def flag(self, name: str) -> bool:
        return bool(self.number(name, 0, 1))

    def choice(self, name: str, among: Sequence[str]) -> str:
        return _one_of(f"{name} of {self.where}", self._get(name), among)

    def texts(self, name: str, *, empty: bool = False) -> tuple[str, ...]:
        value = self._get(name)
        if (
            not isinstance(value, list)
            or not all(isinstance(each, str) and each for each in value)
            or not (value or empty)
        ):
            raise BadInput(f"{name} of {self.where}", "is not a list of words.", "List the codes.")
        return tuple(value)

    def parts(self, name: str) -> list[_Part]:
        value = self._get(name)
        if not isinstance(value, list):
            raise BadInput(f"{name} of {self.where}", "is not a list.", "List its lines; an empty list is allowed.")
        return [_Part(f"{name}, line {position}", each) for position, each in enumerate(value, 1)]

    def nothing_else(self) -> None:
        if strange := sorted(set(self.content) - self.seen):
            raise BadInput(
                self.where, f"says {strange[0]!r}, which no rule book knows.", "Remove it, or correct its name."
            )


def _one_of(where: str, value: Any, among: Sequence[str]) -> str:
    if value not in among:
        named = ", ".join(each or "(empty)" for each in among)
        raise BadInput(where, f"is {value!r}.", f"Choose one of: {named}.")
    return str(value)
