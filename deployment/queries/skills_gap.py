"""The skills gap as its pages show it: skills and units by name, and who could fill a gap. Counted in `strength.skills`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from deployment.models import Posting, PostingKind
from deployment.nearest import Near, Spot, by_nearness
from deployment.perspective import NOWHERE
from deployment.strength import Question, skills
from deployment.strength.skill_holders import holders_of, number_of
from deployment.strength.skills import Holdings
from hcims.access.permissions import Permission
from hcims.errors import NotFound
from organisation.models import County, Skill, Unit
from organisation.queries import in_scope
from personnel.models import Officer, SkillHeld

HOLDERS_SHOWN = 25
PER_PAGE = 100


@dataclass(frozen=True)
class Ground:
    """Where and when gaps are counted.

    `within`: keys of the reader's own commands, none for the whole service. `alone`: the unit without what stands below
    it. `county`: a county's key where only its units are meant, 0 for units that lie in none.
    """

    unit: Unit
    on: date
    baseline: str
    today: date
    within: tuple[int, ...] = ()
    alone: bool = False
    county: int | None = None

    def question(self, skill: Skill | None = None) -> Question:
        """What the statements are asked, of all skills or of one."""
        return Question(
            unit=self.unit.pk,
            on=self.on,
            baseline=self.baseline,
            skill=skill.pk if skill else None,
            county=self.county,
            alone=self.alone,
            within=self.within,
            today=self.today,
        )


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


def _gap(skill: Skill, found: Holdings, unit: Unit | None = None) -> Gap:
    counts = found.counts
    return Gap(
        skill, counts.needed, counts.held, found.unverified, found.lapsing, found.levels, counts.gap, counts.spare,
        found.units_short, unit,
    )  # fmt: skip


def gaps_by_skill(ground: Ground) -> list[Gap]:
    """Every skill that some post of the area asks for, the widest gap first."""
    found = skills.skills_of(ground.question())
    named = Skill.objects.select_related("category").in_bulk(found)
    gaps = [_gap(named[pk], holdings) for pk, holdings in found.items()]
    return sorted(gaps, key=lambda gap: (-gap.gap, gap.skill.code))


def gaps_by_unit(ground: Ground, skill: Skill) -> list[Gap]:
    """The units of the area with a gap in one skill, the widest first."""
    found = skills.units_with(ground.question(skill), "short")
    units = Unit.objects.select_related("county").in_bulk(found)
    gaps = [_gap(skill, holdings, units[pk]) for pk, holdings in found.items()]
    return sorted(gaps, key=lambda gap: (-gap.gap, gap.unit.code if gap.unit else ""))


def gap_at(ground: Ground, skill: Skill) -> Gap | None:
    """The counts of one skill at one unit alone, or None where no post asks for it and nobody holds it."""
    found = skills.units_with(replace(ground, alone=True).question(skill), "any")
    return _gap(skill, found[ground.unit.pk], ground.unit) if found else None


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
    everywhere = (
        Ground(root, ground.on, ground.baseline, today).question(skill).but(whole_service=root.type == "service")
    )
    spare = {pk: each.counts.spare for pk, each in skills.units_with(everywhere, "spare").items()}
    seen = in_scope(user.scope(Permission.SEE_OFFICERS, on=today), on=today, field="pk")  # rights are those of today
    units = {each.pk: each for each in Unit.objects.filter(seen, pk__in=spare).select_related("county")}
    order, wanted, number = by_nearness(_spot(ground.unit), map(_spot, units.values())), [], 0
    for near in order:
        wanted.append(near)
        number += spare[near.unit]
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
        .filter(unit__in=units, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True, post_rank__isnull=False)
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


def county_key(code: str) -> int | None:
    """What a ground is told for the code of a county: its key, 0 for "in no county", None for anywhere. Errors: NotFound."""
    if not code:
        return None
    found = County.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None and code != NOWHERE:
        raise NotFound(code)
    return found or 0


@dataclass(frozen=True)
class HoldersListed:
    """A page of those behind a number of the skills gap, and how many there are."""

    number: int
    page: Any
    rows: list[tuple[SkillHeld, Posting]]


def holders_listed(
    ground: Ground, skill: Skill | None, kind: str, *, page: Any = None, everything: bool = False
) -> HoldersListed:
    """Officers of the area who hold the skill, or any that its posts ask for; four statements."""
    question = ground.question(skill)
    number = number_of(question, kind)
    shown = Paginator(range(number), PER_PAGE).get_page(page)
    first, most = (0, None) if everything else ((shown.number - 1) * PER_PAGE, PER_PAGE)
    keys = holders_of(question, kind, first=first, number=most)
    held = SkillHeld.objects.select_related("skill", "officer__rank").in_bulk([pair[0] for pair in keys])
    postings = Posting.objects.select_related("unit").in_bulk([pair[1] for pair in keys])
    return HoldersListed(number, shown, [(held[one], postings[other]) for one, other in keys])


def skill_called(code: str) -> Skill | None:
    return Skill.objects.select_related("category").filter(code=code).first()
