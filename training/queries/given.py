"""What passing a cohort's course gives."""

from __future__ import annotations

from dataclasses import dataclass

from organisation.models import Skill
from training.models import Cohort, GivenKind


@dataclass(frozen=True)
class SkillGiven:
    """A skill at a level, and for how many months where the version says so."""

    skill: Skill
    level: int
    months: int | None


def skills_given(cohort: Cohort) -> list[SkillGiven]:
    """The skills that the version gives. One statement."""
    rows = cohort.version.gives.filter(kind=GivenKind.SKILL).select_related("skill")
    return [SkillGiven(each.skill, each.level, each.months) for each in rows if each.skill is not None]
