"""Who holds which role where: the people to tell, and the people to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import AppointmentState, User
from hcims.access.permissions import Permission
from hcims.access.roles import roles_with
from hcims.periods import in_force
from organisation.models import Unit, UnitClosure


def holders(roles: Iterable[str], *, on: date, at: Unit | None = None) -> QuerySet[User]:
    """Active people who hold one of the roles on a day, at a unit or in a command above it."""
    held = in_force(on, "appointments__") & Q(appointments__state=AppointmentState.APPROVED)
    held &= Q(appointments__role__in=list(roles))
    if at is not None:
        above = UnitClosure.objects.filter(in_force(on), descendant=at).values("ancestor")
        held &= Q(appointments__unit__in=above)
    return User.objects.filter(held, is_active=True).distinct().order_by("pk")


def auditors(*, on: date) -> QuerySet[User]:
    """Who is told about privileged grants."""
    return holders(roles_with(Permission.SEE_AUDIT), on=on)


def holders_of(permission: Permission, *, at: Unit, on: date) -> QuerySet[User]:
    """Who holds a permission at a unit; modules below this one ask through `hcims.access.holders`."""
    return holders(roles_with(permission), on=on, at=at)


def approvers_at(unit: Unit, *, on: date) -> QuerySet[User]:
    """Who may decide on appointments at a unit."""
    return holders_of(Permission.APPROVE_APPOINTMENT, at=unit, on=on)


def people_matching(text: str, *, limit: int = 20) -> list[dict[str, str]]:
    """Open accounts whose name holds the words, or whose sign-in name begins with them; for choosing one of them."""
    words = text.split()
    if not words:
        return []
    named = Q()
    for word in words:
        named &= Q(full_name__icontains=word)
    found = User.objects.filter(Q(login__istartswith=text.strip()) | named, is_active=True).order_by("full_name", "pk")
    return [{"login": each.login, "full_name": each.full_name} for each in found[:limit]]
