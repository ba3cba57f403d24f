"""Whom to tell: those who run a unit's training, and those who put its officers forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from accounts.models import Appointment, User
from hcims.access.permissions import Permission
from hcims.access.roles import ROLES, roles_with
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure
from personnel.models import Officer

COMMANDING = [code for code in roles_with(Permission.NOMINATE_TRAINEES) if ROLES[code].by_virtue_of_post]


def who_run(unit: Unit, *, on: date) -> QuerySet[User]:
    """Those appointed at the unit itself to run its training."""
    held = Appointment.objects.filter(
        in_force(on), state="approved", role__in=roles_with(Permission.RUN_TRAINING), unit=unit
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def commanders_of(unit: Unit, *, on: date) -> QuerySet[User]:
    """The commander of the unit and the next above: one of them answers, never about himself or herself."""
    links = UnitClosure.objects.filter(in_force(on), descendant=unit, depth__lte=1)
    held = Appointment.objects.filter(
        in_force(on), state="approved", role__in=COMMANDING, unit__in=links.values("ancestor")
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def putting_forward(officers: Iterable[Officer], *, on: date) -> QuerySet[User]:
    """Those who hold an appointment to put officers forward at the unit of at least one of these, or above it."""
    units = {each.unit_id for each in officers if each.unit_id}
    above = UnitClosure.objects.filter(in_force(on), descendant__in=units).values("ancestor")
    held = Appointment.objects.filter(
        in_force(on), state="approved", role__in=roles_with(Permission.NOMINATE_TRAINEES), unit__in=above
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
