"""Establishment lines one by one: what stands behind a number of vacant or over-filled posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from deployment.gaps import Counts, line
from deployment.strength import pieces
from deployment.strength.question import Question

KINDS = {
    "vacant": "authorised > posted",
    "over": "posted > authorised",
    "authorised": "authorised > 0",
    "all": "authorised + posted > 0",
}


@dataclass(frozen=True)
class LineRow:
    """One unit, rank and skill, with its counts."""

    unit_code: str
    unit_name: str
    rank: int
    skill: int | None
    counts: Counts


class VacancyTotal(NamedTuple):
    """What all the lines of a list come to."""

    lines: int
    units: int
    counts: Counts


def _lines(question: Question, kind: str) -> str:
    return (
        f"WITH {pieces.area(question)}, {pieces.line_sums(question)},"
        " asked AS (SELECT line.* FROM line JOIN area ON area.unit_id = line.unit_id"
        f" WHERE {KINDS[kind]})"
    )


def lines(question: Question, kind: str = "vacant", *, first: int = 0, number: int | None = 50) -> list[LineRow]:
    """The lines of an area of a kind (see KINDS), those with the widest gap first; all of them with `number=None`."""
    paged = f" LIMIT {number} OFFSET {first}" if number is not None else ""
    order = 'u.code, r."order", s.code' if kind == "all" else 'ABS(authorised - posted) DESC, u.code, r."order", s.code'
    if kind == "authorised":
        order = 'authorised DESC, u.code, r."order", s.code'
    sql = (
        f"{_lines(question, kind)} SELECT u.code, u.name, asked.rank_id, asked.skill_id, authorised, posted FROM asked"
        " JOIN organisation_unit u ON u.id = asked.unit_id JOIN organisation_rank r ON r.id = asked.rank_id"
        f" LEFT JOIN organisation_skill s ON s.id = asked.skill_id ORDER BY {order}{paged}"
    )
    return [
        LineRow(code, name, rank, skill or None, line(int(authorised), int(posted)))
        for code, name, rank, skill, authorised, posted in pieces.rows(sql, question.parameters())
    ]


def vacancy_total(question: Question, kind: str = "vacant") -> VacancyTotal:
    """How many lines, of how many units, and what they come to."""
    sql = (
        f"{_lines(question, kind)} SELECT COUNT(*), COUNT(DISTINCT unit_id), COALESCE(SUM(authorised), 0),"
        f" COALESCE(SUM(posted), 0), COALESCE(SUM({pieces.vacant()}), 0), COALESCE(SUM({pieces.over()}), 0) FROM asked"
    )
    number, units, authorised, posted, vacant, over = map(int, pieces.rows(sql, question.parameters())[0])
    return VacancyTotal(number, units, Counts(authorised, posted, vacant, over, officers=posted))
