"""Skills gap: required minus held, unit by unit, then summed, so that holders in one place never hide a gap in another.

*Required* are the posts of a unit that ask for the skill, in the baseline in force. *Held* are the officers posted there
(substantively, in force) who hold the skill on the day: acquired, not lapsed, not refused. A claim not yet checked counts
as held and is shown apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from deployment.models import Posting, PostingKind
from deployment.nearest import Near, Spot, by_nearness
from hcims.access.permissions import Permission
from organisation.models import Skill, Unit
from organisation.queries import in_scope
from personnel.models import Officer, SkillHeld

SOON = timedelta(days=182)  # a skill that lapses within half a year is worth a refresher now
HOLDERS_SHOWN = 25

PAIRS = """
WITH area AS (
  SELECT descendant_id AS unit_id FROM organisation_unitclosure
  WHERE ancestor_id = %(unit)s AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s) {within}),
required AS (
  SELECT e.unit_id, e.skill_id, SUM(e.posts) AS required FROM organisation_establishmentline e
  WHERE e.baseline = %(baseline)s AND e.skill_id IS NOT NULL AND e.starts_on <= %(on)s
    AND (e.ends_on IS NULL OR e.ends_on > %(on)s) {one_skill_e} GROUP BY e.unit_id, e.skill_id),
held AS (
  SELECT p.unit_id, s.skill_id, COUNT(*) AS held,
    SUM(CASE WHEN s.state = 'unverified' THEN 1 ELSE 0 END) AS unverified,
    SUM(CASE WHEN s.expires_on <= %(soon)s THEN 1 ELSE 0 END) AS lapsing,
    SUM(CASE WHEN s.level = 1 THEN 1 ELSE 0 END) AS level_1, SUM(CASE WHEN s.level = 2 THEN 1 ELSE 0 END) AS level_2,
    SUM(CASE WHEN s.level >= 3 THEN 1 ELSE 0 END) AS level_3
  FROM personnel_skillheld s JOIN deployment_posting p ON p.officer_id = s.officer_id
  WHERE s.skill_id IN (SELECT skill_id FROM required) AND s.state <> 'refused'
    AND (s.acquired_on IS NULL OR s.acquired_on <= %(on)s) AND (s.expires_on IS NULL OR s.expires_on > %(on)s)
    AND p.kind = 'substantive' AND p.voided_at IS NULL AND p.starts_on <= %(on)s
    AND (p.ends_on IS NULL OR p.ends_on > %(on)s) {one_skill_s} GROUP BY p.unit_id, s.skill_id),
pair AS (
  SELECT unit_id, skill_id, SUM(required) AS required, SUM(held) AS held, SUM(unverified) AS unverified,
    SUM(lapsing) AS lapsing, SUM(level_1) AS level_1, SUM(level_2) AS level_2, SUM(level_3) AS level_3
  FROM (SELECT unit_id, skill_id, required, 0 AS held, 0 AS unverified, 0 AS lapsing, 0 AS level_1, 0 AS level_2,
          0 AS level_3 FROM required
        UNION ALL SELECT unit_id, skill_id, 0, held, unverified, lapsing, level_1, level_2, level_3 FROM held) both_sides
  WHERE unit_id IN (SELECT unit_id FROM area) GROUP BY unit_id, skill_id)
