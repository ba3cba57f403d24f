"""Readings that go on record: what an office reads of the grounds, the family and the papers of somebody's transfer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from personnel.actions.reading import note_opening
from personnel.purposes import Purpose
from transfers.models import TransferRequest


@action
def note_reading(request: TransferRequest, *, part: str, by: Any, at: datetime) -> None:
    """This function will put on record that somebody else read the personal part of a transfer. One's own needs no record.

    It stands in the officer's own list of readings; of a protected request only a sealed row is left.
    """
    if request.officer.user_id == by.pk:
        return
    if request.is_protected:
        trail.record(Event.FILE_OPENED, target=request, by=by, at=at)
        return
    note_opening(officer=request.officer, purpose=Purpose.POSTING, by=by, at=at, details={"part": part})
