"""The posts behind a number, line by line, numbered so that the last line's number is the number that opened the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from deployment.queries.catalogue import Catalogue
from deployment.strength import LineRow, Question, VacancyTotal, lines, vacancy_total

PER_PAGE = 100
KINDS = {"vacant": "vacant", "authorised": "authorised", "over-lines": "over"}


@dataclass(frozen=True)
class PostLine:
    """One line of the list."""

    row: LineRow
    rank: Any
    skill: Any
    number: int  # how many of the things listed stand on it


@dataclass(frozen=True)
class PostsListed:
    """A page of the list, and what the whole of it comes to."""

    total: VacancyTotal
    number: int
    rows: list[PostLine]
    page: Any

    def as_file(self) -> tuple[list[Any], list[list[Any]]]:
        columns = [
            _("Code"),
            _("Unit"),
            _("Rank"),
            _("Skill"),
            _("Posts"),
            _("Posted"),
            _("Vacant"),
            _("Over-strength"),
        ]
        rows = [
            [
                each.row.unit_code, each.row.unit_name, each.rank.code, each.skill.code if each.skill else "",
                each.row.counts.authorised, each.row.counts.posted, each.row.counts.vacant, each.row.counts.over,
            ]
            for each in self.rows
        ]  # fmt: skip
        return columns, rows


def posts_listed(
    question: Question, kind: str, catalogue: Catalogue, *, page: Any = None, everything: bool = False
) -> PostsListed:
    """One page of the lines of a kind, or all of them; two statements."""
    wanted = KINDS[kind]
    total = vacancy_total(question, wanted)
    pages = Paginator(range(total.lines), PER_PAGE).get_page(page)
    first = 0 if everything else (pages.number - 1) * PER_PAGE
    found = lines(question, wanted, first=first, number=None if everything else PER_PAGE)
    name = {"vacant": "vacant", "authorised": "authorised", "over": "over"}[wanted]
    rows = [
        PostLine(
            row, catalogue.rank_of[row.rank], catalogue.skill_of[row.skill] if row.skill else None,
            getattr(row.counts, name),
        )
        for row in found
    ]  # fmt: skip
    return PostsListed(total, getattr(total.counts, name), rows, pages)
