"""Critical incidents a reader may see, and who was posted where they happened."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from counselling.models import CriticalIncident
from deployment.models import Posting, PostingKind
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import Unit
from organisation.queries import below, in_scope

THERE = (PostingKind.SUBSTANTIVE, PostingKind.ACTING, PostingKind.ATTACHMENT, PostingKind.SECONDMENT)


def of_reader(user: Any, *, on: date) -> Q:
    """A filter for rows with a unit: what the reader commands, or leads wellbeing for."""
    commanded = in_scope(user.scope(Permission.RECORD_WELFARE, on=on), on=on)
    return commanded | in_scope(user.scope(Permission.LEAD_WELLBEING, on=on), on=on)


def incidents_visible_to(user: Any, *, on: date) -> QuerySet[CriticalIncident]:
    """The incidents of the reader's area, the latest first."""
    return CriticalIncident.objects.filter(of_reader(user, on=on)).select_related("unit", "recorded_by")


def access_incident(user: Any, ref: str, *, on: date) -> CriticalIncident:
    """The incident of that reference in the reader's area. Errors: NotFound."""
    incident = incidents_visible_to(user, on=on).filter(ref=ref).first()
    if incident is None:
        raise NotFound(ref)
    return incident


def posted_at(unit: Unit, *, on: date) -> tuple[int, list[User]]:
    """How many officers were posted at the unit and below it on the day, and the open accounts among them."""
    there = Posting.objects.in_force(on).filter(unit__in=below([unit.pk], on), kind__in=THERE, voided_at=None)
    officers = there.values("officer").distinct().count()
    users = User.objects.filter(pk__in=there.filter(officer__user__isnull=False).values("officer__user"))
    return officers, list(users.filter(is_active=True))
