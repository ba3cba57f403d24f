"""Counts of officers: what is counted of holders beside their posts, who is attached, and all counts of chosen officers."""

from __future__ import annotations

from typing import Any

from deployment.gaps import Counts
from deployment.strength import pieces
from deployment.strength.question import Question


def flags(question: Question) -> dict[str, str]:
    """Counts of holders `p`, as 0-or-1 expressions; none of them needs a join, which would cost a second reading."""
    non_core = ", ".join(map(str, question.non_core)) or "0"
    conditions = {
        "overdue": pieces.is_overdue(),
        "unknown": "NOT p.start_known",
        "non_core": f"p.duty_id IN ({non_core})",
        "women": "p.officer_id IN (SELECT w.id FROM personnel_officer w WHERE w.sex = 'F')",
        "away": f"p.officer_id IN ({away()})",
    }
    return {name: pieces.flag(condition) for name, condition in conditions.items()}


def people(question: Question, place: dict[str, Any]) -> dict[tuple[int, int | None, int], Counts]:
    """Counts of officers by part, county and rank of the post: those attached, and of chosen officers every count.

    Without a choice of officers, the holders were counted with the posts they hold (see `flags`).
    """
    divided = ", area.place_id" if any(place.values()) else ""
    groups = f"area.part_id{divided}, p.post_rank_id"
    joined = "JOIN personnel_officer o ON o.id = p.officer_id JOIN area ON area.unit_id = p.unit_id"
    keys = f"area.part_id, {divided[2:] or 'CAST(NULL AS bigint)'}, p.post_rank_id"
    names, chosen = [], ""
    if question.chooses_officers:
        counted = {"officers": "p.officer_id > 0", **_conditions(question)}
        names = list(counted)
        sums = "".join(f", SUM({pieces.flag(condition)})" for condition in counted.values())
        held = pieces.holders(
            question, "p.unit_id, p.post_rank_id, p.officer_id, p.starts_on, p.tenure_since, p.start_known, p.duty_id"
        )
        chosen = (
            f" UNION ALL SELECT {keys}, 0{sums} FROM ({held}) p {joined}"
            f" WHERE {pieces.is_chosen(question)} GROUP BY {groups}"
        )
    sql = (
        f"WITH {pieces.area(question, **place)}, {pieces.operations()}"
        f" SELECT {keys}, COUNT(*){', 0' * len(names)} FROM deployment_posting p {joined}"
        f" WHERE {_attached(question)} GROUP BY {groups}{chosen}"
    )
    found: dict[tuple[int, int | None, int], Counts] = {}
    for part, county, rank, attached, *values in pieces.rows(sql, question.parameters()):
        more = Counts(attached=int(attached), **dict(zip(names, map(int, values), strict=True)))
        found[part, county, rank] = found.get((part, county, rank), Counts()) + more
    return found


def _conditions(question: Question) -> dict[str, str]:
    return {name: f"{expression} = 1" for name, expression in flags(question).items()}


def away() -> str:
    """Officers whom something keeps from the unit they are posted to."""
    return (
        f"SELECT w.officer_id FROM deployment_posting w WHERE w.kind IN ({pieces.AWAY})"
        f" AND NOT (w.kind = 'substantive') AND w.voided_at IS NULL AND {pieces.in_force('w')}"
    )


def elsewhere(question: Question) -> tuple[int, int]:
    """How many holders of the area are away, and how many officers are attached to it from elsewhere; one statement."""
    inside = "p.unit_id IN (SELECT unit_id FROM area)"
    # From the few who are away to their postings: a CROSS JOIN, because SQLite would rather read every posting.
    sql = (
        f"WITH {pieces.area(question)}, gone AS MATERIALIZED (SELECT DISTINCT officer_id FROM ({away()}) g)"
        " SELECT (SELECT COUNT(*) FROM gone CROSS JOIN deployment_posting p WHERE p.officer_id = gone.officer_id"
        f" AND {pieces.HELD} AND {pieces.in_force('p')} AND {inside}),"
        f" (SELECT COUNT(*) FROM deployment_posting p WHERE {_attached(question)} AND {inside})"
    )
    gone, come = pieces.rows(sql, question.parameters())[0]
    return int(gone), int(come)


def _attached(question: Question) -> str:
    """Officers attached or seconded to a unit of the area; how long they have been there plays no part."""
    chosen = pieces.is_chosen(question.but(tenure=""))
    posts = pieces.of_posts(question, "p", "post_rank_id", "post_skill_id")
    return (
        "p.kind IN ('attachment', 'secondment') AND NOT (p.kind = 'substantive') AND p.voided_at IS NULL"
        f" AND p.post_rank_id IS NOT NULL AND {pieces.in_force('p')}{posts}" + (f" AND {chosen}" if chosen else "")
    )
