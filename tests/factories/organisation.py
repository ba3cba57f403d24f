"""Invented units in the command tree, and their establishment.

UnitFactory(under=county)          one unit, of any type, under a command
service = small_service()          a whole service with every kind of unit; `service["station"]`, `service["formation"]`, …
establish(station, {"PC": 12})     authorised posts in force
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from organisation import actions
from organisation.models import (
    EstablishmentLine,
    EstablishmentVersion,
    Rank,
    Service,
    Skill,
    Unit,
    UnitClosure,
    UnitNaming,
    UnitParent,
)
from tests.factories.accounts import LONG_AGO, UserFactory

MOMENT = datetime(2020, 1, 1, 6, 0, tzinfo=UTC)
PAPER = "NPS/ORG/1 of 1 January 2020"

# short name, code, name, type, line, parent's short name, other facts. Kilifi is county 003, Nairobi 047.
SMALL_SERVICE: list[tuple[str, str, str, str, str, str, dict[str, Any]]] = [
    ("service", "NPS", "National Police Service", "service", "headquarters", "", {}),
    ("kps_hq", "KPS-HQ", "Kenya Police Service Headquarters", "headquarters", "headquarters", "service",
     {"service": Service.KPS, "county": "047"}),
    ("region", "R-COAST", "Coast Region", "region", "territorial", "service", {}),
    ("county", "C-003", "Kilifi County", "county", "territorial", "region", {"county": "003"}),
    ("subcounty", "SC-MALINDI", "Malindi Sub-County", "sub-county", "territorial", "county", {"county": "003"}),
    ("ward", "W-GANDA", "Ganda Ward", "ward", "territorial", "subcounty", {"county": "003"}),
    ("station", "ST-MWANGAZA", "Mwangaza Police Station", "station", "territorial", "ward",
     {"county": "003", "latitude": Decimal("-3.21750"), "longitude": Decimal("40.11667"),
      "gazette_notice": "Gazette Notice 1234", "gazetted_on": date(2019, 11, 8)}),
    ("post", "PP-KISIMA", "Kisima Police Post", "post", "territorial", "station", {"county": "003"}),
    ("patrol_base", "PB-MTONI", "Mtoni Patrol Base", "patrol-base", "territorial", "station", {"county": "003"}),
    ("other_station", "ST-UPEPO", "Upepo Police Station", "station", "territorial", "ward", {"county": "003"}),
    ("other_subcounty", "SC-KALOLENI", "Kaloleni Sub-County", "sub-county", "territorial", "county", {"county": "003"}),
    ("other_county", "C-002", "Kwale County", "county", "territorial", "region", {"county": "002"}),
    ("kwale_subcounty", "SC-MSAMBWENI", "Msambweni Sub-County", "sub-county", "territorial", "other_county",
     {"county": "002"}),
    ("kwale_station", "ST-PWANI", "Pwani Police Station", "station", "territorial", "kwale_subcounty", {"county": "002"}),
    ("other_region", "R-NAIROBI", "Nairobi Region", "region", "territorial", "service", {}),
    ("nairobi", "C-047", "Nairobi County", "county", "territorial", "other_region", {"county": "047"}),
    ("dci", "DCI-HQ", "DCI Headquarters", "headquarters", "dci", "service", {"service": Service.DCI, "county": "047"}),
    ("dci_region", "DCI-R-COAST", "Regional Criminal Investigations, Coast", "office", "dci", "dci",
     {"service": Service.DCI}),
    ("dci_county", "DCI-C-003", "County Criminal Investigations, Kilifi", "office", "dci", "dci_region",
     {"service": Service.DCI, "county": "003"}),
    ("formation", "GSU", "General Service Unit", "formation", "formation", "kps_hq", {"service": Service.KPS}),
    ("company", "GSU-A", "General Service Unit, A Company", "company", "formation", "formation",
     {"service": Service.KPS, "county": "047"}),
    ("college", "NPC-KIG", "National Police College, Kiganjo", "training", "training", "service", {"county": "019"}),
]  # fmt: skip


def small_service(*, opened_on: date = LONG_AGO) -> dict[str, Unit]:
    """This function will open a whole small service: the territorial line down to a post, DCI's, a formation, a college."""
    codes = {short: code for short, code, *_ in SMALL_SERVICE}
    rows = [
        {"code": code, "name": name, "type": type, "line": line, "parent": codes.get(parent, ""), **facts}
        for _, code, name, type, line, parent, facts in SMALL_SERVICE
    ]
    opened = actions.open_units(rows=rows, opened_on=opened_on, source=PAPER, by=None, at=MOMENT)
    return {short: opened[code] for short, code in codes.items()}


