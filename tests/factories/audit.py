"""Invented rows of the trail."""

from __future__ import annotations

from datetime import date
from typing import Any

from hcims.audit import trail
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, DisclosureDelay
from tests.factories.organisation import MOMENT


def opening_of(officer: Any, *, by: Any = None) -> AuditEvent:
    """A row about the opening of an officer's file by a lawful investigation."""
    trail.record(Event.FILE_OPENED, target=officer, by=by, at=MOMENT, purpose="investigation")
    return AuditEvent.objects.latest("sequence")


def delay_that_waits() -> DisclosureDelay:
    """A delay of disclosure that waits for another auditor."""
    days = {"starts_at": MOMENT, "until_on": date(2120, 1, 1)}
    return DisclosureDelay.objects.create(target_ref="x", authority="y", source="z", asked_by_ref="w", **days)
