"""An officer's own training: what may be asked for, what was asked for and where it stands, and the record of courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import UnitClosure, UnitType
from personnel.models import CourseAttended, EvidenceState, Officer, SkillHeld
from training import reasons
from training.eligibility import Finding, bars
from training.finding_words import Said, said
from training.models import (
    LIVE,
    Certificate,
    Cohort,
    CohortState,
    Enrolment,
    Given,
    GivenKind,
    Nomination,
    NominationState,
)
from training.queries.eligibility import findings_for, findings_on_cohorts
from training.queries.nominations import taking_names
from training.queries.seats import standing
from training.queries.waits import own_lapsing


@dataclass(frozen=True)
class Offer:
    """A course that takes names, and what its conditions say of the officer."""

    cohort: Cohort
    may: bool
    against: list[Said]


@dataclass(frozen=True)
class Line:
    """A course of the record: of this system with its certificate, or from before it."""

    title: str
    where: str
    first_on: date | None
    last_on: date | None
    state: str
    mark: int | None = None
    certificate: Certificate | None = None
    letter: Any = None
    enrolment: Enrolment | None = None


@dataclass
class Mine:
    """The page."""

    names: list[Nomination]
    offers: list[Offer]
    lines: list[Line]


def mine(officer: Officer, *, on: date) -> Mine:
    """Everything about one officer's training, in a constant number of statements."""
    names = list(
        Nomination.objects.filter(officer=officer, state__in=LIVE)
        .select_related("cohort__version__course", "cohort__unit")
        .order_by("cohort__first_on")
    )
    answered = Nomination.objects.filter(officer=officer).exclude(state__in=LIVE).exclude(cohort__last_on__lt=on)
    names += list(answered.select_related("cohort__version__course", "cohort__unit").order_by("-decided_at")[:5])
    asked = {each.cohort_id for each in names if each.state in LIVE}
    offers = [each for each in offers_to(officer, on=on) if each.cohort.pk not in asked]
    return Mine(names, offers, lines_of(officer))


def offers_to(officer: Officer, *, on: date) -> list[Offer]:
    """The courses that take names and that an officer of the unit may go to, those open to him or her first."""
    above = UnitClosure.objects.filter(in_force(on), descendant=officer.unit_id or 0).values("ancestor")
    rows = list(taking_names(on=on).filter(Q(unit__type=UnitType.TRAINING) | Q(unit__in=above)))
    found = []
    for cohort, findings in zip(rows, findings_on_cohorts(officer, rows, on=on).values(), strict=True):
        against = bars(findings)
        found.append(Offer(cohort, not against, [said(each) for each in against]))
    return sorted(found, key=lambda each: not each.may)


def renewals(officer: Officer, offers: list[Offer], *, on: date) -> list[tuple[SkillHeld, list[Offer]]]:
    """Skills of the officer about to lapse, each with the courses that renew it and take names. Three statements."""
    held = own_lapsing(officer, on=on)
    rows = Given.objects.filter(skill__in=[each.skill_id for each in held])
    gives = set(rows.filter(version__in=[each.cohort.version_id for each in offers]).values_list("version", "skill"))
    return [(each, [one for one in offers if (one.cohort.version_id, each.skill_id) in gives]) for each in held]


def lines_of(officer: Officer) -> list[Line]:
    """The record of training, the latest first. Three statements."""
    enrolments = list(
        Enrolment.objects.filter(officer=officer)
        .select_related("cohort__version__course", "cohort__unit", "letter")
        .order_by("-cohort__last_on")
    )
    papers: dict[int, Certificate] = {}
    for paper in (
        Certificate.objects.filter(enrolment__in=enrolments).select_related("letter").order_by("issued_on", "pk")
    ):
        papers[paper.enrolment_id] = paper
    found = [
        Line(
            str(each.cohort.version.course), each.cohort.unit.name, each.cohort.first_on, each.cohort.last_on, each.state,
            each.mark, papers.get(each.pk), each.letter, each,
        )
        for each in enrolments
    ]  # fmt: skip
    ours = {(each.cohort.version.course.name_en, each.cohort.first_on) for each in enrolments}
    before = CourseAttended.objects.filter(officer=officer).exclude(state=EvidenceState.REFUSED)
    found += [
        Line(each.title, each.institution, each.starts_on, each.ends_on, "")
        for each in before
        if (each.title, each.starts_on) not in ours
    ]
    return sorted(found, key=lambda line: line.last_on or date.min, reverse=True)


def access_offer(officer: Officer, ref: str, *, on: date) -> Cohort:
    """A cohort that the officer could ask for. Errors: NotFound for one that was never open to the unit."""
    above = UnitClosure.objects.filter(in_force(on), descendant=officer.unit_id or 0).values("ancestor")
    rows = Cohort.objects.filter(Q(unit__type=UnitType.TRAINING) | Q(unit__in=above)).exclude(state=CohortState.PLANNED)
    found = rows.select_related("version__course", "unit").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def findings_on(officer: Officer, cohort: Cohort, *, on: date) -> list[Finding]:
    """What the conditions say of the officer."""
    return findings_for(cohort, [officer], on=on)[officer.pk]


def given_by(cohort: Cohort) -> list[str]:
    """What passing gives, in words."""
    rows = cohort.version.gives.select_related("skill", "rank")
    return [str(each.skill if each.kind == GivenKind.SKILL else each.get_kind_display()) for each in rows]


def own_name(officer: Officer, ref: str) -> Nomination:
    """A name of one's own. Errors: NotFound."""
    rows = Nomination.objects.filter(officer=officer, ref=ref)
    found = rows.select_related(
        "cohort__version__course", "cohort__unit", "put_by", "signed_by", "decided_by", "officer__user"
    ).first()
    if found is None:
        raise NotFound(ref)
    return found


def standing_name(officer: Officer, cohort: Cohort) -> Nomination | None:
    """The name of the officer that stands for a cohort, if there is one."""
    return Nomination.objects.filter(officer=officer, cohort=cohort, state__in=LIVE).first()


@dataclass(frozen=True)
class Standing:
    """Where a name stands: the reason, where to turn, the place in the published order."""

    reason: str
    basis: str
    turn: str
    place: int | None
    of: int
    findings: list[Said]


def standing_of(nomination: Nomination, *, on: date) -> Standing:
    """In the reader's language."""
    language = get_language() or "en"
    found = reasons.of(nomination.decision_code)
    place, number = None, 0
    if nomination.state in (NominationState.PROPOSED, NominationState.WAITING):
        order = standing(nomination.cohort, on=on)
        place = next((each.position for each in order if each.candidate.key == nomination.pk), None)
        number = len(order)
    return Standing(
        found.text(language) if found else "", found.basis if found else "", found.turn(language) if found else "",
        place, number, [said(Finding.read(each)) for each in nomination.findings],
    )  # fmt: skip
