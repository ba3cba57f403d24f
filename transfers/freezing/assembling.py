"""The problem of a round, put together: places, nodes, officers under pseudonyms, and what each officer's points rest on."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from transfers.freezing.market import Ground, lay_out
from transfers.freezing.people import LeftOut, Taking, groups, itemised, taking_part
from transfers.freezing.rows import Record
from transfers.freezing.wishes import Wishes, wished_classes
from transfers.points import Item, paths, totals
from transfers.problem import Officer
from transfers.rulebook import Rules

LENGTH = 10  # characters of a pseudonym: 50 bits, no two alike among a million in practice, and checked


@dataclass(frozen=True)
class Assembled:
    """A round as it would be frozen now. `officers`, `items` and `people` are by pseudonym."""

    ground: Ground
    officers: Mapping[str, Officer]
    items: Mapping[str, list[Item]]
    people: Mapping[str, Taking]
    left_out: list[LeftOut]


def pseudonym(secret: bytes, officer: str) -> str:
    """Return the officer's name in this round: it cannot be told from the reference without the round's secret."""
    return "P-" + base64.b32encode(hmac.digest(secret, officer.encode(), "sha256")).decode()[:LENGTH]


def assemble(record: Record, rules: Rules, secret: bytes) -> Assembled:
    """Return the problem that follows from the record and the rules. The same record gives the same problem.

    Errors: ValueError where two officers would have one pseudonym: take another secret.
    """
    taking, left = taking_part(record, rules)
    by_officer = {each.holder.officer: each for each in taking}
    protected = {key for key, each in by_officer.items() if not each.must_move}
    ground = lay_out(record, rules, set(by_officer), protected, wished_classes(record, taking))
    wishes, path_of = Wishes(record, ground), paths(ground.places, ground.nodes)
    lines = itemised(taking, rules, _nodes_of_counties(record, ground))
    officers, items, people = {}, {}, {}
    for each, own in zip(taking, lines, strict=True):
        name = pseudonym(secret, each.holder.ref)
        if name in officers:
            raise ValueError("two officers would have one pseudonym")
        officers[name] = _officer(name, each, own, record, rules, ground, wishes, path_of)
        items[name], people[name] = own, each
    return Assembled(ground, officers, items, people, left)


def _officer(
    name: str,
    each: Taking,
    items: list[Item],
    record: Record,
    rules: Rules,
    ground: Ground,
    wishes: Wishes,
    path_of: Mapping[str, frozenset[str]],
) -> Officer:
    preferences = wishes.preferences(each)
    default, direct = wishes.defaults(each) if each.must_move and rules.defaults != "none" else ((), ())
    wanted = dict.fromkeys((*preferences, *default, *direct))
    current = ground.ref_of[each.holder.unit, each.holder.rank, each.holder.skill]
    points = totals(items, (*wanted, current), path_of)
    first = each.facts.grounds & frozenset(rules.statutory)
    return Officer(
        ref=name, preferences=preferences, points=points, current=current, must_move=each.must_move,
        release=each.months if rules.release == "months-at-station" else max(points.values(), default=0),
        market=each.holder.rank, groups=groups(each.holder, record), statutory=frozenset(preferences) if first else frozenset(),
        default=default, direct=direct, exclusions=wishes.exclusions(each, preferences),
    )  # fmt: skip


def _nodes_of_counties(record: Record, ground: Ground) -> dict[tuple[str, str], tuple[str, ...]]:
    """The county's own node where its command has one in that rank: what an item for a county points at."""
    found: dict[tuple[str, str], set[str]] = {}
    for place in ground.places.values():
        unit = record.units[ground.class_of[place.ref][0]]
        command = unit.above.get("county")
        if unit.county and command and (ref := f"{command}:{place.market}") in ground.nodes:
            found.setdefault((unit.county, place.market), set()).add(ref)
    return {key: tuple(sorted(refs)) for key, refs in found.items()}
