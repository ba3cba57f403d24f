"""The counts of an area in one statement: by part, county and rank; its worst units; and the twelve months behind it.

The three share the costly piece, posts and holders met line by line, which is why they are asked together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from deployment.gaps import Counts
from deployment.strength import months, people, pieces
from deployment.strength.question import Question

POSTS = ("authorised", "posted", "vacant", "over")
HOLDERS = ("overdue", "unknown", "non_core", "women", "away")
NOTHING = "CAST(NULL AS bigint)"
SMALLEST = 10  # posts of a unit: the share of fewer says nothing

# The units where a measure is worst: their order, and what a unit must have to be listed.
WORST = {
    "vacancies": ("vacant", "vacant > 0"),
    "vacancy-share": ("vacant * 1.0 / authorised", f"vacant > 0 AND authorised >= {SMALLEST}"),
    "over": ("excess", "excess > 0"),
    "overdue": ("overdue", "overdue > 0"),
    "non-core": ("non_core", "non_core > 0"),
}


class Cell(NamedTuple):
    """Where a count belongs: the child of the viewed unit (or itself), the county or None, the rank of the posts."""

    part: int
    county: int | None
    rank: int


@dataclass
class Survey:
    """What the area holds. `worst` are units taken alone, the worst first; `points` one for each mark."""

    cells: dict[Cell, Counts] = field(default_factory=dict)
    worst: list[tuple[int, Counts]] = field(default_factory=list)
    points: list[months.Point] = field(default_factory=list)


def survey(
    question: Question,
    *,
    by_place: bool = False,
    by_command: str = "",
    worst_by: str = "",
    marks: Sequence[date] = (),
) -> Survey:
    """This function will count the area; two statements whatever its size.

    Shape: `by_place` divides by the county units lie in, `by_command` (a line of command) by the county they stand
    under; without either the county is None. `worst_by` is a key of WORST. `marks` ascend to the question's own day.
    """
    counted = {} if question.chooses_officers else people.flags(question)
    found, sums = Survey(), months.Sums(marks)
    sql = _statement(question, counted, _place(by_place, by_command), worst_by, marks)
    for kind, one, two, three, *values in pieces.rows(sql, question.parameters(**months.as_parameters(marks))):
        if kind == "cell":
            found.cells[Cell(one, two, three)] = _counts(values, counted)
        elif kind == "worst":
            found.worst.append((one, _counts(values, counted)))
        else:
            sums.add(kind, one, values[: len(POSTS)])
    found.points = sums.points()
    for key, more in people.people(question, _place(by_place, by_command)).items():
        cell = Cell(*key)
        found.cells[cell] = found.cells.get(cell, Counts()) + more
    return found


def cells(question: Question, *, by_place: bool = False, by_command: str = "") -> dict[Cell, Counts]:
    """The counts alone."""
    return survey(question, by_place=by_place, by_command=by_command).cells


def _place(by_place: bool, by_command: str) -> dict[str, Any]:
    return {"with_place": by_place, "with_command": by_command}


def _counts(values: list[Any], counted: dict[str, str]) -> Counts:
    authorised, posted, vacant, over, *more = map(int, values)
    if not counted:
        return Counts(authorised, posted, vacant, over)
    return Counts(authorised, posted, vacant, over, officers=posted, **dict(zip(HOLDERS, more, strict=True)))


def _statement(
    question: Question, counted: dict[str, str], place: dict[str, Any], worst_by: str, marks: Sequence[date]
) -> str:
    ctes = [pieces.area(question, **place), pieces.operations(), pieces.line_sums(question, counted)]
    divided = ", area.place_id" if any(place.values()) else ""
    holders = "".join(f", SUM({name})" if counted else ", 0" for name in HOLDERS)
    sums = f"SUM(authorised), SUM(posted), {pieces.gaps()}{holders}"
    parts = [
        f"SELECT 'cell', area.part_id, {divided[2:] or NOTHING}, line.rank_id, {sums}"
        f" FROM line JOIN area ON area.unit_id = line.unit_id GROUP BY area.part_id{divided}, line.rank_id"
    ]
    if worst_by:
        parts.append(_worst(worst_by, counted))
    if marks:
        more, selects = months.pieces_of(question, len(marks), len(HOLDERS))
        ctes += more
        parts += selects
    return f"WITH {', '.join(ctes)} {' UNION ALL '.join(parts)}"


def _worst(measure: str, counted: dict[str, str]) -> str:
    order, wanted = WORST[measure]
    vacant, excess = pieces.gaps().split(", ")
    holders = "".join(f", SUM({name}) AS {name}" if counted else f", 0 AS {name}" for name in HOLDERS)
    return (
        f"SELECT 'worst', unit_id, {NOTHING}, 0, authorised, posted, vacant, excess, {', '.join(HOLDERS)}"
        " FROM (SELECT * FROM (SELECT line.unit_id, SUM(authorised) AS authorised, SUM(posted) AS posted,"
        f" {vacant} AS vacant, {excess} AS excess{holders}"
        " FROM line JOIN area ON area.unit_id = line.unit_id GROUP BY line.unit_id) summed"
        f" WHERE {wanted} ORDER BY {order} DESC, unit_id LIMIT 10) w"
    )
