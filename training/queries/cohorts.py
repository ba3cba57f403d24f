"""Who sees a cohort, and one cohort with access in the same statement.

Whoever may see the training of the unit that holds it, and whoever teaches it. Names are put forward on pages of their own
(`training.queries.nominations`): a commander elsewhere sees an open cohort there, and no other commander's names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope
from training.models import (
    Certificate,
    Cohort,
    CohortState,
    Enrolment,
    EnrolmentState,
    Nomination,
    NominationState,
)

AT_HAND = ("version__course", "unit", "planned_by")
OPEN_STATES = (CohortState.PLANNED, CohortState.OPEN, CohortState.CALLED, CohortState.RUNNING)


def visible_to(user: Any, *, on: date) -> QuerySet[Cohort]:
    """The cohorts that the user may see on the day."""
    of_office = in_scope(user.scope(Permission.SEE_TRAINING, on=on), on=on)
    of_office |= in_scope(user.scope(Permission.RUN_TRAINING, on=on), on=on)
    return Cohort.objects.filter(of_office | Q(pk__in=_taught_by(user)))


def _taught_by(user: Any) -> QuerySet[Any]:
    return Cohort.objects.filter(staff__officer__user=user).values("pk")


def listed(user: Any, *, on: date) -> QuerySet[Cohort]:
    """The same with what a list shows: names that wait, trainees, those who passed."""
    waiting = Q(nominations__state__in=[NominationState.PROPOSED, NominationState.WAITING])
    return (
        visible_to(user, on=on)
        .select_related("version__course", "unit")
        .annotate(
            waiting=Count("nominations", filter=waiting, distinct=True),
            given=Count("nominations", filter=Q(nominations__state=NominationState.ACCEPTED), distinct=True),
            trainees=Count("enrolments", distinct=True),
            passed=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.PASSED), distinct=True),
        )
    )


def access_cohort(user: Any, ref: str, *, on: date) -> Cohort:
    """The cohort of that reference, if the user may see it. Errors: NotFound, the same for both reasons."""
    found = visible_to(user, on=on).select_related(*AT_HAND).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def access_enrolment(user: Any, ref: str, *, on: date) -> Enrolment:
    """A trainee of a cohort that the user may see. Errors: NotFound."""
    found = (
        Enrolment.objects.filter(ref=ref, cohort__in=visible_to(user, on=on).values("pk"))
        .select_related("cohort__version__course", "cohort__unit", "officer__rank", "officer__user", "letter")
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


def access_certificate(user: Any, ref: str, *, on: date) -> Certificate:
    """A certificate of a cohort that the user may see. Errors: NotFound."""
    found = (
        Certificate.objects.filter(ref=ref, enrolment__cohort__in=visible_to(user, on=on).values("pk"))
        .select_related("letter", "enrolment__officer", "enrolment__cohort__unit", "enrolment__cohort__version__course")
        .first()
    )
    if found is None:
        raise NotFound(ref)
    return found


@dataclass(frozen=True)
class Counts:
    """Of one cohort: seats, names by state, trainees by state."""

    nominations: dict[str, int]
    enrolments: dict[str, int]

    def names(self, *states: str) -> int:
        return sum(self.nominations.get(each, 0) for each in states)

    def trainees(self, *states: str) -> int:
        return sum(self.enrolments.get(each, 0) for each in states)


def counts_of(cohort: Cohort) -> Counts:
    """Two statements."""
    names = Nomination.objects.filter(cohort=cohort).values_list("state").annotate(n=Count("pk")).order_by()
    people = Enrolment.objects.filter(cohort=cohort).values_list("state").annotate(n=Count("pk")).order_by()
    return Counts(dict(names), dict(people))


def runs_here(user: Any, cohort: Cohort, *, on: date) -> bool:
    """Whether the user runs the training of the unit that holds it."""
    return bool(user.can(Permission.RUN_TRAINING, at=cohort.unit, on=on))
