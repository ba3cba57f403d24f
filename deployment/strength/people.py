"""Counts of officers: what is counted of holders beside their posts, and who is attached."""

from __future__ import annotations

from deployment.strength import pieces
from deployment.strength.question import Question


def flags(question: Question) -> dict[str, str]:
    """Counts of holders `p`, as 0-or-1 expressions; with a choice of officers each counts only those chosen.

    Sex and service are then read off the officer `o` (see `joined`); without a choice nothing is joined, which would cost
    a second reading.
    """
    non_core = ", ".join(map(str, question.non_core)) or "0"
    women = (
        "o.sex = 'F'"
        if joined(question)
        else "p.officer_id IN (SELECT w.id FROM personnel_officer w WHERE w.sex = 'F')"
    )
    conditions = {
        "overdue": pieces.is_overdue(),
        "unknown": "NOT p.start_known",
        "non_core": f"p.duty_id IN ({non_core})",
        "women": women,
        "away": f"p.officer_id IN ({away()})",
    }
    if chosen := pieces.is_chosen(question):
        conditions = {"officers": chosen, **{name: f"{chosen} AND {each}" for name, each in conditions.items()}}
    return {name: pieces.flag(condition) for name, condition in conditions.items()}


def joined(question: Question) -> str:
    """What the postings `p` are joined to, so that officers can be chosen by what they are."""
    return " JOIN personnel_officer o ON o.id = p.officer_id" if question.sex or question.service else ""


def attached(question: Question, place: str, fields: int) -> str:
    """The officers attached or seconded into an `area` that the statement has: `place` of each, part, county and rank of
    the post, their number, and as many zeros as fill up `fields`."""
    zeros = ", 0" * (fields - 1)
    return (
        f"SELECT 'attached', area.part_id, {place}, p.post_rank_id, COUNT(*){zeros} FROM deployment_posting p"
        " JOIN personnel_officer o ON o.id = p.officer_id JOIN area ON area.unit_id = p.unit_id"
        f" WHERE {_attached(question)} GROUP BY area.part_id, 3, p.post_rank_id"
    )


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
