"""From an officer's facts and the rule book to points, item by item. Plain data in, plain data out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from transfers.points import Item
from transfers.rulebook import PointRule, Rules


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record says of an officer on the day of the freeze. Months are whole months, rounded down."""

    months_at_station: int
    hardship_months: int = 0
    rounds_without_a_place: int = 0
    grounds: frozenset[str] = frozenset()  # verified ones alone
    counties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # one of rulebook.PLACES -> codes of counties


def items(facts: Facts, rules: Rules, nodes_of: Mapping[str, tuple[str, ...]]) -> list[Item]:
    """Return the points of an officer item by item, in the order of the rule book; items worth nothing are left out.

    Shape: `nodes_of` gives, for a county's code, the nodes of the round that lie in it and of the officer's rank.
    """
    found = []
    for rule in rules.points:
        points = _points(facts, rule)
        if points == 0:
            continue
        if not rule.where:
            found.append(Item(rule.code, points))
            continue
        only = tuple(node for county in facts.counties.get(rule.where, ()) for node in nodes_of.get(county, ()))
        if only:
            found.append(Item(rule.code, points, only))
    return found


def _points(facts: Facts, rule: PointRule) -> int:
    count = {
        "months-at-station": facts.months_at_station,
        "hardship-months": facts.hardship_months,
        "rounds-without-a-place": facts.rounds_without_a_place,
        "ground": int(rule.ground in facts.grounds),
    }[rule.fact]
    return min(rule.points * count if rule.per_month else rule.points * min(count, 1), rule.most)
