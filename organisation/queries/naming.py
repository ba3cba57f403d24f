"""What units were called on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hcims.periods import in_force
from organisation.models import UnitNaming


def named_on(units: QuerySet[Any], on: date) -> QuerySet[Any]:
    """The units with `shown_name` and `shown_type`: what they were called, and were, on the day `on`."""
    naming = UnitNaming.objects.filter(in_force(on), unit=OuterRef("pk"))
    return units.annotate(
        shown_name=Coalesce(Subquery(naming.values("name")[:1]), F("name")),
        shown_type=Coalesce(Subquery(naming.values("type")[:1]), F("type")),
    )
