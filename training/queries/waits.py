"""What waits in nominations, cohorts and certificates: the start pages count it, and the lists behind show the same rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hcims.access.permissions import Permission as P
from organisation.queries import in_scope
from personnel.models import Officer, SkillHeld
from training.models import (
    Certificate,
    Cohort,
    CohortState,
    Enrolment,
    EnrolmentState,
    Nomination,
    NominationState,
    TrainingRuleCode,
)
from training.queries import instructors, needs, rules

A_WEEK = 7  # days before letters are due on which the call is asked for
# What a cohort waits for, in the order of its life: the title of the queue, and what is to be done.
COHORT_WAITS: dict[str, tuple[str | Promise, str | Promise]] = {
    "names": (_("Cohorts with names to answer"), _("officers are put forward and wait for a seat or a reason")),
    "call": (_("Cohorts to call"), _("seats are given; joining letters are due within a week, or late")),
    "first-day": (_("First days to record"), _("the course has begun: say who came")),
    "results": (_("Courses over without all results"), _("the last day has passed and trainees wait for their result")),
    "certificates": (_("Cohorts with certificates to issue"), _("trainees passed and hold no certificate yet")),
}


def _conditions(on: date) -> dict[str, Q]:
    """Each as a condition on a cohort."""
    names = Nomination.objects.filter(cohort=OuterRef("pk"))
    trainees = Enrolment.objects.filter(cohort=OuterRef("pk"))
    days = rules.values(on).get(TrainingRuleCode.REPORT_DAYS)
    soon = on + timedelta(days=A_WEEK + (days.value if days else 0))
    has_paper = Certificate.objects.filter(enrolment=OuterRef("pk"), withdrawn_on__isnull=True)
    seated = names.filter(state=NominationState.ACCEPTED, enrolment__isnull=True)
    taking = [CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED]
    return {
        "names": Q(Exists(names.filter(state=NominationState.PROPOSED)), state__in=taking),
        "call": Q(
            Exists(seated), state__in=[CohortState.PLANNED, CohortState.OPEN], first_on__lte=soon, last_on__gte=on
        ),
        "first-day": Q(state=CohortState.CALLED, first_on__lte=on),
        "results": Q(Exists(trainees.filter(state=EnrolmentState.JOINED)), state=CohortState.RUNNING, last_on__lt=on),
        "certificates": Q(
            Exists(trainees.filter(~Exists(has_paper), state=EnrolmentState.PASSED)),
            state__in=[CohortState.RUNNING, CohortState.FINISHED],
        ),
    }


def cohorts_run_by(user: Any, *, on: date) -> QuerySet[Cohort]:
    """The cohorts of units whose training the user runs."""
    return Cohort.objects.filter(in_scope(user.scope(P.RUN_TRAINING, on=on), on=on))


def cohorts_waiting(user: Any, *, on: date) -> dict[str, int]:
    """How many cohorts of the user wait for each. Two statements."""
    counted = {
        code.replace("-", "_"): Count("pk", filter=condition, distinct=True)
        for code, condition in _conditions(on).items()
    }
    found = cohorts_run_by(user, on=on).aggregate(**counted)
    return {code: found[code.replace("-", "_")] for code in COHORT_WAITS}


def only_waiting(rows: QuerySet[Cohort], user: Any, code: str, *, on: date) -> QuerySet[Cohort]:
    """Those of the rows that wait for this at the user."""
    return rows.filter(_conditions(on)[code], pk__in=cohorts_run_by(user, on=on).values("pk"))


def instructors_due(user: Any, *, on: date) -> dict[str, int]:
    """Own instructors whose certificate to teach is about to lapse, or has lapsed, by state of the list."""
    runs = in_scope(user.scope(P.RUN_TRAINING, on=on), on=on, field="institution__unit")
    rows = instructors.instructors_visible_to(user, on=on).filter(runs)
    return {state: instructors.filtered(rows, {"state": state}, on=on).count() for state in ("due", "lapsed")}


def officers_lapsing(user: Any, *, on: date) -> int:
    """Certificates about to lapse in the area of which the reader's page of needs speaks."""
    return needs.lapsing_rows(needs.ground_of(user, None, on=on)).count()


def own_lapsing(officer: Officer, *, on: date) -> list[SkillHeld]:
    """Skills of one officer that lapse by the day of the rule, the first on top."""
    rows = SkillHeld.objects.in_force(on).filter(officer=officer, expires_on__lte=needs.soon(on))
    return list(rows.select_related("skill").order_by("expires_on", "pk"))
