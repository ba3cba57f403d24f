"""Rules of the catalogues: ranks are the law's, and a code means the same thing for ever."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.errors import RuleBroken
from hcims.reference.actions import differences

RANKS = "National Police Service Act 2011, First Schedule"


def check_rank(before: Any, after: Any, today: date) -> None:
    """This function will refuse a rank more, and any change of a rank but its names."""
    if before is None:
        raise RuleBroken(_("There are fourteen ranks; the law adds them, not this page."), RANKS)
    if set(differences(before, after)) - {"name_en", "name_sw"}:
        raise RuleBroken(_("Only the names of a rank can be changed here; its order and cadre are the law's."), RANKS)


def check_code(before: Any, after: Any, today: date) -> None:
    """This function will refuse another code for a row that is there: records refer to it."""
    if before is not None and before.code != after.code:
        raise RuleBroken(_("The code %(code)s stays: records and files refer to it.") % {"code": before.code})


def check_scheme(before: Any, after: Any, today: date) -> None:
    """This function will refuse to move a unit class to another scheme."""
    if before is not None and before.scheme != after.scheme:
        raise RuleBroken(_("The class %(class)s stays in its scheme: units have it on record.") % {"class": before})


def check_levels(before: Any, after: Any, today: date) -> None:
    """This function will refuse a skill without a level."""
    if after.levels < 1:
        raise RuleBroken(_("A skill has at least one level: held or not held."))
