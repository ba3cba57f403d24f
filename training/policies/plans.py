"""Who plans whom to call, for which cohort, and until when a plan changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit
from training.models import CallPlan, Cohort
from training.policies.nominations import SEATS, check_is_not_about_oneself
from training.queries.reach import is_rolled_out

ROLLOUT = "access rule: whoever leads the roll-out of a command plans whom to call from it"
ORDER = "Published order of calls"

__all__ = ["check_can_call", "check_can_change", "check_can_plan", "check_is_not_about_oneself", "check_note", "leads"]


def leads(by: Any, area: Unit, *, on: date) -> bool:
    """Whether the user leads the roll-out at the command."""
    return bool(by.can(Permission.LEAD_ROLLOUT, at=area, on=on))


def check_leads(by: Any, area: Unit, *, on: date) -> None:
    """Errors: NotAllowed for anybody else."""
    if not leads(by, area, on=on):
        raise NotAllowed(_("Only whoever leads the roll-out of %(unit)s does this.") % {"unit": area}, ROLLOUT)


def check_can_plan(by: Any, cohort: Cohort, area: Unit, *, on: date) -> None:
    """For a cohort of leaders or of peer-to-peer supporters whose seats are still given. Errors: NotAllowed, RuleBroken."""
    check_leads(by, area, on=on)
    if not is_rolled_out(cohort):
        raise RuleBroken(
            _("A plan is made for the training of leaders and of peer-to-peer supporters; this course is neither."),
            ORDER,
        )
    if cohort.state not in SEATS:
        raise RuleBroken(_("Seats of this cohort are no longer given."), ORDER)


def check_can_change(by: Any, plan: CallPlan, *, on: date) -> None:
    """Until it was turned into names. Errors: NotAllowed, RuleBroken."""
    check_leads(by, plan.area, on=on)
    if plan.called_at is not None:
        raise RuleBroken(_("The plan was turned into names already; change those."), ORDER)


def check_can_call(by: Any, plan: CallPlan, *, on: date) -> None:
    """A plan that still stands, for seats that are still given. Errors: NotAllowed, RuleBroken."""
    check_can_change(by, plan, on=on)
    if plan.cohort.state not in SEATS:
        raise RuleBroken(_("Seats of this cohort are no longer given."), ORDER)


def check_note(note: str) -> None:
    """Errors: RuleBroken for a reason that says nothing."""
    if len(note.strip()) < 10:
        raise RuleBroken(_("Say in a sentence why the plan is changed: the reason stays beside the name."), ORDER)
