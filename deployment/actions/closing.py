"""Closing a unit once nobody is posted there: what `organisation` alone cannot know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from deployment import policies
from hcims.actions import action
from organisation import actions as organisation
from organisation.models import Unit


@action
def close_unit(*, unit: Unit, on: date, source: str, by: Any, at: datetime) -> Unit:
    """This function will close a unit from a day on, if nobody is posted to it, ordered to it or appointed at it then."""
    closed = organisation.close_unit(unit=unit, on=on, source=source, by=by, at=at)
    policies.check_nobody_left(unit, on=on)
    return closed
