"""The integration matrix as a file: a row a course at an institution, a column a part, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from training import drawing
from training.queries.arrears import Behind
from training.queries.integration import Matrix

File = tuple[list[str], Iterable[list[Any]]]


def matrix(found: Matrix) -> File:
    """Every cell of the matrix as it is looked at."""
    fixed = [_("Institution"), _("Code"), _("Course"), _("Course code"), _("As of"), _("Deadline")]
    columns = [*fixed, *[str(each) for each in found.curriculum.parts], _("Parts carried out"), _("Not confirmed"),
               _("In arrears"), _("Reason"), _("What is needed"), _("Carried out by")]  # fmt: skip
    return columns, _rows(found)


def _rows(found: Matrix) -> Iterator[list[Any]]:
    for line in found.lines:
        reasons = {each.course_id: each for each in line.reasons}
        deadline = line.binding.deadline if line.binding else None
        for course in found.courses:
            cell = line.cells.get(course.code)
            if cell is None:
                continue
            why = reasons.get(course.pk)
            yield [
                line.institution.unit.name, line.institution.unit.code, str(course), course.code, found.look.on, deadline,
                *[drawing.words(state) for state in cell.states], cell.done, cell.unconfirmed,
                _("yes") if cell.in_arrears else _("no"), why.reason if why else "", needed(why),
                why.expected_on if why else None,
            ]  # fmt: skip


def needed(reason: Any) -> str:
    """What a commandant needs, in words; nothing where no reason was given."""
    if reason is None:
        return ""
    return f"{reason.get_need_display()}: {reason.need_words}" if reason.need_words else str(reason.get_need_display())


def arrears(rows: Iterable[Behind]) -> File:
    """What is behind, a row a course at an institution."""
    columns = [_("Institution"), _("Code"), _("Course"), _("Course code"), _("Parts not taught"), _("Deadline"),
               _("Days late"), _("Reason"), _("What is needed"), _("Carried out by"), _("Given on")]  # fmt: skip
    return columns, (
        [
            each.institution.unit.name, each.institution.unit.code, str(each.course), each.course.code, each.missing,
            each.deadline, each.days, each.reason.reason if each.reason else "", needed(each.reason),
            each.reason.expected_on if each.reason else None, each.reason.given_at if each.reason else None,
        ]
        for each in rows
    )  # fmt: skip
