"""Opening many units in one action: a first service, or a list of new stations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.actions.units import FACTS, hold_tree
from organisation.closure import refresh_closure
from organisation.models import County, Unit, UnitNaming, UnitParent, UnitType, Ward
from organisation.policies import units as policies


@action
def open_units(
    *, rows: Iterable[Mapping[str, Any]], opened_on: date, source: str, by: Any, at: datetime
) -> dict[str, Unit]:
    """This function will open all the units or none, and give them by code. Order does not matter.

    Shape: each row has `code`, `name`, `type`, `line`, `parent` (a code; "" for the service itself) and may have `county` and
    `ward` (codes, or the rows themselves), `opened_on` (else the argument) and the other FACTS.
    """
    hold_tree()
    policies.check_has_source(source)
    rows = [dict(row) for row in rows]
    known = {unit.code: unit for unit in Unit.objects.all()}
    _check_codes(rows, known)
    places = _Places()
    new = {row["code"]: _unit(row, opened_on, places) for row in rows}
    everything = known | new
    for row in rows:
        _check_row(row, new[row["code"]], everything)
    for code in {row["parent"] for row in rows if row.get("parent")} & known.keys():
        policies.check_can_edit(by, known[code], at)  # a new command stands, in the end, under one that is known
    if by is not None and not all(row.get("parent") for row in rows):
        raise RuleBroken(_("Say under which command each unit stands."), policies.LINE_OF_COMMAND)
    _store(rows, new, everything, by, source, at)
    details = {"units": len(new), "digest": trail.digest(sorted(new))}
    trail.record(Event.UNIT_OPENED, target="units:many", by=by, at=at, source=source, details=details)
    return new


class _Places:
    """Counties and wards by code."""

    def __init__(self) -> None:
        self.counties = {each.code: each for each in County.objects.all()}
        self.wards = {each.code: each for each in Ward.objects.all()}

    def county(self, value: Any) -> County | None:
        return self.counties[value] if isinstance(value, str) and value else value or None

    def ward(self, value: Any) -> Ward | None:
        return self.wards[value] if isinstance(value, str) and value else value or None


def _unit(row: Mapping[str, Any], opened_on: date, places: _Places) -> Unit:
    facts = {name: row[name] for name in FACTS if name in row and name not in ("county", "ward")}
    return Unit(
        code=row["code"],
        name=row["name"].strip(),
        type=row["type"],
        county=places.county(row.get("county")),
        ward=places.ward(row.get("ward")),
        opened_on=row.get("opened_on") or opened_on,
        **facts,
    )


def _check_codes(rows: list[Mapping[str, Any]], known: dict[str, Unit]) -> None:
    seen: set[str] = set()
    for row in rows:
        policies.check_code(row["code"])
        if row["code"] in known or row["code"] in seen:
            raise RuleBroken(
                _("The code %(code)s is in use. A unit's code is never used again.") % {"code": row["code"]}
            )
        seen.add(row["code"])


def _check_row(row: Mapping[str, Any], unit: Unit, everything: dict[str, Unit]) -> None:
    policies.check_place(county=unit.county, ward=unit.ward, latitude=unit.latitude, longitude=unit.longitude)
    if not row.get("parent"):
        only = [each for each in everything.values() if each.type == UnitType.SERVICE]
        if len(only) != 1 or only[0] is not unit:
            raise RuleBroken(_("Say under which command %(code)s stands.") % {"code": unit.code})
        return
    parent = everything.get(row["parent"])
    if parent is None:
        raise RuleBroken(_("%(code)s: there is no unit %(parent)s.") % {"code": unit.code, "parent": row["parent"]})
    policies.check_may_stand_under(type=unit.type, parent=parent)
    policies.check_exists(parent, starts=unit.opened_on, ends=None)


def _store(
    rows: list[Mapping[str, Any]], new: dict[str, Unit], everything: dict[str, Unit], by: Any, source: str, at: datetime
) -> None:
    bulk_create_with_history(
        list(new.values()), Unit, default_user=by, default_change_reason=source[:100], default_date=at
    )
    UnitNaming.objects.bulk_create(
        UnitNaming(unit=unit, name=unit.name, type=unit.type, starts_on=unit.opened_on, source=source)
        for unit in new.values()
    )
    UnitParent.objects.bulk_create(
        UnitParent(unit=new[row["code"]], parent=everything[row["parent"]], starts_on=new[row["code"]].opened_on,
                   source=source)
        for row in rows
        if row.get("parent")
    )  # fmt: skip
    try:
        refresh_closure({unit.pk for unit in new.values()})
    except ValueError as error:
        raise RuleBroken(_("The list has a circle: a unit would stand below itself.")) from error
