"""What the last published round says about a place: how many asked for it, how many got it, with how many points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from hcims.periods import in_force
from organisation.models import Rank, Unit, UnitClosure
from transfers.models import Award, RequestedPlace, Round, RoundState


@dataclass(frozen=True)
class Chance:
    """One place in the last round: nothing of it foretells the next."""

    unit: Unit
    any_below: bool
    asked: int
    given: int
    points: int | None  # the fewest with which somebody came in; None where nobody did


def last_round(rank: Rank | None) -> Round | None:
    """The latest published round in which officers of that rank took part."""
    over = Round.objects.filter(state__in=[RoundState.PUBLISHED, RoundState.CLOSED], ranks=rank)
    return over.order_by("-published_at", "-pk").first() if rank is not None else None


def chances(of: Round, rank: Rank, places: Iterable[tuple[Unit, bool]], *, on: date) -> list[Chance]:
    """What became of those who asked for each place, of that rank. Three queries a place."""
    return [_chance(of, rank, unit, any_below, on) for unit, any_below in places]


def _chance(of: Round, rank: Rank, unit: Unit, any_below: bool, on: date) -> Chance:
    came = _within(
        Award.objects.filter(participation__round=of, participation__rank=rank), "to_unit", unit, any_below, on
    )
    found = came.aggregate(given=Count("pk"), points=Min("participation__points"))
    wished = RequestedPlace.objects.filter(
        Q(unit=unit) | Q(unit__in=_above(unit, on), any_below=True),
        request__officer__participations__round=of,
        request__officer__participations__rank=rank,
        request__round=of,
    )
    return Chance(unit, any_below, wished.values("request").distinct().count(), found["given"], found["points"])


def _within(rows: QuerySet[Award], field: str, unit: Unit, any_below: bool, on: date) -> QuerySet[Award]:
    if not any_below:
        return rows.filter(**{field: unit})
    return rows.filter(**{f"{field}__in": UnitClosure.objects.filter(in_force(on), ancestor=unit).values("descendant")})


def _above(unit: Unit, on: date) -> QuerySet[UnitClosure]:
    """Whoever asked for "any station in" a command above it asked for this one too."""
    return UnitClosure.objects.filter(in_force(on), descendant=unit).values("ancestor")  # type: ignore[return-value]
