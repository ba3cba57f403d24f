"""Finding the record behind what a person typed, and the choices of the forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from deployment.models import Duty
from hcims.access.permissions import Permission
from organisation.models import Rank, Skill, Unit
from organisation.queries import in_scope
from personnel.models import Officer


def officer_within_reach(
    user: Any, number: str, *, on: date | None, permission: Permission = Permission.RECORD_POSTINGS
) -> Officer | None:
    """The serving officer of that number, if the user holds the permission at his or her unit."""
    assert on is not None  # noqa: S101 - the form was told the day
    scope = user.scope(permission, on=on)
    return (
        Officer.objects.filter(in_scope(scope, on=on), service_number=number, exited_on__isnull=True)
        .select_related("unit", "rank", "user")
        .first()
    )


def officer_to_propose(user: Any, number: str, to_unit: Unit | None, *, on: date) -> Officer | None:
    """The serving officer of that number, if the user's command or HR desk reaches him or her, or the unit to go to."""
    wanted = (Permission.ADVISE_TRANSFERS, Permission.PROCESS_TRANSFERS)
    gains = to_unit is not None and any(user.can(each, at=to_unit, on=on) for each in wanted)
    reach = Q()
    if not gains:
        reach = in_scope(user.scope(wanted[0], on=on), on=on) | in_scope(user.scope(wanted[1], on=on), on=on)
    found = Officer.objects.filter(reach, service_number=number, exited_on__isnull=True, unit__isnull=False)
    return found.select_related("unit", "rank", "user").first()


def units_called(text: str, *, on: date | None) -> list[Unit]:
    """Open units of that code, else of that name; at most five."""
    assert on is not None  # noqa: S101 - the form was told the day
    unit = Unit.objects.open_on(on).filter(code__iexact=text).first()
    return [unit] if unit else list(Unit.objects.open_on(on).filter(name__iexact=text)[:5])


def duties() -> QuerySet[Duty]:
    return Duty.objects.all()


def ranks() -> QuerySet[Rank]:
    return Rank.objects.all()


def skills() -> QuerySet[Skill]:
    return Skill.objects.filter(in_use=True).select_related("category")