def rank(code: str = "PC") -> Rank:
    """The rank of that code, a reference row."""
    return Rank.objects.get(code=code)


class UnitFactory(DjangoModelFactory[Unit]):
    """`UnitFactory(under=county)` stands under that command since it opened."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"U{n:05}")
    name = factory.LazyAttribute(lambda unit: f"Unit {unit.code}")
    type = "station"
    line = "territorial"
    opened_on = LONG_AGO

    @factory.post_generation
    def under(unit: Any, create: bool, parent: Unit | None, **kwargs: Any) -> None:
        period = {"starts_on": unit.opened_on, "ends_on": unit.closed_on}
        UnitNaming.objects.create(unit=unit, name=unit.name, type=unit.type, starts_on=unit.opened_on)
        reaches = [UnitClosure(ancestor=unit, descendant=unit, depth=0, **period)]
        if parent:
            UnitParent.objects.create(unit=unit, parent=parent, **period)
            above = UnitClosure.objects.filter(descendant=parent, ends_on__isnull=True)
            reaches += [
                UnitClosure(ancestor_id=each.ancestor_id, descendant=unit, depth=each.depth + 1, **period)
                for each in above
            ]
        UnitClosure.objects.bulk_create(reaches)


class EstablishmentVersionFactory(DjangoModelFactory[EstablishmentVersion]):
    """A version in force."""

    class Meta:
        model = EstablishmentVersion

    baseline = "authorised"
    title = "Establishment"
    authority = "Test paper 1 of 2018"
    unit = factory.SubFactory(UnitFactory)
    effective_on = LONG_AGO
    state = "in-force"
    drafted_by = factory.SubFactory(UserFactory)
    drafted_at = decided_at = MOMENT
    decided_by = factory.SubFactory(UserFactory)


class EstablishmentLineFactory(DjangoModelFactory[EstablishmentLine]):
    """Authorised posts in force: `EstablishmentLineFactory(unit=…, rank=…, posts=3)`."""

    class Meta:
        model = EstablishmentLine

    unit = factory.SubFactory(UnitFactory)
    version = factory.SubFactory(EstablishmentVersionFactory, unit=factory.SelfAttribute("..unit"))
    baseline = factory.SelfAttribute("version.baseline")
    rank = factory.LazyFunction(rank)
    posts = 1
    starts_on = LONG_AGO


def establish(
    unit: Unit, posts: dict[str, int], *, baseline: str = "authorised", on: date = LONG_AGO
) -> EstablishmentVersion:
    """This function will put authorised posts in force at a unit: `establish(station, {"PC": 12, "PC/driving-b": 2})`.

    Shape: keys are a rank's code, or a rank's and a skill's.
    """
    version = EstablishmentVersionFactory(unit=unit, baseline=baseline, effective_on=on, title=f"Posts of {unit.name}")
    for key, number in posts.items():
        code, _, skill = key.partition("/")
        EstablishmentLineFactory(
            version=version,
            unit=unit,
            rank=rank(code),
            skill=Skill.objects.get(code=skill) if skill else None,
            posts=number,
            starts_on=on,
        )
    return version
