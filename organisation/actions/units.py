"""Opening, changing, moving, classing and closing one unit. History is ended, never deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.closure import branch_of, refresh_closure
from organisation.models import Unit, UnitClass, UnitClassing, UnitNaming, UnitParent, UnitType
from organisation.policies import units as policies

# What a unit is besides its dated name, type, command and classes.
FACTS = (
    "line", "service", "county", "ward", "latitude", "longitude", "gazette_notice", "gazetted_on",
)  # fmt: skip


@action
def open_unit(
    *, code: str, name: str, type: str, line: str, parent: Unit | None, opened_on: date, source: str,
    by: Any, at: datetime, **facts: Any,
) -> Unit:  # fmt: skip
    """This function will open a unit under its command. Only the service itself, once, has no `parent`.

    Shape: `facts` may hold any of FACTS besides `line`.
    """
    hold_tree()
    policies.check_code(code)
    policies.check_has_source(source)
    if parent is None:
        _check_first_of_all(by, type)
    else:
        parent = _locked(parent)
        policies.check_can_edit(by, parent, at)
        policies.check_may_stand_under(type=type, parent=parent)
        policies.check_exists(parent, starts=opened_on, ends=None)
    if Unit.objects.filter(code=code).exists():
        raise RuleBroken(_("The code %(code)s is in use. A unit's code is never used again.") % {"code": code})
    unit = Unit(code=code, name=name.strip(), type=type, line=line, opened_on=opened_on, **facts)
    _check_facts(unit)
    _keep(unit, by, source)
    UnitNaming.objects.create(unit=unit, name=unit.name, type=type, starts_on=opened_on, source=source)
    if parent is not None:
        UnitParent.objects.create(unit=unit, parent=parent, starts_on=opened_on, source=source)
    refresh_closure({unit.pk})
    details = {"code": code, "type": type, "parent": parent.code if parent else "", "on": opened_on}
    trail.record(Event.UNIT_OPENED, target=unit, by=by, at=at, source=source, details=details)
    return unit


@action
def change_unit(*, unit: Unit, source: str, by: Any, at: datetime, **facts: Any) -> Unit:
    """This function will change facts of a unit that have no dates of their own (FACTS); before and after are kept."""
    unit = _locked(unit)
    policies.check_can_edit(by, unit, at)
    policies.check_has_source(source)
    changed = [name for name in facts if getattr(unit, name) != facts[name]]
    if not changed:
        return unit
    for name in changed:
        if name not in FACTS:
            raise TypeError(f"{name} is changed by an action of its own")
        setattr(unit, name, facts[name])
    _check_facts(unit)
    _keep(unit, by, source)
    trail.record(Event.UNIT_CHANGED, target=unit, by=by, at=at, source=source, details={"changed": changed})
    return unit


@action
def rename_unit(*, unit: Unit, name: str, type: str, on: date, source: str, by: Any, at: datetime) -> Unit:
    """This function will give a unit another name or type from a day on; a post may so become a station."""
    hold_tree()
    unit = _locked(unit)
    policies.check_can_edit(by, unit, at)
    policies.check_has_source(source)
    policies.check_exists(unit, starts=on, ends=on)
    policies.check_name_day(on, at)
    policies.check_no_later(unit.namings, on=on, what=_("its name"))
    if type != unit.type:
        _check_type_fits(unit, type, on)
    if not unit.namings.exists():
        UnitNaming.objects.create(unit=unit, name=unit.name, type=unit.type, starts_on=unit.opened_on)
    _end(policies.current(unit.namings, on), on)
    UnitNaming.objects.create(unit=unit, name=name.strip(), type=type, starts_on=on, source=source)
    details = {"from": [unit.name, unit.type], "to": [name.strip(), type], "on": on}
    unit.name, unit.type = name.strip(), type
    _keep(unit, by, source)
    trail.record(Event.UNIT_CHANGED, target=unit, by=by, at=at, source=source, details=details)
    return unit


@action
def move_unit(*, unit: Unit, parent: Unit, on: date, source: str, by: Any, at: datetime) -> UnitParent:
    """This function will put a unit, with all below it, under another command from a day on.

    A move already on record for a later day stands: the new command then holds until that day. A move on the very day
    of another, back to where the unit stood, takes that other one back: it is as if it had never been ordered.
    """
    hold_tree()
    unit, parent = _locked(unit), _locked(parent)
    policies.check_can_edit(by, unit, at)
    policies.check_can_edit(by, parent, at)
    policies.check_has_source(source)
    former = policies.current(unit.parent_links, on)
    if former is None:
        raise RuleBroken(_("%(unit)s stands under no command on that day, so it cannot move.") % {"unit": unit})
    if former.parent_id == parent.pk:
        raise RuleBroken(_("%(unit)s stands under %(parent)s already.") % {"unit": unit, "parent": parent})
    ends = former.ends_on
    policies.check_may_stand_under(type=unit.type, parent=parent)
    policies.check_exists(parent, starts=on, ends=ends)
    policies.check_no_circle(unit, parent, starts=on, ends=ends)
    branch = branch_of(unit)
    _end(former, on)
    link = _taken_back(unit, parent, on=on, ends=ends) or UnitParent.objects.create(
        unit=unit, parent=parent, starts_on=on, ends_on=ends, source=source
    )
    refresh_closure(branch)
    details = {"from": former.parent.code, "to": parent.code, "on": on, "units": len(branch)}
    trail.record(Event.UNIT_MOVED, target=unit, by=by, at=at, source=source, details=details)
    return link


@action
def class_unit(
    *, unit: Unit, scheme: str, unit_class: UnitClass | None, on: date, source: str, by: Any, at: datetime
) -> UnitClassing | None:
    """This function will give a unit a class of a scheme from a day on, or none any more."""
    unit = _locked(unit)
    policies.check_can_edit(by, unit, at)
    policies.check_has_source(source)
    policies.check_class(unit, scheme, unit_class)
    policies.check_exists(unit, starts=on, ends=on)
    classings = unit.classings.filter(scheme=scheme)
    policies.check_no_later(classings, on=on, what=_("this class"))
    former = policies.current(classings, on)
    if (former.unit_class_id if former else None) == (unit_class.pk if unit_class else None):
        raise RuleBroken(_("%(unit)s has that class already.") % {"unit": unit})
    _end(former, on)
    given = None
    if unit_class is not None:
        given = UnitClassing.objects.create(
            unit=unit, scheme=scheme, unit_class=unit_class, starts_on=on, source=source
        )
    details = {"scheme": scheme, "class": unit_class.code if unit_class else "", "on": on}
    trail.record(Event.UNIT_CLASSED, target=unit, by=by, at=at, source=source, details=details)
    return given


@action
def close_unit(*, unit: Unit, on: date, source: str, by: Any, at: datetime) -> Unit:
    """This function will close a unit from a day on. Whether anybody is posted there, `deployment` checks before."""
    hold_tree()
    unit = _locked(unit)
    policies.check_can_edit(by, unit, at)
    policies.check_has_source(source)
    policies.check_can_close(unit, on=on)
    branch = branch_of(unit)
    _end(policies.current(unit.parent_links, on), on)
    for classing in unit.classings.filter(ends_on__isnull=True):
        _end(classing, max(on, classing.starts_on))
    unit.closed_on = on
    _keep(unit, by, source)
    refresh_closure(branch)
    trail.record(Event.UNIT_CLOSED, target=unit, by=by, at=at, source=source, details={"on": on})
    return unit


@action
def reopen_unit(*, unit: Unit, source: str, by: Any, at: datetime) -> Unit:
    """This function will take back a closing: the unit stands where it stood, as if it had never closed."""
    hold_tree()
    unit = _locked(unit)
    policies.check_can_edit(by, unit, at)
    policies.check_has_source(source)
    link = unit.parent_links.filter(ends_on=unit.closed_on).order_by("-starts_on").first()
    policies.check_can_reopen(unit, link)
    closed_on, unit.closed_on = unit.closed_on, None
    if link is not None:
        link.ends_on = None
        link.save(update_fields=["ends_on"])
    _classes_again(unit, closed_on)
    _keep(unit, by, source)
    refresh_closure(branch_of(unit))
    details = {"reopened": True, "was_to_close": closed_on}
    trail.record(Event.UNIT_OPENED, target=unit, by=by, at=at, source=source, details=details)
    return unit


def _taken_back(unit: Unit, parent: Unit, *, on: date, ends: date | None) -> UnitParent | None:
    """The link to the command the unit was to leave on that day, in force again; none where it stood elsewhere."""
    link = unit.parent_links.filter(parent=parent, ends_on=on, starts_on__lt=on).first()
    if link is not None:
        link.ends_on = ends
        link.save(update_fields=["ends_on"])
    return link


def _classes_again(unit: Unit, closed_on: date | None) -> None:
    """The classes that ended because the unit closed: had it never closed, they would still hold."""
    for classing in unit.classings.filter(ends_on=closed_on):
        if not unit.classings.filter(scheme=classing.scheme, starts_on__gte=closed_on).exists():
            classing.ends_on = None
            classing.save(update_fields=["ends_on"])


def hold_tree() -> None:
    """This function will lock the service's own row: two changes of the tree at once could close a circle."""
    list(Unit.objects.select_for_update().filter(type=UnitType.SERVICE).order_by("pk").values_list("pk"))


