"""A frozen round: every fact that may decide, one canonical line each, salted, under one root that is published at once.

The lines are kept as they are: `problem` builds the round from them alone, so nothing that is not in them can have
decided anything. The fields of each line are listed in docs/transfers/certificate.md.
"""

from __future__ import annotations

import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transfers import canonical, merkle
from transfers.points import Item, paths, totals
from transfers.problem import BadInput, Node, Officer, Place, Problem, Reserve

RULES = ("round", "mechanism", "rulebook", "minimum_months", "maximum_months", "commitments")


@dataclass(frozen=True, slots=True)
class Entrant:
    """An officer with what his record says: points item by item (those in `officer.points` are not used), and tenure.

    `due`: why he must move though he has not passed the longest stay; `early`: why he may before the shortest. Codes.
    """

    officer: Officer
    items: tuple[Item, ...] = ()
    months: int = 0
    due: str = ""
    early: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The lines: rules, places, nodes, officers. `root` is what the freeze publishes and the lottery's seed contains."""

    lines: tuple[bytes, ...]

    @property
    def root(self) -> str:
        return merkle.Tree(self.lines).root


def freeze(
    rules: Mapping[str, Any],
    places: Iterable[Place],
    nodes: Iterable[Node],
    entrants: Iterable[Entrant],
    *,
    secret: bytes,
) -> Frozen:
    """Write the facts of a round as lines. Errors: BadInput for rules that lack something; canonical.NotCanonical.

    Shape: `rules` holds texts, integers, lists and objects; it is published whole. `secret` makes the salts: 32 random
    bytes, kept with the round as long as the round.
    """
    if missing := [name for name in RULES if name not in rules]:
        raise BadInput("rules", f"{missing[0]!r} is missing.", "Say it in the rule book before the freeze.")
    lines = [canonical.dumps({**rules, "kind": "rules"})]
    lines += [written("place", each.ref, _place(each), secret) for each in sorted(places, key=lambda each: each.ref)]
    lines += [written("node", each.ref, _node(each), secret) for each in sorted(nodes, key=lambda each: each.ref)]
    ordered = sorted(entrants, key=lambda each: each.officer.ref)
    shared = _shared(ordered)
    lines += [written("list", ref, {"places": refs}, secret) for refs, ref in shared.items()]
    lines += [written("officer", each.officer.ref, _entrant(each, shared), secret) for each in ordered]
    return Frozen(tuple(lines))


def _shared(entrants: Iterable[Entrant]) -> dict[tuple[str, ...], str]:
    """The default and direct lists of more than one officer, with a reference each: they are written once, not for everyone."""
    often = Counter(refs for each in entrants for refs in (each.officer.default, each.officer.direct) if refs)
    return {refs: f"L{number}" for number, refs in enumerate(sorted(refs for refs, n in often.items() if n > 1), 1)}


def written(kind: str, ref: str, fields: Mapping[str, Any], secret: bytes) -> bytes:
    """Return a line with its kind, its reference and its salt; fields with nothing in them are left out."""
    salt = hmac.digest(secret, f"{kind}\0{ref}".encode(), "sha256")[:16].hex()
    return canonical.dumps({**filled(fields), "kind": kind, "ref": ref, "salt": salt})


def filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have something in them."""
    return {name: value for name, value in fields.items() if value not in (None, "", (), [], {})}


def _place(place: Place) -> dict[str, Any]:
    reserves = [{"group": each.group, "seats": each.seats} for each in place.reserves]
    return {
        "seats": place.seats, "floor": place.floor, "staying": place.staying, "node": place.node, "market": place.market,
        "reserves": reserves,
    }  # fmt: skip


def _node(node: Node) -> dict[str, Any]:
    return {"parent": node.parent, "floor": node.floor, "ceiling": node.ceiling}


def _entrant(entrant: Entrant, shared: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    one = entrant.officer
    items = [{"code": i.code, "points": i.points, **({"only": list(i.only)} if i.only else {})} for i in entrant.items]
    exclusions = [{"place": place, "rule": rule} for place, rule in sorted(one.exclusions.items())]
    return {
        "market": one.market, "current": one.current, "months": entrant.months, "must_move": int(one.must_move),
        "due": entrant.due, "early": entrant.early, "release": one.release, "preferences": one.preferences,
        "default": shared.get(one.default, one.default), "direct": shared.get(one.direct, one.direct), "items": items,
        "exclusions": exclusions,
        "groups": sorted(one.groups), "statutory": sorted(one.statutory), "standing": one.standing,
    }  # fmt: skip


def records(lines: Iterable[bytes]) -> list[dict[str, Any]]:
    """Return what the lines say, without looking whether they are written canonically."""
    return [json.loads(line) for line in lines]


def problem(lines: Sequence[bytes], seed: str) -> Problem:
    """Return the round that frozen lines describe, under the seed that the lottery gave."""
    return problem_of(records(lines), seed)


def problem_of(said: Sequence[Mapping[str, Any]], seed: str) -> Problem:
    """Return the round that the records of a freeze describe."""
    rules = said[0]
    places = {each["ref"]: _read_place(each) for each in said if each["kind"] == "place"}
    nodes = {
        each["ref"]: Node(each["ref"], each.get("parent"), each.get("floor", 0), each.get("ceiling"))
        for each in said
        if each["kind"] == "node"
    }
    path_of = paths(places, nodes)
    lists = {each["ref"]: tuple(each["places"]) for each in said if each["kind"] == "list"}
    officers = {each["ref"]: _read_officer(each, path_of, lists) for each in said if each["kind"] == "officer"}
    return Problem(rules["round"], seed, places, officers, nodes, rules["mechanism"])


def _read_place(said: Mapping[str, Any]) -> Place:
    reserves = tuple(Reserve(each["group"], each["seats"]) for each in said.get("reserves", ()))
    numbers = said["seats"], said.get("floor", 0), said.get("staying", 0)
    return Place(said["ref"], *numbers, said.get("node"), said.get("market", ""), reserves)


def _read_officer(
    said: Mapping[str, Any], path_of: Mapping[str, frozenset[str]], lists: Mapping[str, tuple[str, ...]]
) -> Officer:
    wishes = tuple(said.get("preferences", ()))
    default, direct = (_read_list(said.get(name, ()), lists) for name in ("default", "direct"))
    home = (said["current"],) if "current" in said else ()
    items = [Item(each["code"], each["points"], tuple(each.get("only", ()))) for each in said.get("items", ())]
    return Officer(
        said["ref"], wishes, totals(items, (*wishes, *default, *direct, *home), path_of), said.get("current"),
        said["must_move"] == 1, said.get("release", 0), said.get("market", ""), frozenset(said.get("groups", ())),
        frozenset(said.get("statutory", ())), default, direct,
        {each["place"]: each["rule"] for each in said.get("exclusions", ())}, said.get("standing"),
    )  # fmt: skip


def _read_list(said: str | Sequence[str], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A list as it stands in the officer's line, or the shared one that the line names."""
    return lists[said] if isinstance(said, str) else tuple(said)
