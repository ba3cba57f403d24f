"""Rows of an invented nominal roll, as a ministry's workbook has them. Plain Python: the benchmarks use them too."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HEADINGS = {
    "service_number": "Service number", "surname": "Surname", "other_names": "Other names", "sex": "Sex",
    "born_on": "Date of birth", "national_id": "National ID", "kra_pin": "KRA PIN", "service": "Service",
    "rank": "Rank", "rank_on": "Date of rank", "enlisted_on": "Date of enlistment", "home_county": "Home county",
    "unit": "Unit", "duty": "Duty", "post_rank": "Rank of the post", "post_skill": "Skill of the post",
    "arrived_on": "Date of arrival", "phone": "Telephone", "personal_email": "E-mail", "bank_name": "Bank",
    "bank_branch": "Bank branch", "bank_account": "Bank account", "education": "Education", "languages": "Languages",
    "house_allowance_place": "House allowance place",
}  # fmt: skip


def row(number: int, **changes: Any) -> dict[str, str]:
    """A whole row of an invented constable; `changes` by column."""
    return {
        "service_number": f"{100000 + number:06d}", "surname": "Otieno", "other_names": f"Mfano {number}",
        "sex": "MF"[number % 2], "born_on": "1990-04-17", "national_id": f"{20000000 + number}",
        "kra_pin": f"A{number:09d}Z", "service": "KPS", "rank": "PC", "rank_on": "2012-03-01",
        "enlisted_on": "2012-03-01", "home_county": "Kilifi", "unit": "PS-BAMBA", "duty": "general", "post_rank": "",
        "post_skill": "", "arrived_on": "2024-02-15", "phone": f"07{number:08d}",
        "personal_email": f"officer{number}@example.org", "bank_name": "KCB", "bank_branch": "Kilifi",
        "bank_account": f"11{number:08d}", "education": "diploma", "languages": "somali",
        "house_allowance_place": "Kilifi", **changes,
    }  # fmt: skip


def write_csv(path: Path, rows: Iterable[dict[str, str]], columns: Iterable[str] = tuple(HEADINGS)) -> Path:
    """The rows as a CSV file with the template's headings."""
    columns = list(columns)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([HEADINGS[name] for name in columns])
        writer.writerows([[each.get(name, "") for name in columns] for each in rows])
    return path
