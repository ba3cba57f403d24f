"""Who keeps what an institution has to teach with, and on what it rests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.access.permissions import Permission as P
from hcims.errors import NotAllowed, RuleBroken
from organisation.models import Unit, UnitType
from personnel.models import Officer


def check_can_run(by: Any, unit: Unit, *, on: date) -> None:
    """This function will refuse whoever does not run training at the unit."""
    if not by.can(P.RUN_TRAINING, at=unit, on=on):
        raise NotAllowed(_("This is kept by the training officer or the commandant of %(unit)s.") % {"unit": unit})


def check_paper(paper: str) -> None:
    """This function will refuse a change that rests on no paper."""
    if not paper.strip():
        raise RuleBroken(_("Say what this rests on: the paper, its number and its date."))


def check_is_institution(unit: Unit) -> None:
    """This function will refuse a unit that is no open training institution."""
    if unit.type != UnitType.TRAINING or unit.closed_on is not None:
        raise RuleBroken(
            _("%(unit)s is no open unit of the kind “training institution”. Open it as such under Units first.")
            % {"unit": unit}
        )


def check_serves_at(officer: Officer | None, unit: Unit) -> Officer:
    """This function will refuse an officer who does not serve at the unit, and hand back one who does.

    Nobody looks numbers up here: one of somebody elsewhere is answered like one of nobody.
    """
    if officer is None:
        raise RuleBroken(
            _("No officer of this number is posted to %(unit)s. Whoever teaches here is posted here first.")
            % {"unit": unit}
        )
    return officer


def check_ends_after(starts_on: date, ends_on: date) -> None:
    """This function will refuse an end before its beginning."""
    if ends_on < starts_on:
        raise RuleBroken(
            _("It began on %(day)s and cannot end before that.") % {"day": date_format(starts_on, "j F Y")}
        )


def check_in_force(thing: Any, *, on: date) -> None:
    """This function will refuse to end what has ended."""
    if thing.ends_on is not None and thing.ends_on <= on:
        raise RuleBroken(_("This ended on %(day)s already.") % {"day": date_format(thing.ends_on, "j F Y")})
