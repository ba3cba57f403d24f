"""What happened to a unit: opened, moved, renamed, classed, corrected, closed; each with its paper."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from hcims.ui.parts import Moment
from organisation.models import ClassScheme, Unit, UnitClassing, UnitType

# Facts without dates of their own, as the page calls them.
FACT_LABELS = {
    "line": _l("line"),
    "service": _l("service"),
    "county": _l("county"),
    "ward": _l("ward"),
    "latitude": _l("latitude"),
    "longitude": _l("longitude"),
    "gazette_notice": _l("gazette notice"),
    "gazetted_on": _l("gazetted on"),
}


def classings_of(unit: Unit) -> list[UnitClassing]:
    """Every class the unit was ever given, with its paper, the oldest first."""
    return list(unit.classings.select_related("unit_class").order_by("starts_on", "pk"))


def history_of(unit: Unit, classings: list[UnitClassing]) -> list[Moment]:
    """The unit's history, newest first; `classings` as `classings_of` reads them. Three statements."""
    rows = _records(unit)
    moments = [*_moves(unit), *_names(unit), *_classes(classings), *_corrections(rows), *_closings(unit, rows)]
    return sorted(moments, key=lambda moment: _day(moment.at), reverse=True)


def _day(at: Any) -> date:
    return timezone.localdate(at) if isinstance(at, datetime) else at


def _moves(unit: Unit) -> list[Moment]:
    found = []
    links = list(unit.parent_links.select_related("parent").order_by("starts_on", "pk"))
    for link in links:
        if link.ends_on == link.starts_on:
            continue  # replaced on the same day
        words = _("Opened under %(unit)s") if link.starts_on <= unit.opened_on else _("Moved under %(unit)s")
        found.append(Moment(link.starts_on, words % {"unit": link.parent}, note=link.source))
    if not links:
        found.append(Moment(unit.opened_on, _("Opened")))
    return found


def _names(unit: Unit) -> list[Moment]:
    found = []
    former = None
    for naming in sorted(unit.namings.all(), key=lambda each: (each.starts_on, each.pk)):
        if former is not None and naming.ends_on != naming.starts_on:
            words = []
            if naming.name != former.name:
                words.append(_("Renamed from %(old)s to %(new)s") % {"old": former.name, "new": naming.name})
            if naming.type != former.type:
                old, new = UnitType(former.type).label, UnitType(naming.type).label
                words.append(_("Became: %(new)s (before: %(old)s)") % {"old": old, "new": new})
            found.append(Moment(naming.starts_on, "; ".join(map(str, words)), note=naming.source))
        former = naming
    return found


def _classes(classings: list[UnitClassing]) -> list[Moment]:
    found = []
    begun = {(each.scheme, each.starts_on) for each in classings if each.ends_on != each.starts_on}
    for classing in classings:
        if classing.ends_on == classing.starts_on:
            continue
        facts = {"scheme": ClassScheme(classing.scheme).label, "class": classing.unit_class}
        found.append(Moment(classing.starts_on, _("%(scheme)s: %(class)s") % facts, note=classing.source))
        if classing.ends_on and (classing.scheme, classing.ends_on) not in begun:
            found.append(Moment(classing.ends_on, _("%(scheme)s: no class any more") % facts))
    return found


def _records(unit: Unit) -> list[Any]:
    """The record's rows as they followed each other: what stands in a row and not in the one before was changed by it."""
    history = unit.history.select_related("county", "ward", "history_user")  # type: ignore[attr-defined]
    return list(history.order_by("history_date", "history_id"))


def _corrections(rows: list[Any]) -> list[Moment]:
    """Changes of facts, with before and after."""
    found = []
    for before, after in itertools.pairwise(rows):
        changes = [
            f"{label}: {_words(before, name)} → {_words(after, name)}"
            for name, label in FACT_LABELS.items()
            if getattr(before, name) != getattr(after, name)
        ]
        if changes:
            found.append(_on_paper(after.history_date, "; ".join(changes), after))
    return found


def _closings(unit: Unit, rows: list[Any]) -> list[Moment]:
    """The closing that holds, and each that was taken back, with their papers."""
    found, closing = [], None
    for before, after in itertools.pairwise(rows):
        if after.closed_on and after.closed_on != before.closed_on:
            closing = after
        elif before.closed_on and not after.closed_on:
            day = date_format(before.closed_on, "j F Y")
            words = _("Closing taken back: it was to close on %(day)s") % {"day": day}
            found.append(_on_paper(after.history_date, words, after))
    if unit.closed_on:
        closed = _("Closed")
        found.append(_on_paper(unit.closed_on, closed, closing) if closing else Moment(unit.closed_on, closed))
    return found


def _on_paper(at: date, what: str, row: Any) -> Moment:
    return Moment(at, what, by=str(row.history_user or ""), note=row.history_change_reason or "")


def _words(row: Any, name: str) -> str:
    value = getattr(row, name)
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display and value else value) if value not in (None, "") else "–"
