"""The pieces of SQL that every count rests on. Plain text: values go in as named parameters, only whole numbers inline.

Two habits that look odd were measured at 107,000 officers and 10,000 units. Holders are read as "no end" plus "ends
later", not as "no end or ends later": each half then has an index that holds all it needs. And an area restricts them by
`IN (SELECT …)`, not by a join, because SQLite builds a Bloom filter over the whole table for the join.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from deployment.models.postings import AWAY_KINDS
from deployment.strength.question import Question

# A posting without a rank of the post is a civilian member's: he or she fills no police post.
HELD = "p.kind = 'substantive' AND p.voided_at IS NULL AND p.post_rank_id IS NOT NULL"
AWAY = ", ".join(f"'{kind.value}'" for kind in AWAY_KINDS)
Rows = list[tuple[Any, ...]]


def rows(sql: str, parameters: dict[str, Any]) -> Rows:
    """This function will run one statement and return all it finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def in_force(alias: str, day: str = "%(on)s") -> str:
    """The condition that a period covers a day."""
    return f"{alias}.starts_on <= {day} AND ({alias}.ends_on IS NULL OR {alias}.ends_on > {day})"


def area(question: Question, *, with_command: str = "", with_place: bool = False) -> str:
    """CTE `area(unit_id, part_id[, place_id])`: every unit of the area, and the child of the viewed unit it stands under.

    `place_id` is the county a unit lies in, or with `with_command` (a line of command) the county whose command it
    stands under; of the whole service also the formation, whose key has a minus then.
    """
    place = joined = commanded = ""
    if with_command:
        place, commanded = ", commanded.county_id AS place_id", _commanded(with_command)
        joined = " LEFT JOIN commanded ON commanded.unit_id = b.descendant_id"
        if question.whole_service:
            place = ", COALESCE(commanded.county_id, -formed.formation_id) AS place_id"
            commanded += _formed()
            joined += " LEFT JOIN formed ON formed.unit_id = b.descendant_id"
    elif with_place:
        place = ", u.county_id AS place_id"
    where = ""
    if question.county is not None:
        where = " AND u.county_id = %(county)s" if question.county else " AND u.county_id IS NULL"
    if question.county is not None or (with_place and not with_command):
        joined += " JOIN organisation_unit u ON u.id = b.descendant_id"
    if question.within and question.on != question.today:
        where += within(question, "b.descendant_id")
    itself = (
        f"SELECT b.descendant_id AS unit_id, b.ancestor_id AS part_id{place} FROM organisation_unitclosure b{joined}"
        f" WHERE b.ancestor_id = %(unit)s AND b.depth = 0 AND {in_force('b')}{where}"
    )
    if question.alone:
        return f"{commanded}area AS MATERIALIZED ({itself})"
    below = (
        f"SELECT b.descendant_id AS unit_id, b.ancestor_id AS part_id{place} FROM organisation_unitclosure t"
        f" JOIN organisation_unitclosure b ON b.ancestor_id = t.descendant_id AND {in_force('b')}{joined}"
        f" WHERE t.ancestor_id = %(unit)s AND t.depth = 1 AND {in_force('t')}{where}"
    )
    return f"{commanded}area AS MATERIALIZED ({below} UNION ALL {itself})"


def within(question: Question, unit: str) -> str:
    """The condition that a unit lies in one of the reader's own commands of today, or lay there when it closed."""
    roots = ", ".join(map(str, question.within))
    return (
        f" AND {unit} IN (SELECT s.descendant_id FROM organisation_unitclosure s"
        " JOIN organisation_unit gone ON gone.id = s.descendant_id"
        f" WHERE s.ancestor_id IN ({roots}) AND ({in_force('s', '%(today)s')}"
        " OR (s.ends_on = gone.closed_on AND s.ends_on <= %(today)s)))"
    )


def _commanded(line: str) -> str:
    """CTE `commanded(unit_id, county_id)`, with its comma: each unit under a county command of one line."""
    return (
        "commanded AS MATERIALIZED (SELECT k.descendant_id AS unit_id, c.county_id FROM organisation_unit c"
        f" JOIN organisation_unitclosure k ON k.ancestor_id = c.id AND {in_force('k')}"
        f" WHERE c.type = 'county' AND c.line = '{line}'), "
    )


def _formed() -> str:
    """CTE `formed(unit_id, formation_id)`, with its comma: each unit under a formation; of two, the older record."""
    return (
        "formed AS MATERIALIZED (SELECT k.descendant_id AS unit_id, MIN(c.id) AS formation_id FROM organisation_unit c"
        f" JOIN organisation_unitclosure k ON k.ancestor_id = c.id AND {in_force('k')}"
        " WHERE c.type = 'formation' GROUP BY k.descendant_id), "
    )


def of_posts(question: Question, alias: str, rank: str, skill: str, *, among: str = "area") -> str:
    """Conditions that choose posts: unit, rank, skill."""
    found = ""
    if not question.reads_everything:
        found += f" AND {alias}.unit_id IN (SELECT unit_id FROM {among})"
    if question.ranks is not None:
        found += f" AND {alias}.{rank} IN ({', '.join(map(str, question.ranks)) or '0'})"
    if question.skill is not None:
        found += f" AND {alias}.{skill} = %(skill)s" if question.skill else f" AND {alias}.{skill} IS NULL"
    return found


