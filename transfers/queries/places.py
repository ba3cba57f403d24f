"""Places that an officer may ask for: found by name, or by walking down from a county; each with where it lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hcims.periods import in_force
from organisation.models import Line, Unit, UnitClosure, UnitType
from transfers.models import TransferRequest

AREAS = (UnitType.COUNTY, UnitType.SUBCOUNTY, UnitType.WARD)  # "any station in" one of these
STATIONS = (
    UnitType.STATION, UnitType.POST, UnitType.PATROL_BASE, UnitType.FORMATION, UnitType.COMPANY, UnitType.TRAINING,
    UnitType.OFFICE, UnitType.HEADQUARTERS,
)  # fmt: skip
MOST = 20


@dataclass(frozen=True)
class Offer:
    """A unit that may be asked for, and the commands it lies in, the nearest first."""

    unit: Unit
    where: str
    is_area: bool
    position: int = 0  # on the officer's list; 0 when it is not on it


def _open(on: date) -> QuerySet[Unit]:
    return Unit.objects.open_on(on).filter(type__in=[*AREAS, *STATIONS])


def called(text: str, *, on: date) -> list[Unit]:
    """Open units whose name holds the words, or whose code begins with them; those that begin with them come first."""
    words = " ".join(text.split())
    if len(words) < 2:
        return []
    found = _open(on).filter(Q(name__icontains=words) | Q(code__istartswith=words)).order_by("name", "code")
    first = list(found.filter(Q(name__istartswith=words) | Q(code__istartswith=words))[: MOST + 1])
    known = {each.pk for each in first}
    return (first + [each for each in found[: MOST + 1] if each.pk not in known])[: MOST + 1]


def inside(code: str, *, of: Unit | None, on: date) -> list[Unit]:
    """What stands directly under a command of that code; the counties in the line of the unit `of` where it names none."""
    above = Unit.objects.open_on(on).filter(code=code, type__in=AREAS).first()
    if above is None:
        line = Line.DCI if of is not None and of.line == Line.DCI else Line.TERRITORIAL
        return list(_open(on).filter(type=UnitType.COUNTY, line=line).order_by("name"))
    links = UnitClosure.objects.filter(in_force(on), ancestor=above, depth=1).values("descendant")
    return list(_open(on).filter(pk__in=links).order_by("name", "code"))


def one(code: str, *, on: date) -> Unit | None:
    """The open unit of that code that may be asked for."""
    return _open(on).filter(code=code).first()


def offers(units: Iterable[Unit], *, on: date, asked: Iterable[tuple[int, int]] = ()) -> list[Offer]:
    """The units with where each lies; `asked` are keys and positions of those on the list. One query."""
    rows, positions = list(units), dict(asked)
    where = where_of([each.pk for each in rows], on=on)
    return [
        Offer(each, where.get(each.pk, ""), each.type in AREAS, positions.get(each.pk, 0)) for each in rows
    ]  # fmt: skip


def where_of(units: Iterable[int], *, on: date) -> dict[int, str]:
    """Sub-county and county of each of many units, by key. One query."""
    links = UnitClosure.objects.filter(
        in_force(on), descendant__in=list(units), depth__gt=0,
        ancestor__type__in=[UnitType.SUBCOUNTY, UnitType.COUNTY, UnitType.FORMATION, UnitType.REGION],
    )  # fmt: skip
    found: dict[int, list[str]] = {}
    for link in links.select_related("ancestor").order_by("depth"):
        named = found.setdefault(link.descendant_id, [])
        if len(named) < 2 or not named:
            named.append(link.ancestor.name)
    return {key: ", ".join(names) for key, names in found.items()}


def listed(request: TransferRequest, *, on: date) -> list[Offer]:
    """The places of a request in their order, with where each lies. Two queries."""
    rows = list(request.places.select_related("unit__county"))
    where = where_of([each.unit_id for each in rows], on=on)
    return [Offer(each.unit, where.get(each.unit_id, ""), each.any_below, each.position) for each in rows]
