"""Skills required and held, unit by unit: the gap is taken at each unit and skill before anything is added.

Held counts officers posted to the unit whose skill is in force on the day: acquired, not lapsed, not refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from deployment.strength import pieces
from deployment.strength.question import Question


@dataclass(frozen=True)
class SkillCounts:
    """Posts that ask for a skill, and officers at their units who hold it."""

    needed: int = 0
    held: int = 0
    gap: int = 0
    spare: int = 0  # held beyond what the unit needs

    def __add__(self, other: SkillCounts) -> SkillCounts:
        return SkillCounts(
            self.needed + other.needed, self.held + other.held, self.gap + other.gap, self.spare + other.spare
        )


def is_held(alias: str = "k") -> str:
    """The condition that a skill on the record counts on the day."""
    return (
        f"({alias}.acquired_on IS NULL OR {alias}.acquired_on <= %(on)s)"
        f" AND ({alias}.expires_on IS NULL OR {alias}.expires_on > %(on)s) AND {alias}.state <> 'refused'"
    )


def _met(question: Question) -> str:
    """CTEs `asked(skill_id)`, the skills that any post asks for, and `met(unit_id, skill_id, needed, held)`."""
    asked = question.but(skill=None, ranks=None)
    only = ""
    if question.skill:
        only = " AND {}.skill_id = %(skill)s"
    needed = pieces.required(asked, "e.unit_id, e.skill_id, e.posts AS needed, 0 AS held")
    holders = pieces.holders(asked, "p.unit_id, p.officer_id")
    return (
        "asked AS MATERIALIZED (SELECT DISTINCT e.skill_id FROM organisation_establishmentline e WHERE"
        f" e.baseline = %(baseline)s AND e.skill_id IS NOT NULL AND {pieces.in_force('e')}),"
        f" met AS MATERIALIZED (SELECT unit_id, skill_id, SUM(needed) AS needed, SUM(held) AS held FROM ("
        f"{needed} AND e.skill_id IS NOT NULL{only.format('e')}"
        f" UNION ALL SELECT h.unit_id, k.skill_id, 0, 1 FROM ({holders}) h"
        f" JOIN personnel_skillheld k ON k.officer_id = h.officer_id WHERE {is_held()}{only.format('k')}"
        " AND k.skill_id IN (SELECT skill_id FROM asked)"
        ") every_skill GROUP BY unit_id, skill_id)"
    )


_GAP, _SPARE = pieces.vacant("needed", "held"), pieces.over("needed", "held")


def skill_counts(question: Question) -> dict[tuple[int, int], SkillCounts]:
    """Counts by part of the area and skill, of the skills that posts of the area ask for; one statement."""
    sql = (
        f"WITH {pieces.area(question)}, {_met(question)}"
        f" SELECT area.part_id, met.skill_id, SUM(needed), SUM(held), SUM({_GAP}), SUM({_SPARE})"
        " FROM met JOIN area ON area.unit_id = met.unit_id GROUP BY area.part_id, met.skill_id HAVING SUM(needed) > 0"
    )
    return {
        (part, skill): SkillCounts(*map(int, values))
        for part, skill, *values in pieces.rows(sql, question.parameters())
    }
