"""Courses that are behind, out of the matrix: where, how far, why, what is needed, until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from training.cells import Cell
from training.models import ArrearsReason, Course, Institution
from training.queries.integration import Matrix


@dataclass(frozen=True)
class Behind:
    """A course at an institution that is behind."""

    institution: Institution
    course: Course
    cell: Cell
    deadline: date
    reason: ArrearsReason | None  # lately given; an older one is asked for again
    days: int  # since the deadline

    @property
    def missing(self) -> int:
        """Parts not taught."""
        return len(self.cell.states) - self.cell.done


def listed(matrix: Matrix) -> list[Behind]:
    """All that is behind, an institution at a time: the one that gave the fewest reasons first, and there what has none.

    Asks the database nothing more.
    """
    courses = {each.code: each for each in matrix.courses}
    found = []
    for line in matrix.lines:
        reasons = {each.course_id: each for each in line.reasons}
        for code, cell in line.cells.items():
            if cell.in_arrears and line.binding:
                course = courses[code]
                late = (matrix.look.on - line.binding.deadline).days
                reason = reasons.get(course.pk)
                found.append(Behind(line.institution, course, cell, line.binding.deadline, reason, late))
    silent = Counter(each.institution.pk for each in found if each.reason is None)
    return sorted(
        found,
        key=lambda each: (
            -silent[each.institution.pk], each.institution.unit.code, each.reason is not None, each.cell.done,
            each.course.code,
        ),
    )  # fmt: skip


@dataclass
class AtInstitution:
    """What of a list is behind at one institution."""

    institution: Institution
    rows: list[Behind]

    @property
    def silent(self) -> int:
        """Courses without a reason."""
        return sum(each.reason is None for each in self.rows)


def by_institution(rows: Iterable[Behind]) -> list[AtInstitution]:
    """The rows of a page, an institution at a time, in their order."""
    found: dict[int, AtInstitution] = {}
    for each in rows:
        found.setdefault(each.institution.pk, AtInstitution(each.institution, [])).rows.append(each)
    return list(found.values())
