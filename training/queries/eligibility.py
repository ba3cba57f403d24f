"""The facts behind eligibility, read for many officers in a constant number of statements, and the findings on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q

from hcims.periods import in_force
from organisation.models import UnitClosure, UnitType
from personnel.models import (
    CourseAttended,
    DisciplineRecord,
    DisciplineState,
    EvidenceState,
    Officer,
    QualificationHeld,
    RankHolding,
    SkillHeld,
)
from personnel.queries import retirement_of, retirement_rules
from training import eligibility
from training.eligibility import Condition, Facts, Finding, House
from training.models import Cohort, Enrolment, EnrolmentState, EntryCondition, TrainingRuleCode
from training.queries import rules

ENDED = (EnrolmentState.FAILED, EnrolmentState.NO_SHOW)
TAKEN = (EnrolmentState.CALLED, EnrolmentState.JOINED)


@dataclass(frozen=True)
class Days:
    """The days of a course, and the unit that holds it; what is asked without a cohort has today alone."""

    first_on: date
    last_on: date
    unit: int | None = None  # set where a command holds it for its own officers
    cohort: int | None = None

    @staticmethod
    def of(cohort: Cohort) -> Days:
        """Those of a cohort."""
        is_open = cohort.unit.type == UnitType.TRAINING
        return Days(cohort.first_on, cohort.last_on, None if is_open else cohort.unit_id, cohort.pk)


def conditions_of(courses: Iterable[int], *, on: date) -> dict[int, list[Condition]]:
    """The conditions of each course in force on the day, in the order of their kinds. One statement."""
    found: dict[int, list[Condition]] = defaultdict(list)
    rows = EntryCondition.objects.in_force(on).filter(course__in=list(courses))
    for each in rows.select_related("rank", "skill", "qualification", "passed").order_by("kind", "pk"):
        named: Any = each.rank or each.skill or each.qualification or each.passed
        found[each.course_id].append(
            Condition(
                each.kind,
                value=each.value,
                rank=each.rank.order if each.rank else None,
                key=named.pk if named is not None and each.rank is None else None,
                name_en=named.name_en if named is not None else "",
                name_sw=named.name_sw if named is not None else "",
                basis=each.legal_basis,
                is_confirmed=each.is_confirmed,
            )
        )
    return found


def house_rules(*, on: date) -> House:
    """What holds for every course, on the day. One statement."""
    found = rules.values(on)
    attempts, months = found.get(TrainingRuleCode.ATTEMPTS), found.get(TrainingRuleCode.REFRESHER_MONTHS)
    return House(
        attempts=attempts.value if attempts else 1_000,
        attempts_basis=attempts.legal_basis if attempts else "",
        refresher_months=months.value if months else 0,
        refresher_basis=months.legal_basis if months else "",
    )


def findings_for(cohort: Cohort, officers: Iterable[Officer], *, on: date) -> dict[int, list[Finding]]:
    """What the entry conditions say of each officer on the first day of the cohort. Constant in the number of officers."""
    read = _Record.of(officers, [cohort.version.course_id], Days.of(cohort), on=on)
    return {
        officer.pk: eligibility.findings(
            read.conditions.get(cohort.version.course_id, []),
            read.facts(officer, cohort.version.course_id),
            read.house,
            on=cohort.first_on,
        )
        for officer in read.officers
    }


def findings_on_cohorts(officer: Officer, cohorts: Iterable[Cohort], *, on: date) -> dict[int, list[Finding]]:
    """What the conditions of each cohort say of one officer on its first day; constant in the number of cohorts.

    The cohorts are those that officers of the unit may go to.
    """
    cohorts = list(cohorts)
    courses = sorted({each.version.course_id for each in cohorts})
    read = _Record.of([officer], courses, Days(on, on), on=on)
    taken = list(
        Enrolment.objects.filter(officer=officer, state__in=TAKEN).values_list(
            "cohort", "cohort__title", "cohort__first_on", "cohort__last_on"
        )
    )
    found = {}
    for cohort in cohorts:
        course = cohort.version.course_id
        title = next(
            (
                title
                for key, title, first_on, last_on in taken
                if key != cohort.pk and first_on <= cohort.last_on and last_on >= cohort.first_on
            ),
            "",
        )
        facts = replace(read.facts(officer, course), elsewhere=title)
        found[cohort.pk] = eligibility.findings(read.conditions.get(course, []), facts, read.house, on=cohort.first_on)
    return found


@dataclass
class _Record:
    """What was read of some officers about some courses."""

    officers: list[Officer]
    days: Days
    house: House
    conditions: dict[int, list[Condition]]
    common: dict[int, Facts] = field(default_factory=dict)
    passed: dict[tuple[int, int], date | None] = field(default_factory=dict)
    attempts: Counter[tuple[int, int]] = field(default_factory=Counter)

    @classmethod
    def of(cls, officers: Iterable[Officer], courses: list[int], days: Days, *, on: date) -> _Record:
        found = cls(list(officers), days, house_rules(on=on), conditions_of(courses, on=days.first_on))
        keys = [each.pk for each in found.officers]
        asked = [each for some in found.conditions.values() for each in some]
        since = _rank_since(keys, on)
        skills = _skills(keys, [each.key for each in asked if each.kind == eligibility.SKILL], days.first_on)
        papers, counts = _papers(keys, [each.key for each in asked if each.kind == eligibility.PAPER])
        courses_passed = _courses(keys, asked)
        elsewhere = found._read_enrolments(keys, courses_passed)
        findings_on = _last_findings(keys, asked, on)
        inside = _inside(found.officers, days, on)
        retirement = retirement_rules()
        for officer in found.officers:
            retires = retirement_of(officer, retirement)
            found.common[officer.pk] = Facts(
                is_serving=officer.exited_on is None or officer.exited_on > days.first_on,
                rank=officer.rank.order if officer.rank else None,
                rank_name=officer.rank.code if officer.rank else "",
                rank_since=since.get(officer.pk),
                enlisted_on=officer.enlisted_on,
                retires_on=retires.on if retires else None,
                skills=skills.get(officer.pk, {}),
                papers=papers.get(officer.pk, {}),
                paper_counts=counts.get(officer.pk, {}),
                courses=frozenset(courses_passed.get(officer.pk, ())),
                last_finding_on=findings_on.get(officer.pk),
                is_of_area=inside is None or officer.unit_id in inside,
                elsewhere=elsewhere.get(officer.pk, ""),
            )
        return found

    def facts(self, officer: Officer, course: int) -> Facts:
        """Those of one officer about one course."""
        mark = (officer.pk, course)
        return replace(
            self.common[officer.pk],
            passed=mark in self.passed,
            passed_until=self.passed.get(mark),
            attempts=self.attempts[mark],
        )

    def _read_enrolments(self, keys: list[int], passed: dict[int, set[int]]) -> dict[int, str]:
        """Courses passed and failed, and the course that stands in the same days. One statement."""
        elsewhere: dict[int, str] = {}
        rows = Enrolment.objects.filter(officer__in=keys).values_list(
            "officer", "cohort__version__course", "state", "cohort", "cohort__title", "cohort__first_on",
            "cohort__last_on", "certificates__expires_on", "certificates__withdrawn_on",
        )  # fmt: skip
        for officer, course, state, cohort, title, first_on, last_on, expires_on, withdrawn_on in rows:
            mark = (officer, course)
            if state == EnrolmentState.PASSED:
                passed.setdefault(officer, set()).add(course)
                until = expires_on if withdrawn_on is None else None
                self.passed[mark] = _later(self.passed[mark], until) if mark in self.passed else until
            elif state in ENDED:
                self.attempts[mark] += 1
            elif state in TAKEN and cohort != self.days.cohort and self._overlaps(first_on, last_on):
                elsewhere[officer] = title
        return elsewhere

    def _overlaps(self, first_on: date, last_on: date) -> bool:
        return self.days.cohort is not None and first_on <= self.days.last_on and last_on >= self.days.first_on


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _rank_since(keys: list[int], on: date) -> dict[int, date]:
    rows = RankHolding.objects.filter(in_force(on), officer__in=keys, voided_at__isnull=True, start_known=True)
    return dict(rows.values_list("officer", "starts_on"))


def _skills(keys: list[int], skills: list[int | None], on: date) -> dict[int, dict[int, bool]]:
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    if skills:
        rows = SkillHeld.objects.in_force(on).filter(officer__in=keys, skill__in=skills)
        for officer, skill, state in rows.values_list("officer", "skill", "state"):
            found[officer][skill] = state == EvidenceState.VERIFIED
    return found


def _papers(keys: list[int], papers: list[int | None]) -> tuple[dict[int, dict[int, bool]], dict[int, dict[int, int]]]:
    held: dict[int, dict[int, bool]] = defaultdict(dict)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    if papers:
        rows = QualificationHeld.objects.filter(officer__in=keys, qualification__in=papers)
        rows = rows.exclude(state=EvidenceState.REFUSED)
        for officer, paper, state in rows.values_list("officer", "qualification", "state"):
            checked = state == EvidenceState.VERIFIED
            held[officer][paper] = held[officer].get(paper, True) and checked
            counts[officer][paper] += checked
    return held, {officer: dict(each) for officer, each in counts.items()}


def _courses(keys: list[int], asked: list[Condition]) -> dict[int, set[int]]:
    """Courses passed before this system, as the record names them."""
    wanted = {each.name_en.casefold(): each.key for each in asked if each.kind == eligibility.COURSE and each.key}
    found: dict[int, set[int]] = defaultdict(set)
    if wanted:
        rows = CourseAttended.objects.filter(officer__in=keys, state=EvidenceState.VERIFIED)
        for officer, title in rows.filter(_titled(wanted)).values_list("officer", "title"):
            key = wanted.get(title.casefold())
            if key is not None:
                found[officer].add(key)
    return found


def _titled(wanted: Iterable[str]) -> Q:
    titles = Q(pk__in=[])
    for each in wanted:
        titles |= Q(title__iexact=each)
    return titles


def _last_findings(keys: list[int], asked: list[Condition], on: date) -> dict[int, date]:
    """The day of the last discipline finding that still counts; read only where a condition asks."""
    found: dict[int, date] = {}
    if any(each.kind == eligibility.CLEAN_MONTHS for each in asked):
        rows = DisciplineRecord.objects.filter(officer__in=keys, state=DisciplineState.PROVED, voided_at__isnull=True)
        rows = rows.exclude(spent_on__lte=on).exclude(closed_on__isnull=True)
        for officer, closed_on in rows.values_list("officer", "closed_on"):
            if closed_on is not None:
                found[officer] = max(found.get(officer, closed_on), closed_on)
    return found


def _inside(officers: list[Officer], days: Days, on: date) -> set[int] | None:
    """The units of the command that holds the course for its own; None where anybody may come."""
    if days.unit is None:
        return None
    units = {each.unit_id for each in officers if each.unit_id}
    links = UnitClosure.objects.filter(in_force(on), ancestor=days.unit, descendant__in=units)
    return set(links.values_list("descendant", flat=True))
