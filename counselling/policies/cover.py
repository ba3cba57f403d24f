"""Who keeps offices, records welfare and incidents, and confirms them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType

SUPPORT_FOR_ALL = "Direction of the Inspector General: commanders create space for wellbeing"
WIDE = (UnitType.SERVICE, UnitType.HEADQUARTERS, UnitType.REGION, UnitType.COUNTY)


def check_can_lead(by: Any, unit: Unit | None, *, on: date) -> None:
    """This function will refuse whoever does not lead wellbeing at the unit, or anywhere where none is named."""
    if not by.can(Permission.LEAD_WELLBEING, at=unit, on=on):
        raise NotAllowed(_("This is kept by the wellbeing lead."))


def check_can_record(by: Any, unit: Unit, *, on: date) -> None:
    """This function will refuse whoever does not command the unit."""
    if not by.can(Permission.RECORD_WELFARE, at=unit, on=on):
        raise NotAllowed(_("This is recorded by the commander of %(unit)s.") % {"unit": unit})


def check_not_later(day: date, *, on: date) -> None:
    """This function will refuse a day to come."""
    if day > on:
        raise RuleBroken(_("This day is still to come. Record what has happened."))


def check_month(month: date, *, on: date) -> None:
    """This function will refuse a month to come, and one so long ago that nobody can say any more."""
    if month > on:
        raise RuleBroken(_("This month is still to come. Record what has happened."))
    if (on.year - month.year) * 12 + on.month - month.month > 12:
        raise RuleBroken(_("This month is more than a year ago. Only the last twelve months are recorded."))


def check_near(unit: Unit) -> None:
    """This function will refuse a command so wide that the offer would go to people who were far away."""
    if unit.type in WIDE:
        raise RuleBroken(
            _("Name the station, company or office where it happened; record it once for each of them."),
            SUPPORT_FOR_ALL,
        )


def check_source(source: str) -> None:
    """This function will refuse an entry that rests on no paper."""
    if not source.strip():
        raise RuleBroken(_("Say where this is from: the paper and its date."))
