"""What the last published round says about a place: how many asked for it, how many got it, with how many points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from hcims.periods import in_force
from organisation.models import Baseline, EstablishmentLine, Rank, Unit, UnitClosure
from organisation.queries import below
from transfers.models import Award, RequestedPlace, Round, RoundState


@dataclass(frozen=True)
class Chance:
    """One place in the last round: nothing of it foretells the next."""

    unit: Unit
    any_below: bool
    asked: int
    seats: int  # posts of the rank in that round, those included whose holders stayed
    given: int
    points: int | None  # the fewest with which somebody came in; None where nobody did


def last_round(rank: Rank | None) -> Round | None:
    """The latest published round in which officers of that rank took part."""
    over = Round.objects.filter(state__in=[RoundState.PUBLISHED, RoundState.CLOSED], ranks=rank)
    return over.order_by("-published_at", "-pk").first() if rank is not None else None


def chances(of: Round, rank: Rank, places: Iterable[tuple[Unit, bool]], *, on: date) -> list[Chance]:
    """What became of those who asked for each place, of that rank. Five queries a place."""
    return [_chance(of, rank, unit, any_below, on) for unit, any_below in places]


def _chance(of: Round, rank: Rank, unit: Unit, any_below: bool, on: date) -> Chance:
    came = _within(
        Award.objects.filter(participation__round=of, participation__rank=rank), "to_unit", unit, any_below, on
    )
    found = came.aggregate(given=Count("pk"), points=Min("participation__points"))
    # For "any station in" a command, whoever named one of its stations wanted a seat there too.
    there = Q(unit__in=below([unit.pk], on)) if any_below else Q(unit=unit)
    wished = RequestedPlace.objects.filter(
        there | Q(unit__in=_above(unit, on), any_below=True),
        request__officer__participations__round=of,
        request__officer__participations__rank=rank,
        request__round=of,
    )
    seats = _seats(of, rank, unit, any_below)
    return Chance(unit, any_below, wished.values("request").distinct().count(), seats, found["given"], found["points"])


def _seats(of: Round, rank: Rank, unit: Unit, any_below: bool) -> int:
    """Posts of the rank there on the day of the freeze: the working strength, and over it the round's seat table."""
    day = timezone.localdate(of.frozen_at or of.published_at)
    there = Q(unit__in=below([unit.pk], day)) if any_below else Q(unit=unit)
    lines = EstablishmentLine.objects.in_force(day).filter(there, baseline=Baseline.WORKING, rank=rank)
    posts = {(each, skill): number for each, skill, number in lines.values_list("unit", "skill", "posts")}
    table = of.seat_lines.filter(there, rank=rank).values_list("unit", "skill", "seats")
    posts |= {(each, skill): number for each, skill, number in table}
    return sum(posts.values())


def _within(rows: QuerySet[Award], field: str, unit: Unit, any_below: bool, on: date) -> QuerySet[Award]:
    if not any_below:
        return rows.filter(**{field: unit})
    return rows.filter(**{f"{field}__in": UnitClosure.objects.filter(in_force(on), ancestor=unit).values("descendant")})


def _above(unit: Unit, on: date) -> QuerySet[UnitClosure]:
    """Whoever asked for "any station in" a command above it asked for this one too."""
    return UnitClosure.objects.filter(in_force(on), descendant=unit).values("ancestor")  # type: ignore[return-value]
