"""The deeds that can be done to many officers at once: what each asks, who may do it, how it is judged and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _l

from deployment.actions.many import change_duty_of_many, held_before, take_up_again
from deployment.models import Posting
from deployment.queries.many import plan_duty
from desk.forms import bulk as forms
from hcims.access.permissions import Permission
from personnel.actions import many as writing
from personnel.models import CourseAttended, Officer, SkillHeld
from personnel.queries import many as judging


@dataclass(frozen=True)
class Deed:
    """`plan` judges each officer, `write` carries the plan out; `model` is the table whose history takes it back."""

    code: str
    title: str | Promise
    permission: Permission
    form: type[forms.DeedForm]
    model: Any
    plan: Callable[..., Any]
    write: Callable[..., None]
    # Where the deed ended rows to begin others: finds those to take up again as the others are taken out, and does so.
    ended: Callable[[Any], tuple[Any, list[str]]] | None = None
    take_up_again: Callable[..., None] | None = None


DEEDS: dict[str, Deed] = {
    each.code: each
    for each in (
        Deed("duty", _l("Change the duty"), Permission.RECORD_POSTINGS, forms.DutyDeed, Posting, plan_duty,
             change_duty_of_many, held_before, take_up_again),
        Deed("skill", _l("Record a skill"), Permission.EDIT_OFFICERS, forms.SkillDeed, SkillHeld, judging.plan_skill,
             writing.record_skill_of_many),
        Deed("checked", _l("Check a claimed skill"), Permission.VERIFY_SKILLS, forms.CheckDeed, SkillHeld,
             judging.plan_check, writing.verify_skill_of_many),
        Deed("course", _l("Record a course"), Permission.EDIT_OFFICERS, forms.CourseDeed, CourseAttended,
             judging.plan_course, writing.record_course_of_many),
        Deed("allowance", _l("Change the house-allowance place"), Permission.EDIT_OFFICERS, forms.AllowanceDeed, Officer,
             judging.plan_allowance, writing.move_allowance_of_many),
    )
}  # fmt: skip
DOERS = frozenset(each.permission for each in DEEDS.values())


def deeds_for(user: Any, *, on: date) -> list[Deed]:
    """The deeds that the user may do somewhere; to whom, the plan of each says."""
    return [each for each in DEEDS.values() if user.can(each.permission, on=on)]
