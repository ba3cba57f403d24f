"""Asking a cohort without names: slips, answers as counters, surveys drafted by one and approved by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.letters.actions import issue
from training import slip_letter, slips
from training.models import (
    AnswerCount,
    AnswerRound,
    AnswerSlip,
    AskedWhen,
    Cohort,
    Programme,
    Survey,
    SurveyQuestion,
    TrainingRuleCode,
)
from training.policies import answers as policies
from training.queries import answers as queries
from training.queries import rules


@action
def draw_slips(*, cohort: Cohort, asked: str, last_on: date, by: User, on: date, at: datetime) -> bytes:
    """This function will open an asking and print one code for each trainee; the sheet is the only copy there will ever be.

    Every counter stands at nought from the beginning, so that no row tells by its place which answer came first.
    Errors: NotAllowed; RuleBroken for a cohort too small, one that was asked already, or nothing to ask.
    """
    policies.check_can_ask(by, cohort, on=on)
    count = queries.trainees(cohort)
    least = rules.value(TrainingRuleCode.ANSWERS_LEAST, on)
    policies.check_asking(cohort, asked, last_on, trainees=count, least=least, on=on)
    survey = None if asked == AskedWhen.TAUGHT else queries.survey_in_use(queries.programme_of(cohort, on=on))
    questions = list(survey.questions.all()) if survey else []
    parts = queries.parts_asked(cohort, on=on) if asked == AskedWhen.TAUGHT else []
    policies.check_questions(questions or parts)
    made = AnswerRound.objects.create(
        cohort=cohort, asked=asked, survey=survey, slips=count, opened_on=on, closes_on=last_on + timedelta(days=1)
    )
    AnswerCount.objects.bulk_create(
        [AnswerCount(round=made, question=each, value=value) for each in questions for value in queries.OF_QUESTIONS]
        + [AnswerCount(round=made, part_code=each.code, value=value) for each in parts for value in queries.OF_PARTS]
    )
    codes = slips.new_codes(count)
    AnswerSlip.objects.bulk_create(AnswerSlip(cohort=cohort, asked=asked, digest=slips.digest(code)) for code in codes)
    sheet = slip_letter.draft(cohort, AskedWhen(asked).label, codes, last_on=last_on)
    pdf = issue(slip_letter.SLIPS.code, sheet, by=by, at=at).pdf
    details = {"asked": asked, "slips": count, "last_on": last_on}
    trail.record(Event.SLIPS_DRAWN, target=cohort, by=by, at=at, details=details)
    return pdf


@action
def say(*, code: str, answers: Mapping[str, int], on: date) -> None:
    """This function will spend a slip and add one to the counters. Nothing says when, nor which answers came together.

    Nothing goes into the trail: it holds moments. Errors: RuleBroken for a code that is spent, unknown or late, and for a
    question left out.
    """
    found = queries.round_of_code(code, on=on)
    if found is None:
        raise RuleBroken(_("This code cannot be used: it was used already, the last day is over, or it was mistyped."))
    thing = AnswerRound.objects.select_for_update().get(pk=found[1].pk)
    counters = {(each.part_code or f"q{each.question_id}", each.value): each.pk for each in thing.counts.all()}
    if set(answers) != {question for question, _value in counters} or any(
        each not in counters for each in answers.items()
    ):
        raise RuleBroken(_("Answer every question. Where you cannot say, choose the answer that says so."))
    spent, _rows = AnswerSlip.objects.filter(pk=found[0].pk).delete()
    if not spent:  # the same code from two phones at once
        raise RuleBroken(_("This code cannot be used: it was used already, the last day is over, or it was mistyped."))
    AnswerCount.objects.filter(pk__in=[counters[each] for each in answers.items()]).update(count=F("count") + 1)
    AnswerRound.objects.filter(pk=thing.pk).update(answers=F("answers") + 1)


@action
def draft_survey(
    *, programme: Programme, title_en: str, title_sw: str, source: str, questions: Sequence[tuple[str, str]], by: User, on: date,
    at: datetime,
) -> Survey:  # fmt: skip
    """This function will draft the next survey of a programme. `questions`: English and Kiswahili. Errors: NotAllowed."""
    policies.check_can_draft(by, on=on)
    policies.check_questions(questions)
    last = Survey.objects.filter(programme=programme).order_by("-number").values_list("number", flat=True).first() or 0
    survey = Survey.objects.create(
        programme=programme,
        number=last + 1,
        title_en=title_en,
        title_sw=title_sw,
        source=source,
        drafted_by=by,
        drafted_at=at,
    )
    _keep_questions(survey, questions)
    trail.record(Event.SURVEY_DRAFTED, target=survey, by=by, at=at, details={"questions": len(questions)})
    return survey


@action
def change_survey(
    *, survey: Survey, title_en: str, title_sw: str, source: str, questions: Sequence[tuple[str, str]], by: User, on: date,
    at: datetime,
) -> Survey:  # fmt: skip
    """This function will change a draft. Whoever changes it has drafted it. Errors: NotAllowed, RuleBroken."""
    policies.check_can_draft(by, on=on)
    policies.check_is_draft(survey)
    policies.check_questions(questions)
    survey.title_en, survey.title_sw, survey.source = title_en, title_sw, source
    survey.drafted_by, survey.drafted_at = by, at
    survey.save()
    survey.questions.all().delete()
    _keep_questions(survey, questions)
    trail.record(Event.SURVEY_DRAFTED, target=survey, by=by, at=at, details={"questions": len(questions)})
    return survey


def _keep_questions(survey: Survey, questions: Sequence[tuple[str, str]]) -> None:
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(survey=survey, order=order, text_en=en, text_sw=sw)
        for order, (en, sw) in enumerate(questions, start=1)
    )


@action
def submit_survey(*, survey: Survey, by: User, on: date, at: datetime) -> None:
    """This function will put a draft before the Director of training. Errors: NotAllowed, RuleBroken."""
    policies.check_can_draft(by, on=on)
    policies.check_is_draft(survey)
    survey.submitted_on = on
    survey.save(update_fields=["submitted_on"])
    trail.record(Event.SURVEY_DRAFTED, target=survey, by=by, at=at, details={"step": "submitted"})


@action
def return_survey(*, survey: Survey, by: User, on: date, at: datetime) -> None:
    """This function will send a survey back to be changed. Errors: NotAllowed, RuleBroken."""
    policies.check_can_approve(by, survey, on=on)
    policies.check_is_draft(survey, submitted=True)
    survey.submitted_on = None
    survey.save(update_fields=["submitted_on"])
    trail.record(Event.SURVEY_DRAFTED, target=survey, by=by, at=at, details={"step": "returned"})


@action
def approve_survey(*, survey: Survey, by: User, on: date, at: datetime) -> None:
    """This function will put a survey to use from today; the one before it ends. Errors: NotAllowed, RuleBroken."""
    policies.check_can_approve(by, survey, on=on)
    policies.check_is_draft(survey, submitted=True)
    before = Survey.objects.filter(programme=survey.programme_id, in_use_from__isnull=False, in_use_to__isnull=True)
    before.update(in_use_to=on)
    survey.in_use_from, survey.approved_by, survey.approved_at = on, by, at
    survey.save(update_fields=["in_use_from", "approved_by", "approved_at"])
    trail.record(Event.SURVEY_DRAFTED, target=survey, by=by, at=at, details={"step": "approved"})
