"""A small service: two counties with a station each, an officer at either, and one person for each role."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Appointment, User
from hcims.access.roles import ROLES
from organisation.models import County, Unit
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO, UserFactory
from tests.factories.organisation import MOMENT, UnitFactory
from tests.factories.personnel import OfficerFactory


@dataclass
class World:
    """Everything at or above `station` is "here"; the other county is "elsewhere"."""

    service: Unit
    region: Unit
    county: Unit
    subcounty: Unit
    ward: Unit
    station: Unit
    other_county: Unit
    other_station: Unit
    officer: Officer  # at the station, with an account
    other_officer: Officer
    people: dict[str, User] = field(default_factory=dict)  # by code of their role, each where it reaches the station
    signed_in: dict[str, Any] = field(default_factory=dict)  # the same people at the product, where a test keeps them


def make_world() -> World:
    """A service of eight units, two officers and a person for each role."""
    counties = {each.name: each for each in County.objects.filter(name__in=["Kilifi", "Mombasa"])}
    service = UnitFactory(code="NPS", name="National Police Service", type="service", line="headquarters")
    region = UnitFactory(code="R-COAST", name="Coast Region", type="region", under=service)
    county = UnitFactory(code="C-KILIFI", name="Kilifi County", type="county", under=region, county=counties["Kilifi"])
    subcounty = UnitFactory(code="SC-GANZE", name="Ganze", type="sub-county", under=county, county=counties["Kilifi"])
    ward = UnitFactory(code="W-BAMBA", name="Bamba", type="ward", under=subcounty, county=counties["Kilifi"])
    station = UnitFactory(code="PS-BAMBA", name="Bamba Police Station", under=ward, county=counties["Kilifi"])
    other_county = UnitFactory(
        code="C-MOMBASA", name="Mombasa County", type="county", under=region, county=counties["Mombasa"]
    )
    other_station = UnitFactory(
        code="PS-NYALI", name="Nyali Police Station", under=other_county, county=counties["Mombasa"]
    )
    world = World(
        service, region, county, subcounty, ward, station, other_county, other_station,
        officer=OfficerFactory(posted_to=station, user=UserFactory()),
        other_officer=OfficerFactory(posted_to=other_station, user=UserFactory()),
    )  # fmt: skip
    reaching = {code: station if role.reach == "unit" else service for code, role in ROLES.items()}
    world.people = appoint(reaching)
    return world


def appoint(where: dict[str, Unit]) -> dict[str, User]:
    """One new person for each role, appointed at the unit beside it."""
    numbers = itertools.count(User.objects.count())
    users = User.objects.bulk_create(
        UserFactory.build(login=f"{next(numbers)}@{code}.test", full_name=f"Test {code}") for code in where
    )
    proposer, approver = UserFactory(), UserFactory()
    Appointment.objects.bulk_create(
        Appointment(
            user=user, role=code, unit=unit, authority="Test order", state="approved", starts_on=LONG_AGO,
            proposed_by=proposer, proposed_at=MOMENT, decided_by=approver, decided_at=MOMENT,
        )
        for user, (code, unit) in zip(users, where.items(), strict=True)
    )  # fmt: skip
    return dict(zip(where, users, strict=True))
