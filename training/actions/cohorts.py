"""Cohorts: planned, changed, opened for names, staffed, cancelled, finished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.letters import actions as letters
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from organisation.models import Unit
from personnel.models import Officer
from training import links
from training.models import (
    LIVE,
    Cohort,
    CohortForm,
    CohortStaff,
    CohortState,
    CourseVersion,
    Enrolment,
    EnrolmentState,
    NominationState,
    SeatShare,
    StaffRole,
)
from training.policies import cohorts as policies
from training.policies import results
from training.policies.cohorts import Days, ShareOf

__all__ = [
    "Days",
    "ShareOf",
    "cancel_cohort",
    "change_cohort",
    "finish_cohort",
    "locked",
    "open_cohort",
    "plan_cohort",
    "set_staff",
]
AT_HAND = ("version__course", "unit", "planned_by")


def locked(cohort: Cohort) -> Cohort:
    """This function will read the cohort again under a lock: two people who fill its seats wait for each other."""
    list(Cohort.objects.select_for_update().filter(pk=cohort.pk).values_list("pk"))
    return Cohort.objects.select_related(*AT_HAND).get(pk=cohort.pk)


@action
def plan_cohort(
    *,
    version: CourseVersion,
    unit: Unit,
    title: str,
    days: Days,
    seats: int,
    shares: Sequence[ShareOf] = (),
    form: str = CohortForm.COURSE,
    venue: str = "",
    weeks: int | None = None,
    staff_needed: int = 1,
    by: Any,
    on: date,
    at: datetime,
) -> Cohort:
    """This function will plan one running of a course, with its seats and those of them that are kept.

    Errors: NotAllowed for anyone who does not run the training of the unit; RuleBroken without an approved version, for a
    course that the institution does not give, for more kept seats than seats, and for more trainees than it has room for.
    """
    policies.check_can_plan(by, version, unit, days, on=on)
    policies.check_days(days, on=on)
    policies.check_shares(seats, shares)
    policies.check_capacity(unit, seats, days)
    cohort = Cohort.objects.create(
        version=version, unit=unit, form=form, title=title.strip()[:120], venue=venue.strip()[:120],
        first_on=days.first_on, last_on=days.last_on, nominate_by=days.nominate_by, seats=seats, weeks=weeks,
        staff_needed=staff_needed, planned_by=by, planned_at=at,
    )  # fmt: skip
    _keep_shares(cohort, shares)
    details = {"course": version.course.code, "unit": unit.code, "seats": seats}
    trail.record(Event.COHORT_PLANNED, target=cohort, by=by, at=at, details=details)
    return cohort


def _keep_shares(cohort: Cohort, shares: Iterable[ShareOf]) -> None:
    for each in shares:
        SeatShare.objects.create(cohort=cohort, region=each.region, sex=each.sex, seats=each.seats)


@action
def change_cohort(
    cohort: Cohort,
    *,
    title: str,
    days: Days,
    seats: int,
    shares: Sequence[ShareOf] = (),
    venue: str = "",
    weeks: int | None = None,
    staff_needed: int = 1,
    by: Any,
    on: date,
    at: datetime,
) -> Cohort:
    """This function will change days, seats and shares until trainees are called.

    Errors: NotAllowed; RuleBroken once they are, or where fewer seats would be left than were given.
    """
    cohort = locked(cohort)
    policies.check_can_change(by, cohort, on=on)
    policies.check_days(days, on=on)
    given = cohort.nominations.filter(state=NominationState.ACCEPTED).count()
    policies.check_shares(seats, shares)
    policies.check_holds_given(seats, given)
    policies.check_capacity(cohort.unit, seats, days, but=cohort)
    cohort.title, cohort.venue, cohort.seats = title.strip()[:120], venue.strip()[:120], seats
    cohort.first_on, cohort.last_on, cohort.nominate_by = days.first_on, days.last_on, days.nominate_by
    cohort.weeks, cohort.staff_needed = weeks, staff_needed
    cohort.save()
    cohort.shares.all().delete()
    _keep_shares(cohort, shares)
    trail.record(Event.COHORT_CHANGED, target=cohort, by=by, at=at, details={"seats": seats})
    return cohort


@action
def open_cohort(cohort: Cohort, *, by: Any, on: date, at: datetime) -> Cohort:
    """This function will open a cohort for names: commanders nominate, officers ask. Errors: NotAllowed, RuleBroken."""
    cohort = locked(cohort)
    policies.check_can_open(by, cohort, on=on)
    workflow.move(cohort, CohortState.OPEN, by=by, at=at)
    trail.record(Event.COHORT_CHANGED, target=cohort, by=by, at=at, details={"opened": True})
    return cohort


@action
def set_staff(
    cohort: Cohort, *, staff: Sequence[tuple[Officer, str]], by: Any, on: date, at: datetime
) -> list[CohortStaff]:
    """This function will say who teaches a cohort, in place of whoever stood there. Errors: NotAllowed, RuleBroken."""
    cohort = locked(cohort)
    policies.check_runs(by, cohort.unit, on=on)
    policies.check_can_staff(cohort, [officer for officer, _role in staff])
    cohort.staff.all().delete()
    kept = [
        CohortStaff.objects.create(cohort=cohort, officer=officer, role=role or StaffRole.FACILITATOR)
        for officer, role in staff
    ]
    trail.record(Event.COHORT_CHANGED, target=cohort, by=by, at=at, details={"staff": len(kept)})
    return kept


@action
def cancel_cohort(cohort: Cohort, *, reason: str, by: Any, on: date, at: datetime) -> Cohort:
    """This function will cancel a cohort: names are refused with that reason, letters withdrawn, everybody told.

    Errors: NotAllowed, RuleBroken without a reason, InvalidTransition once it is over.
    """
    cohort = locked(cohort)
    policies.check_can_cancel(by, cohort, reason=reason, on=on)
    workflow.move(cohort, CohortState.CANCELLED, by=by, at=at, note=reason)
    told = []
    for nomination in cohort.nominations.select_for_update().filter(state__in=LIVE).order_by("pk"):
        was_given = nomination.state == NominationState.ACCEPTED
        to = NominationState.WITHDRAWN if was_given else NominationState.REFUSED
        workflow.move(
            nomination, to, by=by, at=at, note="cancelled", decided_by=by, decided_at=at, decision_code="cancelled",
            decision_note=reason.strip()[:300],
        )  # fmt: skip
        told.append(nomination.officer_id)
    for enrolment in cohort.enrolments.select_for_update().filter(state__in=[EnrolmentState.CALLED, "joined"]):
        let_go(enrolment, reason, by=by, on=on, at=at)
        told.append(enrolment.officer_id)
    trail.record(Event.COHORT_CANCELLED, target=cohort, by=by, at=at, reason=reason)
    tell_officers(told, at=at)
    return cohort


def let_go(enrolment: Enrolment, reason: str, *, by: Any, on: date, at: datetime) -> None:
    """This function will end a trainee's place on the course; the joining letter no longer counts."""
    workflow.move(
        enrolment, EnrolmentState.LEFT, by=by, at=at, note="cancelled", left_on=on, result_note=reason.strip()[:200]
    )
    if enrolment.letter is not None and enrolment.letter.state == "issued":
        letters.withdraw(enrolment.letter, by=by, at=at, reason=reason)


def tell_officers(officers: Iterable[int], *, at: datetime) -> None:
    """This function will tell officers that there is news about a course, and no more than that."""
    people = [
        each.user for each in Officer.objects.filter(pk__in=set(officers), user__isnull=False).select_related("user")
    ]
    notify_many([each for each in people if each is not None], Notice.TRAINING_NEWS, at=at, link=links.mine())


@action
def finish_cohort(cohort: Cohort, *, by: Any, on: date, at: datetime) -> Cohort:
    """This function will close a course once everybody who joined has a result. Errors: NotAllowed, RuleBroken."""
    cohort = locked(cohort)
    results.check_can_finish(by, cohort, on=on)
    workflow.move(cohort, CohortState.FINISHED, by=by, at=at)
    trail.record(Event.COHORT_CHANGED, target=cohort, by=by, at=at, details={"finished": True})
    return cohort
