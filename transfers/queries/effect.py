"""What a transfer would do to the strength and the skills of the unit that loses the officer and of the one that gains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from organisation.models import Rank, Skill, Unit
from transfers.models import RequestedPlace, TransferRequest
from transfers.queries.strength import Strength, skills_of, strength_of


@dataclass(frozen=True)
class Side:
    """One unit before and after the move, of the officer's rank."""

    unit: Unit
    rank: Rank | None
    before: int
    after: int
    posts: int | None  # authorised; None where no establishment says anything of the unit
    skills: list[Skill] = field(default_factory=list)  # lost below what is asked for, or gained where it is missing

    @property
    def is_bare(self) -> bool:
        """Whether nobody of the rank is left afterwards. Fewer than the posts are nearly everywhere, and say nothing."""
        return self.after <= 0

    @property
    def is_over(self) -> bool:
        """Whether the unit has more than its posts afterwards."""
        return self.posts is not None and self.after > self.posts


@dataclass(frozen=True)
class Effect:
    """Both ends of a move; a side is None where it is open or the officer comes from nowhere."""

    losing: Side | None
    gaining: Side | None
    place: RequestedPlace | None = None  # asked for, where no unit is decided yet


def effects_of(requests: Iterable[TransferRequest], *, on: date) -> dict[int, Effect]:
    """The effect of each of many transfers, by their keys. Five queries, however many there are."""
    rows = list(requests)
    first = _first_places(rows)
    goals = {each.pk: _goal(each, first.get(each.pk)) for each in rows}
    units = {each.from_unit_id for each in rows if each.from_unit_id}
    units |= {goal.pk for goal in goals.values() if goal is not None}
    strength = strength_of(units, on=on)
    skills = skills_of([each.officer_id for each in rows], on=on)
    return {
        each.pk: Effect(
            losing=_side(strength, each, each.from_unit, skills.get(each.officer_id, {}), leaves=True),
            gaining=_side(strength, each, goals[each.pk], skills.get(each.officer_id, {}), leaves=False),
            place=None if each.to_unit_id else first.get(each.pk),
        )
        for each in rows
    }


def _first_places(requests: list[TransferRequest]) -> dict[int, RequestedPlace]:
    places = RequestedPlace.objects.filter(request__in=[each.pk for each in requests], position=1)
    return {each.request_id: each for each in places.select_related("unit")}


def _goal(request: TransferRequest, first: RequestedPlace | None) -> Unit | None:
    if request.to_unit is not None:
        return request.to_unit
    return first.unit if first is not None and not first.any_below else None


def _side(
    strength: Strength, request: TransferRequest, unit: Unit | None, skills: dict[int, Skill], *, leaves: bool
) -> Side | None:
    rank: Any = request.rank or request.officer.rank
    if unit is None or rank is None:
        return None
    posts, before = strength.of_rank(unit.pk, rank.pk)
    changed = [skill for key, skill in skills.items() if _counts(strength, unit.pk, key, leaves=leaves)]
    after = before + (-1 if leaves else 1)
    return Side(unit, rank, before, after, posts if unit.pk in strength.known else None, changed)


def _counts(strength: Strength, unit: int, skill: int, *, leaves: bool) -> bool:
    """Whether the unit would miss the skill once the officer has left, or misses it until he or she comes."""
    asked, has = strength.asked[(unit, skill)], strength.has[(unit, skill)]
    return asked > 0 and (has - 1 < asked if leaves else has < asked)
