"""Reads the record for a freeze, in a constant number of statements whatever the size of the service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, Q

from deployment.models import Posting, PostingKind
from deployment.queries.tenure import COUNTS_FROM, limits
from hcims.periods import in_force
from organisation.models import Baseline, ClassScheme, EstablishmentLine, Skill, Unit, UnitClassing, UnitClosure
from personnel.models import (
    Dependant,
    DisciplineRecord,
    DisciplineState,
    EvidenceState,
    Officer,
    SkillHeld,
    Spouse,
)
from personnel.queries.rules import retirement_rules, retiring_until
from personnel.validity import months_after
from transfers.freezing.people import months_between
from transfers.freezing.rows import Exemptions, HolderRow, Record, RequestRow, UnitRow
from transfers.models import (
    Checked,
    Redress,
    RequestedPlace,
    RequestGround,
    RequestState,
    Round,
    TenureExemption,
    TransferRequest,
)
from transfers.models.rules import RuleCode, TransferRule
from transfers.queries.redress import WAITS_FOR_A_ROUND
from transfers.rulebook import LEVELS

ABOVE = LEVELS[1:]
STATIONS = ("station", "post", "patrol-base")


def read(round: Round, *, on: date) -> Record:
    """Return the record as it stands on the day `on` for a round. Shape: plain rows, see `transfers.freezing.rows`."""
    units, held_in = _units(on), limits(on)
    requests = _requests(round)
    asking = TransferRequest.objects.filter(round=round, state=RequestState.POOLED).values("officer")
    return Record(
        on=on,
        units=units,
        below=_below(round, units, on),
        holders=tuple(_holders(on)),
        posts=posts_of(round, on),
        requests=requests,
        skills_held=_skills(asking, on),
        skill_codes=dict(Skill.objects.values_list("pk", "code")),
        tenure_limit={unit: held_in.operation_months for unit in held_in.operation_units if held_in.operation_months},
        exemptions=_exemptions(on),
        in_discipline=frozenset(
            DisciplineRecord.objects.filter(state=DisciplineState.OPEN).values_list("officer", flat=True)
        ),
        retiring_soon=_retiring(on),
        hardship_months=_hardship(on),
        spouse_counties=_spouses(asking),
        **_dependants(asking),
        priorities=_priorities(),
    )


def read_one(round: Round, officer: Officer, request: TransferRequest | None, *, on: date) -> Record:
    """Return the record of one officer alone, with the request he or she has now, whether or not it waits for the round.

    What is read of everybody in `read` is read here of one: the same rows, through the same functions.
    """
    own, held_in = Officer.objects.filter(pk=officer.pk).values("pk"), limits(on)
    asked = list(request.places.values_list("unit", "any_below")) if request else []
    near = {unit for unit, _ in asked} | ({officer.unit_id} if officer.unit_id else set())
    grounds = (
        RequestGround.objects.filter(request=request, checked=Checked.VERIFIED)
        if request
        else RequestGround.objects.none()
    )
    rows = Unit.objects.open_on(on).filter(pk__in=near).values_list("pk", "code", "type", "county__code")
    row = (
        RequestRow(
            officer.pk,
            request.ref,
            request.carried_forward,
            tuple(asked),
            frozenset(grounds.values_list("ground__code", flat=True)),
        )
        if request
        else None
    )
    cases = DisciplineRecord.objects.filter(state=DisciplineState.OPEN, officer=officer)
    return Record(
        on=on,
        units={pk: UnitRow(pk, code, type, county or "", None, None, {}) for pk, code, type, county in rows},
        below={},
        holders=tuple(_holders(on, officer)),
        posts={},
        requests={officer.pk: row} if row else {},
        skills_held={},
        skill_codes={},
        tenure_limit={unit: held_in.operation_months for unit in held_in.operation_units if held_in.operation_months},
        exemptions=_exemptions(on),
        in_discipline=frozenset(cases.values_list("officer", flat=True)),
        retiring_soon=_retiring(on, officer),
        hardship_months=_hardship(on, officer),
        spouse_counties=_spouses(own),
        priorities=_priorities(officer),
        **_dependants(own),
    )  # fmt: skip


def _units(on: date) -> dict[int, UnitRow]:
    above: dict[int, dict[str, str]] = defaultdict(dict)
    links = UnitClosure.objects.filter(in_force(on), ancestor__type__in=ABOVE)
    for unit, level, code in links.values_list("descendant", "ancestor__type", "ancestor__code"):
        above[unit][level] = code
    rows = Unit.objects.open_on(on).values_list("pk", "code", "type", "county__code", "latitude", "longitude")
    return {
        pk: UnitRow(pk, code, type, county or "", _number(north), _number(east), above.get(pk, {}))
        for pk, code, type, county, north, east in rows
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _below(round: Round, units: dict[int, UnitRow], on: date) -> dict[int, tuple[int, ...]]:
    areas = RequestedPlace.objects.filter(request__round=round, request__state=RequestState.POOLED, any_below=True)
    links = UnitClosure.objects.filter(in_force(on), ancestor__in=areas.values("unit"), descendant__type__in=STATIONS)
    found: dict[int, list[int]] = defaultdict(list)
    for area, station in links.values_list("ancestor", "descendant"):
        if station in units:
            found[area].append(station)
    return {area: tuple(sorted(stations)) for area, stations in found.items()}


def _holders(on: date, only: Officer | None = None) -> Iterable[HolderRow]:
    held = (
        Posting.objects.in_force(on)
        .filter(kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, officer__rank__isnull=False)
        .filter(officer__in=Officer.objects.serving(on))
        .order_by("officer")
    )
    held = held if only is None else held.filter(officer=only)
    rows = held.values_list(
        "officer", "officer__ref", "unit", "officer__rank__code", "post_skill", COUNTS_FROM, "start_known", "duty",
        "officer__sex", "officer__home_county__code", "officer__born_on",
    )  # fmt: skip
    for officer, ref, unit, rank, skill, since, known, duty, sex, home, born in rows.iterator():
        yield HolderRow(officer, ref, unit, rank, skill, since, known, duty, sex, home or "", born)


def posts_of(round: Round, on: date) -> dict[tuple[int, str, int | None], int]:
    """Return the working strength, and over it the lines of an approved seat table. Never the authorised establishment."""
    lines = EstablishmentLine.objects.in_force(on).filter(baseline=Baseline.WORKING)
    posts = {
        (unit, rank, skill): seats
        for unit, rank, skill, seats in lines.values_list("unit", "rank__code", "skill", "posts")
    }
    for unit, rank, skill, seats in round.seat_lines.values_list("unit", "rank__code", "skill", "seats"):
        posts[unit, rank, skill] = seats
    return posts


def _requests(round: Round) -> dict[int, RequestRow]:
    pooled = Q(request__round=round, request__state=RequestState.POOLED)
    places: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    rows = RequestedPlace.objects.filter(pooled).order_by("request", "position")
    for request, unit, any_below in rows.values_list("request", "unit", "any_below"):
        places[request].append((unit, any_below))
    grounds: dict[int, set[str]] = defaultdict(set)
    for request, code in RequestGround.objects.filter(pooled, checked=Checked.VERIFIED).values_list(
        "request", "ground__code"
    ):
        grounds[request].add(code)
    waiting = TransferRequest.objects.filter(round=round, state=RequestState.POOLED)
    return {
        officer: RequestRow(officer, ref, carried, tuple(places[pk]), frozenset(grounds[pk]))
        for pk, officer, ref, carried in waiting.values_list("pk", "officer", "ref", "carried_forward")
    }


def _skills(asking: Any, on: date) -> dict[int, frozenset[int]]:
    held: dict[int, set[int]] = defaultdict(set)
    rows = SkillHeld.objects.in_force(on).filter(officer__in=asking, state=EvidenceState.VERIFIED)
    for officer, skill in rows.values_list("officer", "skill"):
        held[officer].add(skill)
    return {officer: frozenset(skills) for officer, skills in held.items()}


def _exemptions(on: date) -> Exemptions:
    rows = list(TenureExemption.objects.in_force(on).values_list("skill", "duty", "unit", "unit_type"))
    skills, duties, units, types = (frozenset(row[column] for row in rows if row[column]) for column in range(4))
    return Exemptions(skills, duties, units, types)


def _retiring(on: date, only: Officer | None = None) -> frozenset[int]:
    months = (
        TransferRule.objects.in_force(on)
        .filter(code=RuleCode.RETIREMENT_CHOICE)
        .values_list("value", flat=True)
        .first()
    )
    if not months:
        return frozenset()
    soon = retiring_until(months_after(on, months), retirement_rules())
    found = Officer.objects.serving(on).filter(soon)
    return frozenset((found if only is None else found.filter(pk=only.pk)).values_list("pk", flat=True))


def _hardship(on: date, only: Officer | None = None) -> dict[int, int]:
    """Whole months served in units while they were classed as hardship areas, all postings of an officer together."""
    classed: dict[int, list[tuple[date, date]]] = defaultdict(list)
    classings = UnitClassing.objects.filter(scheme=ClassScheme.HARDSHIP, starts_on__lte=on)
    for unit, since, until in classings.values_list("unit", "starts_on", "ends_on"):
        classed[unit].append((since, min(until or on, on)))
    months: dict[int, int] = defaultdict(int)
    postings = Posting.objects.filter(
        unit__classings__in=classings,
        kind=PostingKind.SUBSTANTIVE,
        voided_at__isnull=True,
        start_known=True,
        starts_on__lte=on,
    ).distinct()
    postings = postings if only is None else postings.filter(officer=only)
    rows = postings.order_by("officer", "starts_on", "pk").values_list("officer", "unit", "starts_on", "ends_on")
    for officer, unit, since, until in _stays(rows.iterator()):
        for first, last in classed[unit]:
            start, end = max(since, first), min(until or on, last)
            if start < end:
                months[officer] += months_between(start, end)
    return dict(months)


def _stays(rows: Iterable[tuple[int, int, date, date | None]]) -> Iterator[tuple[int, int, date, date | None]]:
    """Postings that follow one another at the same unit as one: another duty there costs nobody half a month."""
    stay: tuple[int, int, date, date | None] | None = None
    for row in rows:
        if stay is not None and stay[:2] == row[:2] and stay[3] == row[2]:
            stay = (*stay[:3], row[3])
            continue
        if stay is not None:
            yield stay
        stay = row
    if stay is not None:
        yield stay


def _priorities(only: Officer | None = None) -> frozenset[int]:
    """To whom an upheld appeal owes priority that no round has counted yet."""
    owed = Redress.objects.filter(WAITS_FOR_A_ROUND)
    return frozenset((owed if only is None else owed.filter(officer=only)).values_list("officer", flat=True))


def _spouses(asking: Any) -> dict[int, tuple[str, ...]]:
    """The county of a spouse: where he or she serves, or else where the record says."""
    rows = Spouse.objects.filter(officer__in=asking, ended_on__isnull=True).annotate(
        serving=F("in_service__unit__county__code")
    )
    found: dict[int, set[str]] = defaultdict(set)
    for officer, serving, county in rows.values_list("officer", "serving", "county__code"):
        if code := serving or county:
            found[officer].add(code)
    return {officer: tuple(sorted(codes)) for officer, codes in found.items()}


def _dependants(asking: Any) -> dict[str, dict[int, tuple[str, ...]]]:
    school: dict[int, set[str]] = defaultdict(set)
    care: dict[int, set[str]] = defaultdict(set)
    rows = Dependant.objects.filter(officer__in=asking, ended_on__isnull=True, school_county__isnull=False)
    for officer, code, disabled in rows.values_list("officer", "school_county__code", "has_disability"):
        (care if disabled else school)[officer].add(code)
        school[officer].add(code)
    return {
        "school_counties": {officer: tuple(sorted(codes)) for officer, codes in school.items()},
        "care_counties": {officer: tuple(sorted(codes)) for officer, codes in care.items()},
    }
