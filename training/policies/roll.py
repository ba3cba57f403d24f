"""Who takes a roll, of what, and until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed
from training.models import Cohort, CohortState, Enrolment, EnrolmentState, Meeting

OWN_COHORT = "access rule: whoever teaches a cohort, or runs the training of the unit that holds it, takes its roll"
# Whoever is only called, or did not come, stands on no roll: the first day's list says who joined.
ON_THE_ROLL = (EnrolmentState.JOINED, EnrolmentState.PASSED, EnrolmentState.FAILED, EnrolmentState.LEFT)
TAKEN_IN = (CohortState.RUNNING, CohortState.FINISHED)


def may_take(by: Any, cohort: Cohort, *, on: date) -> bool:
    """Whether the user takes the roll of this cohort: he or she teaches it, or runs the training of its unit."""
    if by.can(Permission.RUN_TRAINING, at=cohort.unit, on=on):
        return True
    return bool(cohort.staff.filter(officer__user=by).exists())


def check_can_take(by: Any, cohort: Cohort, *, on: date) -> None:
    """Errors: NotAllowed for anybody else."""
    if not may_take(by, cohort, on=on):
        raise NotAllowed(_("Only its facilitators, and whoever runs the training here, take this roll."), OWN_COHORT)


def last_day(meeting: Meeting, days_late: int) -> date:
    """The last day on which the roll of a meeting may be taken or changed."""
    return meeting.on + timedelta(days=days_late)


def why_not(cohort: Cohort, meeting: Meeting, enrolment: Enrolment, *, days_late: int, at: datetime) -> str:
    """A code for what keeps a mark off the roll; empty where nothing does."""
    on = timezone.localdate(at)
    if meeting.cancelled_on is not None:
        return "cancelled"
    if meeting.on > on:
        return "early"
    if on > last_day(meeting, days_late):
        return "late"
    if cohort.state not in TAKEN_IN:
        return "not-running"
    if enrolment.state not in ON_THE_ROLL:
        return "not-joined"
    if enrolment.left_on is not None and enrolment.left_on <= meeting.on:
        return "left"
    return ""


def sentence(code: str) -> str:
    """A refusal in words."""
    return {
        "cancelled": _("The meeting was cancelled."),
        "early": _("The meeting has not been held yet."),
        "late": _("The roll of this meeting is closed: ask whoever runs the training here."),
        "not-running": _("The cohort is not running."),
        "not-joined": _("He or she has not joined the cohort."),
        "left": _("He or she had left by then."),
        "unknown": _("This meeting or this trainee is not yours, or does not exist."),
    }.get(code, code)
