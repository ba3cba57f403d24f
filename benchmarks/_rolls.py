"""Invented rolls of any size as files, for the benchmarks of the import."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.factories.roll_rows import HEADINGS

ON = date(2026, 10, 31)
SURNAMES = ["Otieno", "Wanjiku", "Mutua", "Chebet", "Hassan", "Barasa", "Nekesa", "Lokwang", "Ekai", "Halake"]
FIRST = ["Grace", "John", "Mary", "Peter", "Amina", "Joseph", "Faith", "Ali", "Ruth", "Daniel"]
RANKS = ["PC"] * 74 + ["CPL"] * 13 + ["SGT"] * 7 + ["SSGT"] * 2 + ["IP"] * 3 + ["CIP"]
DUTIES = ["general"] * 8 + ["traffic", "crime", "report-office"]
COUNTIES = ["Kilifi", "Siaya", "Nakuru", "Wajir", "Machakos", "Nyeri", "Kisii", "Turkana"]
DATED = ("born_on", "rank_on", "enlisted_on", "arrived_on")


def make_units(count: int) -> None:
    """Stations without a tree: a roll for the whole service asks for nothing else."""
    from organisation.models import Unit

    Unit.objects.bulk_create(
        [
            Unit(
                code=f"PS-{number:05}",
                name=f"Station {number}",
                type="station",
                line="territorial",
                opened_on=date(1990, 1, 1),
            )
            for number in range(count)
        ],
        batch_size=500,
    )


def rows(count: int, units: int) -> Iterator[list[str | date]]:
    """The rows, each in the order of the template; equal for equal numbers."""
    chance = random.Random(20261031)
    for number in range(count):
        enlisted = date(1990, 1, 1) + timedelta(chance.randrange(12_000))
        risen = min(ON, enlisted + timedelta(chance.randrange(3_000)))
        arrived = max(risen, date(2018, 1, 1)) + timedelta(chance.randrange(800))
        yield [
            f"{number:07d}", chance.choice(SURNAMES), f"{chance.choice(FIRST)} {chance.choice(FIRST)}",
            chance.choice("MMMMMF"), enlisted - timedelta(8_000 + chance.randrange(2_000)), f"{20_000_000 + number}",
            f"A{number:09d}Z", chance.choice(("KPS", "KPS", "APS", "DCI")), chance.choice(RANKS), risen, enlisted,
            chance.choice(COUNTIES), f"PS-{number % units:05}", chance.choice(DUTIES), "", "", min(ON, arrived),
            f"07{number:08d}", f"officer{number}@example.org", "KCB", "Kilifi", f"11{number:08d}", "diploma",
            chance.choice(("somali", "turkana", "arabic")), chance.choice(COUNTIES),
        ]  # fmt: skip


def write_workbook(path: Path, count: int, units: int, sheet: str = "Roll") -> Path:
    """An .xlsx of the rows, in constant memory."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page, day = book.add_worksheet(sheet), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, heading in enumerate(HEADINGS.values()):
        page.write_string(0, column, heading)
    for number, row in enumerate(rows(count, units), start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, column, value, day)
            elif value:
                page.write_string(number, column, value)
    book.close()
    return path


def write_text(path: Path, count: int, units: int) -> Path:
    """A .csv of the rows: a workbook of a million rows is refused for its size."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS.values())
        writer.writerows(rows(count, units))
    return path
