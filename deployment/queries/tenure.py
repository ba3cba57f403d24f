"""Tenure at a unit: since the start of the substantive posting in force, against the limit of the day.

A start that the roll did not say is unknown: it is never counted as over the limit, and never as within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from deployment.models import DeploymentRule, RuleCode
from hcims.periods import in_force
from organisation.models import UnitClassing
from personnel.validity import months_after

SERIOUS_OPERATION_AREA = "operation-serious"


@dataclass(frozen=True)
class Limits:
    """Months after which tenure is over, in ordinary places and in operation areas; none where no rule is in force."""

    months: int | None
    operation_months: int | None
    operation_units: frozenset[int]

    def of(self, unit: int | None) -> int | None:
        """The limit at a unit (primary key)."""
        return self.operation_months if unit in self.operation_units and self.operation_months else self.months


def operation_units(on: date) -> QuerySet[UnitClassing]:
    """The classings that make a unit a serious operation area on the day."""
    return UnitClassing.objects.filter(in_force(on), unit_class__code=SERIOUS_OPERATION_AREA)


def limits(on: date) -> Limits:
    """The limits in force on the day. Two queries."""
    values = dict(
        DeploymentRule.objects.in_force(on)
        .filter(code__in=[RuleCode.TENURE_MAXIMUM, RuleCode.TENURE_MAXIMUM_OPERATION])
        .values_list("code", "value")
    )
    units = operation_units(on).values_list("unit", flat=True)
    return Limits(values.get(RuleCode.TENURE_MAXIMUM), values.get(RuleCode.TENURE_MAXIMUM_OPERATION), frozenset(units))


def over_limit(on: date, *, prefix: str = "") -> Q:
    """A filter for substantive postings in force that have lasted longer than the limit; `prefix` reaches the posting."""
    found = limits(on)
    over = Q(pk__in=[])
    if found.months:
        over = Q(**{f"{prefix}starts_on__lt": months_after(on, -found.months)})
    if found.operation_months:
        units = operation_units(on).values("unit")
        since = months_after(on, -found.operation_months)
        over |= Q(**{f"{prefix}unit__in": units, f"{prefix}starts_on__lt": since})
    return over & Q(**{f"{prefix}start_known": True})


def months_between(since: date, on: date) -> int:
    """Whole months from one day to another."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return months - (on.day < since.day)


def small_cell_threshold(on: date) -> int:
    """Counts below this are hidden in published aggregates; ten where no rule says otherwise."""
    found = DeploymentRule.objects.in_force(on).filter(code=RuleCode.SMALL_CELL).values_list("value", flat=True).first()
    return found or 10
