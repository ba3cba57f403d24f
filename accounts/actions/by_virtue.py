"""A command held by virtue of a post ends with the posting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Appointment, AppointmentState
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event


@action
def end_appointments_by_virtue(*, user: Any, on: date, by: Any, at: datetime, reason: str) -> int:
    """This function will end, on the day `on`, what the user holds by virtue of the post, and say how many ended.

    An appointment that would begin later never begins: it ends on its first day.
    """
    held = list(
        Appointment.objects.select_for_update()
        .filter(user=user, by_virtue_of_post=True)
        .filter(state__in=[AppointmentState.APPROVED, AppointmentState.PROPOSED], ends_on__isnull=True)
        .order_by("pk")
    )
    for appointment in held:
        appointment.ends_on = max(on, appointment.starts_on)
        appointment.ended_reason = reason[:200]
        appointment.save(update_fields=["ends_on", "ended_reason"])
        trail.record(Event.APPOINTMENT_ENDED, target=appointment, by=by, at=at, reason=reason)
    return len(held)
