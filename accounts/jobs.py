"""Long and timed work of this module."""

from __future__ import annotations

from typing import Any

from accounts.actions import apply_due_phone_changes
from hcims import clock


def apply_phone_changes(job: Any, progress: Any) -> dict[str, int]:
    """This function will put changed telephone numbers that have waited long enough into use."""
    return {"changed": apply_due_phone_changes(at=clock.now())}