def holders(question: Question, columns: str, more: str = "", groups: str = "", joined: str = "") -> str:
    """Substantive postings `p` in force on the day, on the posts asked for; with `groups`, each half grouped by itself."""
    wanted = of_posts(question, "p", "post_rank_id", "post_skill_id") + more
    # The plus keeps SQLite, for the few that end later, from reading all that was ever posted to the units of the area.
    later = (
        wanted if connection.vendor == "postgresql" else wanted.replace(" AND p.unit_id IN", " AND +p.unit_id IN", 1)
    )
    start = f"SELECT {columns} FROM deployment_posting p{joined} WHERE {HELD}"
    end = f" GROUP BY {groups}" if groups else ""
    return (
        f"{start} AND p.ends_on IS NULL AND p.starts_on <= %(on)s{wanted}{end}"
        f" UNION ALL {start} AND p.ends_on IS NOT NULL AND p.ends_on > %(on)s AND p.starts_on <= %(on)s{later}{end}"
    )


def required(question: Question, columns: str) -> str:
    """Establishment lines `e` in force on the day."""
    wanted = of_posts(question, "e", "rank_id", "skill_id")
    return (
        f"SELECT {columns} FROM organisation_establishmentline e"
        f" WHERE e.baseline = %(baseline)s AND {in_force('e')}{wanted}"
    )


def is_overdue() -> str:
    """Whether a holder `p` has been at the unit longer than the rule allows; an unknown arrival never is."""
    return (
        "p.start_known AND COALESCE(p.tenure_since, p.starts_on) < CASE WHEN p.unit_id IN (SELECT unit_id FROM operations)"
        " THEN %(overdue_operations)s ELSE %(overdue)s END"
    )


def operations() -> str:
    """CTE `operations(unit_id)`: units classed as a serious operation area on the day."""
    return (
        "operations AS MATERIALIZED (SELECT c.unit_id FROM organisation_unitclassing c"
        " JOIN organisation_unitclass k ON k.id = c.unit_class_id"
        f" WHERE k.code = 'operation-serious' AND {in_force('c')})"
    )


def is_chosen(question: Question) -> str:
    """The condition that a holder `p`, with the officer `o`, is one of those chosen; empty when there is no such choice."""
    found = []
    if question.sex:
        found.append("o.sex = %(sex)s")
    if question.service:
        found.append("o.service = %(service)s")
    if question.tenure == "over":
        found.append(is_overdue())
    if question.tenure == "unknown":
        found.append("NOT p.start_known")
    return " AND ".join(found)


def flag(condition: str) -> str:
    """1 where the condition holds, else 0."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def vacant(authorised: str = "authorised", posted: str = "posted") -> str:
    return f"CASE WHEN {authorised} > {posted} THEN {authorised} - {posted} ELSE 0 END"


def over(authorised: str = "authorised", posted: str = "posted") -> str:
    return vacant(posted, authorised)


def whole(expression: str) -> str:
    """The sum of whole numbers as a plain integer: PostgreSQL adds its bigints up as decimals, at three times the cost."""
    return f"CAST(SUM({expression}) AS integer)"


def gaps(vacant_of_line: str = "") -> str:
    """The sums of what is vacant and of what is over: the second follows from the first, as every line adds up."""
    vacancies = f"SUM({vacant_of_line or vacant()})"
    return f"{vacancies}, SUM(posted) - SUM(authorised) + {vacancies}"


def line_sums(question: Question, counted: dict[str, str] | None = None, joined: str = "") -> str:
    """CTE `line(unit_id, rank_id, skill_id, authorised, posted, …)`: posts and holders met, skill 0 for none.

    Shape: `counted` names further counts of holders, each a 0-or-1 expression over `p` and what is `joined` to it.
    """
    counted = counted or {}
    zeros = "".join(f", 0 AS {name}" for name in counted)
    sums = "".join(f", {whole(name)} AS {name}" for name in counted)
    posts = required(
        question,
        f"e.unit_id, e.rank_id, COALESCE(e.skill_id, 0) AS skill_id, e.posts AS authorised, 0 AS posted{zeros}",
    )
    # PostgreSQL adds everything up in one hash; SQLite is quicker when holders are grouped first, in the order of the index.
    is_hashed = connection.vendor == "postgresql"
    ones = ["1", *counted.values()] if is_hashed else [whole(each) for each in ("1", *counted.values())]
    held = holders(
        question, f"p.unit_id, p.post_rank_id, COALESCE(p.post_skill_id, 0), 0, {', '.join(ones)}",
        groups="" if is_hashed else "p.unit_id, p.post_rank_id, p.post_skill_id", joined=joined,
    )  # fmt: skip
    return (
        f"line AS MATERIALIZED (SELECT unit_id, rank_id, skill_id, {whole('authorised')} AS authorised,"
        f" {whole('posted')} AS posted{sums} FROM ({posts} UNION ALL {held}) met GROUP BY unit_id, rank_id, skill_id)"
    )
