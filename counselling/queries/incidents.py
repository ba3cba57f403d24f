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
from personnel.models import Officer

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


def _there(unit: Unit, on: date) -> QuerySet[Posting]:
    """What puts officers at the unit and below it on the day."""
    return Posting.objects.in_force(on).filter(unit__in=below([unit.pk], on), kind__in=THERE, voided_at=None)


def posted_at(unit: Unit, *, on: date) -> tuple[int, list[User]]:
    """How many officers were posted at the unit and below it on the day, and the open accounts among them."""
    there = _there(unit, on)
    officers = there.values("officer").distinct().count()
    users = User.objects.filter(pk__in=there.filter(officer__user__isnull=False).values("officer__user"))
    return officers, list(users.filter(is_active=True))


def may_list(user: Any, incident: CriticalIncident, *, on: date) -> bool:
    """Whether the reader sees the officers of the unit anyway; who leads wellbeing sees no list of officers."""
    return bool(user.can(Permission.SEE_OFFICERS, at=incident.unit, on=on))


def access_posted(user: Any, ref: str, *, on: date) -> tuple[CriticalIncident, QuerySet[Officer], set[int]]:
    """An incident, those posted there on its day, and which of them have a file that the reader may open today.

    Nothing of the offer is in it: the same list stands in the postings. Errors: NotFound.
    """
    incident = access_incident(user, ref, on=on)
    if not may_list(user, incident, on=on):
        raise NotFound(ref)
    there = _there(incident.unit, incident.happened_on).values("officer")
    officers = Officer.objects.filter(pk__in=there).select_related("rank").order_by("rank__order", "service_number")
    scope = user.scope(Permission.SEE_FILE, on=on)
    return incident, officers, set(officers.filter(in_scope(scope, on=on)).values_list("pk", flat=True))


def with_account(officers: QuerySet[Officer]) -> QuerySet[Officer]:
    """Those of them who have an open account, and so had the notice."""
    return officers.filter(user__is_active=True)
