"""What the headings of a register mean: which meeting of a cohort a day or a number is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hcims.imports.dates import DMY, MDY, DateReader, Span
from hcims.imports.headers import NUMBERED
from hcims.imports.problems import CellProblem
from training.models import Meeting

LATIN_DAY = re.compile(r"\d{1,2}\W")


@dataclass
class Register:
    """The meetings of one cohort, found by day or by number."""

    by_day: dict[date, list[Meeting]] = field(default_factory=dict)
    by_number: dict[int, Meeting] = field(default_factory=dict)

    def add(self, meeting: Meeting) -> None:
        """This function will make a meeting found."""
        self.by_day.setdefault(meeting.on, []).append(meeting)
        self.by_number[meeting.number] = meeting

    def find(self, heading: str) -> Meeting:
        """The meeting that the heading means. Errors: CellProblem where it is none, or may be two."""
        if match := NUMBERED.fullmatch(heading):
            if found := self.by_number.get(int(match[1])):
                return found
            raise CellProblem("no-meeting", value=heading)
        days = [day for day in _readings(heading) if day in self.by_day]
        if not days:
            raise CellProblem("no-meeting", value=heading)
        if len(days) > 1:
            raise CellProblem("heading", value=heading)
        met = self.by_day[days[0]]
        if len(met) > 1:
            raise CellProblem("two-meetings", value=heading)
        return met[0]


def _readings(heading: str) -> list[date]:
    """The days that a heading may mean: one for a date that can be read in one way only, else two."""
    found = []
    for order in (DMY, MDY):
        reader = DateReader(Span(date(2000, 1, 1), date(2099, 12, 31)), order)
        try:
            found.append(date.fromisoformat(reader(heading)))
        except CellProblem:
            continue
    return sorted(set(found))


def registers(cohorts: Iterable[int]) -> dict[int, Register]:
    """The register of each cohort, in one statement; cancelled meetings are in none."""
    found = {cohort: Register() for cohort in cohorts}
    for meeting in Meeting.objects.filter(cohort__in=list(found), cancelled_on=None):
        found[meeting.cohort_id].add(meeting)
    return found
