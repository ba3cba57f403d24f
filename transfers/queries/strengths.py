"""How many officers there are in each class of post: what percentages of a rule book are tried on before it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from deployment.models import Posting, PostingKind
from hcims.periods import in_force
from organisation.models import Baseline, EstablishmentLine, UnitClosure
from transfers.freezing.reading import posts_of
from transfers.models import Round
from transfers.rulebook import FloorRule, may_leave


@dataclass(frozen=True)
class Trap:
    """What a floor would do today: in how many of the classes nobody could leave at all."""

    rule: FloorRule
    held: int
    classes: int

    @property
    def share(self) -> int:
        """Of all classes, in per cent."""
        return 100 * self.held // self.classes if self.classes else 0

    @property
    def is_trap(self) -> bool:
        """Whether it stops more than every fourth class altogether."""
        return self.held * 4 > self.classes


def _held(on: date) -> Any:
    return (
        Posting.objects.in_force(on)
        .filter(kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, officer__exited_on__isnull=True)
        .exclude(officer__rank=None)
    )


def traps(rules: Sequence[FloorRule], ranks: Sequence[str], *, on: date) -> list[Trap]:
    """What each floor of a rule book would do on the day. One statement a floor."""
    found = []
    for rule in rules:
        sizes = _sizes(rule.level, ranks, on)
        found.append(
            Trap(rule, sum(count for size, count in sizes.items() if may_leave(size, rule) == 0), sizes.total())
        )
    return found


def _sizes(level: str, ranks: Sequence[str], on: date) -> Counter[int]:
    """How many classes have how many officers: posts of a station by rank and skill; of a command by rank."""
    held = _held(on).filter(officer__rank__code__in=ranks)
    if level == "station":
        rows = held.order_by().values("unit", "officer__rank", "post_skill").annotate(count=Count("pk"))
    else:
        above = Q(in_force(on, prefix="unit__above__"), unit__above__ancestor__type=level)
        rows = (
            held.filter(above).order_by().values("unit__above__ancestor", "officer__rank").annotate(count=Count("pk"))
        )
    return Counter(rows.values_list("count", flat=True))


@dataclass(frozen=True)
class Seats:
    """Seats and strength of one rank in one county, or outside any."""

    command: str
    rank: str
    seats: int
    strength: int

    @property
    def vacancies(self) -> int:
        return max(self.seats - self.strength, 0)

    @property
    def over(self) -> int:
        return max(self.strength - self.seats, 0)


def seats_by_county(round: Round, *, on: date) -> list[Seats]:
    """Seats as the freeze would count them today, by county and rank: working strength, and the seat table over it.

    Four statements whatever the size of the service.
    """
    ranks = {each.code: each.order for each in round.ranks.all()}
    county = dict(
        UnitClosure.objects.filter(in_force(on), ancestor__type="county").values_list("descendant", "ancestor__name")
    )
    seats, strength = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for (unit, rank, _skill), posts in posts_of(round, on).items():
        if rank in ranks:
            seats[county.get(unit, ""), rank] += posts
    rows = _held(on).filter(officer__rank__code__in=ranks).order_by().values("unit", "officer__rank__code")
    for unit, rank, count in rows.annotate(count=Count("pk")).values_list("unit", "officer__rank__code", "count"):
        strength[county.get(unit, ""), rank] += count
    keys = sorted({*seats, *strength}, key=lambda key: (key[0] == "", key[0], ranks[key[1]]))
    return [Seats(command, rank, seats[command, rank], strength[command, rank]) for command, rank in keys]


def has_working_strength(*, on: date) -> bool:
    """Whether any working strength is in force: without it only the seats of those who stay would exist."""
    return EstablishmentLine.objects.in_force(on).filter(baseline=Baseline.WORKING).exists()
