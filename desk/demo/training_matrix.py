"""What the invented institutions teach of Muamko Mpya, their papers and reasons; what cohorts said without a name; surveys.

One institution has carried out the order, several are on the way, one lags with a reason, one lags and says nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Appointment, User
from desk.demo.sign_ins import account
from hcims.access.roles import ROLES
from hcims.imports.sealed_files import SealedStorage
from hcims.references import new_reference
from organisation.models import Unit
from personnel.models import Officer
from training import slips
from training.models import (
    AnswerCount,
    AnswerRound,
    AnswerSlip,
    ArrearsReason,
    AskedWhen,
    Cohort,
    Course,
    CourseOffered,
    Institution,
    PartTaught,
    Programme,
    Survey,
    SurveyQuestion,
    TeachingEvidence,
)
from training.queries import answers, integration

NONE, PLANNED, TAUGHT, ASSESSED = "none", "planned", "taught", "assessed"
# How far each institution has come: weights of none, planned, taught, assessed.
FAR: dict[str, tuple[int, int, int, int]] = {
    "DCI-ACAD": (0, 0, 3, 7), "NPC-KIG": (1, 2, 4, 3), "NPC-EMB-A": (3, 3, 4, 1), "NPLA": (1, 1, 5, 3),
    "EMALI": (6, 3, 1, 0), "NPC-EMB-B": (9, 1, 0, 0),
}  # fmt: skip
USUAL = (3, 2, 4, 1)
SILENT, EXPLAINED = "NPC-EMB-B", "EMALI"
REASONS = [
    ("Two of the three certified instructors were transferred in May.", "instructors", "two certified instructors"),
    ("The timetable of term 3 was printed before the order came.", "time", "six hours in the timetable of term 1"),
    ("The handbooks have not reached us.", "materials", "forty handbooks"),
]
TIMETABLE = "Timetable of term 3, weeks 1 to 6"
STATEMENTS = [
    ("I know what stress does to my body.", "Najua msongo unavyoathiri mwili wangu."),
    ("I can tell when a colleague is not well.", "Naweza kutambua mwenzangu asipokuwa sawa."),
    ("I know where to go when I need help.", "Najua pa kwenda ninapohitaji msaada."),
    ("Asking for help is a sign of strength.", "Kuomba msaada ni ishara ya nguvu."),
    ("I have ways to rest after a hard duty.", "Nina njia za kupumzika baada ya kazi ngumu."),
]
QUESTIONS_FROM = "Written for the demonstration; free to use"


@dataclass(frozen=True)
class Hands:
    """Who marks and who confirms at an institution."""

    marks: User
    confirms: User


def store(chance: random.Random, by_role: dict[str, User], *, on: date, at: datetime) -> None:
    """This function will fill the matrix, its papers and reasons, surveys and what cohorts said."""
    chosen = integration.curriculum(on)
    if chosen is None:
        return
    institutions = list(Institution.objects.select_related("unit").order_by("unit__code"))
    hands = {each.pk: _hands(each.unit, by_role, on, at) for each in institutions}
    codes = [each.code for each in chosen.parts]
    rows: list[PartTaught] = []
    papers: list[TeachingEvidence] = []
    reasons: list[ArrearsReason] = []
    offers = CourseOffered.objects.filter(course__programme__isnull=True).select_related("course")
    for offer in offers.order_by("institution", "course__order"):
        institution = next(each for each in institutions if each.pk == offer.institution_id)
        place = {"institution": institution, "course": offer.course, "programme": chosen.programme}
        made = _cells(chance, place, codes, hands[institution.pk], on, at)
        rows += made
        if any(each.state in (TAUGHT, ASSESSED) for each in made):
            papers.append(_paper(place, hands[institution.pk], at))
        whole = sum(each.ends_on is None and each.state in (TAUGHT, ASSESSED) for each in made) == len(codes)
        if (
            not whole
            and institution.unit.code != SILENT
            and (institution.unit.code == EXPLAINED or chance.random() < 0.9)
        ):
            reasons.append(_reason(chance, place, hands[institution.pk], on, at))
    PartTaught.objects.bulk_create(rows)
    TeachingEvidence.objects.bulk_create(papers)
    ArrearsReason.objects.bulk_create(reasons)
    _surveys(by_role, on, at)
    _said(chance, on)


def _hands(unit: Unit, by_role: dict[str, User], on: date, at: datetime) -> Hands:
    """The training officer and the commandant; where the first is not there, one is appointed."""
    held = {
        each.role: each.user
        for each in Appointment.objects.filter(unit=unit, role__in=("training-officer", "commandant")).select_related(
            "user"
        )
    }
    for role in ("commandant", "training-officer"):
        if role not in held:
            taken = [each.pk for each in held.values()]
            found = Officer.objects.filter(unit=unit).exclude(user__in=taken).select_related("user")
            officer = found.order_by("rank__order", "service_number").first()
            if officer is None:
                raise RuntimeError(f"the invented service has nobody at {unit.code}")
            held[role] = account(officer, at)
            Appointment.objects.create(
                user=held[role], role=role, unit=unit, starts_on=on - timedelta(days=400), authority="Demonstration gazette 1",
                by_virtue_of_post=ROLES[role].by_virtue_of_post, state="approved", proposed_by=by_role["System administrator"],
                proposed_at=at, decided_by=by_role["NPSC commissioner"], decided_at=at,
            )  # fmt: skip
    return Hands(held["training-officer"], held["commandant"])


def _cells(
    chance: random.Random, place: dict[str, Any], codes: list[str], hands: Hands, on: date, at: datetime
) -> list[PartTaught]:
    weights = FAR.get(place["institution"].unit.code, USUAL)
    found = []
    for code in codes:
        state = chance.choices((NONE, PLANNED, TAUGHT, ASSESSED), weights)[0]
        if state == NONE:
            continue
        days = chance.randint(20, 200)
        since = on - timedelta(days=days)
        marked = {"part_code": code, "marked_by": hands.marks, **place}
        if state in (TAUGHT, ASSESSED):
            before = since - timedelta(days=60)
            found.append(
                PartTaught(
                    **marked, state=PLANNED, starts_on=before, ends_on=since, marked_at=at - timedelta(days=days + 60)
                )
            )
        is_confirmed = state != PLANNED and chance.random() < 0.85
        confirmed = (
            {"confirmed_by": hands.confirms, "confirmed_at": at - timedelta(days=days - 7)} if is_confirmed else {}
        )
        minutes = 0 if state == PLANNED else chance.choice((60, 90, 120))
        found.append(
            PartTaught(
                **marked,
                **confirmed,
                state=state,
                minutes=minutes,
                starts_on=since,
                marked_at=at - timedelta(days=days),
            )
        )
    return found


def _paper(place: dict[str, Any], hands: Hands, at: datetime) -> TeachingEvidence:
    content = one_page(f"{TIMETABLE}: {place['course']}, {place['institution'].unit}")
    name = SealedStorage().save(f"training-evidence/{new_reference()}.pdf", ContentFile(content))
    return TeachingEvidence(
        **place, kind="timetable", title=TIMETABLE, file=name, file_name="evidence.pdf", size=len(content), added_by=hands.marks,
        added_at=at - timedelta(days=30),
    )  # fmt: skip


def one_page(text: str) -> bytes:
    """A PDF of one page with a line of text on it."""
    plain = "".join(each for each in text if each.isascii() and each not in "()\\")
    stream = f"BT /F1 12 Tf 60 770 Td ({plain}) Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{each}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(parts) + 1}/Root 1 0 R>>\n"
    return f"{body}{end}startxref\n{len(body)}\n%%EOF\n".encode()


def _reason(chance: random.Random, place: dict[str, Any], hands: Hands, on: date, at: datetime) -> ArrearsReason:
    reason, need, words = chance.choice(REASONS)
    return ArrearsReason(
        **place, reason=reason, need=need, need_words=words, expected_on=on + timedelta(days=chance.randint(30, 150)),
        given_by=hands.confirms, given_at=at - timedelta(days=chance.randint(3, 60)),
    )  # fmt: skip


def _surveys(by_role: dict[str, User], on: date, at: datetime) -> None:
    """One in use for each programme; a second one of the peers' waits for the Director."""
    drafted = {
        "drafted_by": by_role["Office of the Director of training"], "drafted_at": at - timedelta(days=300),
        "source": QUESTIONS_FROM, "title_en": "How I am prepared", "title_sw": "Nilivyojiandaa",
    }  # fmt: skip
    approved = {"approved_by": by_role["Director of training"], "approved_at": at - timedelta(days=290)}
    made = [
        Survey(programme=each, number=1, in_use_from=on - timedelta(days=290), **drafted, **approved)
        for each in Programme.objects.all()
    ]
    peers = Programme.objects.get(code="muamko-peers")
    made.append(Survey(programme=peers, number=2, submitted_on=on - timedelta(days=6), **drafted))
    Survey.objects.bulk_create(made)
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(survey=survey, order=order, text_en=en, text_sw=sw)
        for survey in Survey.objects.all()
        for order, (en, sw) in enumerate(STATEMENTS, start=1)
    )


