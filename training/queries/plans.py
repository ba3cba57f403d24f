"""Plans of calls as their pages read them, and what a coordinator of the roll-out has before him or her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit
from organisation.queries import highest_unit_of, in_scope
from training.models import (
    CallPlan,
    Cohort,
    CohortState,
    Course,
    PlannedCall,
    TrainingRule,
    TrainingRuleCode,
    VersionState,
)
from training.queries import cohorts, rules
from training.queries.trained import ROLLED_OUT

LEADS = Permission.LEAD_ROLLOUT


@dataclass(frozen=True)
class PlanPage:
    """A plan with its calls, and what they come to now that persons have changed them."""

    plan: CallPlan
    calls: list[PlannedCall]
    reached: int  # wards that the calls left in it reach
    names: int

    @property
    def short_of_best(self) -> int:
        """Wards fewer than any plan could reach."""
        return int(self.plan.at_best - self.reached)

    @property
    def seats_left(self) -> int:
        return int(self.plan.rules["seats"] - self.names)

    @property
    def taken_out(self) -> int:
        return len(self.calls) - self.names


def plans_led_by(user: Any, *, on: date) -> QuerySet[CallPlan]:
    """The plans for commands whose roll-out the user leads."""
    return CallPlan.objects.filter(in_scope(user.scope(LEADS, on=on), on=on, field="area"))


def access_plan(user: Any, ref: str, *, on: date) -> CallPlan:
    """A plan of a command whose roll-out the user leads. Errors: NotFound."""
    rows = plans_led_by(user, on=on).select_related(
        "area", "made_by", "cohort__unit", "cohort__version__course__programme"
    )
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def plan_page(plan: CallPlan) -> PlanPage:
    """The plan in full; one statement."""
    calls = list(
        plan.calls.select_related(
            "officer__rank", "officer__unit", "ward__county", "changed_by", "nomination", "plan__cohort"
        )
    )
    standing = [each for each in calls if not each.is_out]
    return PlanPage(plan, calls, len({each.ward_id for each in standing if _reaches(each)}), len(standing))


def _reaches(call: PlannedCall) -> bool:
    """Whether the call reaches a ward; of one that a person put in, that was looked up and kept with it."""
    return call.ward_id is not None and bool(call.facts.get("reaches", True))


def access_call(plan: CallPlan, number: str) -> PlannedCall:
    """One call of a plan by its officer's service number. Errors: NotFound."""
    found = plan.calls.select_related("officer").filter(officer__service_number=number).first()
    if found is None:
        raise NotFound(f"{plan.ref} {number}")
    return found


def access_cohort(user: Any, ref: str, *, on: date) -> Cohort:
    """A cohort that the user may see. Errors: NotFound."""
    return cohorts.access_cohort(user, ref, on=on)


@dataclass(frozen=True)
class Rollout:
    """Where the roll-out of a command stands: its courses with cohorts, and the numbers proposed for new ones."""

    area: Unit | None
    courses: list[Course]
    cohorts: QuerySet[Cohort]
    plans: QuerySet[CallPlan]
    weeks: TrainingRule | None
    staff: TrainingRule | None


def rollout_of(user: Any, *, on: date) -> Rollout:
    """The first page of whoever leads a roll-out: a constant number of statements, its lists to be paged."""
    inside = in_scope(user.scope(LEADS, on=on), on=on)
    rows = Cohort.objects.filter(inside, version__course__programme__kind__in=ROLLED_OUT)
    rows = rows.exclude(state=CohortState.CANCELLED).select_related("version__course", "unit")
    rows = rows.annotate(
        trainees=Count("enrolments", distinct=True),
        passed=Count("enrolments", filter=Q(enrolments__state="passed"), distinct=True),
        meets=Count("meetings", filter=Q(meetings__cancelled_on__isnull=True), distinct=True),
        teaching=Count("staff", distinct=True),
    )
    known = rules.values(on)
    approved = Course.objects.filter(programme__kind__in=ROLLED_OUT, in_use=True, versions__state=VersionState.APPROVED)
    plans = plans_led_by(user, on=on).select_related("cohort__version__course", "area", "made_by")
    return Rollout(
        area=highest_unit_of(user, on=on, permission=LEADS),
        courses=list(approved.distinct().order_by("order", "code")),
        cohorts=rows.order_by("-first_on", "pk"),
        plans=plans,
        weeks=known.get(TrainingRuleCode.GROUP_WEEKS), staff=known.get(TrainingRuleCode.GROUP_STAFF),
    )  # fmt: skip
