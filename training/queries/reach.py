"""What a plan of calls is computed from: seats that are free, wards without a trained officer, officers who may be called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from hcims.access.permissions import Permission
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure, UnitType, Ward
from organisation.queries import below, in_scope
from personnel.models import Officer
from training.eligibility import RANK_FROM, RANK_TO, Condition, bars
from training.models import LIVE, Cohort, EnrolmentState, NominationState
from training.queries import seats as seat_queries
from training.queries.eligibility import conditions_of, findings_for
from training.queries.trained import ROLLED_OUT, serving_posts, trained_where, wards_by_unit
from training.reach import Candidate, Seats
from training.reach import Ward as UncoveredWard
from training.seating import seated

AT_A_TIME = 3  # officers of a ward and sex whose record is read before the next are


@dataclass
class Problem:
    """Plain values for `training.reach.plan`, and what the page says of them."""

    seats: list[Seats] = field(default_factory=list)
    wards: list[UncoveredWard] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    cover: dict[Any, tuple[int, int]] = field(default_factory=dict)
    all_wards: int = 0
    covered: int = 0
    under_way: int = 0  # wards without a trained officer in which somebody is being trained
    read: int = 0  # officers whose record was looked at


@dataclass(frozen=True)
class _Post:
    """An officer where he or she serves, as the order needs it."""

    officer: int
    number: str
    sex: str
    ward: int
    unit: int
    rank: int | None
    days: int | None


def problem_of(user: Any, cohort: Cohort, area: Unit, *, on: date) -> Problem:
    """Everything a plan for this cohort from the officers of the area needs; a number of statements that does not grow."""
    wards = wards_by_unit(on)
    inside = set(below([area.pk], on).values_list("descendant", flat=True))
    places = {wards[unit] for unit in inside if unit in wards}
    trained = {each.ward for each in trained_where(on) if each.ward in places}
    coming = {wards.get(unit) for unit in _being_trained(on)} & places - trained
    uncovered = places - trained - coming
    posts = _posts(user, inside, wards, on=on)
    strength = Counter(each.ward for each in posts)
    known = {each.pk: each for each in Ward.objects.filter(pk__in=places).select_related("county")}
    found = Problem(
        seats=free_seats(cohort, on=on),
        wards=[UncoveredWard(pk, known[pk].code, known[pk].county_id, strength[pk]) for pk in uncovered],
        cover=_cover(known.values(), trained | coming),
        all_wards=len(places), covered=len(trained), under_way=len(coming),
    )  # fmt: skip
    found.candidates, found.read = _candidates(cohort, [each for each in posts if each.ward in uncovered], on=on)
    return found


def _cover(wards: Iterable[Ward], covered: set[Any]) -> dict[Any, tuple[int, int]]:
    """Wards of each county that are covered or soon will be, and how many there are, of those of the area."""
    every: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for each in wards:
        every[each.county_id] += 1
        held[each.county_id] += each.pk in covered
    return {county: (held[county], number) for county, number in every.items()}


def _being_trained(on: date) -> Iterable[int]:
    """Units of officers who are trainees of a programme that is rolled out, or have a seat in it."""
    taken = Q(enrolments__state__in=[EnrolmentState.CALLED, EnrolmentState.JOINED])
    kinds = Q(enrolments__cohort__version__course__programme__kind__in=ROLLED_OUT)
    trainees = Officer.objects.filter(taken & kinds)
    seated_now = Officer.objects.filter(
        nominations__state=NominationState.ACCEPTED,
        nominations__cohort__version__course__programme__kind__in=ROLLED_OUT,
        nominations__cohort__last_on__gte=on,
    )
    held = serving_posts(on).filter(Q(officer__in=trainees.values("pk")) | Q(officer__in=seated_now.values("pk")))
    return held.values_list("unit", flat=True)


def _posts(user: Any, inside: set[int], wards: dict[int, int], *, on: date) -> list[_Post]:
    """Officers who serve in a ward of the area, of those whom the reader's plan reaches; one statement."""
    reach = in_scope(user.scope(Permission.LEAD_ROLLOUT, on=on), on=on)
    since = Coalesce("tenure_since", "arrived_on", "starts_on")
    rows = (
        serving_posts(on)
        .filter(reach)
        .annotate(since=since)
        .values_list(
            "officer", "officer__service_number", "officer__sex", "unit", "officer__rank__order", "since", "start_known"
        )
    )
    return [
        _Post(officer, number, sex, wards[unit], unit, rank, (on - since).days if known else None)
        for officer, number, sex, unit, rank, since, known in rows
        if unit in inside and unit in wards
    ]


