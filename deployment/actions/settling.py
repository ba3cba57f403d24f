"""An arrival settles what a roll said before it: the officer is where the roll had shown him or her."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from deployment.models import DiscrepancyState, RollDiscrepancy
from organisation.models import Unit
from personnel.models import Officer


def settle_on_arrival(officer: Officer, unit: Unit, *, by: Any, at: datetime, paper: str) -> None:
    """This function will close the officer's open difference, where the roll showed him or her at the unit arrived at."""
    opened = RollDiscrepancy.objects.filter(officer=officer, unit=unit, state=DiscrepancyState.OPEN)
    opened.update(state=DiscrepancyState.ARRIVED, resolved_at=at, resolved_by=by, paper=paper[:120])
