"""Cover: every command of the reader's area with what there is for it. A fixed number of statements, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from counselling.cover import Line, Office, measured, nearest
from counselling.models import CounsellingOffice, Supporter
from deployment.command import Command
from deployment.models import Posting
from deployment.nearest import Spot
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import County, Unit, UnitClosure, UnitType
from organisation.models import Line as LineOfCommand
from organisation.queries import ancestors, below, in_scope

COMMANDS = (UnitType.REGION, UnitType.COUNTY, UnitType.FORMATION, UnitType.TRAINING)
PLACES = (
    UnitType.STATION, UnitType.POST, UnitType.PATROL_BASE, UnitType.COMPANY, UnitType.TRAINING, UnitType.FORMATION,
    UnitType.OFFICE,
)  # fmt: skip
ORDER = {kind: place for place, kind in enumerate(UnitType.values)}
READ_BY = (Permission.LEAD_WELLBEING, Permission.SEE_OVERVIEW)


@dataclass(frozen=True)
class Survey:
    """The lines of the reader's area, what they come to, and the counties for the grid."""

    lines: list[Line]
    total: Line | None
    counties: list[County]
    unlocated: list[Office]  # offices without coordinates, left out of every distance


def units_seen(user: Any, *, on: date) -> Q:
    """A filter for units: where the reader leads wellbeing, or sees the bird's-eye page."""
    found = Q(pk__in=[])
    for permission in READ_BY:
        found |= in_scope(user.scope(permission, on=on), on=on, field="pk")
    return found


def tops_of(user: Any, *, on: date) -> set[int]:
    """The units from which the reader's area reaches down."""
    scopes = [user.scope(permission, on=on) for permission in READ_BY]
    return {pk for scope in scopes for pk in scope.trees | scope.units}


def codes_within(user: Any, permission: Permission, lines: Iterable[Line], *, on: date) -> set[str]:
    """Of these commands those below which the reader holds the permission everywhere: what is counted may be listed."""
    commands = Unit.objects.filter(pk__in=[line.command.pk for line in lines])
    return set(
        commands.filter(in_scope(user.scope(permission, on=on), on=on, field="pk")).values_list("code", flat=True)
    )


def offices_on(on: date) -> list[Office]:
    """Every office in service, also those outside the area: the nearest may be there. One statement."""
    rows = CounsellingOffice.objects.in_force(on).select_related("unit").order_by("name")
    return [
        Office(each.ref, each.name, each.unit_id, each.unit.county_id, each.counsellors, _spot_of(each))
        for each in rows
    ]


def _spot_of(office: CounsellingOffice) -> Spot:
    """Where an office is: by its own coordinates, or by those of its unit."""
    latitude, longitude = office.latitude, office.longitude
    if latitude is None or longitude is None:
        latitude, longitude = office.unit.latitude, office.unit.longitude
    return _spot(office.unit_id, latitude, longitude)


def _spot(unit: int, latitude: Any, longitude: Any) -> Spot:
    if latitude is None or longitude is None:
        return Spot(unit)
    return Spot(unit, float(latitude), float(longitude))


def cover(user: Any, *, on: date, tops: Iterable[int] | None = None) -> Survey:
    """The page of the reader's area, or of what lies under `tops` of it; eight statements."""
    roots = set(tops_of(user, on=on) if tops is None else tops)
    units = Unit.objects.filter(units_seen(user, on=on), pk__in=below(roots, on)).open_on(on)  # type: ignore[attr-defined]
    wanted = units.filter(Q(type__in=COMMANDS) | Q(pk__in=roots))
    commands = [_command(each) for each in wanted]
    offices = offices_on(on)
    lines = {each.pk: Line(each) for each in commands}
    inside = _inside(list(lines), on)
    _count(lines, inside, offices, on)
    ordered = sorted(lines.values(), key=_place_in_list)
    highest = next((line for line in ordered if line.command.pk in roots), None)
    return Survey(
        lines=[line for line in ordered if line is not highest] or ordered,
        total=highest if len(ordered) > 1 and len(roots) == 1 else None,
        counties=list(County.objects.all()),
        unlocated=[each for each in offices if each.spot.latitude is None],
    )


def _place_in_list(line: Line) -> tuple[bool, int, str]:
    """Territorial commands, formations and institutions by type; criminal investigations after them."""
    command = line.command
    return command.line == LineOfCommand.DCI, ORDER.get(command.type, 99), command.code


def _command(unit: Unit) -> Command:
    return Command(unit.pk, unit.code, unit.name, unit.type, str(unit.get_type_display()), unit.line, unit.county_id)


