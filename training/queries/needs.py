"""Training needs: what posts ask for and nobody holds, what is about to lapse, and which course gives it.

A gap is that of the bird's-eye page. Whoever runs the training of an institution plans seats for the whole service, and so sees
its gaps as numbers; names only where officers may be seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from deployment.queries.skills_gap import Gap, Ground, gaps_by_skill, gaps_by_unit
from deployment.queries.viewed import access_area
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Baseline, Skill, Unit, UnitType
from organisation.queries import below, in_scope
from personnel.models import Officer, SkillHeld
from personnel.validity import months_after
from training.apportioning import apportioned
from training.models import (
    Cohort,
    CohortState,
    CourseVersion,
    GivenKind,
    Nomination,
    NominationState,
    TrainingRuleCode,
    VersionState,
)
from training.queries import rules
from training.queries.nominations import open_to_commander
from training.queries.seats import regions_of

COMING = (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED, CohortState.RUNNING)


@dataclass(frozen=True)
class Giving:
    """A course whose approved version gives the skill, and the seats that are planned or running."""

    version: CourseVersion
    seats: int


@dataclass(frozen=True)
class Need:
    """One skill of the area: how many are short, about to lapse, and what is done about it."""

    skill: Skill
    short: int
    held: int
    lapsing: int
    courses: list[Giving]

    @property
    def planned(self) -> int:
        """Seats that are planned or running in courses that give it."""
        return sum(each.seats for each in self.courses)

    @property
    def to_open(self) -> int:
        """Seats still to be opened for what is short and what lapses."""
        return max(0, self.short + self.lapsing - self.planned)


def ground_of(user: Any, code: str | None, *, on: date) -> Ground:
    """The area of the reader. Errors: NotFound for one out of reach."""
    if code is None and _plans_for_the_service(user, on):
        service = Unit.objects.filter(type=UnitType.SERVICE).order_by("pk").first()
        if service is not None:
            return Ground(service, on, Baseline.WORKING, on)
    area = access_area(user, code, on=on, today=on, permission=Permission.SEE_TRAINING)
    return Ground(area.unit, on, Baseline.WORKING, on, area.within, alone=area.own_unit_only)


def _plans_for_the_service(user: Any, on: date) -> bool:
    scope = user.scope(Permission.RUN_TRAINING, on=on)
    return Unit.objects.filter(pk__in=scope.units | scope.trees, type=UnitType.TRAINING).exists()


def needs_of(ground: Ground) -> list[Need]:
    """Every skill that is short or about to lapse in the area, the most seats to open first. A constant number of statements."""
    gaps = {each.skill.pk: each for each in gaps_by_skill(ground)}
    lapsing = lapsing_by_skill(ground)
    giving = courses_giving({*gaps, *lapsing}, on=ground.on)
    skills = Skill.objects.select_related("category").in_bulk({*gaps, *lapsing})
    found = [
        Need(
            skill, gaps[key].gap if key in gaps else 0, gaps[key].held if key in gaps else 0, lapsing.get(key, 0),
            giving.get(key, []),
        )
        for key, skill in skills.items()
    ]  # fmt: skip
    found = [each for each in found if each.short or each.lapsing]
    return sorted(found, key=lambda each: (-each.to_open, each.skill.code))


def soon(on: date) -> date:
    """Until when a certificate counts as about to lapse, by the dated rule."""
    return months_after(on, rules.value(TrainingRuleCode.REFRESHER_MONTHS, on))


def lapsing_rows(ground: Ground) -> QuerySet[SkillHeld]:
    """Skills of serving officers of the area that lapse by the day of the rule."""
    rows = SkillHeld.objects.in_force(ground.on).filter(expires_on__lte=soon(ground.on))
    serving = Officer.objects.serving(ground.on)
    if ground.unit.type != UnitType.SERVICE or ground.within:
        serving = serving.filter(unit__in=below(ground.within or [ground.unit.pk], ground.on))
        if ground.within:
            serving = serving.filter(unit__in=below([ground.unit.pk], ground.on))
    # Few certificates lapse: their officers are looked up, instead of the skills of everybody who serves.
    return rows.filter(Exists(serving.filter(unit__isnull=False, pk=OuterRef("officer_id"))))


def lapsing_by_skill(ground: Ground) -> dict[int, int]:
    """How many of each. One statement."""
    return dict(lapsing_rows(ground).values_list("skill").annotate(n=Count("pk")).order_by())


def courses_giving(skills: Iterable[int], *, on: date) -> dict[int, list[Giving]]:
    """The approved versions in force that give each skill, with the seats that are coming. Two statements."""
    versions = (
        CourseVersion.objects.in_force(on)
        .filter(state=VersionState.APPROVED, gives__kind=GivenKind.SKILL, gives__skill__in=list(skills))
        .select_related("course")
        .prefetch_related("gives")
        .distinct()
        .order_by("course__order", "course__code")
    )
    coming: Counter[int] = Counter()
    for course, seats in Cohort.objects.filter(state__in=COMING).values_list("version__course", "seats"):
        coming[course] += seats
    found: dict[int, list[Giving]] = defaultdict(list)
    for version in versions:
        for given in version.gives.all():
            if given.skill_id is not None:
                found[given.skill_id].append(Giving(version, coming[version.course_id]))
    return found


@dataclass
class Place:
    """A region, or what stands in none: how many are short there, by county."""

    unit: Unit | None
    short: int = 0
    units: list[Gap] = field(default_factory=list)


@dataclass
class SkillNeed:
    """One skill: where it is short, the courses, and the seats proposed for each place."""

    need: Need
    places: list[Place]
    seats: int
    shares: dict[str, int]

    def address(self, version: CourseVersion) -> str:
        """The query that fills in the plan of a cohort."""
        kept = "".join(f"&share-{code}-either={number}" for code, number in self.shares.items())
        return f"?course={version.course.code}&seats={self.seats}{kept}"


def need_of(ground: Ground, code: str, *, seats: int | None) -> SkillNeed:
    """One skill of the area, and where trainees come from. Errors: NotFound for an unknown skill."""
    skill = Skill.objects.select_related("category").filter(code=code).first()
    if skill is None:
        raise NotFound(code)
    gaps = gaps_by_unit(ground, skill)
    lapsing = lapsing_by_skill(ground).get(skill.pk, 0)
    short = sum(each.gap for each in gaps)
    need = Need(skill, short, 0, lapsing, courses_giving([skill.pk], on=ground.on).get(skill.pk, []))
    places = _places(gaps, on=ground.on)
    number = seats or min(max(need.to_open, 1), 500)
    wanted = {each.unit.code: each.short for each in places if each.unit is not None}
    return SkillNeed(need, places, number, apportioned(number, wanted))


def _places(gaps: list[Gap], *, on: date) -> list[Place]:
    regions = regions_of([each.unit.pk for each in gaps if each.unit], on=on)
    units = Unit.objects.in_bulk(set(regions.values()))
    found: dict[int | None, Place] = {}
    for each in gaps:
        key = regions.get(each.unit.pk) if each.unit else None
        place = found.setdefault(key, Place(units.get(key) if key else None))
        place.short += each.gap
        place.units.append(each)
    return sorted(found.values(), key=lambda place: (-place.short, place.unit.code if place.unit else "~"))


def lapsing_listed(user: Any, ground: Ground, code: str) -> tuple[Skill, QuerySet[SkillHeld]]:
    """The officers behind the number that the reader may see, the first to lapse on top. Errors: NotFound."""
    skill = Skill.objects.filter(code=code).first()
    if skill is None:
        raise NotFound(code)
    seen = in_scope(user.scope(Permission.SEE_OFFICERS, on=ground.on), on=ground.on, field="officer__unit")
    rows = lapsing_rows(ground).filter(seen, skill=skill).select_related("officer__rank", "officer__unit", "skill")
    return skill, rows.order_by("expires_on", "officer__service_number")


def refreshing(user: Any, skill: Skill, *, on: date) -> list[Cohort]:
    """Cohorts that take names, to which the commander may send somebody, and whose course gives the skill."""
    if not user.can(Permission.NOMINATE_TRAINEES, on=on):
        return []
    gives = Q(version__gives__kind=GivenKind.SKILL, version__gives__skill=skill)
    return list(open_to_commander(user, [Permission.NOMINATE_TRAINEES], on=on).filter(gives).distinct())


def named_already(rows: Iterable[SkillHeld], *, on: date) -> set[int]:
    """Officers who are put forward for a course that is to come. One statement."""
    states = (NominationState.ASKED, NominationState.PROPOSED, NominationState.WAITING, NominationState.ACCEPTED)
    names = Nomination.objects.filter(state__in=states, cohort__first_on__gte=on)
    return set(names.filter(officer__in=[each.officer_id for each in rows]).values_list("officer", flat=True))
