"""Invented offices, provision and incidents."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from counselling.actions import incidents, offices, welfare
from counselling.models import CounsellingOffice, IncidentKind, Practice
from counselling.reference_offices import load_offices
from hcims.access.permissions import Permission
from organisation.models import Unit, UnitType
from organisation.queries import below

PAPER = "Demonstration list 1"


def make(people: dict[str, User], chance: random.Random, *, on: date, at: datetime) -> str:
    """This function will fill the register of offices, let a commander record welfare, and record two incidents."""
    load_offices()
    for office in CounsellingOffice.objects.select_related("unit").order_by("pk")[:13]:
        offices.change_office(office=office, **_facts(office, chance, on), by=people["wellbeing-lead"], at=at)
    made = _welfare(people["county-commander"], people["wellbeing-lead"], chance, on, at)
    offered = CounsellingOffice.objects.count()
    return f"Counselling: {offered} offices, {made} stations with room and hours"


def _facts(office: CounsellingOffice, chance: random.Random, on: date) -> dict[str, Any]:
    place = Unit.objects.filter(pk__in=below([office.unit_id], on), latitude__isnull=False).order_by("code").first()
    return {
        "rooms": chance.randint(1, 3), "counsellors": chance.randint(1, 3), "social_workers": chance.randint(0, 2),
        "chaplains": chance.randint(0, 1), "hours_en": "Monday to Friday, 8:00 to 17:00",
        "hours_sw": "Jumatatu hadi Ijumaa, saa 2 asubuhi hadi saa 11 jioni", "languages": ["en", "sw"],
        "services": ["individual", "trauma", *chance.sample(["family", "addiction", "social-work", "chaplaincy"], 2)],
        "latitude": Decimal(place.latitude) if place and place.latitude is not None else None,
        "longitude": Decimal(place.longitude) if place and place.longitude is not None else None,
        "source": PAPER,
    }  # fmt: skip


def _welfare(commander: User, lead: User, chance: random.Random, on: date, at: datetime) -> int:
    scope = commander.scope(Permission.RECORD_WELFARE, on=on)
    stations = list(
        Unit.objects.filter(pk__in=below(scope.trees, on), type=UnitType.STATION).open_on(on).order_by("code")[:12]  # type: ignore[attr-defined]
    )
    month = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    for index, station in enumerate(stations):
        entry = welfare.record_provision(
            unit=station, starts_on=on - timedelta(days=chance.randint(20, 200)),
            room="none" if index % 5 == 4 else chance.choice(["own", "shared"]),
            place="" if index % 5 == 4 else "Behind the report office",
            hours_a_week=2, hours="Wednesday 14:00 to 16:00", by=commander, at=at,
        )  # fmt: skip
        if index % 3 != 2:
            welfare.decide(entry=entry, is_so=True, note="", by=lead, at=at)
        if index % 2:
            practice = chance.choice(Practice.values)
            welfare.record_practice(unit=station, practice=practice, month=month, times=2, by=commander, at=at)
    if stations:
        group = welfare.open_group(
            unit=stations[0], rhythm="weekly", starts_on=on - timedelta(days=90), by=commander, at=at
        )
        welfare.count_group(group=group, month=month, meetings=4, people=12, by=commander, at=at)
    for station, kind in zip(stations, (IncidentKind.SHOTS, IncidentKind.ACCIDENT), strict=False):
        incidents.record_incident(
            unit=station, kind=kind, happened_on=on - timedelta(days=9), link="/w/people/", by=commander, at=at
        )
    return len(stations)
