"""The history of a row of reference data, read from the audit trail."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from hcims.audit.events import Event
from hcims.audit.models import AuditEvent


@dataclass(frozen=True)
class Entry:
    """One change: when, from which office, on what paper, and each column old → new."""

    at: datetime
    office: str
    source: str
    changes: list[tuple[str, str, str]]


def history_of(thing: models.Model) -> list[Entry]:
    """The changes of one row, newest first."""
    reference = str(getattr(thing, "ref", thing.pk))
    rows = AuditEvent.objects.filter(
        event=Event.REFERENCE_CHANGED, target_kind=thing._meta.label_lower, target_ref=reference
    )
    return [Entry(row.at, row.office, row.source, _changes(row.details)) for row in rows.order_by("-sequence")[:200]]


def _changes(details: str) -> list[tuple[str, str, str]]:
    changed = json.loads(details).get("changed", {})
    return [(name.replace("_", " "), old, new) for name, (old, new) in changed.items()]
