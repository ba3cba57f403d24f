"""Surveys of programmes: those in use, those drafted, those that were."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from hcims.errors import NotFound
from training.models import Survey


def listed() -> QuerySet[Any]:
    """Every survey, by programme, the newest first. Their questions belong to no place: whoever drafts them reads all."""
    found = Survey.objects.annotate(count=Count("questions")).select_related("programme", "drafted_by", "approved_by")
    return found.order_by("programme__order", "-number")


def access(ref: str) -> Survey:
    """The survey of that reference. Errors: NotFound."""
    found = Survey.objects.select_related("programme", "drafted_by", "approved_by").filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found
