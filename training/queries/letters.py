"""Trainees whose paper is still to be printed."""

from __future__ import annotations

from django.db.models import QuerySet

from training.models import CohortState, Enrolment, EnrolmentState


def without_joining_letter() -> QuerySet[Enrolment]:
    """Trainees who were called and have no letter yet; a course that began or was cancelled needs none."""
    return Enrolment.objects.filter(
        letter__isnull=True, state=EnrolmentState.CALLED, cohort__state=CohortState.CALLED
    ).order_by("pk")
