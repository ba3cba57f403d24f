"""What the board reads: the awards of a round, and what they would do to the service, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hcims.errors import NotFound
from hcims.keys_first import KeysFirst
from organisation.models import Skill, Unit, UnitType
from transfers.models import Award, Round, RoundRun, RoundState, RuleCode, RunKind
from transfers.policies import board as policies
from transfers.policies import rounds as round_policies
from transfers.queries import ground, rules
from transfers.queries.board_figures import OUTCOMES, kept

GROUPS = ("sex", "service")  # of an officer
COMPUTED = (RoundState.SOLVED, RoundState.ACCEPTED, RoundState.PUBLISHED, RoundState.CLOSED)


def boards(user: Any, *, on: date) -> list[Round]:
    """The frozen and computed rounds that the user may read as a board or try rules on; never one he or she takes part in."""
    if not policies.may_see_board(user, on=on):
        return []
    rows = Round.objects.filter(state__in=policies.TRIED).exclude(participations__officer__user=user)
    return list(rows.order_by("-opens_on"))


def waiting_for(user: Any) -> QuerySet[Round]:
    """Computed rounds that wait for a board on which the user may sit: one neither prepared nor taken part in."""
    return _not_own(Round.objects.filter(state=RoundState.SOLVED), user)


def waiting_for_signature(user: Any) -> QuerySet[Round]:
    """Accepted rounds that wait for a signature the user may give."""
    return _not_own(Round.objects.filter(state=RoundState.ACCEPTED).exclude(accepted_by=user), user)


def _not_own(rounds: QuerySet[Round], user: Any) -> QuerySet[Round]:
    return rounds.exclude(created_by=user).exclude(participations__officer__user=user)


def access_board(user: Any, code: str, *, on: date) -> Round:
    """A computed round, for who prepares, decides or signs rounds. Errors: NotFound; NotAllowed for one who takes part."""
    if not policies.may_see_board(user, on=on):
        raise NotFound(code)
    rows = Round.objects.select_related("rule_book", "accepted_by", "signed_by", "created_by").prefetch_related(
        "figures"
    )
    found = rows.filter(code=code, state__in=COMPUTED).first()
    if found is None:
        raise NotFound(code)
    if found.state in (RoundState.SOLVED, RoundState.ACCEPTED):
        round_policies.check_takes_no_part(user, found)
    return found


def may_decide(user: Any, round: Round, *, on: date) -> bool:
    """Whether the user sits on the board of this round."""
    try:
        round_policies.check_on_board(user, round, on=on)
    except round_policies.NotAllowed:
        return False
    return True


def awards_of(round: Round) -> QuerySet[Award]:
    """The awards of a round with what a list shows of them."""
    rows = detailed(Award.objects.filter(participation__round=round))
    return rows.order_by("participation__rank__order", "participation__pseudonym")


def detailed(rows: QuerySet[Award]) -> QuerySet[Award]:
    """The awards with what a list shows of them."""
    related = ("participation__officer", "participation__rank", "participation__from_unit", "to_unit", "varied_to")
    return rows.select_related(*related).defer("explanation", "participation__items")


def access_award(user: Any, ref: str, *, on: date) -> Award:
    """One award of a round whose board the user may see. Errors: NotFound."""
    rows = Award.objects.select_related(
        "participation__round__rule_book", "participation__officer", "participation__rank", "participation__from_unit",
        "participation__skill", "to_unit", "to_skill", "varied_to", "varied_skill", "varied_by",
    )  # fmt: skip
    found = rows.filter(ref=ref, participation__round__state__in=COMPUTED).first()
    if found is None or not policies.may_see_board(user, on=on):
        raise NotFound(ref)
    if found.participation.round.state in (RoundState.SOLVED, RoundState.ACCEPTED):
        round_policies.check_takes_no_part(user, found.participation.round)
    return found


def narrowed(rows: QuerySet[Award], asked: Mapping[str, str]) -> QuerySet[Award]:
    """The awards that the address asks for: outcome, rank, service number, unit left or gained."""
    rows = rows.filter(OUTCOMES.get(asked.get("show", ""), Q()))
    if rank := asked.get("rank", ""):
        rows = rows.filter(participation__rank__code=rank)
    if number := asked.get("number", "").strip():
        rows = rows.filter(participation__officer__service_number=number)
    if code := asked.get("from", "").strip():
        rows = rows.filter(Q(participation__from_unit__code=code) | Q(participation__from_unit__county__code=code))
    if code := asked.get("to", "").strip():
        ends = Unit.objects.filter(Q(code=code) | Q(county__code=code))
        rows = rows.filter(Q(is_varied=True, varied_to__in=ends) | Q(is_varied=False, to_unit__in=ends))
    return rows


def of_group(rows: QuerySet[Award], round: Round, asked: Mapping[str, str], *, least: int) -> QuerySet[Award]:
    """The awards of a sex or a service that the address asks for; none of a group that the board's page hides."""
    for field in GROUPS:
        if code := asked.get(field, ""):
            shown = {row.code for row in by(round, f"officer__{field}", least=least) if not row.is_hidden}
            rows = rows.filter(**{f"participation__officer__{field}": code}) if code in shown else rows.none()
    return rows


