"""Invented nominal rolls: rows as a ministry's workbook has them, and the short way to read and apply them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from deployment.roll.kind import ROLL
from hcims.imports import shell
from hcims.imports.models import ImportBatch

HEADINGS = {
    "service_number": "Service number", "surname": "Surname", "other_names": "Other names", "sex": "Sex",
    "born_on": "Date of birth", "national_id": "National ID", "kra_pin": "KRA PIN", "service": "Service",
    "rank": "Rank", "rank_on": "Date of rank", "enlisted_on": "Date of enlistment", "home_county": "Home county",
    "unit": "Unit", "duty": "Duty", "post_rank": "Rank of the post", "post_skill": "Skill of the post",
    "arrived_on": "Date of arrival", "phone": "Telephone", "personal_email": "E-mail", "bank_name": "Bank",
    "bank_branch": "Bank branch", "bank_account": "Bank account", "education": "Education", "languages": "Languages",
    "house_allowance_place": "House allowance place",
}  # fmt: skip
ON = date(2026, 10, 31)
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


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


def read_roll(
    rows: Iterable[dict[str, str]], *, on: date = ON, at: datetime = AT, columns: Iterable[str] = tuple(HEADINGS),
    answers: dict[str, str] | None = None, clears: Iterable[str] = (), kind: Any = ROLL,
) -> ImportBatch:  # fmt: skip
    """A batch with the rows read into the stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "roll.csv", rows, columns)
        return shell.read_file(kind, path, list_on=on, at=at, answers=answers or {}, clears=list(clears))


def apply_roll(rows: Iterable[dict[str, str]], **options: Any) -> ImportBatch:
    """A batch with the rows read and applied."""
    batch = read_roll(rows, **options)
    assert batch.state == "ready", (batch.state, batch.questions, batch.refusal)
    return shell.commit(batch, at=options.get("at", AT))
