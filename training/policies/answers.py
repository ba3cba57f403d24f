"""When a cohort may be asked, and who drafts and approves surveys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from training.models import AskedWhen, Cohort, CohortState, Survey

BOUNDARY = "Anonymous, by cohort only, and only from ten answers"
LONGEST = timedelta(days=60)


def check_can_ask(by: Any, cohort: Cohort, *, on: date) -> None:
    """This function will refuse whoever does not run the cohort."""
    if not by.can(Permission.RUN_TRAINING, at=cohort.unit, on=on):
        raise NotAllowed(_("Slips are drawn by the training officer of %(unit)s.") % {"unit": cohort.unit})


def check_asking(cohort: Cohort, asked: str, last_on: date, *, trainees: int, least: int, on: date) -> None:
    """This function will refuse an asking too small to be shown, at the wrong time, or without an end in sight."""
    if trainees < least:
        raise RuleBroken(
            _("The cohort has %(count)d trainees. Nothing is shown from fewer than %(least)d answers: it is not asked.")
            % {"count": trainees, "least": least},
            BOUNDARY,
        )
    if asked != AskedWhen.BEFORE and cohort.state not in (CohortState.RUNNING, CohortState.FINISHED):
        raise RuleBroken(_("The cohort has not begun: there is nothing yet that could have been taught."))
    if not on <= last_on <= on + LONGEST:
        raise RuleBroken(_("Name a last day from today to two months from now. It stays: nobody can move it."))


def check_questions(questions: Sequence[Any]) -> None:
    """This function will refuse an asking without anything to ask."""
    if not questions:
        raise RuleBroken(_("There is nothing to ask: approve a survey of the programme, or its curriculum, first."))


def check_can_draft(by: Any, *, on: date) -> None:
    """This function will refuse whoever does not draft surveys."""
    if not by.can(Permission.DRAFT_CURRICULA, on=on):
        raise NotAllowed(_("Surveys are drafted by the office of the Director of training."))


def check_is_draft(survey: Survey, *, submitted: bool = False) -> None:
    """This function will refuse to change a survey that is in use, or has been."""
    if survey.in_use_from:
        raise RuleBroken(_("A survey in use is never changed: draft the next one."))
    if bool(survey.submitted_on) != submitted:
        raise RuleBroken(
            _("It waits for approval. Have it sent back first.")
            if survey.submitted_on
            else _("It has not been submitted.")
        )


def check_can_approve(by: Any, survey: Survey, *, on: date) -> None:
    """This function will refuse whoever may not approve, and whoever drafted it."""
    if not by.can(Permission.APPROVE_CURRICULA, on=on):
        raise NotAllowed(_("Surveys are approved by the Director of training."))
    if survey.drafted_by_id == by.pk:
        raise NotAllowed(_("Whoever drafted a survey does not approve it."))
