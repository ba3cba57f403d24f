"""The small service that other tests stand on."""

from datetime import date

from hcims.access.permissions import Permission
from tests.world import World

DAY = date(2026, 3, 1)


def test_each_role_reaches_the_station_with_what_it_permits(world: World) -> None:

    hr, auditor, officer = (world.people[code] for code in ("hr-officer", "auditor", "officer"))
    assert hr.can(Permission.SEE_FILE, at=world.station, on=DAY)
    assert world.people["training-officer"].can(Permission.SEE_UNITS, at=world.station, on=DAY)
    assert not auditor.can(Permission.SEE_FILE, at=world.station, on=DAY)
    assert not officer.can(Permission.SEE_UNITS, on=DAY)
    assert world.officer.unit == world.station