"""
# Units that stood here on the day and have left the reader's commands since are not the reader's to see.
WITHIN = """AND descendant_id IN (
    SELECT own.descendant_id FROM organisation_unitclosure own WHERE own.ancestor_id IN ({roots})
    AND own.starts_on <= %(today)s AND (own.ends_on IS NULL OR own.ends_on > %(today)s))"""
GAP = "CASE WHEN required > held THEN required - held ELSE 0 END"
SPARE = "CASE WHEN held > required THEN held - required ELSE 0 END"


@dataclass(frozen=True)
class Ground:
    """Where and when gaps are counted. `within`: keys of the reader's own commands, none for the whole service."""

    unit: Unit
    on: date
    baseline: str
    today: date
    within: tuple[int, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Counts of one skill, in an area or at one unit: required − held = gap − spare, for every sum of units."""

    skill: Skill
    required: int
    held: int
    unverified: int
    lapsing: int
    levels: tuple[int, int, int]
    gap: int
    spare: int
    units_short: int
    unit: Unit | None = None


def _asked(ground: Ground, skill: Skill | None = None) -> tuple[str, dict[str, Any]]:
    one = {"one_skill_e": "AND e.skill_id = %(skill)s", "one_skill_s": "AND s.skill_id = %(skill)s"} if skill else {}
    within = WITHIN.format(roots=", ".join(map(str, ground.within))) if ground.within else ""
    sql = PAIRS.format(**{"one_skill_e": "", "one_skill_s": "", "within": within, **one})
    return sql, {
        "unit": ground.unit.pk,
        "on": ground.on,
        "today": ground.today,
        "baseline": ground.baseline,
        "soon": ground.on + SOON,
        "skill": skill.pk if skill else 0,
    }


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _gap(skill: Skill, counts: Sequence[Any], unit: Unit | None = None) -> Gap:
    """One row of a statement: required, held, unverified, lapsing, three levels, gap, spare, units short."""
    required, held, unverified, lapsing, one, two, three, gap, spare, short = map(int, counts)
    return Gap(skill, required, held, unverified, lapsing, (one, two, three), gap, spare, short, unit)


def gaps_by_skill(ground: Ground) -> list[Gap]:
    """Every skill that some post of the area asks for, the widest gap first."""
    sql, parameters = _asked(ground)
    found = _rows(
        f"{sql} SELECT skill_id, SUM(required), SUM(held), SUM(unverified),"  # noqa: S608
        f" SUM(lapsing), SUM(level_1), SUM(level_2), SUM(level_3), SUM({GAP}), SUM({SPARE}),"
        " SUM(CASE WHEN required > held THEN 1 ELSE 0 END) FROM pair GROUP BY skill_id HAVING SUM(required) > 0",
        parameters,
    )
    skills = Skill.objects.select_related("category").in_bulk([row[0] for row in found])
    gaps = [_gap(skills[pk], counts) for pk, *counts in found]
    return sorted(gaps, key=lambda gap: (-gap.gap, gap.skill.code))


def gaps_by_unit(ground: Ground, skill: Skill) -> list[Gap]:
    """The units of the area with a gap in one skill, the widest first."""
    sql, parameters = _asked(ground, skill)
    found = _rows(
        f"{sql} SELECT unit_id, required, held, unverified, lapsing, level_1, level_2, level_3, {GAP}, {SPARE} FROM pair"  # noqa: S608
        " WHERE required > held",
        parameters,
    )
    units = Unit.objects.select_related("county").in_bulk([row[0] for row in found])
    gaps = [_gap(skill, [*counts, 1], units[pk]) for pk, *counts in found]
    return sorted(gaps, key=lambda gap: (-gap.gap, gap.unit.code if gap.unit else ""))


def gap_at(ground: Ground, skill: Skill) -> Gap | None:
    """The counts of one skill at one unit alone, or None where no post asks for it and nobody holds it."""
    sql, parameters = _asked(ground, skill)
    found = _rows(
        f"{sql} SELECT required, held, unverified, lapsing, level_1, level_2, level_3, {GAP}, {SPARE} FROM pair"  # noqa: S608
        " WHERE unit_id = %(unit)s",
        parameters,
    )
    return _gap(skill, [*found[0], 1], ground.unit) if found else None


@dataclass(frozen=True)
class NearHolder:
    """A holder who is not needed for the skill where he or she is, and how near that is."""

    held: SkillHeld
    officer: Officer
    unit: Unit
    near: Near


def nearest_holders(user: Any, ground: Ground, skill: Skill) -> list[NearHolder]:
    """Officers the reader may see who hold the skill, do not fill a post that asks for it, and serve where more hold it
    than posts ask for it; the nearest first."""
    today = ground.today
    root = Unit.objects.filter(type="service").order_by("pk").first() or ground.unit
    sql, parameters = _asked(replace(ground, unit=root, within=()), skill)
    statement = f"{sql} SELECT unit_id, {SPARE} FROM pair WHERE held > required"  # noqa: S608
    spare = dict(_rows(statement, parameters))
    seen = in_scope(user.scope(Permission.SEE_OFFICERS, on=today), on=today, field="pk")  # rights are those of today
    units = {each.pk: each for each in Unit.objects.filter(seen, pk__in=spare).select_related("county")}
    order, wanted, number = by_nearness(_spot(ground.unit), map(_spot, units.values())), [], 0
    for near in order:
        wanted.append(near)
        number += int(spare[near.unit])
        if number >= HOLDERS_SHOWN * 2:  # some of them fill a post with the skill and are not offered
            break
    holders = _spare_holders([near.unit for near in wanted], skill, ground.on)
    taken: dict[int, int] = {}
    found = []
    for near in wanted:
        for posting, held in holders.get(near.unit, []):
            if taken.get(near.unit, 0) < spare[near.unit]:
                taken[near.unit] = taken.get(near.unit, 0) + 1
                found.append(NearHolder(held, posting.officer, units[near.unit], near))
    return found[:HOLDERS_SHOWN]


def _spare_holders(units: list[int], skill: Skill, on: date) -> dict[int, list[tuple[Posting, SkillHeld]]]:
    """Holders posted at the units who do not fill a post with the skill, the more skilled and the longer there first."""
    postings = (
        Posting.objects.in_force(on)
        .filter(unit__in=units, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True)
        .exclude(post_skill=skill)
        .select_related("officer__rank")
    )
    held: QuerySet[SkillHeld] = SkillHeld.objects.in_force(on).filter(skill=skill, officer__postings__in=postings)
    by_officer = {each.officer_id: each for each in held}
    found: dict[int, list[tuple[Posting, SkillHeld]]] = {}
    for posting in postings.filter(officer__in=by_officer):
        found.setdefault(posting.unit_id, []).append((posting, by_officer[posting.officer_id]))
    for pairs in found.values():
        pairs.sort(key=lambda pair: (-pair[1].level, pair[0].starts_on, pair[0].officer.service_number))
    return found


def _spot(unit: Unit) -> Spot:
    return Spot(
        unit.pk,
        float(unit.latitude) if unit.latitude is not None else None,
        float(unit.longitude) if unit.longitude is not None else None,
        unit.county.code if unit.county else "",
        unit.county.region if unit.county else "",
    )


def skill_called(code: str) -> Skill | None:
    return Skill.objects.select_related("category").filter(code=code).first()
