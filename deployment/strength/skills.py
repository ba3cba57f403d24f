"""Skills required and held, unit by unit: the gap is taken at each unit and skill before anything is added.

*Required* are the posts of a unit that ask for the skill, in the baseline in force. *Held* are the officers posted there
(substantively, in force) who hold the skill on the day: acquired, not lapsed, not refused. A claim not yet checked counts
as held and is told apart. Skills are asked of whole units: a choice of rank, service, sex or tenure changes nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta

from deployment.strength import pieces
from deployment.strength.question import Question

SOON = timedelta(days=182)  # a skill that lapses within half a year is worth a refresher now


@dataclass(frozen=True)
class SkillCounts:
    """Posts that ask for a skill, and officers at their units who hold it: needed − held = gap − spare, for every sum."""

    needed: int = 0
    held: int = 0
    gap: int = 0
    spare: int = 0  # held beyond what the unit needs

    def __add__(self, other: SkillCounts) -> SkillCounts:
        return SkillCounts(
            self.needed + other.needed, self.held + other.held, self.gap + other.gap, self.spare + other.spare
        )


@dataclass(frozen=True)
class Holdings:
    """The counts of one skill, and what is to be said of those who hold it."""

    counts: SkillCounts
    units_short: int
    unverified: int
    lapsing: int
    levels: tuple[int, int, int]  # first, second, third and above


# Kinds of holders, as conditions on the skill held `k`.
KINDS = {
    "unverified": "k.state = 'unverified'",
    "lapsing": "k.expires_on <= %(soon)s",
    "level_1": "k.level = 1",
    "level_2": "k.level = 2",
    "level_3": "k.level >= 3",
}
_GAP, _SPARE = pieces.vacant("needed", "held"), pieces.over("needed", "held")


def is_held(alias: str = "k") -> str:
    """The condition that a skill on the record counts on the day."""
    return (
        f"({alias}.acquired_on IS NULL OR {alias}.acquired_on <= %(on)s)"
        f" AND ({alias}.expires_on IS NULL OR {alias}.expires_on > %(on)s) AND {alias}.state <> 'refused'"
    )


def _met(question: Question, kinds: dict[str, str] | None = None) -> str:
    """CTEs `asked(skill_id)`, the skills that any post asks for, and `met(unit_id, skill_id, needed, held, …kinds)`."""
    kinds = kinds or {}
    asked = question.but(skill=None, ranks=None)
    only = " AND {}.skill_id = %(skill)s" if question.skill else ""
    zeros = "".join(f", 0 AS {name}" for name in kinds)
    flags = "".join(f", {pieces.flag(condition)}" for condition in kinds.values())
    sums = "".join(f", SUM({name}) AS {name}" for name in kinds)
    needed = pieces.required(asked, f"e.unit_id, e.skill_id, e.posts AS needed, 0 AS held{zeros}")
    holders = pieces.holders(asked, "p.unit_id, p.officer_id")
    return (
        f"asked AS MATERIALIZED (SELECT DISTINCT e.skill_id FROM organisation_establishmentline e"
        f" WHERE e.baseline = %(baseline)s AND e.skill_id IS NOT NULL AND {pieces.in_force('e')}),"
        f" met AS MATERIALIZED (SELECT unit_id, skill_id, SUM(needed) AS needed, SUM(held) AS held{sums} FROM ("
        f"{needed} AND e.skill_id IS NOT NULL{only.format('e')}"
        f" UNION ALL SELECT h.unit_id, k.skill_id, 0, 1{flags} FROM ({holders}) h"
        f" JOIN personnel_skillheld k ON k.officer_id = h.officer_id WHERE {is_held()}{only.format('k')}"
        " AND k.skill_id IN (SELECT skill_id FROM asked)"
        ") every_skill GROUP BY unit_id, skill_id)"
    )


def skill_counts(
    question: Question, *, by_place: bool = False, by_command: str = ""
) -> dict[tuple[int, int | None, int], SkillCounts]:
    """Counts by part of the area, county and skill, of the skills that posts there ask for; one statement.

    The county is None unless the area is divided by the counties units lie in or (`by_command`, a line of command)
    stand under.
    """
    if question.skill == 0:  # posts that ask for no skill
        return {}
    county = "area.place_id" if by_place or by_command else "CAST(NULL AS bigint)"
    sql = (
        f"WITH {pieces.area(question, with_place=by_place, with_command=by_command)}, {_met(question)}"
        f" SELECT area.part_id, {county}, met.skill_id, SUM(needed), SUM(held), SUM({_GAP}), SUM({_SPARE})"
        " FROM met JOIN area ON area.unit_id = met.unit_id GROUP BY area.part_id, 2, met.skill_id HAVING SUM(needed) > 0"
    )
    return {
        (part, place, skill): SkillCounts(*map(int, values))
        for part, place, skill, *values in pieces.rows(sql, question.parameters())
    }


def skills_of(question: Question) -> dict[int, Holdings]:
    """Every skill that some post of the area asks for, by primary key; one statement."""
    return _holdings(question, "met.skill_id", "GROUP BY met.skill_id HAVING SUM(needed) > 0")


def units_with(question: Question, which: str) -> dict[int, Holdings]:
    """The units of the area by primary key, for the question's one skill: those "short", with "spare", or "any"; one
    statement."""
    wanted = {"short": "WHERE needed > held", "spare": "WHERE held > needed", "any": ""}[which]
    return _holdings(question, "met.unit_id", f"{wanted} GROUP BY met.unit_id")


def _holdings(question: Question, key: str, grouped: str) -> dict[int, Holdings]:
    sums = "".join(f", SUM({name})" for name in KINDS)
    sql = (
        f"WITH {pieces.area(question)}, {_met(question, KINDS)}"
        f" SELECT {key}, SUM(needed), SUM(held), SUM({_GAP}), SUM({_SPARE}), SUM({pieces.flag('needed > held')}){sums}"
        f" FROM met JOIN area ON area.unit_id = met.unit_id {grouped}"
    )
    number, found = len(fields(SkillCounts)), {}
    for pk, *values in pieces.rows(sql, question.parameters(soon=question.on + SOON)):
        numbers = list(map(int, values))
        short, unverified, lapsing, *levels = numbers[number:]
        one, two, three = levels
        found[pk] = Holdings(SkillCounts(*numbers[:number]), short, unverified, lapsing, (one, two, three))
    return found
