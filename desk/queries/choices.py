"""What filters and forms let a person choose from: reference rows as (code, words)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deployment.models import Duty
from organisation.models import County, Qualification, Rank, Skill

Choices = list[tuple[str, str]]


def _choices(rows: Iterable[Any]) -> Choices:
    return [(row.code, str(row)) for row in rows]


def ranks() -> Choices:
    return _choices(Rank.objects.all())


def counties() -> Choices:
    return _choices(County.objects.all())


def duties() -> Choices:
    return _choices(Duty.objects.all())


def qualifications() -> Choices:
    return _choices(Qualification.objects.all())


def skills() -> list[tuple[str, Choices]]:
    """Skills in use, by category."""
    grouped: dict[str, Choices] = {}
    for skill in Skill.objects.filter(in_use=True).select_related("category"):
        grouped.setdefault(str(skill.category), []).append((skill.code, str(skill)))
    return list(grouped.items())
