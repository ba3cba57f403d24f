"""Who keeps the register of supporters, and what a supporter decides alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from counselling.models import Supporter
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import County, Unit


def check_leads(by: Any, *, at: Unit | None = None, on: date) -> None:
    """This function will refuse whoever does not lead wellbeing, at the unit `at` where one is named. Errors: NotAllowed."""
    if not by.can(Permission.LEAD_WELLBEING, at=at, on=on):
        raise NotAllowed(_("Only the wellbeing lead of the area may do this."))


def check_leads_everywhere(by: Any, *, on: date) -> None:
    """This function will refuse whoever does not lead wellbeing for the whole service: these pages are everybody's.

    Errors: NotAllowed.
    """
    if not by.scope(Permission.LEAD_WELLBEING, on=on).everywhere:
        raise NotAllowed(_("Only the wellbeing lead of the whole service may do this: every officer reads it."))


def check_area(unit: Unit, county: County) -> None:
    """This function will refuse an area that lies in another county. Errors: RuleBroken."""
    if unit.county_id is not None and unit.county_id != county.pk:
        raise RuleBroken(_("%(unit)s does not lie in %(county)s.") % {"unit": unit.name, "county": county.name})


def check_not_oneself(by: Any, user: Any) -> None:
    """This function will refuse to put oneself on the register. Errors: NotAllowed."""
    if by.pk == user.pk:
        raise NotAllowed(_("Nobody accredits himself or herself."))


def check_in_service(supporter: Supporter, *, on: date) -> None:
    """This function will refuse a deed on somebody who no longer serves. Errors: RuleBroken."""
    if not supporter.is_in_force(on):
        raise RuleBroken(_("This person no longer serves as a peer supporter."))


def check_not_ahead(day: date, *, on: date) -> None:
    """This function will refuse a day that has not come. Errors: RuleBroken."""
    if day > on:
        raise RuleBroken(_("This day has not come yet."))


def check_own(by: Any, supporter: Supporter) -> None:
    """This function will refuse everybody but the supporter. Errors: NotAllowed."""
    if supporter.user_id != by.pk:
        raise NotAllowed(_("What is published is the supporter's own choice."))
