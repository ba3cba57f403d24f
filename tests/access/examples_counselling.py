"""Offices, provision and incidents for the walk of the URL map: at the world's station, and in the other county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from counselling.models import (
    CounsellingOffice,
    CriticalIncident,
    HealingGroup,
    PracticeHeld,
    Publication,
    WelfareProvision,
)
from organisation.models import Unit
from tests.factories.accounts import LONG_AGO, UserFactory
from tests.factories.organisation import MOMENT

MONTH = LONG_AGO.replace(day=1)


def office_of(unit: Unit) -> str:
    return CounsellingOffice.objects.get_or_create(unit=unit, name="Office", starts_on=LONG_AGO, source="Paper")[0].ref


def provision_of(unit: Unit) -> str:
    fields = {"room": "own", "place": "Here", "recorded_by": UserFactory(), "recorded_on": LONG_AGO}
    return WelfareProvision.objects.get_or_create(unit=unit, starts_on=LONG_AGO, defaults=fields)[0].ref


def practice_of(unit: Unit) -> str:
    fields = {"recorded_by": UserFactory(), "recorded_on": LONG_AGO}
    return PracticeHeld.objects.get_or_create(unit=unit, practice="talk", month=MONTH, defaults=fields)[0].ref


def group_of(unit: Unit) -> str:
    fields = {"rhythm": "weekly", "recorded_by": UserFactory()}
    return HealingGroup.objects.get_or_create(unit=unit, starts_on=LONG_AGO, defaults=fields)[0].ref


def incident_of(unit: Unit) -> str:
    fields = {"recorded_by": UserFactory(), "recorded_at": MOMENT}
    return CriticalIncident.objects.get_or_create(kind="riot", unit=unit, happened_on=LONG_AGO, defaults=fields)[0].ref


def publication() -> str:
    """A quarter in which there was too little to show."""
    content = {
        "version": 1, "quarter": "2025-q1", "limits": {"smallest": 10, "harm": 20, "step": 5},
        "stars": {"contacts": None}, "single": {}, "exact": {}, "provision": [],
    }  # fmt: skip
    fields = {"quarter": "2025-q1", "content": content, "digest": "0" * 64, "made_by": UserFactory(), "made_at": MOMENT}
    return Publication.objects.get_or_create(starts_on=date(2025, 1, 1), defaults=fields)[0].quarter


# Route: what it shows of a unit.
BY_UNIT: dict[str, Callable[[Unit], str]] = {
    "office ref": office_of,
    "office_close ref": office_of,
    "confirm_provision ref": provision_of,
    "confirm_practice ref": practice_of,
    "group_count ref": group_of,
    "group_end ref": group_of,
    "incident ref": incident_of,
    "incident_posted ref": incident_of,
    "incident_withdraw ref": incident_of,
}
