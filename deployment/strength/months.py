"""An area's posts and holders at the end of each of the last twelve months.

Counting thirteen days apart would cost thirteen times the page. Only lines on which something began or ended since the
first of those days can differ from today's: the statement goes back from today by their changes alone. Units that came
into the area or left it in that time are counted at each day by themselves. A test compares every point with the page
of its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deployment.gaps import Counts
from deployment.strength import pieces
from deployment.strength.question import Question


@dataclass(frozen=True)
class Point:
    """An area on a day."""

    on: date
    counts: Counts


def marks_until(on: date, months: int = 12) -> list[date]:
    """The day and the same day of each month before it (a month's last day where it has none), the oldest first."""
    marks = []
    for back in range(months, -1, -1):
        year, month = divmod(on.year * 12 + on.month - 1 - back, 12)
        marks.append(_day_of(year, month + 1, on.day))
    return marks


def _day_of(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def points(question: Question, marks: Sequence[date]) -> list[Point]:
    """The area at each of the marks, which ascend to the question's own day; one statement."""
    sums = _Sums(marks)
    ctes, selects = _pieces_of(question, len(marks))
    ctes = [pieces.area(question), pieces.line_sums(question), *ctes]
    days = {"first": marks[0], **{f"mark{index}": day for index, day in enumerate(marks)}}
    sql = f"WITH {', '.join(ctes)} {' UNION ALL '.join(selects)}"
    for kind, mark, *values in pieces.rows(sql, question.parameters(**days)):
        sums.add(kind, mark, values)
    return sums.points()


class _Sums:
    """Adds up what the statement says of the marks."""

    def __init__(self, marks: Sequence[date]) -> None:
        self._marks = marks
        self._sums = [[0, 0, 0, 0] for _ in marks]

    def add(self, kind: str, mark: int, values: Sequence[Any]) -> None:
        """`now` holds at every mark, a `change` undoes what followed its mark, `moved` is of its mark alone."""
        last = len(self._marks)
        reached = {"now": range(last), "change": range(mark + 1), "moved": range(mark, mark + 1)}[kind]
        for index in reached:
            for place, value in enumerate(values):
                self._sums[index][place] += int(value or 0)

    def points(self) -> list[Point]:
        return [
            Point(day, Counts(authorised, posted, vacant, over, officers=posted))
            for day, (authorised, posted, vacant, over) in zip(self._marks, self._sums, strict=True)
        ]


def _pieces_of(question: Question, marks: int) -> tuple[list[str], list[str]]:
    """The CTEs and the SELECTs that a statement with `area` and `line` needs for the marks.

    Shape: rows of kind, mark, authorised, posted, vacant, over.
    """
    gaps = pieces.gaps()
    ctes = [_moved(question), _stayed(), _changes(question, marks), _steps(marks)]
    selects = [
        f"SELECT 'now', 0, SUM(authorised), SUM(posted), {gaps} FROM line"
        " WHERE unit_id IN (SELECT unit_id FROM stayed)",
        f"SELECT 'change', mark, SUM(authorised), SUM(posted), {pieces.gaps(_less())}"
        f" FROM step WHERE mark < {marks} GROUP BY mark",
        f"SELECT 'moved', mark, SUM(authorised), SUM(posted), {gaps}"
        f" FROM ({_moved_lines(question, marks)}) known GROUP BY mark",
    ]
    return ctes, selects


def _moved(question: Question) -> str:
    """CTE `moved`: the periods in the area of units that were not in it throughout."""
    of_area = "c.ancestor_id = %(unit)s" + (" AND c.depth = 0" if question.alone else "")
    county = ""
    if question.county is not None:
        wanted = "= %(county)s" if question.county else "IS NULL"
        county = f" AND c.descendant_id IN (SELECT id FROM organisation_unit WHERE county_id {wanted})"
    if question.within:
        county += pieces.within(question, "c.descendant_id")
    return (
        "moved AS MATERIALIZED (SELECT c.descendant_id AS unit_id, c.starts_on, c.ends_on FROM organisation_unitclosure c"
        f" WHERE {of_area}{county} AND c.starts_on <= %(on)s AND (c.ends_on IS NULL OR c.ends_on > %(first)s)"
        " AND (c.starts_on > %(first)s OR c.ends_on <= %(on)s))"
    )


def _stayed() -> str:
    return "stayed AS MATERIALIZED (SELECT unit_id FROM area WHERE unit_id NOT IN (SELECT unit_id FROM moved))"


def _bucket(day: str, marks: int) -> str:
    """The last mark that lies before the day: up to it, what happened on the day had not happened."""
    cases = " ".join(f"WHEN {day} > %(mark{index})s THEN {index}" for index in range(marks - 2, -1, -1))
    return f"CASE {cases} END"


def _changes(question: Question, marks: int) -> str:
    """CTE `change(unit_id, rank_id, skill_id, mark, authorised, posted)`: what began (1) or ended (-1) after each mark."""
    parts = []
    for column, sign in (("starts_on", 1), ("ends_on", -1)):
        held = f"p.{column} > %(first)s AND p.{column} <= %(on)s"
        parts.append(
            "SELECT p.unit_id, p.post_rank_id AS rank_id, COALESCE(p.post_skill_id, 0) AS skill_id,"
            f" {_bucket(f'p.{column}', marks)} AS mark, 0 AS authorised, {sign} AS posted FROM deployment_posting p"
            f" WHERE {pieces.HELD}{' AND p.ends_on IS NOT NULL' if column == 'ends_on' else ''} AND {held}"
            f"{pieces.of_posts(question, 'p', 'post_rank_id', 'post_skill_id')}"
        )
        parts.append(
            f"SELECT e.unit_id, e.rank_id, COALESCE(e.skill_id, 0), {_bucket(f'e.{column}', marks)}, {sign} * e.posts, 0"
            f" FROM organisation_establishmentline e WHERE e.baseline = %(baseline)s AND {held.replace('p.', 'e.')}"
            f"{pieces.of_posts(question, 'e', 'rank_id', 'skill_id')}"
        )
    return (
        f"change AS (SELECT * FROM ({' UNION ALL '.join(parts)}) happened"
        " WHERE unit_id IN (SELECT unit_id FROM stayed))"
    )


def _steps(marks: int) -> str:
    """CTE `step`: what follows each mark on a line, with what the line was short of before it (negative: over).

    Today's line stands as a row above the last mark and the changes are taken from it one after the other, in any order
    between two marks: a window over both together costs a third of joining them. Posts and holders are plain sums.
    """
    window = "OVER (PARTITION BY unit_id, rank_id, skill_id ORDER BY mark DESC ROWS UNBOUNDED PRECEDING)"
    return (
        f"step AS (SELECT mark, authorised, posted, SUM(authorised - posted) {window} AS short FROM ("
        f"SELECT unit_id, rank_id, skill_id, {marks} AS mark, authorised, posted FROM line"
        " UNION ALL SELECT unit_id, rank_id, skill_id, mark, -authorised, -posted FROM change) history)"
    )


def _less() -> str:
    """How much more was vacant before a change than after it."""
    before, after = "short", "(short - (authorised - posted))"
    return f"CASE WHEN {before} > 0 THEN {before} ELSE 0 END - CASE WHEN {after} > 0 THEN {after} ELSE 0 END"


def _moved_lines(question: Question, marks: int) -> str:
    """Lines of the units that moved, at each mark at which they were in the area."""
    days = " UNION ALL ".join(f"SELECT {index} AS mark, %(mark{index})s AS day" for index in range(marks))
    moved = question.but(whole_service=False, alone=False, county=None)
    columns = "unit_id, rank_id, skill_id, starts_on, ends_on, authorised, posted"
    posts = pieces.of_posts(moved, "e", "rank_id", "skill_id", among="moved")
    held = pieces.of_posts(moved, "p", "post_rank_id", "post_skill_id", among="moved")
    return (
        "SELECT d.mark, k.unit_id, k.rank_id, k.skill_id, SUM(k.authorised) AS authorised, SUM(k.posted) AS posted"
        f" FROM ({days}) d JOIN moved m ON {pieces.in_force('m', 'd.day')} JOIN (SELECT {columns} FROM ("
        "SELECT e.unit_id, e.rank_id, COALESCE(e.skill_id, 0) AS skill_id, e.starts_on, e.ends_on,"
        " e.posts AS authorised, 0 AS posted FROM organisation_establishmentline e"
        f" WHERE e.baseline = %(baseline)s{posts} UNION ALL"
        " SELECT p.unit_id, p.post_rank_id, COALESCE(p.post_skill_id, 0), p.starts_on, p.ends_on, 0, 1"
        f" FROM deployment_posting p WHERE {pieces.HELD}{held}) every_line) k"
        f" ON k.unit_id = m.unit_id AND {pieces.in_force('k', 'd.day')}"
        " GROUP BY d.mark, k.unit_id, k.rank_id, k.skill_id"
    )
