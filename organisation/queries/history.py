"""What happened to a unit: opened, moved, renamed, classed, corrected, closed; each with its paper."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

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
    moments = [*_moves(unit), *_names(unit), *_classes(classings), *_corrections(unit)]
    if unit.closed_on:
        moments.append(Moment(unit.closed_on, _("Closed")))
    return sorted(moments, key=lambda moment: _day(moment.at), reverse=True)


def _day(at: Any) -> date:
    return at.date() if hasattr(at, "date") else at


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


def _corrections(unit: Unit) -> list[Moment]:
    """Changes of facts, compared row by row with what stood before."""
    found = []
    rows = list(unit.history.select_related("county", "ward", "history_user").order_by("history_date", "history_id"))  # type: ignore[attr-defined]
    for before, after in itertools.pairwise(rows):
        changes = [
            f"{label}: {_words(before, name)} → {_words(after, name)}"
            for name, label in FACT_LABELS.items()
            if getattr(before, name) != getattr(after, name)
        ]
        if changes:
            by = str(after.history_user or "")
            found.append(Moment(after.history_date, "; ".join(changes), by=by, note=after.history_change_reason or ""))
    return found


def _words(row: Any, name: str) -> str:
    value = getattr(row, name)
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display and value else value) if value not in (None, "") else "–"