def kept_by_floor(rows: QuerySet[Award], run: RoundRun | None, ref: str) -> QuerySet[Award]:
    """The awards of those whom one floor kept from a place they would have had."""
    lines = ground.floors_of(run) if run else ()
    return rows.filter(participation__pseudonym__in=[name for line in lines if line.ref == ref for name in line.held])


class AwardLines(KeysFirst[Award]):
    """The awards as a table takes them; in the order they come in where none is asked for."""

    model = Award

    def ordered(self) -> QuerySet[Award]:
        return self.rows.order_by(*self.sorts, "participation__pseudonym") if self.sorts else self.rows

    def shown(self, rows: QuerySet[Award]) -> QuerySet[Award]:
        return detailed(rows)


def counts(round: Round) -> dict[str, int]:
    """How many awards there are of each outcome."""
    return {code: numbers[0] for code, numbers in kept(round, "outcome")}


def official(round: Round) -> RoundRun | None:
    """The round's own run."""
    return round.runs.filter(kind=RunKind.OFFICIAL).first()


@dataclass(frozen=True)
class Row:
    """A group of participants and what came of them. None: hidden, because so few are meant."""

    code: str
    label: str
    participants: int | None
    moved: int | None
    first: int | None
    overdue_left: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.participants is None


def by(round: Round, field: str, labels: Mapping[str, str] | None = None, *, least: int = 0) -> list[Row]:
    """The outcome by a field of the participation; groups smaller than `least` hidden, with a second one beside.

    With one group hidden alone, the others could be taken off the total.
    """
    rows = kept(round, field.rpartition("__")[2] if field != "rank__code" else "rank")
    found = [Row(key, str((labels or {}).get(key, key or "–")), *numbers) for key, numbers in rows]
    return hidden(found, least)


def hidden(rows: list[Row], least: int) -> list[Row]:
    """The rows with small groups taken out, and the next larger one where only one was small."""
    small = [row for row in rows if (row.participants or 0) < least]
    if len(small) == 1 and len(rows) > 1:
        rest = sorted((row for row in rows if row not in small), key=lambda row: row.participants or 0)
        small.append(rest[0])
    return [Row(row.code, row.label, None, None, None, None) if row in small else row for row in rows]


def smallest_shown(on: date) -> int:
    """Groups smaller than this are hidden."""
    return rules.value(RuleCode.SMALL_GROUP, on)


@dataclass(frozen=True)
class Strength:
    """A command before and after, all ranks of the round together."""

    code: str
    name: str
    before: int
    left: int
    came: int
    after: int
    floor: int


def by_county(round: Round) -> list[Strength]:
    """Strength of the ranks in the round, by county command, before and after."""
    names = dict(Unit.objects.filter(type=UnitType.COUNTY).values_list("code", "name"))
    return [Strength(code, names.get(code, code), *numbers) for code, numbers in kept(round, "county")]


@dataclass(frozen=True)
class Held:
    """A floor that kept officers back, or that is missed all the same. `ref`: of its command or class of post."""

    where: str
    rank: str
    ref: str
    floor: int
    before: int
    projected: int  # without holding anybody
    held: int
    after: int  # as the awards stand now, with what the board varied


def floors(round: Round) -> list[Held]:
    """The floors that did something, with the names of their commands."""
    found = [(*_command(ref), ref, numbers) for ref, numbers in kept(round, "floor")]
    names = dict(Unit.objects.filter(code__in={code for code, *_ in found}).values_list("code", "name"))
    return [Held(names.get(code, code), rank, ref, *numbers) for code, rank, ref, numbers in found]


def _command(ref: str) -> tuple[str, str]:
    """The code of the unit, and the rank with the skill, out of the reference of a class of post or of a command's rank."""
    code, _sign, rank = ref.partition("/") if "/" in ref else ref.rpartition(":")
    return code, rank


def variations(round: Round) -> Iterable[Award]:
    """The awards that the board varied, with the reasons that are published."""
    return awards_of(round).filter(is_varied=True).select_related("varied_by", "participation__rank")


def skills() -> QuerySet[Skill]:
    """The skills that a post may ask for."""
    return Skill.objects.order_by("code")
