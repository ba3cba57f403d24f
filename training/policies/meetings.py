"""Who sets the days on which a cohort meets, and what of them still changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.errors import RuleBroken
from training.models import Cohort, CohortState, Meeting
from training.policies.roll import check_can_take

DAYS = "Days of the cohort"
OVER = (CohortState.FINISHED, CohortState.CANCELLED)


def check_can_set(by: Any, cohort: Cohort, *, on: date) -> None:
    """Whoever takes the roll sets the days, while the cohort is not over. Errors: NotAllowed, RuleBroken."""
    check_can_take(by, cohort, on=on)
    if cohort.state in OVER:
        raise RuleBroken(_("The cohort is over: its meetings stand."), DAYS)


def check_day(cohort: Cohort, day: date) -> None:
    """Errors: RuleBroken for a day before the cohort begins."""
    if day < cohort.first_on:
        raise RuleBroken(
            _("The cohort begins on %(day)s; a meeting is not held before.") % {"day": cohort.first_on.isoformat()},
            DAYS,
        )


def check_has_none(cohort: Cohort) -> None:
    """Errors: RuleBroken where meetings stand already."""
    if cohort.meetings.exists():
        raise RuleBroken(_("Meetings stand already. Change them one by one, or add to them."), DAYS)


def check_has_no_roll(meeting: Meeting) -> None:
    """Errors: RuleBroken for a meeting whose roll was taken: it was held, on that day."""
    if meeting.attendance.exists():
        raise RuleBroken(_("The roll of this meeting was taken: it was held, on that day."), DAYS)


def check_stands(meeting: Meeting) -> None:
    """Errors: RuleBroken for a meeting that was cancelled."""
    if meeting.cancelled_on is not None:
        raise RuleBroken(_("This meeting was cancelled. Add another one instead."), DAYS)
