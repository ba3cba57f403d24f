"""A unit in words as of a day, so that a change can be shown as old → new."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hcims.ui.parts import Change
from organisation.models import ClassScheme, Unit, UnitType
from organisation.queries.history import classings_of
from organisation.queries.unit_page import classes_on, line_of_command, shown_as


def snapshot(unit: Unit, *, on: date) -> dict[str, str]:
    """What a reader would see of the unit on the day, by its label."""
    unit = Unit.objects.select_related("county", "ward").get(pk=unit.pk)
    name, type = shown_as(unit, on=on)
    classes = {each.scheme: str(each.unit_class) for each in classes_on(classings_of(unit), on=on)}
    place = f"{unit.latitude}, {unit.longitude}" if unit.latitude is not None else ""
    commands = [shown for code, shown in line_of_command(unit, on=on) if code != unit.code]
    found = {
        _("Name"): name,
        _("Type"): str(UnitType(type).label),
        _("Line of command"): " › ".join(commands),
        _("Line"): unit.get_line_display(),
        _("Service"): unit.get_service_display() if unit.service else "",
        _("County (place)"): str(unit.county or ""),
        _("Ward"): str(unit.ward or ""),
        _("Coordinates"): place,
        _("Gazette notice"): unit.gazette_notice,
        _("Gazetted on"): _day(unit.gazetted_on),
        _("Closed from"): _day(unit.closed_on),
    }
    for scheme in ClassScheme:
        found[str(scheme.label)] = classes.get(scheme.value, "")
    return found


def snapshot_of_code(code: str, *, on: date) -> dict[str, str]:
    """The same for a unit known by its code alone."""
    return snapshot(Unit.objects.get(code=code), on=on)


def differences(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    """The entries that change, old → new; an entry that is gone leaves nothing."""
    return [
        Change(label, before.get(label) or None, words or None)
        for label, words in after.items()
        if before.get(label, "") != words
    ]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
