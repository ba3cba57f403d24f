"""The counselling offices known at the start, each at its unit as soon as that unit is on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from counselling.models import CounsellingOffice
from hcims.actions import action
from hcims.reference_data import rows
from organisation.models import Line, Unit, UnitType

FILE = Path(__file__).parent / "data" / "offices.csv"


@action
def load_offices() -> int:
    """This function will add the offices of the file that are missing and whose unit is on record; say how many.

    Units come with the nominal roll, after the first reference rows: until then the offices wait in the file.
    """
    known = set(CounsellingOffice.objects.values_list("name", flat=True))
    made = []
    for row in rows(FILE):
        unit = None if row["name"] in known else _unit_of(row)
        if unit is not None:
            starts_on = max(date.fromisoformat(row["starts_on"]), unit.opened_on)
            made.append(
                CounsellingOffice(
                    unit=unit, name=row["name"], telephone=row["telephone"], source=row["source"], starts_on=starts_on
                )
            )
    CounsellingOffice.objects.bulk_create(made)
    return len(made)


def _unit_of(row: dict[str, str]) -> Unit | None:
    """The open unit of that type in the county, or of that name; the territorial command where there are several."""
    units = Unit.objects.filter(type=row["unit_type"], closed_on=None)
    if row["unit_type"] in (UnitType.COUNTY, UnitType.REGION):
        units = units.filter(line=Line.TERRITORIAL)
    if row["county"]:
        units = units.filter(county__code=row["county"])
    if row["unit_name"]:
        units = units.filter(name__icontains=row["unit_name"])
    return units.order_by("code").first()
