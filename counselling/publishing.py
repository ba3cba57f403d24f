"""What a quarter's publication holds, from counts. Pure: everything shown has passed the rule of `disclosure`.

Codes, no words: pages put them into the reader's language. What the service provides (offices, staff, meetings of groups) is
counted exactly; what people came for, and what was done to a case, is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from counselling.disclosure import Count, Limits, Table, alone, rounded, tables

VERSION = 2  # 1: openings of a case stood among the exact numbers
NOWHERE = "none"  # in no county
EVERYWHERE = "all"  # one row for the whole country


@dataclass(frozen=True)
class Star:
    """Counts of the same things by region, each table with a question of its own. Shape: `columns` by table."""

    regions: Sequence[str]
    counts: Mapping[str, Sequence[Count]]
    columns: Mapping[str, Sequence[str]]
    harm: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Provision:
    """What there is in a region, on the last day of the quarter."""

    region: str
    officers: int
    offices: int
    counsellors: int | None  # None: no office there says how many
    supporters: int


@dataclass(frozen=True)
class Counted:
    """Everything that a quarter's publication is made from."""

    stars: Mapping[str, Star]
    single: Mapping[str, Sequence[Count]]  # numbers for the whole country
    exact: Mapping[str, int]  # what the service provides
    provision: Sequence[Provision] = field(default_factory=list)


def content_of(quarter: str, counted: Counted, limits: Limits) -> dict[str, Any]:
    """The publication, ready to be kept."""
    return {
        "version": VERSION,
        "quarter": quarter,
        "limits": {"smallest": limits.smallest, "harm": limits.harm, "step": limits.step},
        "stars": {name: _star(each, limits) for name, each in counted.stars.items()},
        "single": {name: alone(each, limits) for name, each in counted.single.items()},
        "exact": dict(counted.exact),
        "provision": [
            {
                "region": each.region,
                "officers": rounded(each.officers, limits) if each.officers >= limits.smallest else None,
                "offices": each.offices,
                "counsellors": each.counsellors,
                "supporters": each.supporters,
            }
            for each in counted.provision
        ],
    }


def _star(star: Star, limits: Limits) -> dict[str, Any] | None:
    found: dict[str, Table] | None = tables(star.counts, star.regions, star.columns, limits, star.harm)
    return None if found is None else {name: table.plain() for name, table in found.items()}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form: what anyone computes who has the content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def officers_of(provision: Iterable[Mapping[str, Any]], regions: Iterable[str]) -> int | None:
    """The officers of joined regions, from what was published; None where one of them is hidden."""
    wanted = set(regions)
    found = [each["officers"] for each in provision if each["region"] in wanted]
    return None if len(found) < len(wanted) or None in found else sum(found)
