"""Readings that go on record: another person's file opened, one's own record taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from personnel import policies
from personnel.models import Officer


@action
def note_opening(
    *, officer: Officer, purpose: str, by: Any, at: datetime, details: dict[str, Any] | None = None
) -> None:
    """This function will put on record that `by` opened another person's file, and why. One's own needs no record."""
    if not policies.is_own(by, officer):
        trail.record(Event.FILE_OPENED, target=officer, by=by, at=at, purpose=purpose, details=details)


@action
def note_own_record_taken(*, officer: Officer, format: str, by: Any, at: datetime) -> None:
    """This function will put on record that an officer took his or her own record away. Errors: NotAllowed."""
    policies.check_owns(by, officer)
    trail.record(Event.OWN_RECORD_TAKEN, target=officer, by=by, at=at, details={"format": format})
