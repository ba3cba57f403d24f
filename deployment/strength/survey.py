"""The counts of an area in one statement: by part, county and rank; those attached to it; and its worst units.

They share the costly pieces, the units of the area and posts and holders met line by line, which is why they are asked
together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deployment.gaps import Counts
from deployment.strength import people, pieces
from deployment.strength.question import Question

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
    """What the area holds. `worst` are units taken alone, the worst first."""

    cells: dict[Cell, Counts] = field(default_factory=dict)
    worst: list[tuple[int, Counts]] = field(default_factory=list)


def survey(
    question: Question,
    *,
    by_place: bool = False,
    by_command: str = "",
    worst_by: str = "",
) -> Survey:
    """This function will count the area; one statement whatever its size.

    Shape: `by_place` divides by the county units lie in, `by_command` (a line of command) by the county they stand
    under; without either the county is None. `worst_by` is a key of WORST.
    """
    counted = people.flags(question)
    found = Survey()
    sql = _statement(question, counted, _place(by_place, by_command), worst_by)
    attached: dict[Cell, Counts] = {}
    for kind, one, two, three, *values in pieces.rows(sql, question.parameters()):
        if kind == "cell":
            found.cells[Cell(one, two, three)] = _counts(values)
        elif kind == "attached":
            attached[Cell(one, two, three)] = Counts(attached=int(values[0]))
        else:
            found.worst.append((one, _counts(values)))
    for cell, more in attached.items():
        found.cells[cell] = found.cells.get(cell, Counts()) + more
    return found


def cells(question: Question, *, by_place: bool = False, by_command: str = "") -> dict[Cell, Counts]:
    """The counts alone."""
    return survey(question, by_place=by_place, by_command=by_command).cells


def _place(by_place: bool, by_command: str) -> dict[str, Any]:
    return {"with_place": by_place, "with_command": by_command}


def _counts(values: list[Any]) -> Counts:
    authorised, posted, vacant, over, officers, *more = map(int, values)
    return Counts(authorised, posted, vacant, over, officers, **dict(zip(HOLDERS, more, strict=True)))


def _statement(question: Question, counted: dict[str, str], place: dict[str, Any], worst_by: str) -> str:
    divided = ", area.place_id" if any(place.values()) else ""
    ctes = [
        pieces.area(question, **place), pieces.operations(),
        pieces.line_sums(question, counted, people.joined(question)),
        f"here AS MATERIALIZED (SELECT line.*, area.part_id{divided} FROM line JOIN area ON area.unit_id = line.unit_id)",
    ]  # fmt: skip
    officers = "officers" if "officers" in counted else "posted"
    sums = ", ".join(f"SUM({name})" for name in (officers, *HOLDERS))
    county = "place_id" if divided else NOTHING
    parts = [
        f"SELECT 'cell', part_id, {county}, rank_id, SUM(authorised), SUM(posted), {pieces.gaps()}, {sums}"
        f" FROM here GROUP BY part_id, 3, rank_id",
        people.attached(question, f"area.{county}" if divided else NOTHING, fields=5 + len(HOLDERS)),
    ]
    if worst_by:
        parts.append(_worst(worst_by, officers))
    return f"WITH {', '.join(ctes)} {' UNION ALL '.join(parts)}"


def _worst(measure: str, officers: str) -> str:
    order, wanted = WORST[measure]
    vacant, excess = pieces.gaps().split(", ")
    names = ("chosen", *HOLDERS)
    sums = "".join(f", SUM({of}) AS {name}" for name, of in zip(names, (officers, *HOLDERS), strict=True))
    return (
        f"SELECT 'worst', unit_id, {NOTHING}, 0, authorised, posted, vacant, excess, {', '.join(names)}"
        " FROM (SELECT * FROM (SELECT unit_id, SUM(authorised) AS authorised, SUM(posted) AS posted,"
        f" {vacant} AS vacant, {excess} AS excess{sums} FROM here GROUP BY unit_id) summed"
        f" WHERE {wanted} ORDER BY {order} DESC, unit_id LIMIT 10) w"
    )
