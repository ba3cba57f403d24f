"""Meetings of a cohort as its pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from hcims.errors import NotFound
from training.models import (
    Cohort,
    CohortState,
    CurriculumVersion,
    Meeting,
    Part,
    TrainingRuleCode,
    VersionState,
)
from training.policies.roll import last_day, may_take
from training.queries import cohorts, rules


@dataclass(frozen=True)
class Held:
    """A meeting with what was marked at it."""

    meeting: Meeting
    marked: int
    present: int
    roll: str  # "open", "closed", "to come", "cancelled"


@dataclass(frozen=True)
class Meetings:
    """All meetings of a cohort, and whether this reader sets them and takes their rolls."""

    cohort: Cohort
    rows: list[Held]
    takes: bool
    sets: bool

    @property
    def counted(self) -> int:
        """Those not cancelled."""
        return sum(each.roll != "cancelled" for each in self.rows)

    @property
    def to_take(self) -> int:
        """Those held whose roll is open and empty."""
        return sum(each.roll == "open" and not each.marked for each in self.rows)


def of_cohort(user: Any, ref: str, *, on: date) -> Meetings:
    """The meetings of a cohort that the user may see. Errors: NotFound."""
    return meetings_of(user, cohorts.access_cohort(user, ref, on=on), on=on)


def meetings_of(user: Any, cohort: Cohort, *, on: date) -> Meetings:
    """The same of a cohort at hand."""
    days_late = rules.value(TrainingRuleCode.ROLL_DAYS_LATE, on)
    counted = cohort.meetings.select_related("part").annotate(
        marked=Count("attendance"), present=Count("attendance", filter=Q(attendance__present=True))
    )
    rows = [
        Held(each, each.marked, each.present, _roll(each, cohort, days_late, on)) for each in counted.order_by("on")
    ]
    takes = may_take(user, cohort, on=on)
    over = cohort.state in (CohortState.FINISHED, CohortState.CANCELLED)
    return Meetings(cohort, rows, takes, takes and not over)


def _roll(meeting: Meeting, cohort: Cohort, days_late: int, on: date) -> str:
    if meeting.cancelled_on is not None:
        return "cancelled"
    if meeting.on > on or cohort.state in (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED):
        return "to come"
    return "open" if on <= last_day(meeting, days_late) else "closed"


def access_meeting(user: Any, ref: str, *, on: date) -> Meeting:
    """A meeting of a cohort that the user may see. Errors: NotFound."""
    found = (
        Meeting.objects.filter(ref=ref, cohort__in=cohorts.visible_to(user, on=on).values("pk"))
        .select_related("cohort__unit", "cohort__version__course", "part")
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def parts_of(cohort: Cohort, *, on: date) -> list[Part]:
    """The parts of the programme that the course is, in their order; none for a course that is no programme."""
    programme = cohort.version.course.programme_id
    if programme is None:
        return []
    version = CurriculumVersion.objects.in_force(on).filter(programme=programme, state=VersionState.APPROVED).first()
    return list(version.parts.all()) if version else []
