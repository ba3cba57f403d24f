"""What if: the frozen facts of a round under other weights, floors or another mechanism; or with one fact corrected.

Pure: the lines of a freeze in, the lines as they would read out. What is tried never touches what is frozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transfers.points import ancestors
from transfers.problem import MECHANISMS, BadInput, Node
from transfers.rulebook import LEVELS, FloorRule, floor_of, rounds_to_nobody

Record = Mapping[str, Any]  # one line of a freeze
MOST = 1000  # per cent of a weight


@dataclass(frozen=True, slots=True)
class Changes:
    """What is tried. `weights`: per cent of an item's points, by its code; `floors`: per cent at a level, 0 for none."""

    weights: Mapping[str, int] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)
    mechanism: str = ""

    def said(self) -> dict[str, Any]:
        """What is kept with the run."""
        return {"weights": dict(self.weights), "floors": dict(self.floors), "mechanism": self.mechanism}


@dataclass(frozen=True, slots=True)
class Correction:
    """One fact of one officer, as a panel finds that it should have been. None leaves a fact as it is."""

    officer: str
    item: str = ""  # code of a line of points
    points: int = 0  # what it should have counted
    only: tuple[str, ...] = ()  # where a line that was missing would have counted; empty: everywhere
    must_move: bool | None = None
    opened: str = ""  # a place that a rule closed wrongly
    release: int | None = None

    def said(self) -> dict[str, Any]:
        """What is kept with the run."""
        return {
            "officer": self.officer, "item": self.item, "points": self.points, "only": list(self.only),
            "must_move": "" if self.must_move is None else int(self.must_move), "opened": self.opened,
            "release": "" if self.release is None else self.release,
        }  # fmt: skip


def check(changes: Changes, said: Sequence[Record]) -> None:
    """Refuse changes that make no sense. Errors: BadInput."""
    known = {item["code"] for each in said if each["kind"] == "officer" for item in each.get("items", ())}
    known |= {rule["code"] for rule in said[0].get("content", {}).get("points", ())}
    for code, percent in changes.weights.items():
        if code not in known:
            raise BadInput(f"weights[{code!r}]", "no line of points has this code.", "Choose one of the rule book.")
        if not 0 <= percent <= MOST:
            raise BadInput(f"weights[{code!r}]", f"is {percent} %.", f"Give a whole number from 0 to {MOST}.")
    for level, percent in changes.floors.items():
        if level not in LEVELS or not 0 <= percent <= 100:
            raise BadInput(f"floors[{level!r}]", f"is {percent} %.", "Give a level and a whole number from 0 to 100.")
    if changes.mechanism and changes.mechanism not in MECHANISMS:
        raise BadInput("mechanism", f"{changes.mechanism!r} is not one.", f"Choose one of: {', '.join(MECHANISMS)}.")


def changed(said: Sequence[Record], changes: Changes, levels: Mapping[str, str]) -> list[Record]:
    """Return the lines of a freeze as they would read under other rules. Shape: `levels` gives the level of each node.

    Errors: BadInput.
    """
    check(changes, said)
    rules = dict(said[0])
    if changes.mechanism:
        rules["mechanism"] = changes.mechanism
    floors = {each["level"]: each for each in rules.get("content", {}).get("floors", ())}
    tried = {
        level: FloorRule(level, percent, floors.get(level, {}).get("smallest", 1), "tried")
        for level, percent in changes.floors.items()
    }
    strength = strengths(said)
    lines: list[Record] = [rules]
    for each in said[1:]:
        level = "station" if each["kind"] == "place" else levels.get(each["ref"], "") if each["kind"] == "node" else ""
        if level in tried:
            lines.append({**each, "floor": _floor(tried[level], strength[each["ref"]])})
        elif each["kind"] == "officer" and changes.weights:
            lines.append({**each, "items": [_weighed(item, changes.weights) for item in each.get("items", ())]})
        elif each["kind"] == "place" and changes.mechanism and each.get("reserves"):
            lines.append({**each, "reserves": []})  # top trading cycles cannot keep them
        else:
            lines.append(each)
    return lines


def _floor(rule: FloorRule, strength: int) -> int:
    return floor_of(strength, rule.percent) if rule.percent and strength >= rule.smallest else 0


