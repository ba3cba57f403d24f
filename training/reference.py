"""Loads what training starts with: dated rules, programmes and the parts of Muamko Mpya as the service names them, courses
and their entry conditions.

Courses come without units and hours: those nobody has published. Parts stand in a draft, which the service approves.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hcims.actions import action
from hcims.reference_data import load, rows
from organisation.models import Qualification, Rank
from training.models import Course, CurriculumVersion, EntryCondition, Part, Programme, TrainingRule

DATA = Path(__file__).parent / "data"
LAUNCHED_ON = date(2020, 3, 10)
SOURCE = "NPS news 319, 10 March 2020: the core aspects of the curriculum, among others"


@action
def load_reference() -> int:
    """This function will add the reference rows of this module that are missing, and say how many."""
    added = load(TrainingRule, DATA / "rules.csv", "code", _confirmable)
    added += load(Programme, DATA / "programmes.csv", "code", _ordered)
    programmes = {each.code: each for each in Programme.objects.all()}
    added += _parts(programmes)
    added += load(
        Course,
        DATA / "courses.csv",
        "code",
        lambda row: {**_ordered(row), "programme": programmes.get(row["programme"])},
    )
    return added + _conditions()


def _confirmable(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "is_confirmed": row["is_confirmed"] == "1"}


def _ordered(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "order": int(row["order"])}


def _parts(programmes: dict[str, Programme]) -> int:
    """The first version of a programme that has none: a draft, for the names are known and their hours are not."""
    versions, parts = {}, []
    drafted = set(CurriculumVersion.objects.values_list("programme__code", flat=True))
    for row in rows(DATA / "parts.csv"):
        code = row.pop("programme")
        if code in drafted:
            continue
        if code not in versions:
            versions[code] = CurriculumVersion.objects.create(
                programme=programmes[code], number=1, starts_on=LAUNCHED_ON, authority=SOURCE
            )
        parts.append(Part(version=versions[code], **_ordered(row)))
    Part.objects.bulk_create(parts)
    return len(versions) + len(parts)


def _conditions() -> int:
    """The entry conditions of courses that never had one; what the service ended stays ended."""
    courses = {each.code: each for each in Course.objects.all()}
    ranks = {each.code: each for each in Rank.objects.all()}
    papers = {each.code: each for each in Qualification.objects.all()}
    known = set(EntryCondition.objects.values_list("course__code", flat=True))
    new = [
        EntryCondition(
            **{
                **_confirmable(row), "course": courses[row["course"]], "value": int(row["value"]) if row["value"] else None,
                "rank": ranks.get(row["rank"]), "qualification": papers.get(row["qualification"]),
                "passed": courses.get(row["passed"]),
            }
        )
        for row in rows(DATA / "conditions.csv")
        if row["course"] not in known
    ]  # fmt: skip
    EntryCondition.objects.bulk_create(new)
    return len(new)