def _said(chance: random.Random, on: date) -> None:
    """What finished cohorts said, each as far as enough answered; slips are out at those that run."""
    courses = {each.pk: each for each in Course.objects.all()}
    cohorts = Cohort.objects.filter(state__in=("running", "finished")).select_related("version__course__programme")
    for cohort in cohorts.order_by("-first_on", "pk")[:40]:
        count = answers.trainees(cohort)
        if count < 12:
            continue
        programme = courses[cohort.version.course_id].programme or answers.programme_of(cohort, on=on)
        survey = answers.survey_in_use(programme)
        if survey:
            _asking(chance, cohort, AskedWhen.BEFORE, survey, count, cohort.first_on)
        if cohort.state == "finished":
            _asking(chance, cohort, AskedWhen.TAUGHT, None, count, cohort.last_on)
            if survey:
                _asking(chance, cohort, AskedWhen.AFTER, survey, count, cohort.last_on)


def _asking(chance: random.Random, cohort: Cohort, asked: str, survey: Any, count: int, opened_on: date) -> None:
    said = chance.randint(max(11, count * 6 // 10), count)
    made = AnswerRound.objects.create(
        cohort=cohort, asked=asked, survey=survey, slips=count, answers=said, opened_on=opened_on,
        closes_on=opened_on + timedelta(days=8),
    )  # fmt: skip
    weights = {AskedWhen.BEFORE: (4, 6, 8, 4, 2), AskedWhen.AFTER: (1, 2, 5, 8, 6)}.get(AskedWhen(asked), (12, 2, 1))
    keys: list[dict[str, Any]] = (
        [{"question": each} for each in survey.questions.all()]
        if survey
        else [{"part_code": each.code} for each in answers.parts_asked(cohort, on=opened_on)]
    )
    values = answers.OF_QUESTIONS if survey else answers.OF_PARTS
    rows = []
    for key in keys:
        drawn = chance.choices(values, weights, k=said)
        rows += [AnswerCount(round=made, value=value, count=drawn.count(value), **key) for value in values]
    AnswerCount.objects.bulk_create(rows)
    AnswerSlip.objects.bulk_create(
        AnswerSlip(cohort=cohort, asked=asked, digest=slips.digest(code)) for code in slips.new_codes(count - said)
    )
