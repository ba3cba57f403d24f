"""The monthly station return: whose turn it is, what the list says, and the answers still to be looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from deployment.models import Posting, PostingKind, StationReturn, StationReturnLine
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit, UnitType
from organisation.queries import in_scope, units_visible_to

CONFIRMED_TYPES = (UnitType.STATION, UnitType.POST, UnitType.PATROL_BASE, UnitType.COMPANY)


def units_to_confirm(user: Any, *, on: date) -> Any:
    """Units that confirm a list each month, within the user's reach; `is_confirmed` says whether this month is done."""
    done = StationReturn.objects.filter(unit=OuterRef("pk"), month=on.replace(day=1))
    held = Q(postings__kind=PostingKind.SUBSTANTIVE, postings__ends_on__isnull=True, postings__voided_at__isnull=True)
    units: Any = units_visible_to(user, on=on, permission=Permission.CONFIRM_STATION)
    return (
        units.open_on(on)
        .filter(type__in=CONFIRMED_TYPES)
        .annotate(is_confirmed=Exists(done), people=Count("postings", filter=held))
        .filter(people__gt=0)
        .order_by("is_confirmed", "name")
    )


def access_station(user: Any, code: str, *, on: date) -> Unit:
    """A unit whose list the user may confirm. Errors: NotFound."""
    scope = user.scope(Permission.CONFIRM_STATION, on=on)
    unit = Unit.objects.filter(in_scope(scope, on=on, field="pk"), code=code).first()
    if unit is None:
        raise NotFound(code)
    return unit


def list_of(unit: Unit, *, on: date) -> list[Posting]:
    """The substantive postings in force at a unit, the senior first."""
    return list(
        Posting.objects.in_force(on)
        .filter(unit=unit, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
        .select_related("officer__rank", "duty")
        .order_by("officer__rank__order", "officer__service_number")
    )


def return_of(unit: Unit, month: date) -> StationReturn | None:
    """The return of a month, with its answers."""
    return (
        StationReturn.objects.filter(unit=unit, month=month.replace(day=1))
        .select_related("confirmed_by")
        .prefetch_related("lines__officer")
        .first()
    )


def lines_to_resolve(user: Any, *, on: date) -> QuerySet[StationReturnLine]:
    """Answers that nobody has dealt with, the oldest first, within the user's reach."""
    scope = user.scope(Permission.RECORD_POSTINGS, on=on)
    return (
        StationReturnLine.objects.filter(in_scope(scope, on=on, field="station_return__unit"), resolved_at__isnull=True)
        .select_related("station_return__unit", "station_return__confirmed_by", "officer__rank")
        .order_by("station_return__confirmed_at", "pk")
    )


def access_line(user: Any, ref: str, *, on: date) -> StationReturnLine:
    """One answer to be dealt with. Errors: NotFound."""
    line = lines_to_resolve(user, on=on).filter(ref=ref).first()
    if line is None:
        raise NotFound(ref)
    return line