def _weighed(item: Mapping[str, Any], weights: Mapping[str, int]) -> dict[str, Any]:
    """Points are whole numbers: what is scaled is rounded down, for everybody alike."""
    percent = weights.get(item["code"], 100)
    return {**item, "points": item["points"] * percent // 100}


def strengths(said: Iterable[Record]) -> dict[str, int]:
    """Return the strength of every place and node before the round, those who take no part included."""
    lines = list(said)
    places = {each["ref"]: each for each in lines if each["kind"] == "place"}
    nodes = {each["ref"]: Node(each["ref"], each.get("parent")) for each in lines if each["kind"] == "node"}
    held = Counter(each["current"] for each in lines if each["kind"] == "officer" and "current" in each)
    found = {ref: place.get("staying", 0) + held[ref] for ref, place in places.items()}
    above = dict.fromkeys(nodes, 0)
    for ref, place in places.items():
        for node in ancestors(place.get("node"), nodes):
            above[node] += found[ref]
    return {**found, **above}


@dataclass(frozen=True, slots=True)
class Trap:
    """How many classes a floor lets nobody leave, at one level, and how many have anybody at all."""

    level: str
    percent: int
    smallest: int
    stuck: int
    classes: int

    @property
    def is_trap(self) -> bool:
        """Whether it is half of them or more: the round would move hardly anybody."""
        return 2 * self.stuck >= self.classes > 0


def traps(said: Sequence[Record], floors: Mapping[str, int], levels: Mapping[str, str]) -> list[Trap]:
    """Return, for each level with a floor, how many classes it freezes altogether: 10 % of a class of nine is nobody."""
    strength, found = strengths(said), []
    book = {each["level"]: each for each in said[0].get("content", {}).get("floors", ())}
    for level in (each for each in LEVELS if floors.get(each, book.get(each, {}).get("percent", 0))):
        percent = floors.get(level, book.get(level, {}).get("percent", 0))
        smallest = book.get(level, {}).get("smallest", 1)
        here = [
            strength[each["ref"]]
            for each in said[1:]
            if (each["kind"] == "place" and level == "station") or levels.get(each["ref"]) == level
        ]
        stuck, classes = rounds_to_nobody(here, FloorRule(level, percent, smallest, ""))
        found.append(Trap(level, percent, smallest, stuck, classes))
    return found


def corrected(said: Sequence[Record], fact: Correction) -> list[Record]:
    """Return the lines of a freeze with one fact of one officer corrected. Errors: BadInput for one who takes no part."""
    if not any(each["kind"] == "officer" and each["ref"] == fact.officer for each in said):
        raise BadInput(f"officer {fact.officer!r}", "takes no part in this round.", "Name one who does.")
    return [
        _corrected(each, fact) if each["kind"] == "officer" and each["ref"] == fact.officer else each for each in said
    ]


def _corrected(officer: Record, fact: Correction) -> Record:
    told = dict(officer)
    if fact.item:
        items = list(officer.get("items", ()))
        kept = [item for item in items if item["code"] != fact.item]
        before = next((item for item in items if item["code"] == fact.item), None)
        only = fact.only or tuple(before.get("only", ()) if before else ())
        told["items"] = [*kept, {"code": fact.item, "points": fact.points, **({"only": list(only)} if only else {})}]
    if fact.must_move is not None:
        told["must_move"] = int(fact.must_move)
    if fact.opened:
        told["exclusions"] = [each for each in officer.get("exclusions", ()) if each["place"] != fact.opened]
    if fact.release is not None:
        told["release"] = fact.release
    return told


# The three commonest questions, each with what it changes -----------------------------------------------------------


def looser(content: Mapping[str, Any], by: int) -> Changes:
    """Every floor of the rule book lower by so many points of a per cent; a negative number makes them tighter."""
    return Changes(floors={each["level"]: min(100, max(0, each["percent"] - by)) for each in content["floors"]})


def hardship_doubled(content: Mapping[str, Any]) -> Changes:
    """Time in hardship areas counts twice as much."""
    codes = [each["code"] for each in content["points"] if each["fact"] == "hardship-months"]
    return Changes(weights=dict.fromkeys(codes, 200))


def other_mechanism(content: Mapping[str, Any]) -> Changes:
    """The mechanism that the rule book did not choose."""
    return Changes(mechanism=next(each for each in MECHANISMS if each != content["mechanism"]))
