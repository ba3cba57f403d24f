"""Recording a critical incident: the same deed offers support to everybody posted there, all alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import CriticalIncident
from counselling.policies import cover as policies
from counselling.queries.incidents import posted_at
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify_many
from hcims.notify.kinds import Notice
from organisation.models import Unit


@action
def record_incident(*, unit: Unit, kind: str, happened_on: date, link: str, by: Any, at: datetime) -> CriticalIncident:
    """This function will record the event and offer support to everybody posted at the unit and below it on that day.

    `link` leads to the people one can talk to. The notice is the same for all and counts as read when it comes.
    """
    today = timezone.localdate(at)
    policies.check_can_record(by, unit, on=today)
    policies.check_not_later(happened_on, on=today)
    policies.check_near(unit)
    posted, users = posted_at(unit, on=happened_on)
    incident = CriticalIncident.objects.create(
        kind=kind, unit=unit, happened_on=happened_on, recorded_by=by, recorded_at=at, posted_there=posted,
        offered_to=len(users),
    )  # fmt: skip
    notify_many(users, Notice.SUPPORT_OFFERED, at=at, by=by, link=link)
    details = {"unit": unit.code, "kind": kind, "on": happened_on}
    trail.record(Event.INCIDENT_RECORDED, target=incident, by=by, at=at, details=details)
    return incident


@action
def withdraw_incident(*, incident: CriticalIncident, reason: str, by: Any, at: datetime) -> None:
    """This function will mark an incident as entered in error. The offer that went out stands."""
    incident = CriticalIncident.objects.select_for_update(of=("self",)).select_related("unit").get(pk=incident.pk)
    policies.check_can_record(by, incident.unit, on=timezone.localdate(at))
    if incident.withdrawn_at is not None:
        raise RuleBroken(_("This incident was taken back already."))
    if not reason.strip():
        raise RuleBroken(_("Say why it is taken back."))
    incident.withdrawn_at, incident.withdrawn_reason = at, reason[:200]
    incident.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    trail.record(Event.INCIDENT_WITHDRAWN, target=incident, by=by, at=at, reason=reason)
