"""Tenure at a station: since when the time there counts, against the limit of the day.

It counts from the arrival. A deployment within a command is no transfer: the posting it begins goes on counting from where
the one before did, and so does the posting to which an officer returns when a move is taken back (`Posting.tenure_since`).
Whatever flags tenure asks here. A start that the roll did not say is unknown: never over the limit, and never within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deployment.models import DeploymentRule, Posting, RuleCode
from hcims.periods import in_force
from organisation.models import UnitClassing
from personnel.validity import months_after

SERIOUS_OPERATION_AREA = "operation-serious"
COUNTS_FROM = Coalesce(F("tenure_since"), F("starts_on"))  # the same as `counts_from`, in a statement


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


def over_limit(on: date, *, prefix: str = "", known: Limits | None = None) -> Q:
    """A filter for substantive postings in force that have lasted longer than the limit; `prefix` reaches the posting.

    `known`: the limits of that day, where they have been read already.
    """
    found = known or limits(on)
    over = Q(pk__in=[])
    if found.months:
        over = counting_before(months_after(on, -found.months), prefix=prefix)
    if found.operation_months:
        units = operation_units(on).values("unit")
        since = months_after(on, -found.operation_months)
        over |= Q(**{f"{prefix}unit__in": units}) & counting_before(since, prefix=prefix)
    return over & Q(**{f"{prefix}start_known": True})


def counts_from(posting: Posting) -> date | None:
    """The day from which the time at the station counts; None where nobody knows it."""
    return (posting.tenure_since or posting.starts_on) if posting.start_known else None


def counting_before(day: date, *, prefix: str = "") -> Q:
    """A filter for postings whose time at the station counts from before a day. `tenure_since` is never after the arrival."""
    return Q(**{f"{prefix}starts_on__lt": day}) | Q(**{f"{prefix}tenure_since__lt": day})


def months_between(since: date, on: date) -> int:
    """Whole months from one day to another."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return months - (on.day < since.day)


def duration(months: int) -> str:
    """Years and months in short: "4 y 2 m"."""
    years, rest = divmod(months, 12)
    if not years:
        return ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest}
    return (
        _("%(years)s y %(months)s m") % {"years": years, "months": rest}
        if rest
        else _("%(years)s y") % {"years": years}
    )


def small_cell_threshold(on: date) -> int:
    """Counts below this are hidden in published aggregates; ten where no rule says otherwise."""
    found = DeploymentRule.objects.in_force(on).filter(code=RuleCode.SMALL_CELL).values_list("value", flat=True).first()
    return found or 10
