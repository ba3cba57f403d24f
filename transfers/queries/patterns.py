"""Patterns that need a question, counted out of a year's record; the arithmetic is `transfers.patterns`.

Protected requests are in none of the counts of advice, stops and directions; an order that carries one out counts like any
order, among all the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.roles import ROLES
from organisation.models import Unit
from transfers.models import Advice, Direction, RequestState, Round, RoundState, RuleCode, Stop, Verdict
from transfers.openness import OWN_WISH
from transfers.patterns import Comparison, Line, Tally, compare, one_sided
from transfers.queries import rules
from transfers.queries.commands import commands_of
from transfers.queries.ledger import between, outside_rounds, within

YEAR, BEFORE_A_ROUND = 365, 30  # days
SHOWN = 15


@dataclass(frozen=True)
class Pattern:
    """One question: what was counted and how in words, the lines worth reading, and the counts behind."""

    code: str
    title: str
    question: str
    method: str
    of_what: str
    comparison: Comparison
    lines: list[Line] = field(default_factory=list)

    @property
    def marked(self) -> int:
        return len(self.comparison.marked)


def patterns(on: date) -> list[Pattern]:
    """The questions, over the year up to the day. About ten statements, whatever the size of the service."""
    start = on - timedelta(days=YEAR)
    found = [_advice, _before_rounds, _outside_only, _stops, _too_often, _oral]
    return [each(start, on + timedelta(days=1)) for each in found]


def _made(
    code: str, title: str, question: str, method: str, of_what: str, made: Comparison, only: Any = None
) -> Pattern:
    lines = [line for line in made.lines if line.stands_out or (only is not None and line in only)]
    return Pattern(code, title, question, method, of_what, made, (lines or made.lines)[:SHOWN])


def _tallies(hits: Counter[Any], of: Counter[Any], names: dict[Any, str]) -> list[Tally]:
    return [Tally(str(key), names.get(key, str(key)), hits[key], count) for key, count in sorted(of.items(), key=str)]


def _advice(start: date, end: date) -> Pattern:
    verdicts = [Verdict.SUPPORT, Verdict.SUPPORT_LATER, Verdict.OPPOSE]
    decided = [RequestState.APPROVED, RequestState.PUBLISHED, RequestState.COMPLETED, RequestState.CANCELLED,
               RequestState.REFUSED]  # fmt: skip
    rows = Advice.objects.filter(
        within("request__decided_at", start, end), request__is_protected=False, request__state__in=decided,
        verdict__in=verdicts,
    ).order_by()  # fmt: skip
    hits, of, names = Counter[Any](), Counter[Any](), {}
    for role, code, name, verdict, state in rows.values_list(
        "step__role", "unit__code", "unit__name", "verdict", "request__state"
    ):
        key = f"{role}@{code}"
        names[key] = f"{_(ROLES[role].name) if role in ROLES else role}, {name}"
        of[key] += 1
        hits[key] += (verdict == Verdict.OPPOSE) == (state == RequestState.REFUSED)
    made = compare(_tallies(hits, of, names))
    return _made(
        "advice", _("Advice never or always followed"),
        _("Is a commander's advice not read, or does it decide by itself?"),
        _("Advice on requests decided within the year; followed means supported and granted, or opposed and refused. Each "
          "office is set against all others together. Offices that were never or always followed are listed too."),
        _("followed, of advice given"), made, one_sided(made),
    )  # fmt: skip


def _before_rounds(start: date, end: date) -> Pattern:
    opened = Round.objects.exclude(state__in=[RoundState.DRAFT, RoundState.CANCELLED]).filter(
        opens_on__gt=start, opens_on__lte=end + timedelta(days=BEFORE_A_ROUND)
    )
    days = set()
    for opens_on in opened.values_list("opens_on", flat=True):
        days |= {opens_on - timedelta(days=back) for back in range(1, BEFORE_A_ROUND + 1)}
    inside = {day for day in days if start <= day < end}
    hits, of, names = Counter[Any](), Counter[Any](), {}
    rows = outside_rounds(start, end).filter(from_command__isnull=False).order_by()
    for code, name, at in rows.values_list("from_command__code", "from_command__name", "published_at"):
        names[code] = name
        of[code] += 1
        hits[code] += timezone.localdate(at) in inside
    made = compare(_tallies(hits, of, names), against=len(inside) / (end - start).days)
    return _made(
        "before-rounds", _("Moves just before a round"), _("Was somebody moved so as not to go through the round?"),
        _("Orders outside rounds issued in the thirty days before the lists of a round opened, of all orders outside rounds "
          "of the command that lost the officer, against the share of such days in the year."),
        _("in those days, of orders outside rounds"), made,
    )  # fmt: skip


def _outside_only(start: date, end: date) -> Pattern:
    hits, of, names = Counter[Any](), Counter[Any](), {}
    rows = between(start, end).order_by().exclude(kind="within-command")
    for code, name, award in rows.values_list("order__to_unit__code", "order__to_unit__name", "award"):
        names[code] = name
        of[code] += 1
        hits[code] += award is None
    made = compare(_tallies(hits, of, names))
    only = [line for line in one_sided(made) if line.tally.hits] if made.hits < made.of else []
    return _made(
        "outside-only", _("Places reached only outside rounds"),
        _("Is a station kept out of the rounds, for those who are sent there another way?"),
        _("Orders into a station outside rounds, of all orders into it, against all other stations. Stations that nobody "
          "reached by a round are listed too. Where no round was published in the year, nothing stands out."),
        _("outside rounds, of orders into the station"), made, only,
    )  # fmt: skip


def _stops(start: date, end: date) -> Pattern:
    rows = list(
        Stop.objects.filter(within("raised_at", start, end), request__is_protected=False, request__from_unit__isnull=False)
        .order_by().values_list("request__from_unit", "lifted_at")
    )  # fmt: skip
    hits, of = Counter[Any](), Counter[Any]()
    commands = commands_of({unit for unit, _at in rows}, on=end)
    for unit, lifted in rows:
        command = commands.get(unit)
        of[command] += 1
        hits[command] += lifted is not None
    names = _names(of)
    return _made(
        "stops", _("Stops lifted unusually often"), _("Do the rules that hold a transfer hold less in one command?"),
        _("Stops raised within the year on transfers out of the command, and how many of them an authority lifted, against "
          "all other commands. Those whose cause went away by itself count as not lifted."),
        _("lifted, of stops raised"), compare(_tallies(hits, of, names)),
    )  # fmt: skip


def _names(keys: Iterable[Any]) -> dict[Any, str]:
    return dict(Unit.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))


def _too_often(start: date, end: date) -> Pattern:
    day = end - timedelta(days=1)
    most, months = rules.value(RuleCode.MOVES, day), rules.value(RuleCode.MOVES_MONTHS, day)
    since = end - timedelta(days=round(months * 365.25 / 12))
    moved: dict[int, list[str]] = defaultdict(list)
    names = {}
    rows = between(since, end).exclude(kind__in=[*OWN_WISH, "within-command", "reversal"]).exclude(state="cancelled")
    for officer, code, name in rows.order_by("published_at").values_list(
        "order__officer", "from_command__code", "from_command__name"
    ):
        names[code] = name or _("no command recorded")
        moved[officer].append(code)
    hits, of = Counter[Any](), Counter[Any]()
    for commands in moved.values():
        of[commands[-1]] += 1
        hits[commands[-1]] += len(commands) > most
    return _made(
        "too-often", _("Officers moved more often than the rule allows"),
        _("Is somebody moved again and again?"),
        _("Officers moved otherwise than at their own wish or inside their command: those moved more than %(most)s times in "
          "%(months)s months, of all moved, by the command that moved them last.") % {"most": most, "months": months},
        _("moved too often, of officers moved"), compare(_tallies(hits, of, names)),
    )  # fmt: skip


def _oral(start: date, end: date) -> Pattern:
    hits, of = Counter[Any](), Counter[Any]()
    names: dict[Any, str] = {}
    rows = Direction.objects.filter(within("recorded_at", start, end), request__is_protected=False)
    for said, is_oral in rows.order_by().values_list("directed_by", "is_oral"):
        key = " ".join(said.casefold().split())
        names.setdefault(key, said)
        of[key] += 1
        hits[key] += is_oral
    made = compare(_tallies(hits, of, names), least=1)
    only = [line for line in made.lines if line.tally.hits]
    return _made(
        "oral", _("Directions by word of mouth"), _("Who tells desks by word of mouth whom to move?"),
        _("Directions recorded by desks within the year, by the office that was named, as it was written down; every one that "
          "directed by word of mouth is listed, however few."),
        _("by word of mouth, of directions"), made, only,
    )  # fmt: skip
