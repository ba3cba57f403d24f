"""Runs of a round: who sees them, what a trial asked, and two of them side by side."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import ClassScheme, Unit, UnitClassing
from transfers import frozen, whatif
from transfers.comparing import Comparison, Facts, compare
from transfers.models import Participation, Round, RoundRun, RunKind
from transfers.policies import board as policies
from transfers.policies import rounds as round_policies
from transfers.problem import Problem
from transfers.queries import ground

SHOWN = (RunKind.OFFICIAL, RunKind.SHADOW, RunKind.TRIAL)
BEFORE_THE_DRAW = "trial"  # the seed of trials made before there is one


def access_round(user: Any, code: str, *, on: date) -> Round:
    """A frozen round on which the user may try other rules. Errors: NotFound; NotAllowed for one who takes part."""
    found = Round.objects.select_related("rule_book").filter(code=code, state__in=policies.TRIED).first()
    if found is None or not policies.may_try(user, on=on):
        raise NotFound(code)
    round_policies.check_takes_no_part(user, found)
    return found


def access_run(user: Any, ref: str, *, on: date) -> RoundRun:
    """One run of such a round. Errors: NotFound; NotAllowed for one who takes part."""
    found = RoundRun.objects.select_related("round__rule_book", "made_by").filter(ref=ref, kind__in=SHOWN).first()
    if found is None or not policies.may_try(user, on=on):
        raise NotFound(ref)
    round_policies.check_takes_no_part(user, found.round)
    return found


def runs_of(round: Round) -> QuerySet[RoundRun]:
    """The round's own run, its shadow and the trials, the latest first."""
    return round.runs.filter(kind__in=SHOWN).select_related("made_by")


def problem_under(round: Round, run: RoundRun | None = None) -> Problem:
    """The frozen problem, under what a run changed. Errors: BadInput."""
    said = ground.said_of(round)
    changes = dict(run.changes) if run is not None else {}
    if run is not None and run.kind == RunKind.SHADOW:
        said[0] = {**said[0], "mechanism": run.label}
    elif changes:
        tried = whatif.Changes(changes.get("weights", {}), changes.get("floors", {}), changes.get("mechanism", ""))
        said = list(whatif.changed(said, tried, ground.levels_of(said)))  # type: ignore[arg-type]
    return frozen.problem_of(said, round.seed or BEFORE_THE_DRAW)


def facts_of(round: Round) -> Facts:
    """What a comparison may look at beside the problem: sex, hardship counties, distance."""
    rows = Participation.objects.filter(round=round, officer__sex="F").values_list("pseudonym", flat=True)
    on = timezone.localdate(round.frozen_at) if round.frozen_at else round.draw_on
    hard = UnitClassing.objects.filter(in_force(on), scheme=ClassScheme.HARDSHIP).values_list("unit__code", flat=True)
    hard_units = set(hard)
    places = ground.ground_of(round).places
    return Facts(
        women=frozenset(rows),
        hardship=frozenset(ref for ref in places if ref.split("/")[0] in hard_units),
        distance=_distances(),
    )


def _distances() -> Callable[[str, str], int | None]:
    rows = Unit.objects.filter(latitude__isnull=False, longitude__isnull=False)
    at = {
        code: (float(north), float(east))
        for code, north, east in rows.values_list("code", "latitude", "longitude")
        if north is not None and east is not None
    }

    def between(one: str, other: str) -> int | None:
        """Whole kilometres along a great circle; None where a place is not on the map."""
        first, second = at.get(one.split("/")[0]), at.get(other.split("/")[0])
        if first is None or second is None:
            return None
        (north, east), (to_north, to_east) = first, second
        half = (
            math.sin(math.radians(to_north - north) / 2) ** 2
            + math.cos(math.radians(north)) * math.cos(math.radians(to_north))
            * math.sin(math.radians(to_east - east) / 2) ** 2
        )  # fmt: skip
        return round(2 * 6371 * math.asin(min(1.0, math.sqrt(half))))

    return between


@dataclass(frozen=True)
class Change:
    """A command whose strength two runs leave differently."""

    ref: str
    name: str
    before: int
    one: int
    other: int

    @property
    def difference(self) -> int:
        """What the other run adds."""
        return self.other - self.one


@dataclass(frozen=True)
class SideBySide:
    """Two runs compared."""

    comparison: Comparison
    units: list[Change]  # stations and commands that differ, the largest difference first
    fairer: int  # who would rather have the other run


MOST_UNITS = 100


def side_by_side(one: RoundRun, other: RoundRun) -> SideBySide:
    """Two finished runs of one round, compared from what each kept."""
    facts = facts_of(one.round)
    problems = problem_under(one.round, one), problem_under(one.round, other)
    found = compare(problems[0], ground.result_of(one), problems[1], ground.result_of(other), facts)
    names = dict(Unit.objects.values_list("code", "name"))
    units = [
        Change(ref, _named(ref, names), *numbers) for ref, numbers in found.strength.items() if numbers[1] != numbers[2]
    ]
    units.sort(key=lambda each: (-abs(each.difference), each.ref))
    return SideBySide(found, units[:MOST_UNITS], found.better)


def _named(ref: str, names: dict[str, str]) -> str:
    """A class of post or a node in words: "Bamba Police Station, PC"."""
    if "/" in ref:
        code, *rest = ref.split("/")
        return ", ".join([names.get(code, code), *rest])
    code, _, rank = ref.rpartition(":")
    return f"{names.get(code, code)}, {rank}"


def traps_of(round: Round, floors: dict[str, int] | None = None) -> list[whatif.Trap]:
    """How many classes each floor lets nobody leave, under the rule book or under other percentages."""
    said = ground.said_of(round)
    return whatif.traps(said, floors or {}, ground.levels_of(said))