def _locked(unit: Unit) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit.pk)


def _keep(unit: Unit, by: Any, source: str) -> None:
    """Save with the history that says who and on what paper."""
    unit._history_user = by  # type: ignore[attr-defined]
    unit._change_reason = source[:100]  # type: ignore[attr-defined]
    unit.save()


def _end(row: Any, on: date) -> None:
    if row is not None:
        row.ends_on = on
        row.save(update_fields=["ends_on"])


def _check_first_of_all(by: Any, type: str) -> None:
    """The service is entered once, from the machine: nobody's appointment reaches above it."""
    if by is not None or type != UnitType.SERVICE or Unit.objects.filter(type=UnitType.SERVICE).exists():
        raise RuleBroken(_("Say under which command the unit stands."), policies.LINE_OF_COMMAND)


def _check_facts(unit: Unit) -> None:
    policies.check_place(county=unit.county, ward=unit.ward, latitude=unit.latitude, longitude=unit.longitude)


def _check_type_fits(unit: Unit, type: str, on: date) -> None:
    for link in unit.parent_links.exclude(ends_on__lte=on).select_related("parent"):
        policies.check_may_stand_under(type=type, parent=link.parent)
    for link in unit.child_links.exclude(ends_on__lte=on).select_related("unit"):
        policies.check_may_stand_under(type=link.unit.type, parent=Unit(type=type))
