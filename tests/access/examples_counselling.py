"""Offices, provision and incidents for the walk of the URL map: at the world's station, and in the other county."""

from __future__ import annotations

from collections.abc import Callable

from counselling.models import (
    CounsellingOffice,
    CriticalIncident,
    HealingGroup,
    PracticeHeld,
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


# Route: what it shows of a unit.
BY_UNIT: dict[str, Callable[[Unit], str]] = {
    "office ref": office_of,
    "office_close ref": office_of,
    "confirm_provision ref": provision_of,
    "confirm_practice ref": practice_of,
    "group_count ref": group_of,
    "group_end ref": group_of,
    "incident ref": incident_of,
    "incident_withdraw ref": incident_of,
}
