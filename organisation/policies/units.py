"""Rules for opening, changing, moving, classing and closing units. `by=None` is a command run at the machine."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from hcims.periods import in_force
from organisation.models import ClassScheme, Unit, UnitClass, UnitClosure, UnitParent, UnitType, Ward

LINE_OF_COMMAND = "Policy framework for reorganising the National Police Service, September 2018: one line of command"
STATIONS = "National Police Service Act 2011, section 40(1): designation of stations in the Gazette"
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
# The box around Kenya, with a little sea. Units: degrees.
LATITUDES, LONGITUDES = (Decimal("-5.2"), Decimal("5.6")), (Decimal("33.8"), Decimal("42.1"))
# A unit of the line stands under a higher one; all other types may stand under any unit but a post.
LEVELS = {
    UnitType.SERVICE: 0,
    UnitType.REGION: 1,
    UnitType.COUNTY: 2,
    UnitType.SUBCOUNTY: 3,
    UnitType.WARD: 4,
    UnitType.STATION: 5,
    UnitType.POST: 6,
    UnitType.PATROL_BASE: 6,
}


def check_can_edit(by: Any, unit: Unit, at: datetime) -> None:
    """This function will refuse a person who may not change this unit."""
    if by is not None and not by.can(Permission.EDIT_UNITS, at=unit, on=timezone.localdate(at)):
        raise NotAllowed(_("You may see %(unit)s but not change it.") % {"unit": unit})


def check_code(code: str) -> None:
    """This function will refuse a code that cannot be typed, read out and put into an address."""
    if not CODE.fullmatch(code):
        raise RuleBroken(
            _("“%(code)s” cannot be a unit's code: use 2 to 20 capital letters, digits and hyphens.") % {"code": code}
        )


def check_may_stand_under(*, type: str, parent: Unit) -> None:
    """This function will refuse a place in the tree that turns the line of command upside down."""
    if type == UnitType.SERVICE:
        raise RuleBroken(_("The service itself stands under no command."), LINE_OF_COMMAND)
    above, below = LEVELS.get(UnitType(parent.type)), LEVELS.get(UnitType(type))
    if parent.type in (UnitType.POST, UnitType.PATROL_BASE) or (
        above is not None and below is not None and above >= below
    ):
        raise RuleBroken(
            _("A unit of the type “%(type)s” cannot stand under one of the type “%(parent)s”.")
            % {"type": UnitType(type).label, "parent": UnitType(parent.type).label},
            LINE_OF_COMMAND,
        )


def check_exists(unit: Unit, *, starts: date, ends: date | None) -> None:
    """This function will refuse a period in which the unit is not open throughout."""
    if starts < unit.opened_on:
        raise RuleBroken(_("%(unit)s opened only on %(day)s.") % {"unit": unit, "day": _day(unit.opened_on)})
    if unit.closed_on and (ends is None or ends > unit.closed_on):
        raise RuleBroken(_("%(unit)s closes on %(day)s.") % {"unit": unit, "day": _day(unit.closed_on)})


def check_no_circle(unit: Unit, parent: Unit, *, starts: date, ends: date | None) -> None:
    """This function will refuse a move of a unit to somewhere below itself, on any day of the period."""
    below = UnitClosure.objects.filter(ancestor=unit, descendant=parent).exclude(ends_on__lte=starts)
    if ends is not None:
        below = below.filter(starts_on__lt=ends)
    if below.exists():
        raise RuleBroken(
            _("%(parent)s stands under %(unit)s: a unit cannot move to somewhere below itself.")
            % {"parent": parent, "unit": unit}
        )


def check_has_source(source: str) -> None:
    """This function will refuse a change that rests on no paper."""
    if not source.strip():
        raise RuleBroken(_("Say on which paper this rests: signal, gazette notice or letter, with number and date."))


def check_can_close(unit: Unit, *, on: date) -> None:
    """This function will refuse to close a unit that still has units under it, posts, or later moves."""
    if unit.closed_on:
        raise RuleBroken(_("%(unit)s closes on %(day)s already.") % {"unit": unit, "day": _day(unit.closed_on)})
    if unit.type == UnitType.SERVICE:
        raise RuleBroken(_("The service itself cannot be closed."))
    check_exists(unit, starts=on, ends=on)
    below = UnitClosure.objects.filter(ancestor=unit, depth=1).exclude(ends_on__lte=on).values("descendant")
    if count := below.distinct().count():
        raise RuleBroken(
            ngettext(
                "%(count)d unit still stands under %(unit)s on that day. Move or close it first.",
                "%(count)d units still stand under %(unit)s on that day. Move or close them first.",
                count,
            )
            % {"count": count, "unit": unit}
        )
    if posts := sum(unit.establishment.exclude(ends_on__lte=on).values_list("posts", flat=True)):
        raise RuleBroken(
            _(
                "%(unit)s still has %(posts)d authorised posts on that day. "
                "An establishment version in force by then must take them away first."
            )
            % {"unit": unit, "posts": posts}
        )
    # A move that was taken back leaves a row of no days behind.
    later = UnitParent.objects.filter(unit=unit, starts_on__gt=on).exclude(ends_on=F("starts_on"))
    if move := later.order_by("starts_on").first():
        raise RuleBroken(
            _(
                "%(unit)s is to move on %(day)s. Close it after that day, or take that move back first: "
                "move it on the same day to where it stands now."
            )
            % {"unit": unit, "day": _day(move.starts_on)}
        )


def check_can_reopen(unit: Unit, link: UnitParent | None) -> None:
    """This function will refuse to take back a closing that is not there, or whose command has closed since."""
    if unit.closed_on is None:
        raise RuleBroken(_("%(unit)s is not closed.") % {"unit": unit})
    if link is not None:
        check_exists(link.parent, starts=unit.closed_on, ends=None)


def check_class(unit: Unit, scheme: str, unit_class: UnitClass | None) -> None:
    """This function will refuse a class of another scheme."""
    if unit_class is not None and unit_class.scheme != scheme:
        raise RuleBroken(
            _("“%(class)s” is not a class of the scheme “%(scheme)s”.")
            % {"class": unit_class, "scheme": ClassScheme(scheme).label}
        )


def check_place(*, county: Any, ward: Ward | None, latitude: Decimal | None, longitude: Decimal | None) -> None:
    """This function will refuse a ward of another county and coordinates outside Kenya."""
    if ward is not None and county is not None and ward.county_id != county.pk:
        raise RuleBroken(_("%(ward)s ward is not in %(county)s County.") % {"ward": ward, "county": county})
    if (latitude is None) != (longitude is None):
        raise RuleBroken(_("Give both latitude and longitude, or neither."), STATIONS)
    for value, (lowest, highest), name in (
        (latitude, LATITUDES, _("latitude")),
        (longitude, LONGITUDES, _("longitude")),
    ):
        if value is not None and not lowest <= value <= highest:
            raise RuleBroken(
                _("The %(name)s %(value)s lies outside Kenya (%(lowest)s to %(highest)s). Are the two exchanged?")
                % {"name": name, "value": value, "lowest": lowest, "highest": highest}
            )


def check_name_day(on: date, at: datetime) -> None:
    """This function will refuse a name that is not in use yet: what a unit is called is entered when it is called so."""
    if on > timezone.localdate(at):
        raise RuleBroken(_("A new name or type is entered on the day it takes effect, or after it; not before."))


def check_no_later(rows: Any, *, on: date, what: str) -> None:
    """This function will refuse a change before another one already on record."""
    later = rows.filter(starts_on__gt=on).order_by("starts_on").first()
    if later is not None:
        raise RuleBroken(
            _("A later change of %(what)s is on record, from %(day)s. Enter changes in their order.")
            % {"what": what, "day": _day(later.starts_on)}
        )


def current(rows: Any, on: date) -> Any:
    """The dated row in force on the day, if any."""
    return rows.filter(in_force(on)).first()


def _day(day: date) -> str:
    return date_format(day, "j F Y")
