"""Meetings and plans for the walk of the URL map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from organisation.models import Unit
from personnel.models import Officer
from tests.factories.training_rollout import group, planned

ON = date(2026, 11, 20)


def _cohort(unit: Unit, officer: Officer) -> str:
    return group(unit, on=ON, meetings=0, taught_by=officer).cohort.ref


def _meeting(unit: Unit, officer: Officer) -> str:
    return group(unit, on=ON, taught_by=officer).meetings[1].ref


def _plan(unit: Unit, officer: Officer) -> str:
    return planned(unit, officer, on=ON).ref


def _both(make: Callable[[Unit, Officer], str]) -> dict[str, Any]:
    return {
        "here": lambda world: make(world.station, world.officer),
        "elsewhere": lambda world: make(world.other_station, world.other_officer),
    }


EXAMPLES: dict[str, dict[str, Any]] = {
    **{f"{route} ref": _both(_cohort) for route in ("meetings", "propose_meetings", "add_meeting")},
    "new_plan ref": _both(_cohort),
    **{f"{route} ref": _both(_plan) for route in ("plan", "call_plan", "put_in", "change_call")},
    "change_call number": {"here": lambda world: world.officer.service_number, "absent": "999999"},
    **{f"{route} ref": _both(_meeting) for route in ("meeting_roll", "change_meeting", "cancel_meeting")},
}
