"""The frozen ground of a round: its places and the tree above them, and how full each is when the awards are carried out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from hcims.errors import RuleBroken
from organisation.models import Rank, Skill, Unit
from transfers import keeping
from transfers.freezing.market import class_ref
from transfers.frozen import records
from transfers.models import Award, Participation, Round, RoundRun
from transfers.points import ancestors
from transfers.problem import FloorLine, Node, Result

REMEMBERED = 4  # rounds and runs whose figures are kept at hand: files that never change


@dataclass(frozen=True)
class Seat:
    """A class of post of the round."""

    ref: str
    seats: int
    floor: int
    staying: int
    node: str | None
    market: str


@dataclass(frozen=True)
class Ground:
    """Places and nodes as frozen."""

    places: Mapping[str, Seat]
    nodes: Mapping[str, Node]

    def above(self, place: str) -> tuple[str, ...]:
        """The nodes above a place, lowest first."""
        return ancestors(self.places[place].node, self.nodes)


def lines_of(round: Round) -> list[bytes]:
    """The lines of the freeze. Errors: RuleBroken before it, or when the file is not the one frozen."""
    if not round.problem:
        raise RuleBroken(_("The round is not frozen yet."))
    with round.problem.open("rb") as file:
        blob = file.read()
    if hashlib.sha256(blob).hexdigest() != round.problem_sha256:
        raise RuleBroken(_("The frozen file of this round was altered; nothing can be computed from it."))
    return blob.splitlines()


def ground_of(round: Round) -> Ground:
    """The places and nodes of a frozen round."""
    return _ground(round.problem.name, round.problem_sha256)


@lru_cache(maxsize=REMEMBERED)
def _ground(name: str, sha256: str) -> Ground:
    lines = lines_of(Round(problem=name, problem_sha256=sha256))
    places, nodes = {}, {}
    for line in lines[1:]:
        said = json.loads(line)
        if said["kind"] not in ("place", "node"):
            break  # lists and officers stand last
        if said["kind"] == "place":
            places[said["ref"]] = _seat(said)
        else:
            nodes[said["ref"]] = Node(said["ref"], said.get("parent"), said.get("floor", 0), said.get("ceiling"))
    return Ground(places, nodes)


def _seat(said: Mapping[str, Any]) -> Seat:
    numbers = said["seats"], said.get("floor", 0), said.get("staying", 0)
    return Seat(said["ref"], *numbers, said.get("node"), said.get("market", ""))


def levels_of(lines: list[dict[str, Any]]) -> dict[str, str]:
    """The level of each node: the type of the command that it is named after."""
    types = dict(Unit.objects.values_list("code", "type"))
    return {each["ref"]: types.get(each["ref"].rsplit(":", 1)[0], "") for each in lines if each["kind"] == "node"}


def said_of(round: Round) -> list[dict[str, Any]]:
    """What the lines of the freeze say."""
    return records(lines_of(round))


def result_of(run: RoundRun) -> Result:
    """The result that a run kept."""
    with run.result.open("rb") as file:
        return keeping.read(file.read())


def floors_of(run: RoundRun) -> tuple[FloorLine, ...]:
    """The floors of a run that held somebody, or that are missed all the same."""
    return _floors(run.ref, run.result.name, run.result_sha256)


@lru_cache(maxsize=REMEMBERED)
def _floors(ref: str, name: str, sha256: str) -> tuple[FloorLine, ...]:
    return tuple(line for line in result_of(RoundRun(result=name)).lines if line.held or line.after < line.floor)


@dataclass(frozen=True)
class Filling:
    """How many participants hold each class of post: before the round, and when the awards stand as they do now."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    moves: Mapping[tuple[str, str], int]  # by the class left and the class gone to, where they differ


def filling(round: Round, *, rank: Rank | None = None, but: Award | None = None) -> Filling:
    """The participants at each class of post, in a constant number of statements; `but` leaves one award aside."""
    units, ranks = dict(Unit.objects.values_list("pk", "code")), dict(Rank.objects.values_list("pk", "code"))
    skills = dict(Skill.objects.values_list("pk", "code"))
    rows = Participation.objects.filter(round=round)
    rows = rows.filter(rank=rank) if rank else rows
    rows = rows.exclude(award=but) if but else rows
    before, after, moves = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for unit, level, skill, to, to_skill, varied, varied_to, varied_skill in rows.values_list(
        "from_unit", "rank", "skill", "award__to_unit", "award__to_skill", "award__is_varied", "award__varied_to",
        "award__varied_skill",
    ):  # fmt: skip
        own = class_ref(units[unit], ranks[level], skills.get(skill, ""))
        end, as_ = (varied_to, varied_skill) if varied else (to, to_skill)
        to_class = class_ref(units[end], ranks[level], skills.get(as_, "")) if end else own
        before[own] += 1
        after[to_class] += 1
        if to_class != own:
            moves[own, to_class] += 1
    return Filling(before, after, moves)


def strength(ground: Ground, held: Mapping[str, int]) -> dict[str, int]:
    """The strength of each place and node, those who take no part included."""
    places = {ref: seat.staying + held.get(ref, 0) for ref, seat in ground.places.items()}
    nodes = dict.fromkeys(ground.nodes, 0)
    for ref in places:
        for node in ground.above(ref):
            nodes[node] += places[ref]
    return {**places, **nodes}
