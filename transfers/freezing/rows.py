"""The record as the freeze reads it: one small row a thing, keys as in the database, days as days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit open on the day, and the commands above it by level ("ward", "sub-county", "county", "region")."""

    key: int
    code: str
    type: str
    county: str  # code of the county it lies in, "" where unknown
    latitude: float | None
    longitude: float | None
    above: Mapping[str, str]  # level -> code of the command


@dataclass(frozen=True, slots=True)
class HolderRow:
    """An officer with a substantive posting in force."""

    officer: int
    ref: str
    unit: int
    rank: str  # the officer's own; a market is one rank
    skill: int | None  # the post's
    since: date
    since_known: bool
    duty: int
    sex: str
    home_county: str
    born_on: date | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """An open request for the round, with its places in order and its verified grounds."""

    officer: int
    ref: str
    carried_forward: int
    places: tuple[tuple[int, bool], ...]  # unit, and whether any station below it will do
    grounds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Whom the limit of tenure does not count for."""

    skills: frozenset[int] = frozenset()
    duties: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """All that the freeze reads, on one day."""

    on: date
    units: Mapping[int, UnitRow]
    below: Mapping[int, tuple[int, ...]]  # for each command asked for as "any station in": the stations below it
    holders: tuple[HolderRow, ...]
    posts: Mapping[tuple[int, str, int | None], int]  # unit, rank, skill -> seats of the working strength or seat table
    requests: Mapping[int, RequestRow]
    skills_held: Mapping[int, frozenset[int]]  # of those who ask
    skill_codes: Mapping[int, str]
    tenure_limit: Mapping[int, int]  # months, by unit, where it is not the rule book's own (operation areas)
    exemptions: Exemptions
    in_discipline: frozenset[int]
    retiring_soon: frozenset[int]
    hardship_months: Mapping[int, int]
    spouse_counties: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    school_counties: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    care_counties: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    priorities: frozenset[int] = frozenset()  # to whom an upheld appeal owes priority
