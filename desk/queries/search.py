"""Search by service number, by name, by unit: always within the reader's area, by the columns' indexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from hcims.access.permissions import Permission
from organisation.models import Unit
from organisation.queries import units_visible_to
from personnel.models import Officer
from personnel.queries import number_like

SHORTEST = 2  # letters below which nothing is searched


@dataclass(frozen=True)
class Found:
    """What the words lead to, within the reader's area."""

    officers: list[Officer]
    units: list[Unit]

    def officer_named(self, words: str) -> Officer | None:
        """The officer whose whole number was typed."""
        number = words.strip().upper()
        return next((each for each in self.officers if each.service_number.upper() == number), None)

    def unit_called(self, words: str) -> Unit | None:
        """The unit whose whole code was typed, or whose whole name, where no other unit's name holds the words."""
        text = " ".join(words.split()).casefold()
        coded = [each for each in self.units if each.code.casefold() == text]
        named = [each for each in self.units if each.name.casefold() == text]
        return coded[0] if coded else named[0] if named and len(self.units) == 1 else None


def search(user: Any, words: str, *, on: date, limit: int = 20) -> Found:
    """Officers and units that begin with, or (units) hold, the words. Four queries at most, whatever is found."""
    text = " ".join(words.split())
    if len(text) < SHORTEST:
        return Found([], [])
    officers = number_like(user, text, on=on, limit=limit) if user.can(Permission.SEE_OFFICERS, on=on) else []
    return Found(officers, _units(user, text, on=on, limit=limit))


def _units(user: Any, text: str, *, on: date, limit: int) -> list[Unit]:
    if not user.can(Permission.SEE_UNITS, on=on):
        return []
    order = Case(
        When(code__iexact=text, then=Value(0)), When(name__istartswith=text, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    named = Q(name__icontains=text) | Q(code__istartswith=text)
    found = units_visible_to(user, on=on).open_on(on).filter(named)  # type: ignore[attr-defined]
    return list(found.annotate(nearness=order).order_by("nearness", "name")[:limit])
