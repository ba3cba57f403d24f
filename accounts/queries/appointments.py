"""Appointments as pages list them: who may see which, and how old a proposal is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Appointment, AppointmentState, User
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit
from organisation.queries import in_scope, units_visible_to

WAITING, IN_FORCE, PAST = "waiting", "in-force", "past"
SEERS = (Permission.PROPOSE_APPOINTMENT, Permission.APPROVE_APPOINTMENT)


def visible_to(user: Any, *, on: date) -> QuerySet[Appointment]:
    """Appointments at units where the user proposes or approves; all of them for the service's auditors."""
    found = Appointment.objects.select_related("user", "unit", "proposed_by", "decided_by")
    if user.scope(Permission.SEE_AUDIT, on=on).everywhere:
        return found
    seen = Q(pk__in=[])
    for permission in SEERS:
        seen |= in_scope(user.scope(permission, on=on), on=on)
    return found.filter(seen)


def access_appointment(user: Any, ref: str, *, on: date) -> Appointment:
    """One appointment that the user may see. Errors: NotFound, the same for one that does not exist."""
    found = visible_to(user, on=on).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    return found


def in_queue(found: QuerySet[Appointment], queue: str, *, on: date) -> QuerySet[Appointment]:
    """The part of a list that a tab shows; the oldest proposal first, else the newest."""
    if queue == WAITING:
        return found.filter(state=AppointmentState.PROPOSED).order_by("proposed_at", "pk")
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    if queue == IN_FORCE:
        return found.filter(running, state=AppointmentState.APPROVED).order_by("-starts_on", "-pk")
    over = Q(state__in=[AppointmentState.REFUSED, AppointmentState.WITHDRAWN])
    return found.filter(over | Q(state=AppointmentState.APPROVED, ends_on__lte=on)).order_by("-proposed_at", "-pk")


def counts(found: QuerySet[Appointment], *, on: date) -> dict[str, int]:
    """How many stand on each tab."""
    return {queue: in_queue(found, queue, on=on).count() for queue in (WAITING, IN_FORCE, PAST)}


def matching(found: QuerySet[Appointment], words: str) -> QuerySet[Appointment]:
    """Those of people or units that the words name."""
    for word in words.split():
        found = found.filter(
            Q(user__full_name__icontains=word)
            | Q(user__login__istartswith=word)
            | Q(unit__name__icontains=word)
            | Q(unit__code__istartswith=word)
        )
    return found


def person_by_login(login: str) -> User | None:
    """The open account with this sign-in name."""
    return User.objects.filter(login__iexact=login, is_active=True).first()


def units_to_propose_at(user: Any, *, on: date) -> QuerySet[Unit]:
    """Units at which the user proposes appointments."""
    return units_visible_to(user, on=on, permission=Permission.PROPOSE_APPOINTMENT).open_on(on)  # type: ignore[attr-defined]


def units_matching(found: QuerySet[Unit], words: str, *, limit: int = 20) -> list[Unit]:
    """Units whose code begins with the words, or whose name holds them."""
    if not words.strip():
        return []
    named = Q(code__istartswith=words.strip()) | Q(name__icontains=words.strip())
    return list(found.filter(named).order_by("code")[:limit])
