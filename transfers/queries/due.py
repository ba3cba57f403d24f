"""Who is due to move, at any date: overstay, hardship rotation, home area, retirement, and whose arrival nobody knows.

Every count is the length of the list it opens: both are one filter over the substantive postings in force on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from deployment.models import DeploymentRule, Posting, PostingKind
from deployment.models import RuleCode as TenureCode
from deployment.queries.tenure import Limits, limits, months_between, over_limit
from hcims.access.permissions import Permission
from hcims.keys_first import KeysFirst
from hcims.periods import in_force
from organisation.models import ClassScheme, UnitClassing
from organisation.queries import below, in_scope
from personnel.models import Officer, SkillHeld
from personnel.queries import retirement_rules, retiring_until
from personnel.retirement import Rule
from personnel.validity import months_after
from transfers.models import RequestState, RuleCode, TenureExemption, TransferKind, TransferRequest, TransferRule
from transfers.queries import rules

WORKERS = (Permission.PROCESS_TRANSFERS, Permission.ADVISE_TRANSFERS)
AHEAD = 12  # months, where no rule says how far
UNDER_WAY = (
    RequestState.ADVICE, RequestState.DECISION, RequestState.POOLED, RequestState.APPROVED, RequestState.PUBLISHED,
)  # fmt: skip
MOVES = (TransferKind.ROTATION, TransferKind.SERVICE_NEED, TransferKind.REQUEST)
FLAG = BooleanField()
ARRIVAL = Coalesce(F("arrived_on"), F("starts_on"))
SORTS: dict[str, tuple[Any, ...]] = {
    "since": ("-start_known", ARRIVAL, "officer__service_number"),  # an unknown arrival after all that are known
    "number": ("officer__service_number",),
    "rank": ("officer__rank__order", ARRIVAL, "officer__service_number"),
    "unit": ("unit__name", ARRIVAL, "officer__service_number"),
    "county": ("unit__county__name", ARRIVAL, "officer__service_number"),
}


def months_ahead(on: date, *, known: Mapping[str, TransferRule] | None = None) -> int:
    """How many months ahead the list looks on a day. One query, unless the rules of the day are `known`."""
    found = (rules.values(on) if known is None else known).get(RuleCode.DUE_AHEAD)
    return found.value if found and found.value else AHEAD


@dataclass
class Yardstick:
    """The rules of one day, read once: what makes somebody due, and whom the limit does not count for."""

    on: date
    limits: Limits = field(init=False)
    rules: Mapping[str, TransferRule] = field(init=False)
    exemptions: list[TenureExemption] = field(init=False)
    retirement: list[Rule] = field(init=False)
    minimum: DeploymentRule | None = field(init=False)

    def __post_init__(self) -> None:
        self.limits = limits(self.on)
        self.rules = rules.values(self.on)
        self.exemptions = list(TenureExemption.objects.in_force(self.on).select_related("skill", "duty", "unit"))
        self.retirement = retirement_rules()
        self.minimum = DeploymentRule.objects.in_force(self.on).filter(code=TenureCode.TENURE_MINIMUM).first()

    def number(self, code: RuleCode) -> int | None:
        """The value of a rule; None where none is in force, and nobody is due by it."""
        found = self.rules.get(code)
        return found.value if found else None

    @property
    def ahead(self) -> int:
        """How many months ahead the list looks."""
        return months_ahead(self.on, known=self.rules)

    @cached_property
    def hardship(self) -> QuerySet[UnitClassing]:
        """The classings that make a unit a hardship area."""
        return UnitClassing.objects.filter(in_force(self.on), scheme=ClassScheme.HARDSHIP)

    @cached_property
    def exempt(self) -> Q:
        """Postings to which the limit of tenure does not apply."""
        # Holders are looked up once and not officer by officer: an EXISTS in each of the counts was half of their cost.
        held = SkillHeld.objects.in_force(self.on).filter(
            skill__in=[each.skill_id for each in self.exemptions if each.skill_id]
        )
        return (
            Q(duty__in=[each.duty_id for each in self.exemptions if each.duty_id])
            | Q(unit__in=[each.unit_id for each in self.exemptions if each.unit_id])
            | Q(unit__type__in=[each.unit_type for each in self.exemptions if each.unit_type])
            | Q(officer__in=held.values("officer"))
        )

    def reasons(self) -> dict[str, Q]:
        """Why somebody is on the list, by the word in the address. `all` is any of them but the exempt."""
        return self._reasons

    @cached_property
    def _reasons(self) -> dict[str, Q]:
        over, known = over_limit(self.on, known=self.limits), Q(start_known=True)
        soon = over_limit(months_after(self.on, self.ahead)) & ~over
        months = self.number(RuleCode.HARDSHIP_MONTHS)
        hardship = Q(pk__in=[])
        if months is not None:
            since = months_after(self.on, -months)
            there_since = Q(starts_on__lte=since) | Q(arrived_on__lte=since)
            hardship = known & there_since & Q(unit__in=self.hardship.values("unit"))
        found = {
            "overstay": over & ~self.exempt,
            "hardship": hardship,
            "home": Q(unit__county=F("officer__home_county")),
            "retirement": self._retiring(),
            "unknown": Q(start_known=False),
            "soon": soon & ~self.exempt,
            "exempt": over & self.exempt,
        }
        due = Q()
        for code in ("overstay", "hardship", "home", "unknown"):
            due |= found[code]
        return {"all": due, **found}

    def _retiring(self) -> Q:
        until = months_after(self.on, self.ahead)
        return Q(officer__in=Officer.objects.filter(retiring_until(until, self.retirement)).values("pk"))


def postings(user: Any, *, on: date, today: date) -> QuerySet[Posting]:
    """The substantive postings of police officers on a day, where the reader processes or advises; one's own is not there."""
    reach = Q(pk__in=[])
    for permission in WORKERS:
        reach |= in_scope(user.scope(permission, on=today), on=today)
    serving = (Q(officer__exited_on__isnull=True) | Q(officer__exited_on__gt=on)) & ~Q(
        officer__exit_reason="entered-in-error"
    )
    held = Posting.objects.in_force(on).filter(
        reach, serving, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, post_rank__isnull=False
    )
    return held.exclude(officer__user=user)


