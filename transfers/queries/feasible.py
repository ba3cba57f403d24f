"""What makes a round impossible: the officers who cannot all be placed, the posts they share, the floors that fall short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hcims.errors import NotFound
from organisation.models import Unit
from transfers.models import Participation, Round, RoundState
from transfers.policies import board as policies
from transfers.policies import rounds as round_policies

_S = RoundState
PROVED = (_S.FROZEN, _S.DRAWN, _S.SOLVED, _S.ACCEPTED, _S.PUBLISHED, _S.CLOSED)
OUT = (_S.PUBLISHED, _S.CLOSED)


@dataclass(frozen=True)
class Place:
    """A class of post or a command, by the name of its unit; `what` is its rank, and the skill where one is asked for."""

    code: str
    unit: str
    what: str


def may_read(user: Any, round: Round, *, on: date) -> bool:
    """Whether the user prepares, decides or signs rounds, and takes no part in this one before it is published."""
    if not policies.may_see_board(user, on=on) or round.state not in PROVED:
        return False
    return round.state in OUT or not round.participations.filter(officer__user=user).exists()


def access_proof(user: Any, code: str, *, on: date) -> Round:
    """A frozen round with its proof. Errors: NotFound; NotAllowed for one who takes part in it."""
    found = Round.objects.filter(code=code, state__in=PROVED).first()
    if found is None or found.feasibility is None or not policies.may_see_board(user, on=on):
        raise NotFound(code)
    if found.state not in OUT:
        round_policies.check_takes_no_part(user, found)
    return found


def officers(round: Round) -> QuerySet[Participation]:
    """Who must move and cannot all be placed together, the longest at their stations first."""
    names = (round.feasibility or {}).get("officers", [])
    rows = round.participations.filter(pseudonym__in=names).select_related("officer", "rank", "from_unit")
    return rows.order_by("-release", "officer__service_number")


def places(proof: Mapping[str, Any]) -> tuple[list[Place], list[Place]]:
    """The posts that these officers can go to, and the floors that would fall short, both named. One query."""
    posts, floors = ([_parts(each) for each in proof.get(name, [])] for name in ("places", "floors"))
    names = dict(Unit.objects.filter(code__in={code for code, _what in (*posts, *floors)}).values_list("code", "name"))

    def named(found: Iterable[tuple[str, str]]) -> list[Place]:
        return [Place(code, names.get(code, code), what) for code, what in found]

    return named(posts), named(floors)


def _parts(ref: str) -> tuple[str, str]:
    """A class is unit/rank or unit/rank/skill, a command with a floor is unit:rank."""
    code, _sign, what = ref.partition("/") if "/" in ref else ref.partition(":")
    return code, what.replace("/", " · ")
