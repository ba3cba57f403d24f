"""Who stands behind a strength on the board's page: before the round, after it, and those who leave or come in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Prefetch, Q, QuerySet, When
from django.utils import timezone

from deployment.models import Posting, PostingKind
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure
from personnel.models import Officer
from transfers.models import Award, Participation, Round
from transfers.queries import ground

WHEN = ("before", "left", "came", "after")


@dataclass(frozen=True)
class Command:
    """A command, or a class of post at one station, as a number of the board's page names it."""

    ref: str  # C-047, C-047:PC, S-0412/PC or S-0412/PC/driving
    unit: Unit
    rank: str  # empty: all ranks of the round
    skill: str | None  # None: any; empty: none asked for

    @property
    def is_post(self) -> bool:
        """Whether one class of post is meant and not all below a command."""
        return "/" in self.ref


def access_command(round: Round, ref: str) -> Command:
    """What a number of the round's board stands for. Errors: NotFound where the freeze knows no such command or post."""
    frozen = ground.ground_of(round)
    code, sign, what = ref.partition("/") if "/" in ref else ref.partition(":")
    known = {node.rpartition(":")[0] for node in frozen.nodes} if not sign else {*frozen.nodes, *frozen.places}
    unit = Unit.objects.filter(code=code).first() if (ref if sign else code) in known else None
    if unit is None:
        raise NotFound(ref)
    rank, _sign, skill = what.partition("/")
    return Command(ref, unit, rank, skill if "/" in ref else None)


def day_of(round: Round) -> date:
    """The day whose record was frozen. Errors: NotFound before it."""
    if round.frozen_at is None:
        raise NotFound(round.code)
    return timezone.localdate(round.frozen_at)


def people(round: Round, command: Command, when: str) -> QuerySet[Officer]:
    """The officers a number counts, those who take part with their award, the others with their post of that day."""
    taking = Participation.objects.filter(round=round).annotate(
        ends_at=Case(
            When(award__is_varied=True, award__varied_to__isnull=False, then=F("award__varied_to")),
            When(award__is_varied=False, award__to_unit__isnull=False, then=F("award__to_unit")),
            default=F("from_unit"),
        ),
        ends_as=Case(
            When(award__is_varied=True, award__varied_to__isnull=False, then=F("award__varied_skill__code")),
            When(award__is_varied=False, award__to_unit__isnull=False, then=F("award__to_skill__code")),
            default=F("skill__code"),
        ),
    )
    if command.rank:
        taking = taking.filter(rank__code=command.rank)
    first = _within(command, round, "from_unit", "skill__code")
    last = _within(command, round, "ends_at", "ends_as")
    asked = {"before": first, "left": first & ~last, "came": last & ~first, "after": last}[when]
    found = Q(pk__in=taking.filter(asked).values("officer"))
    if when in ("before", "after"):
        found |= Q(pk__in=staying(round, command).values("officer"))
    awards = Award.objects.select_related("to_unit", "varied_to").defer("explanation")
    mine = Participation.objects.filter(round=round).defer("items")
    mine = mine.select_related("rank", "from_unit").prefetch_related(Prefetch("award", awards))
    return (
        Officer.objects.filter(found)
        .select_related("rank")
        .prefetch_related(
            Prefetch("participations", mine, to_attr="taking"),
            Prefetch("postings", _held(round).select_related("unit"), to_attr="posts"),
        )
        .order_by("rank__order", "service_number")
    )


def staying(round: Round, command: Command) -> QuerySet[Posting]:
    """The posts of that day held by officers of the round's ranks who take no part, as the record tells them now."""
    ranks = [command.rank] if command.rank else list(round.ranks.values_list("code", flat=True))
    rows = _held(round).filter(_within(command, round, "unit", "post_skill__code"), officer__rank__code__in=ranks)
    rows = rows.filter(officer__in=Officer.objects.serving(day_of(round)))
    return rows.exclude(officer__in=Participation.objects.filter(round=round).values("officer"))


def counted(round: Round, command: Command, when: str) -> int:
    """How many the freeze and the awards count: those who take no part stand in the freeze as a number alone."""
    frozen, filled = ground.ground_of(round), ground.filling(round)
    here = {ref for ref in frozen.places if _covers(command, ref, frozen.above(ref))}
    if when == "left":
        return sum(number for (own, end), number in filled.moves.items() if own in here and end not in here)
    if when == "came":
        return sum(number for (own, end), number in filled.moves.items() if end in here and own not in here)
    held = filled.before if when == "before" else filled.after
    return sum(frozen.places[ref].staying + held.get(ref, 0) for ref in here)


def _covers(command: Command, place: str, above: tuple[str, ...]) -> bool:
    if command.is_post:
        return place == command.ref
    return command.ref in above if command.rank else any(node.rpartition(":")[0] == command.ref for node in above)


def _held(round: Round) -> QuerySet[Posting]:
    rows = Posting.objects.in_force(day_of(round))
    return rows.filter(kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)


def _within(command: Command, round: Round, unit: str, skill: str) -> Q:
    if command.is_post:
        as_skill = Q(**{skill: command.skill}) if command.skill else Q(**{f"{skill}__isnull": True})
        return Q(**{unit: command.unit.pk}) & as_skill
    below = UnitClosure.objects.filter(in_force(day_of(round)), ancestor=command.unit)
    return Q(**{f"{unit}__in": below.values("descendant")})
