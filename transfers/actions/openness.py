"""Counting the figures of a quarter, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.quarters import Quarter
from transfers.models import OpenFigures, RuleCode
from transfers.queries import figures, rules
from transfers.queries.openness import missing


@action
def count_quarter(quarter: Quarter, *, by: Any, at: datetime) -> OpenFigures:
    """This function will count what was decided in a closed quarter and keep the tables, small groups hidden.

    Errors: RuleBroken for a quarter that is not over, or that was counted.
    """
    today = timezone.localdate(at)
    if quarter.ends_on > today:
        raise RuleBroken(_("The quarter is not over."), source="Data Protection Act 2019, s.25")
    if OpenFigures.objects.filter(starts_on=quarter.starts_on).exists():
        raise RuleBroken(_("The figures of this quarter are counted already."), source="Data Protection Act 2019, s.25")
    threshold = rules.value(RuleCode.SMALL_GROUP, today)
    kept = OpenFigures.objects.create(
        starts_on=quarter.starts_on, ends_on=quarter.ends_on, threshold=threshold, made_at=at,
        figures=figures.counted(quarter, threshold=threshold),
    )  # fmt: skip
    details = {"quarter": quarter.code, "threshold": threshold}
    trail.record(Event.TRANSFER_FIGURES_MADE, target=kept, by=by, at=at, details=details)
    return kept


def count_missing(*, by: Any, at: datetime) -> list[str]:
    """This function will count each closed quarter that has not been counted, the oldest first; returns their codes."""
    found = missing(timezone.localdate(at))
    for quarter in found:
        count_quarter(quarter, by=by, at=at)
    return [quarter.code for quarter in found]