@dataclass(frozen=True)
class Asked:
    """What the list was asked for."""

    on: date
    why: str = "all"
    unit: Any = None
    county: str = ""
    rank: str = ""
    number: str = ""


def filtered(rows: QuerySet[Posting], asked: Asked) -> QuerySet[Posting]:
    """The postings within unit, county, rank and number asked for."""
    if asked.unit is not None:
        rows = rows.filter(unit__in=below([asked.unit.pk], asked.on))
    if asked.county:
        rows = rows.filter(unit__county__code=asked.county)
    if asked.rank:
        rows = rows.filter(officer__rank__code=asked.rank)
    return rows.filter(officer__service_number=asked.number) if asked.number else rows


def counts(rows: QuerySet[Posting], by: Yardstick) -> dict[str, int]:
    """How many officers are due for each reason. One query."""
    return rows.order_by().aggregate(**{code: Count("pk", filter=q) for code, q in by.reasons().items()})


@dataclass(frozen=True)
class CountyLine:
    """A county and how many of its officers are due on each of some days, if nobody moves."""

    code: str
    name: str
    numbers: list[tuple[date, int]]


def ahead_by_county(user: Any, asked: Asked, *, today: date) -> tuple[list[date], list[CountyLine]]:
    """Who is due for the reason asked for, by county, today and each quarter ahead. One query a day, and its rules."""
    months = months_ahead(asked.on)
    days = [months_after(asked.on, step) for step in range(0, months + 1, 3)]
    names: dict[str, str] = {}
    found: dict[tuple[str, date], int] = {}
    for day in days:
        rows = filtered(postings(user, on=day, today=today), Asked(day, unit=asked.unit, rank=asked.rank))
        by_county = rows.filter(Yardstick(day).reasons()[asked.why], unit__county__isnull=False).order_by()
        for code, name, n in by_county.values_list("unit__county__code", "unit__county__name").annotate(n=Count("pk")):
            names[code], found[code, day] = name, n
    lines = [
        CountyLine(code, names[code], [(day, found.get((code, day), 0)) for day in days])
        for code in sorted(names, key=names.__getitem__)
    ]
    return days, lines


def ordered(rows: QuerySet[Posting], sort: str = "since") -> QuerySet[Posting]:
    """The postings in the order of a key of SORTS, "-" before it for the other way round."""
    sort = sort if sort.lstrip("-") in SORTS else "since"
    fields = list(SORTS[sort.lstrip("-")])
    if sort.startswith("-"):
        turned = 1 if fields[0] == "-start_known" else 0  # an unknown arrival stays last either way
        fields[turned] = f"-{fields[turned]}"
    return rows.order_by(*fields)


def detailed(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """The postings with what the list shows of them."""
    return rows.select_related("officer__rank", "officer__home_county", "unit__county", "duty")


@dataclass
class Extras:
    """What a page of the list shows beside its rows, looked up for all of them at once."""

    by: Yardstick
    why: dict[int, list[str]] = field(default_factory=dict)
    under_way: dict[int, str] = field(default_factory=dict)

    def months(self, posting: Posting) -> int | None:
        """Whole months at the station; None where nobody knows since when."""
        return months_between(posting.arrival, self.by.on) if posting.start_known else None

    def reasons(self, posting: Posting) -> list[str]:
        """Why the officer is on the list, in words of the address."""
        return self.why.get(posting.pk, [])


def extras_of(page: Iterable[Posting], by: Yardstick) -> Extras:
    """Reasons and what is under way, for the rows of a page, by the filters of the counts. Two queries."""
    rows = list(page)
    codes = [code for code in by.reasons() if code != "all"]
    held = [Case(When(by.reasons()[code], then=Value(True)), default=False, output_field=FLAG) for code in codes]
    flags = Posting.objects.filter(pk__in=[each.pk for each in rows]).order_by().values_list("pk", *held)
    why = {key: [code for code, is_so in zip(codes, so, strict=True) if is_so] for key, *so in flags}
    return Extras(by, why, under_way([each.officer_id for each in rows]))


def under_way(officers: Iterable[int]) -> dict[int, str]:
    """The state of a transfer that is under way, by officer. A protected one is never among them."""
    rows = TransferRequest.objects.filter(
        officer__in=list(officers), state__in=UNDER_WAY, kind__in=MOVES, is_protected=False
    )
    return dict(rows.values_list("officer", "state"))


class Lines(KeysFirst[Posting]):
    """The list as a table takes it, in the order of a key of SORTS."""

    model = Posting

    def ordered(self) -> QuerySet[Posting]:
        return ordered(self.rows, *self.sorts[:1])

    def shown(self, rows: QuerySet[Posting]) -> QuerySet[Posting]:
        return detailed(rows)
