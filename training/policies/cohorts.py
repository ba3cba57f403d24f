"""Who plans, changes, opens and cancels a cohort, and what it must fit into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType
from personnel.models import Officer
from training.models import Cohort, CohortState, CourseOffered, CourseVersion, Institution, VersionState

NOT_ONESELF = "Fair Administrative Action Act 2015, s.7(2)(a): nobody decides about himself or herself"
FAIR = "Fair Administrative Action Act 2015, s.4: a decision is given with its reasons"
OWN_INSTITUTION = "access rule: whoever runs an institution or a command runs its courses"
PLAN = "Plan of the course"
OVER = (CohortState.FINISHED, CohortState.CANCELLED)
BEFORE_CALL = (CohortState.PLANNED, CohortState.OPEN)


@dataclass(frozen=True)
class ShareOf:
    """Seats to keep: for a region, a sex, or both."""

    seats: int
    region: Unit | None = None
    sex: str = ""


@dataclass(frozen=True)
class Days:
    """When a cohort runs and until when names are taken."""

    first_on: date
    last_on: date
    nominate_by: date | None = None


def runs(by: Any, unit: Unit, *, on: date) -> bool:
    """Whether the user runs training at the unit."""
    return bool(by.can(Permission.RUN_TRAINING, at=unit, on=on))


def check_runs(by: Any, unit: Unit, *, on: date) -> None:
    """Errors: NotAllowed for anyone who does not run the training of the unit."""
    if not runs(by, unit, on=on):
        raise NotAllowed(_("Only whoever runs the training of %(unit)s does this.") % {"unit": unit}, OWN_INSTITUTION)


def check_is_not_about_oneself(by: Any, officer: Officer) -> None:
    """Errors: NotAllowed for a deed on oneself."""
    if by is not None and officer.user_id is not None and officer.user_id == by.pk:
        raise NotAllowed(_("Nobody decides about himself or herself: another person does this."), NOT_ONESELF)


def check_words(words: str, say: str) -> None:
    """Errors: RuleBroken for a word that says nothing."""
    if len(words.strip()) < 10:
        raise RuleBroken(say, FAIR)


def check_can_plan(by: Any, version: CourseVersion, unit: Unit, days: Days, *, on: date) -> None:
    """An approved version, in force on the first day, of a course that the institution gives."""
    check_runs(by, unit, on=on)
    if version.state != VersionState.APPROVED or not version.is_in_force(days.first_on):
        raise RuleBroken(
            _("No approved version of this course is in force on the first day; the Director of training approves it."),
            PLAN,
        )
    offered = CourseOffered.objects.in_force(days.first_on).filter(institution__unit=unit, course=version.course_id)
    if unit.type == UnitType.TRAINING and not offered.exists():
        raise RuleBroken(
            _("%(unit)s does not give this course on that day. Add it to the courses of the institution first.")
            % {"unit": unit},
            PLAN,
        )


def check_days(days: Days, *, on: date) -> None:
    """Errors: RuleBroken for days in the wrong order, or a time for names that is over."""
    if days.last_on < days.first_on:
        raise RuleBroken(_("The last day is before the first."), PLAN)
    if days.nominate_by is not None and days.nominate_by > days.first_on:
        raise RuleBroken(_("Nominations would end after the first day."), PLAN)


def check_shares(seats: int, shares: Sequence[ShareOf]) -> None:
    """Errors: RuleBroken where more seats are kept than there are, or for something that is not a region."""
    if seats < 1:
        raise RuleBroken(_("A course has at least one seat."), PLAN)
    kept = sum(each.seats for each in shares)
    if kept > seats:
        raise RuleBroken(
            _("%(kept)s seats are kept, but there are only %(seats)s.") % {"kept": kept, "seats": seats}, PLAN
        )
    for each in shares:
        if each.region is None and not each.sex:
            raise RuleBroken(_("Name a region, a sex, or both."), PLAN)
        if each.region is not None and each.region.type != UnitType.REGION:
            raise RuleBroken(_("%(unit)s is not a region.") % {"unit": each.region}, PLAN)


def check_capacity(unit: Unit, seats: int, days: Days, *, but: Cohort | None = None) -> None:
    """Errors: RuleBroken where the institution would hold more trainees at one time than it has room for."""
    capacity = Institution.objects.filter(unit=unit).values_list("capacity", flat=True).first()
    if not capacity:
        return
    others = Cohort.objects.filter(unit=unit, first_on__lte=days.last_on, last_on__gte=days.first_on)
    others = others.exclude(state__in=OVER).exclude(pk=but.pk if but else 0)
    taken = others.aggregate(total=Sum("seats"))["total"] or 0
    if taken + seats > capacity:
        raise RuleBroken(
            _("%(unit)s has room for %(capacity)s trainees at one time, and %(taken)s seats are planned in these days.")
            % {"unit": unit, "capacity": capacity, "taken": taken},
            _("Capacity of the institution"),
        )


def check_can_change(by: Any, cohort: Cohort, *, on: date) -> None:
    """Seats and days change until trainees are called."""
    check_runs(by, cohort.unit, on=on)
    if cohort.state not in BEFORE_CALL:
        raise RuleBroken(
            _("Trainees of this course are called already: its seats and days stand. Cancel it to plan it anew."), PLAN
        )


def check_can_open(by: Any, cohort: Cohort, *, on: date) -> None:
    """Names are asked for until a day that is still to come."""
    check_runs(by, cohort.unit, on=on)
    if cohort.nominate_by is None:
        raise RuleBroken(_("Say first until when names are taken."), PLAN)
    if cohort.nominate_by < on:
        raise RuleBroken(_("The day until which names are taken is over; set a later one first."), PLAN)


def check_can_cancel(by: Any, cohort: Cohort, *, reason: str, on: date) -> None:
    """With a reason that everybody who waits reads."""
    check_runs(by, cohort.unit, on=on)
    check_words(reason, _("Say in a sentence why the course is cancelled: everybody put forward reads it."))


def check_holds_given(seats: int, given: int) -> None:
    """Errors: RuleBroken where fewer seats would be left than were given."""
    if given > seats:
        raise RuleBroken(_("%(given)s seats are given already; they stand.") % {"given": given}, PLAN)


def check_can_staff(cohort: Cohort, officers: Sequence[Officer]) -> None:
    """Errors: RuleBroken for a trainee who would teach the course, a person named twice, or one who left the service."""
    keys = [each.pk for each in officers]
    if len(keys) != len(set(keys)):
        raise RuleBroken(_("An officer stands on the list twice."), PLAN)
    gone = next((each for each in officers if each.exited_on is not None), None)
    if gone is not None:
        raise RuleBroken(_("%(officer)s has left the service.") % {"officer": gone}, PLAN)
    both = cohort.enrolments.filter(officer__in=keys).select_related("officer").first()
    if both is not None:
        raise RuleBroken(_("%(officer)s is a trainee of this course.") % {"officer": both.officer}, NOT_ONESELF)
