"""Joining letters: by when they go out, and trainees whose paper is still to be printed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from training.models import Cohort, CohortState, Enrolment, EnrolmentState, TrainingRuleCode
from training.queries import rules


def due_by(cohort: Cohort, *, on: date) -> date | None:
    """The last day on which joining letters are in time, by the dated rule; None while no rule is in force."""
    days = rules.values(on).get(TrainingRuleCode.REPORT_DAYS)
    return cohort.first_on - timedelta(days=days.value) if days else None


def without_joining_letter() -> QuerySet[Enrolment]:
    """Trainees who were called and have no letter yet; a course that began or was cancelled needs none."""
    return Enrolment.objects.filter(
        letter__isnull=True, state=EnrolmentState.CALLED, cohort__state=CohortState.CALLED
    ).order_by("pk")
