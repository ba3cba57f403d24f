"""Deeds about the trail itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from hcims.actions import action
from hcims.audit import checkpoint, reading, trail
from hcims.audit.events import Event


@action
def record_checkpoint(*, by: Any, at: datetime, keeper: str = "") -> None:
    """This function will put on record that a checkpoint is being taken, and who will keep it."""
    trail.record(Event.CHECKPOINT_EXPORTED, target="audit.checkpoint", by=by, at=at, details={"keeper": keeper})


def take_checkpoint(*, by: Any, at: datetime, keeper: str = "") -> str:
    """This function will return a signed line for where the chain stands; taking it is itself the last row of the chain."""
    record_checkpoint(by=by, at=at, keeper=keeper)
    stands = reading.head()
    return checkpoint.signed(stands.sequence, stands.hash, at=at, secret=settings.AUDIT_SIGNING_KEY)
