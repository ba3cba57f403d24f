"""Staged values of a sheet in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.models import EnrolmentState

NAMED = 6  # absences told one by one; more are counted


class SheetWords:
    """Tells marks and results."""

    def load_units(self, rows: Iterable[dict[str, Any]]) -> None:
        """Nothing: a sheet names no units."""

    def tell(self, name: str, value: Any, *, open_sealed: bool) -> str:
        """One value in words; "" for none."""
        if value in (None, "", []):
            return ""
        if name == "marks":
            return marks_in_words(value)
        if name == "result":
            return str(EnrolmentState(value).label)
        return str(value)


def marks_in_words(marks: list[list[Any]]) -> str:
    """Such as: present at 11; absent at 2: 4 May 2026, 6 May 2026."""
    there = sum(1 for each in marks if each[2])
    away = [_day(each[1]) for each in marks if not each[2]]
    if len(marks) == 1:
        day = _day(marks[0][1])
        return (_("%(day)s: present") if marks[0][2] else _("%(day)s: absent")) % {"day": day}
    told = [ngettext("present at %d", "present at %d", there) % there] if there else []
    if away:
        named = ", ".join(away[:NAMED]) + (" …" if len(away) > NAMED else "")
        told.append(_("absent at %(count)d: %(days)s") % {"count": len(away), "days": named})
    return "; ".join(told)


def _day(name: str) -> str:
    """The day of a meeting that is called "3 · 2026-05-04"."""
    return date_format(date.fromisoformat(name.rsplit(" · ", 1)[1]), "j M Y")
