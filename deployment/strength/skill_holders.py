"""Who is behind a number of the skills gap: each list is as long as the number, because both rest on the same pieces.

To spare at a unit are those who hold a skill beyond what its posts ask for: first left out are those who fill such a post, then
those of a lower level, then those who came last; so the ones to spare are those whom `nearest_holders` offers first.
"""

from __future__ import annotations

from deployment.strength import pieces
from deployment.strength.question import Question
from deployment.strength.skills import KINDS, SOON, is_held

HELD, SPARE = "held", "spare"
SHOWN = (HELD, SPARE, *KINDS)


def _pairs(question: Question, kind: str) -> str:
    """CTEs up to `pair(held_id, posting_id, code, place)`: holders of skills that posts of the area ask for."""
    everyone = question.but(skill=None, ranks=None)
    only = " AND {}.skill_id = %(skill)s" if question.skill else ""
    holders = pieces.holders(everyone, "p.unit_id, p.officer_id, p.id, p.post_skill_id, p.starts_on")
    posts = pieces.required(everyone, "e.unit_id, e.skill_id, e.posts")
    wanted = {HELD: "", SPARE: " AND held.place > COALESCE(n.needed, 0)"}.get(kind, f" AND held.{kind} = 1")
    flags = "".join(f", {pieces.flag(condition)} AS {name}" for name, condition in KINDS.items())
    fills = pieces.flag("h.post_skill_id = k.skill_id")
    return (
        f"WITH {pieces.area(question)}, need AS MATERIALIZED (SELECT unit_id, skill_id, SUM(posts) AS needed FROM ({posts}"
        f" AND e.skill_id IS NOT NULL{only.format('e')}) every_line GROUP BY unit_id, skill_id),"
        " asked AS MATERIALIZED (SELECT n.skill_id FROM need n JOIN area ON area.unit_id = n.unit_id"
        " GROUP BY n.skill_id HAVING SUM(n.needed) > 0),"
        " held AS MATERIALIZED (SELECT h.unit_id, h.id AS posting_id, k.id AS held_id, k.skill_id"
        f"{flags}, ROW_NUMBER() OVER (PARTITION BY h.unit_id, k.skill_id"
        f" ORDER BY {fills} DESC, k.level, h.starts_on DESC, h.id DESC) AS place"
        f" FROM ({holders}) h JOIN personnel_skillheld k ON k.officer_id = h.officer_id"
        f" WHERE {is_held()}{only.format('k')} AND k.skill_id IN (SELECT skill_id FROM asked)),"
        " pair AS (SELECT held.held_id, held.posting_id, u.code, held.skill_id, held.place FROM held"
        " JOIN area ON area.unit_id = held.unit_id JOIN organisation_unit u ON u.id = held.unit_id"
        f" LEFT JOIN need n ON n.unit_id = held.unit_id AND n.skill_id = held.skill_id WHERE 1 = 1{wanted})"
    )


def number_of(question: Question, kind: str) -> int:
    """How many there are; one statement."""
    sql = f"{_pairs(question, kind)} SELECT COUNT(*) FROM pair"
    return int(pieces.rows(sql, question.parameters(soon=question.on + SOON))[0][0])


def holders_of(question: Question, kind: str, *, first: int = 0, number: int | None = None) -> list[tuple[int, int]]:
    """The skills held and the postings of those who hold them, as keys, by skill and unit; one statement."""
    paged = f" LIMIT {number} OFFSET {first}" if number is not None else ""
    sql = (
        f"{_pairs(question, kind)} SELECT held_id, posting_id FROM pair ORDER BY skill_id, code, place, held_id{paged}"
    )
    return [(held, posting) for held, posting in pieces.rows(sql, question.parameters(soon=question.on + SOON))]
