"""What forms of training offer to choose from."""

from __future__ import annotations

from django.db.models import QuerySet

from organisation.models import Skill


def skills_to_teach() -> QuerySet[Skill]:
    """Skills in use that a course can give; languages are learnt elsewhere."""
    return Skill.objects.filter(in_use=True).exclude(category__code="language").order_by("name_en")
