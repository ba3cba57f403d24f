"""Half-open periods of days: `starts_on` counts, `ends_on` does not; no `ends_on` means still in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q


def in_force(on: date, prefix: str = "") -> Q:
    """A filter for rows whose period covers the day `on`; `prefix` reaches through a relation ("unit__")."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on})
    )


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows with a period."""

    def in_force(self, on: date) -> PeriodQuerySet:
        """Those whose period covers the day `on`."""
        return self.filter(in_force(on))


class Period(models.Model):
    """A row that holds from one day up to, and not including, another."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="The end is before the start.",
            )
        ]

    def is_in_force(self, on: date) -> bool:
        """Whether the period covers the day `on`."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)