def _inside(commands: list[int], on: date) -> dict[int, list[int]]:
    """The commands that each unit stands under, itself included."""
    found: dict[int, list[int]] = defaultdict(list)
    links = UnitClosure.objects.filter(in_force(on), ancestor__in=commands)
    for command, unit in links.values_list("ancestor", "descendant"):
        found[unit].append(command)
    return found


def _count(lines: dict[int, Line], inside: dict[int, list[int]], offices: list[Office], on: date) -> None:
    for unit, officers in _officers(on):
        for command in inside.get(unit, ()):
            lines[command].officers += officers
    of_county = {
        line.command.county: pk
        for pk, line in lines.items()
        if line.command.type == UnitType.COUNTY and line.command.line == LineOfCommand.TERRITORIAL
    }
    for office in offices:
        # For the commands it stands under, and for those of the county it lies in.
        around = inside.get(of_county[office.county], ()) if office.county in of_county else ()
        for command in {*inside.get(office.unit, ()), *around}:
            lines[command].offices.append(office)
    wards_with = _supporters(lines, inside, on)
    places: dict[int, list[int]] = defaultdict(list)
    spots = []
    kinds = [*PLACES, UnitType.WARD]
    rows = Unit.objects.filter(type__in=kinds).open_on(on)  # type: ignore[attr-defined]
    for pk, kind, latitude, longitude in rows.values_list("pk", "type", "latitude", "longitude"):
        for command in inside.get(pk, ()):
            if kind == UnitType.WARD:
                lines[command].wards += 1
                lines[command].wards_with += pk in wards_with
            else:
                places[command].append(pk)
        if kind != UnitType.WARD and latitude is not None and pk in inside:
            spots.append(_spot(pk, latitude, longitude))
    distances = nearest(spots, offices)
    for command, units in places.items():
        measured(lines[command], units, distances)


def _officers(on: date) -> Iterable[tuple[int, int]]:
    """Officers posted at each unit."""
    held = Posting.objects.in_force(on).filter(kind="substantive", voided_at=None, post_rank__isnull=False)
    return held.order_by().values_list("unit").annotate(number=Count("pk"))


def _supporters(lines: dict[int, Line], inside: dict[int, list[int]], on: date) -> set[int]:
    """Counts trained supporters for each command; the wards in which one works."""
    areas = list(Supporter.objects.accredited(on).order_by().values_list("unit", flat=True))
    for unit in areas:
        for command in inside.get(unit, ()):
            lines[command].supporters += 1
    return wards_of(set(areas), on)


def wards_of(units: set[int], on: date) -> set[int]:
    """The ward commands that these units are or stand under; a supporter of a whole county works in no ward of its own."""
    links = UnitClosure.objects.filter(in_force(on), descendant__in=units, ancestor__type=UnitType.WARD)
    return set(links.values_list("ancestor", flat=True))


@dataclass(frozen=True)
class CommandCover:
    """One command in full."""

    unit: Unit
    survey: Survey
    line: Line
    offices: list[CounsellingOffice]
    wards_with: list[Unit]
    wards_without: list[Unit]
    above: list[Unit]


def of_command(user: Any, code: str, *, on: date) -> CommandCover:
    """One command of the reader's area: its lines, offices and wards. Errors: NotFound."""
    unit = Unit.objects.filter(units_seen(user, on=on), code=code).first()
    if unit is None:
        raise NotFound(code)
    found = cover(user, on=on, tops=[unit.pk])
    line = found.total or found.lines[0]
    refs = [each.ref for each in line.offices]
    areas = set(Supporter.objects.accredited(on).values_list("unit", flat=True))
    covered = wards_of(areas, on)
    wards = list(Unit.objects.filter(pk__in=below([unit.pk], on), type=UnitType.WARD).open_on(on).order_by("name"))  # type: ignore[attr-defined]
    seen = set(Unit.objects.filter(units_seen(user, on=on)).filter(pk__in=[each.pk for each in ancestors(unit, on=on)])
               .values_list("pk", flat=True))  # fmt: skip
    return CommandCover(
        unit=unit, survey=found, line=line,
        offices=list(CounsellingOffice.objects.filter(ref__in=refs).select_related("unit").order_by("name")),
        wards_with=[each for each in wards if each.pk in covered],
        wards_without=[each for each in wards if each.pk not in covered],
        above=[each for each in ancestors(unit, on=on) if each.pk in seen and each.pk != unit.pk],
    )  # fmt: skip
