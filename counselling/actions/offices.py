"""Opening, changing and closing counselling offices. All of it is public, and all of it is on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import CounsellingOffice
from counselling.policies import cover as policies
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Unit

FACTS = (
    "name", "place_en", "place_sw", "latitude", "longitude", "rooms", "counsellors", "social_workers", "chaplains",
    "hours_en", "hours_sw", "languages", "services", "telephone", "source",
)  # fmt: skip


@action
def open_office(*, unit: Unit, starts_on: date, by: Any, at: datetime, **facts: Any) -> CounsellingOffice:
    """This function will put an office into service at a unit. Shape: `facts` holds those of FACTS."""
    policies.check_can_lead(by, unit, on=timezone.localdate(at))
    policies.check_source(facts.get("source", ""))
    office = CounsellingOffice.objects.create(unit=unit, starts_on=starts_on, **facts)
    details = {"unit": unit.code, "on": starts_on}
    trail.record(Event.COUNSELLING_OFFICE_OPENED, target=office, by=by, at=at, source=office.source, details=details)
    return office


@action
def change_office(*, office: CounsellingOffice, by: Any, at: datetime, **facts: Any) -> CounsellingOffice:
    """This function will change what is said of an office; before and after stand in the trail."""
    office = CounsellingOffice.objects.select_for_update(of=("self",)).select_related("unit").get(pk=office.pk)
    policies.check_can_lead(by, office.unit, on=timezone.localdate(at))
    policies.check_source(facts.get("source", office.source))
    changed = {name: [getattr(office, name), value] for name, value in facts.items() if getattr(office, name) != value}
    if not changed:
        return office
    for name, value in facts.items():
        if name not in FACTS:
            raise TypeError(f"{name} of an office does not change")
        setattr(office, name, value)
    office.save()
    trail.record(
        Event.COUNSELLING_OFFICE_CHANGED, target=office, by=by, at=at, source=office.source,
        details={"changed": changed},
    )  # fmt: skip
    return office


@action
def close_office(*, office: CounsellingOffice, ends_on: date, source: str, by: Any, at: datetime) -> None:
    """This function will take an office out of service from a day on; its record stays."""
    office = CounsellingOffice.objects.select_for_update(of=("self",)).select_related("unit").get(pk=office.pk)
    policies.check_can_lead(by, office.unit, on=timezone.localdate(at))
    policies.check_source(source)
    if office.ends_on is not None:
        raise RuleBroken(_("This office is closed already."))
    office.ends_on = ends_on
    office.save(update_fields=["ends_on"])
    trail.record(Event.COUNSELLING_OFFICE_CLOSED, target=office, by=by, at=at, source=source, details={"on": ends_on})
