"""The window for mutual exchange: who offers, in which order, and what the officer's page shows. Never another's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from deployment.models import Posting, PostingKind
from hcims.errors import NotFound
from organisation.models import Rank, Skill, Unit
from personnel.models import Officer
from transfers import lottery
from transfers.models import ExchangeOffer, Participation, Round, RoundState
from transfers.policies import exchange as policies


@dataclass(frozen=True)
class Post:
    """The post an officer holds."""

    unit: Unit
    rank: Rank
    skill: Skill | None


def post_of(officer: Officer, *, on: date) -> Post | None:
    """The officer's substantive post on the day."""
    held = (
        Posting.objects.in_force(on)
        .filter(officer=officer, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
        .select_related("unit", "post_skill")
        .first()
    )
    if held is None or officer.rank is None:
        return None
    return Post(held.unit, officer.rank, held.post_skill)


def standing(round: Round, *, on: date) -> list[ExchangeOffer]:
    """The offers that still hold, in the order of the round's tickets; whoever has no ticket draws one by reference."""
    rows = ExchangeOffer.objects.filter(round=round, withdrawn_at=None, looked_at=None)
    rows = rows.select_related("officer__user", "officer__rank", "unit", "rank", "skill").prefetch_related("wishes")
    names = dict(Participation.objects.filter(round=round).values_list("officer", "pseudonym"))
    held = dict(
        Posting.objects.in_force(on)
        .filter(kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, officer__in=rows.values("officer"))
        .values_list("officer", "unit")
    )
    still = [
        each for each in rows if held.get(each.officer_id) == each.unit_id and each.officer.rank_id == each.rank_id
    ]
    return sorted(still, key=lambda each: lottery.ticket(round.seed, names.get(each.officer_id, each.ref)))


def access_window(user: Any, code: str) -> Round:
    """A published round with a window for exchange, for anyone in the service. Errors: NotFound."""
    rows = Round.objects.select_related("rule_book")
    found = rows.filter(code=code, state__in=[RoundState.PUBLISHED, RoundState.CLOSED]).first()
    if found is None or policies.window(found) is None:
        raise NotFound(code)
    return found


def own_offer(user: Any, round: Round) -> ExchangeOffer | None:
    """The reader's offer that stands."""
    rows = ExchangeOffer.objects.filter(round=round, officer__user=user, withdrawn_at=None)
    return rows.select_related("unit", "rank", "skill", "found").prefetch_related("wishes__unit").first()


def offers(round: Round) -> int:
    """How many offers stand."""
    return ExchangeOffer.objects.filter(round=round, withdrawn_at=None).count()
