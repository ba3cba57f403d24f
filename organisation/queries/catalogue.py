"""Ranks and skills, and the names of types, lines and baselines, for pages that may not know the tables."""

from organisation.models import Baseline, Line, Rank, Skill, UnitType

TYPES = dict(UnitType.choices)
LINES = dict(Line.choices)
BASELINES = dict(Baseline.choices)


def ranks() -> list[Rank]:
    """The ranks, the highest first."""
    return list(Rank.objects.all())


def skills_in_use() -> list[Skill]:
    """The skills that posts may still ask for, by category."""
    return list(Skill.objects.filter(in_use=True).select_related("category"))
