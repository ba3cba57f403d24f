"""Reads a round from the JSON that `python -m transfers.matching` takes, and says what is wrong with one that makes no sense."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from transfers.points import ancestors
from transfers.problem import (
    DEFERRED_ACCEPTANCE,
    LARGEST,
    MECHANISMS,
    TOP_TRADING_CYCLES,
    BadInput,
    Node,
    Officer,
    Place,
    Problem,
)

TOP = ("round", "seed", "mechanism", "places", "floors", "ceilings", "officers")
PLACE = ("seats", "floor", "staying", "region")
OFFICER = ("preferences", "points", "current", "must_move", "release")
TICKET = re.compile(r"[0-9a-f]+\Z")


def read(text: str | bytes) -> Problem:
    """Read the JSON of a round. Errors: BadInput, saying where and how to mend it."""
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(
            "the file", f"is not JSON: {error}.", "Write it again with a program that writes JSON."
        ) from error
    _object("the file", data, TOP, needed=("round", "seed", "places", "officers"))
    regions = {kind: _numbers(kind, data.get(kind, {})) for kind in ("floors", "ceilings")}
    places = {ref: _place(ref, each) for ref, each in _pairs("places", data["places"])}
    named = {place.node for place in places.values() if place.node is not None}
    for kind, numbers in regions.items():
        for region in numbers:
            if region not in named:
                raise BadInput(
                    f"{kind}[{region!r}]", "no place is in this region.", 'Give a place this "region", or remove it.'
                )
    nodes = {ref: Node(ref, None, regions["floors"].get(ref, 0), regions["ceilings"].get(ref)) for ref in sorted(named)}
    problem = Problem(
        round=_text("round", data["round"]), seed=_text("seed", data["seed"]), places=places, nodes=nodes,
        mechanism=_text("mechanism", data.get("mechanism", DEFERRED_ACCEPTANCE)),
        officers={ref: _officer(ref, each, places) for ref, each in _pairs("officers", data["officers"])},
    )  # fmt: skip
    check(problem)
    return problem


def check(problem: Problem) -> None:
    """Refuse a problem that makes no sense. Errors: BadInput."""
    if problem.mechanism not in MECHANISMS:
        raise BadInput("mechanism", f"{problem.mechanism!r} is not one.", f"Choose one of: {', '.join(MECHANISMS)}.")
    for node in problem.nodes.values():
        _count(f"node {node.ref!r}, floor", node.floor)
        if node.ceiling is not None:
            _count(f"node {node.ref!r}, ceiling", node.ceiling)
            if node.ceiling < node.floor:
                where = f"node {node.ref!r}"
                raise BadInput(
                    where, f"its ceiling {node.ceiling} is below its floor {node.floor}.", "Change one of them."
                )
    for place in problem.places.values():
        _check_place(place, problem)
    looked_at: set[int] = set()  # lists, which many officers share; the problem keeps them, so no two are mixed up
    for officer in problem.officers.values():
        _check_officer(officer, problem.places, looked_at)


def _check_place(place: Place, problem: Problem) -> None:
    for name in ("seats", "floor", "staying"):
        _count(f"place {place.ref!r}, {name}", getattr(place, name))
    above = ancestors(place.node, problem.nodes)
    if place.reserves and problem.mechanism == TOP_TRADING_CYCLES:
        mend = "Choose deferred acceptance, or take the reserves away."
        raise BadInput(f"place {place.ref!r}", "has reserved seats, which top trading cycles cannot keep.", mend)
    if place.reserves and any(problem.nodes[ref].ceiling is not None for ref in above):
        what = "has reserved seats and lies under a ceiling: the two can contradict each other."
        raise BadInput(f"place {place.ref!r}", what, "Keep one of them.")


def _check_officer(officer: Officer, places: Mapping[str, Place], looked_at: set[int]) -> None:
    where = f"officer {officer.ref!r}"
    if officer.current is not None and officer.current not in places:
        what = f"his current place {officer.current!r} is not among the places."
        raise BadInput(where, what, "Add the place (with no free seats if it is closed), or write null.")
    for name in ("preferences", "default", "direct"):
        refs = getattr(officer, name)
        if not refs or id(refs) in looked_at:
            continue
        looked_at.add(id(refs))
        once = set(refs)
        if not once <= places.keys():
            unknown = next(ref for ref in refs if ref not in places)
            raise BadInput(
                f"{where}, {name}", f"{unknown!r} is not among the places.", "Add it, or take it off the list."
            )
        if len(once) != len(refs):
            twice = next(ref for index, ref in enumerate(refs) if ref in refs[:index])
            raise BadInput(
                f"{where}, {name}", f"{twice!r} stands twice on the list.", "Keep it once, where it is wanted most."
            )
    numbers = set(officer.points.values())
    is_right = officer.points.keys() <= places.keys() and {*map(type, officer.points.values())} <= {int}
    if not (is_right and min(numbers, default=0) >= -LARGEST and max(numbers, default=0) <= LARGEST):
        _refuse_points(where, officer, places)
    if type(officer.release) is not int:
        _integer(f"{where}, release", officer.release)
    if officer.ticket is not None and not TICKET.match(officer.ticket):
        raise BadInput(f"{where}, ticket", f"{officer.ticket!r} is not hexadecimal.", "Write it in digits and a to f.")


def _refuse_points(where: str, officer: Officer, places: Mapping[str, Place]) -> None:
    for place, points in officer.points.items():
        if place not in places:
            raise BadInput(
                f"{where}, points", f"{place!r} is not among the places.", "Add it, or take its points away."
            )
        _integer(f"{where}, points[{place!r}]", points)


def _place(ref: str, data: Any) -> Place:
    where = f"places[{ref!r}]"
    _object(where, data, PLACE, needed=("seats",))
    seats, floor, staying = (_count(f"{where}.{name}", data.get(name, 0)) for name in ("seats", "floor", "staying"))
    region = data.get("region")
    return Place(ref, seats, floor, staying, None if region is None else _text(f"{where}.region", region))


def _officer(ref: str, data: Any, places: Mapping[str, Place]) -> Officer:
    where = f"officers[{ref!r}]"
    _object(where, data, OFFICER, needed=("preferences",))
    preferences = data["preferences"]
    if type(preferences) is not list or not all(type(each) is str for each in preferences):
        raise BadInput(
            f"{where}.preferences", "is not a list of places.", "Write the references of places, best first."
        )
    points = data.get("points", {})
    if type(points) is not dict:
        raise BadInput(f"{where}.points", "is not an object.", "Write an integer for each place.")
    must_move, current = data.get("must_move", False), data.get("current")
    if type(must_move) is not bool:
        raise BadInput(f"{where}.must_move", f"{must_move!r} is neither true nor false.", "Write true or false.")
    if current is not None and type(current) is not str:
        raise BadInput(f"{where}.current", f"{current!r} is not a place.", "Write the reference of a place, or null.")
    return Officer(ref, tuple(preferences), points, current, must_move, data.get("release", 0))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for index, name in enumerate(names) if name in names[:index])
        raise BadInput(f"{twice!r}", "stands twice in one object.", "Keep one of the two.")
    return found


def _object(where: str, data: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> None:
    if type(data) is not dict:
        raise BadInput(where, "is not an object.", f"Write one with {', '.join(needed)}.")
    if missing := [name for name in needed if name not in data]:
        raise BadInput(where, f"{missing[0]!r} is missing.", "Add it.")
    if unknown := [name for name in data if name not in known]:
        raise BadInput(where, f"{unknown[0]!r} is not known here.", f"There are: {', '.join(known)}.")


def _pairs(where: str, data: Any) -> Iterator[tuple[str, Any]]:
    if type(data) is not dict:
        raise BadInput(where, "is not an object.", "Write one entry for each reference.")
    yield from data.items()


def _numbers(where: str, data: Any) -> dict[str, int]:
    return {ref: _count(f"{where}[{ref!r}]", number) for ref, number in _pairs(where, data)}


def _checked(says: str) -> Callable[[str, Any], int]:
    def checked(where: str, value: Any) -> int:
        least = 0 if "least 0" in says else -LARGEST
        if type(value) is not int or not least <= value <= LARGEST:
            raise BadInput(where, f"{value!r} is not {says}.", "Write digits without a point or quotation marks.")
        return value

    return checked


_count = _checked("an integer of at least 0")
_integer = _checked("an integer within 2^53")


def _text(where: str, value: Any) -> str:
    if type(value) is not str:
        raise BadInput(where, f"{value!r} is not a text.", "Write it in quotation marks.")
    return value