def free_seats(cohort: Cohort, *, on: date) -> list[Seats]:
    """The seats nobody has yet: those kept for some, and those open to all."""
    given = list(cohort.nominations.filter(state=NominationState.ACCEPTED).select_related("officer"))
    shares = seat_queries.shares_of(cohort)
    placed = seated(seat_queries.candidates_of(cohort, given, on=on), shares, cohort.seats)
    taken = Counter(each.share for each in placed)
    kept = [Seats(max(0, share.seats - taken[place]), share.region, share.sex) for place, share in enumerate(shares)]
    left = max(0, cohort.seats - len(given) - sum(each.number for each in kept))
    return [*kept, Seats(left)]


def _candidates(cohort: Cohort, posts: list[_Post], *, on: date) -> tuple[list[Candidate], int]:
    """Of each ward and sex the first officers in the published order who may enter; read a few at a time."""
    named = dict(cohort.nominations.filter(state__in=LIVE).values_list("officer", "state"))
    barred = _holds_no_seat(named)
    conditions = conditions_of([cohort.version.course_id], on=cohort.first_on).get(cohort.version.course_id, [])
    regions = seat_queries.regions_of({each.unit for each in posts}, on=on)
    waiting: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for each in posts:
        if each.officer not in barred and _fits_rank(each.rank, conditions):
            one = Candidate(each.officer, each.number, each.ward, regions.get(each.unit), each.sex,
                            put_forward=each.officer in named, days=each.days)  # fmt: skip
            waiting[each.ward, each.sex].append(one)
    for queue in waiting.values():
        queue.sort(key=lambda one: one.place, reverse=True)  # the first stands last
    return _eligible(cohort, waiting, on=on)


def _holds_no_seat(named: dict[int, str]) -> set[int]:
    """Officers who have a seat in the cohort already."""
    return {officer for officer, state in named.items() if state == NominationState.ACCEPTED}


def _fits_rank(rank: int | None, conditions: list[Condition]) -> bool:
    """What can be said without reading a record; 1 is the highest rank."""
    if rank is None:
        return True
    for each in conditions:
        if each.rank is not None and (
            (each.kind == RANK_FROM and rank > each.rank) or (each.kind == RANK_TO and rank < each.rank)
        ):
            return False
    return True


def _eligible(
    cohort: Cohort, waiting: dict[tuple[int, str], list[Candidate]], *, on: date
) -> tuple[list[Candidate], int]:
    found: list[Candidate] = []
    read = 0
    while waiting:
        batch = [one for queue in waiting.values() for one in queue[-AT_A_TIME:]]
        may = _may_enter(cohort, [each.officer for each in batch], on=on)
        found += [each for each in batch if each.officer in may]
        read += len(batch)
        done = {(each.ward, each.sex) for each in batch if each.officer in may}
        waiting = {
            key: queue[:-AT_A_TIME] for key, queue in waiting.items() if key not in done and len(queue) > AT_A_TIME
        }
    return found, read


def _may_enter(cohort: Cohort, keys: list[Any], *, on: date) -> set[int]:
    officers = Officer.objects.filter(pk__in=keys).select_related("rank", "unit")
    findings = findings_for(cohort, officers, on=on)
    return {pk for pk, found in findings.items() if not bars(found)}


def ward_names(keys: Iterable[Any]) -> dict[int, Ward]:
    """Wards with their counties; one statement."""
    return {each.pk: each for each in Ward.objects.filter(pk__in=list(keys)).select_related("county")}


def ward_of_officer(officer: Officer, *, on: date) -> Ward | None:
    """The ward in which an officer serves on the day."""
    unit = serving_posts(on).filter(officer=officer).values_list("unit", flat=True).first()
    if unit is None:
        return None
    links = UnitClosure.objects.filter(in_force(on), descendant=unit, ancestor__type=UnitType.WARD)
    units = Unit.objects.filter(Q(pk=unit) | Q(pk__in=links.values("ancestor")), ward__isnull=False)
    found = units.select_related("ward__county").order_by("-pk").first()
    return found.ward if found else None


def reaches(ward: Ward | None, *, on: date) -> bool:
    """Whether somebody called from the ward would be the first there: nobody is trained, or being trained, in it."""
    if ward is None:
        return False
    wards = wards_by_unit(on)
    held = {each.ward for each in trained_where(on)} | {wards.get(unit) for unit in _being_trained(on)}
    return ward.pk not in held


def is_rolled_out(cohort: Cohort) -> bool:
    """Whether the cohort's course goes down to the wards."""
    programme = cohort.version.course.programme
    return programme is not None and programme.kind in ROLLED_OUT
