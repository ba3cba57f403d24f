"""What trainees said without a name, as far as it may be shown, and the askings of a cohort."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from training import anonymous
from training.anonymous import Asked, Shown, Spread
from training.models import (
    AnswerCount,
    AnswerRound,
    AnswerSlip,
    AskedWhen,
    Cohort,
    Course,
    EnrolmentState,
    Institution,
    Programme,
    Survey,
    TrainingRuleCode,
)
from training.queries import integration, rules
from training.slips import digest

NOT_TAUGHT, TAUGHT, NOT_THERE = range(3)
OF_PARTS = (TAUGHT, NOT_TAUGHT, NOT_THERE)
OF_QUESTIONS = (1, 2, 3, 4, 5)
PRESENT = (EnrolmentState.JOINED, EnrolmentState.PASSED, EnrolmentState.FAILED)


@dataclass(frozen=True)
class Word:
    """The trainees' word on a course at an institution: from as many cohorts as may be shown."""

    cohorts: list[Cohort]
    shown: Shown | None

    def of(self, part: str) -> Spread | None:
        """What they said of one part; nothing where nothing may be shown."""
        return self.shown.get(part) if self.shown else None


def counts_of(rounds: Iterable[AnswerRound]) -> list[tuple[AnswerRound, Asked]]:
    """The askings as plain counts; their `counts` are read already, or in one statement for each."""
    found = []
    for each in rounds:
        counted: dict[str, dict[int, int]] = {}
        for row in each.counts.all():
            counted.setdefault(row.part_code or f"q{row.question_id}", {})[row.value] = row.count
        found.append((each, Asked(each.closes_on, each.slips, each.answers, counted)))
    return found


def taught_at(institution: Institution, course: Course, *, on: date) -> Word:
    """Whether trainees say that each part was taught there: of askings that are over and had enough answers. Two or three
    statements."""
    least = rules.value(TrainingRuleCode.ANSWERS_LEAST, on)
    rounds = (
        AnswerRound.objects.filter(
            asked=AskedWhen.TAUGHT, cohort__unit=institution.unit_id, cohort__version__course=course,
            closes_on__lte=on, answers__gte=least,
        )
        .select_related("cohort")
        .prefetch_related("counts")
        .order_by("-closes_on", "pk")
    )  # fmt: skip
    kept, tables = [], []
    for each, asked in counts_of(rounds):
        table = anonymous.shown(asked, OF_PARTS, least=least, on=on)
        if table is not None:
            kept.append(each.cohort)
            tables.append(table)
    return Word(kept, anonymous.together(tables))


def cohorts_visible_to(user: Any, *, today: date) -> Any:
    """Cohorts whose training this reader may see."""
    scope = user.scope(Permission.SEE_TRAINING, on=today)
    return Cohort.objects.filter(in_scope(scope, on=today)).select_related("unit", "version__course__programme")


def access_cohort(user: Any, ref: str, *, today: date) -> Cohort:
    """The cohort, if its training may be seen. Errors: NotFound."""
    found: Cohort | None = cohorts_visible_to(user, today=today).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def asked_of(cohort: Cohort) -> list[AnswerRound]:
    """The askings of a cohort with their counts, in the order of a course. Three statements."""
    order = [AskedWhen.BEFORE, AskedWhen.TAUGHT, AskedWhen.AFTER]
    questions = Prefetch("counts", AnswerCount.objects.select_related("question"))
    found = AnswerRound.objects.filter(cohort=cohort).select_related("survey").prefetch_related(questions)
    return sorted(found, key=lambda each: order.index(AskedWhen(each.asked)))


def trainees(cohort: Cohort) -> int:
    """How many are in it, or were until its end."""
    return int(cohort.enrolments.filter(state__in=PRESENT).count())


def programme_of(cohort: Cohort, *, on: date) -> Programme | None:
    """The programme that a cohort is asked about: that of its course, or the one that goes into every course."""
    own: Programme | None = cohort.version.course.programme
    if own is not None:
        return own
    chosen = integration.curriculum(on)
    return chosen.programme if chosen else None


def survey_in_use(programme: Programme | None) -> Survey | None:
    """The survey of a programme that is in use."""
    found = Survey.objects.filter(programme=programme, in_use_from__isnull=False, in_use_to__isnull=True)
    return found.first() if programme else None


def parts_asked(cohort: Cohort, *, on: date) -> list[Any]:
    """The parts that trainees of a cohort are asked about."""
    own = cohort.version.course.programme
    if own is None:
        chosen = integration.curriculum(on)
        return chosen.parts if chosen else []
    version = own.versions.filter(state="approved").order_by("-number").first()
    return list(version.parts.all()) if version else []


def round_of_code(code: str, *, on: date) -> tuple[AnswerSlip, AnswerRound] | None:
    """The slip of a code and its asking, while answers are taken; nothing for a spent, unknown or late one alike."""
    slip = AnswerSlip.objects.filter(digest=digest(code)).select_related("cohort__version__course__programme").first()
    if slip is None:
        return None
    found = AnswerRound.objects.filter(
        Q(closes_on__gt=on), cohort=slip.cohort_id, asked=slip.asked
    ).select_related("survey").first()  # fmt: skip
    return (slip, found) if found else None


def questions_of(thing: AnswerRound) -> list[tuple[str, Any]]:
    """Name of the field and text of each question of an asking, as they were when it was opened."""
    if thing.survey_id:
        return [(f"q{each.pk}", each) for each in thing.survey.questions.all()]  # type: ignore[union-attr]
    codes = set(thing.counts.values_list("part_code", flat=True))
    return [(each.code, each) for each in parts_asked(thing.cohort, on=thing.opened_on) if each.code in codes]
