"""Who a reader sees, and one officer's record with access in the same statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.periods import in_force
from organisation.models import UnitClosure
from organisation.queries import in_scope
from personnel.models import ExitReason, Officer, OfficerBackground
from personnel.policies import is_own

# What everybody may read of his or her own record, without any appointment. Source: Data Protection Act 2019, s.26.
OWN_READS = frozenset(
    {
        Permission.SEE_OFFICERS,
        Permission.SEE_FILE,
        Permission.SEE_IDENTITY,
        Permission.SEE_FAMILY,
        Permission.SEE_COMMENDATIONS,
        Permission.SEE_DISCIPLINE,
    }
)


def visible_to(user: Any, *, on: date, permission: Permission = Permission.SEE_OFFICERS) -> QuerySet[Officer]:
    """Records kept where the user's appointments of the day `on` carry the permission; errors are not among them."""
    reach = in_scope(user.scope(permission, on=on), on=on)
    return Officer.objects.filter(reach).exclude(exit_reason=ExitReason.ENTERED_IN_ERROR)


def serving_in(unit_keys: Iterable[int] | QuerySet[Any], *, on: date) -> QuerySet[Officer]:
    """Serving members whose records are kept at the units, whoever asks: for counts and rules, never for a page."""
    return Officer.objects.filter(unit__in=unit_keys).serving(on)


def access_officer(user: Any, service_number: str, permission: Permission, *, on: date) -> Officer:
    """The officer of that number, if the user holds the permission there, or it is the user's own record.

    Errors: NotFound, the same for an unknown number and for a record out of reach.
    """
    officer = (
        Officer.objects.filter(reach(user, permission, on), service_number=service_number)
        .select_related("rank", "unit__county", "home_county", "user")
        .first()
    )
    if officer is None:
        raise NotFound(service_number)
    return officer


def reach(user: Any, permission: Permission, on: date, *, officer: str = "", own: bool = False) -> Q:
    """A filter for the scope of the permission and one's own record: the one place where that exception stands.

    `officer` reaches the officer from another table ("officer__"); `own` opens one's own whatever the permission.
    """
    scope = user.scope(permission, on=on)
    inside = in_scope(scope, on=on, field=f"{officer}unit")
    if scope.everywhere or not (own or permission in OWN_READS):
        return inside
    return inside | Q(**{f"{officer}user": user})


def own_record_or_none(user: Any) -> Officer | None:
    """The record of the person signed in; people from outside have none."""
    return (
        Officer.objects.filter(user=user)
        .exclude(exit_reason=ExitReason.ENTERED_IN_ERROR)
        .select_related("rank", "unit__county", "home_county", "user")
        .first()
    )


def own_record(user: Any) -> Officer:
    """The record of the person signed in. Errors: NotFound for people who have none."""
    officer = own_record_or_none(user)
    if officer is None:
        raise NotFound("own record")
    return officer


def background_of(officer: Officer) -> OfficerBackground | None:
    """What the officer said of ethnicity and disability: for the officer's own pages alone."""
    return OfficerBackground.objects.filter(officer=officer).first()


def permissions_at(user: Any, officer: Officer, *, on: date) -> frozenset[Permission]:
    """Every permission that the user holds where the record is kept, own reads included.

    One query, and none for those whose rights reach everywhere: only a right over a branch asks the tree.
    """
    scopes = {permission: user.scope(permission, on=on) for permission in Permission}
    above: set[int] = set()
    if officer.unit_id and any(scope.trees and not scope.everywhere for scope in scopes.values()):
        reaches = UnitClosure.objects.filter(in_force(on), descendant=officer.unit_id)
        above = set(reaches.values_list("ancestor_id", flat=True))
    held = {
        permission
        for permission, scope in scopes.items()
        if scope.everywhere or scope.trees & above or officer.unit_id in scope.units
    }
    return frozenset(held | OWN_READS if is_own(user, officer) else held)


def starting_with(field: str, text: str) -> Q:
    """Rows whose column begins with the text, by the column's index on either database.

    SQLite's LIKE ignores case and so cannot use an ordinary index; a range of values can.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + "\U0010ffff"})
    return Q(**{f"{field}__startswith": text})


def number_like(user: Any, words: str, *, on: date, limit: int = 10) -> list[Officer]:
    """The first visible officers whose number, or name written either way round, begins with the words."""
    text = " ".join(words.upper().split())
    if not text:
        return []
    wanted = starting_with("service_number", text) | starting_with("name_key", text)
    first, _space, last = text.rpartition(" ")
    if first:
        wanted |= starting_with("name_key", f"{last} {first}")
    seen = visible_to(user, on=on).filter(wanted).select_related("rank", "unit")
    return list(seen.order_by("service_number")[:limit])
