"""Counselling offices: the public directory, and the register of the wellbeing lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from counselling.models import CounsellingOffice
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.queries import in_scope


@dataclass(frozen=True)
class Place:
    """A county of the directory, or none, with its offices."""

    name: str
    region: str
    offices: list[CounsellingOffice]


def directory(*, on: date) -> list[Place]:
    """The offices in service by county, those in no county last. One statement."""
    found: dict[tuple[str, str], list[CounsellingOffice]] = {}
    offices = CounsellingOffice.objects.in_force(on).select_related("unit__county").order_by("name")
    for office in offices:
        county = office.unit.county
        found.setdefault((county.name, county.region) if county else ("", ""), []).append(office)
    return [
        Place(name, region, each)
        for (name, region), each in sorted(found.items(), key=lambda item: (not item[0][0], item[0]))
    ]


def offices_led_by(user: Any, *, on: date) -> QuerySet[CounsellingOffice]:
    """The offices of the area in which the reader leads wellbeing, closed ones too."""
    scope = in_scope(user.scope(Permission.LEAD_WELLBEING, on=on), on=on)
    return CounsellingOffice.objects.filter(scope).select_related("unit__county")


def access_office(user: Any, ref: str, *, on: date) -> CounsellingOffice:
    """The office of that reference in the reader's area. Errors: NotFound."""
    office = offices_led_by(user, on=on).filter(ref=ref).first()
    if office is None:
        raise NotFound(ref)
    return office


def file_rows(offices: QuerySet[CounsellingOffice]) -> Iterator[tuple[Any, ...]]:
    """The register as plain rows, for a file."""
    for each in offices.order_by("name"):
        yield (
            each.name, each.unit.code, str(each.unit), str(each.unit.county or ""), each.rooms, each.counsellors,
            each.social_workers, each.chaplains, each.hours, ", ".join(each.language_names),
            ", ".join(each.service_names), each.telephone, each.starts_on, each.ends_on, each.source,
        )  # fmt: skip
