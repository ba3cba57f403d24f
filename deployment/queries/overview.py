"""Everything the bird's-eye page shows of an area: its parts, their counts by rank, counties, worst units, months, skills."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from deployment import measures
from deployment.gaps import Counts, total
from deployment.models import RuleCode
from deployment.perspective import COMMAND, PLACE, Perspective
from deployment.queries.catalogue import Catalogue, Entry
from deployment.queries.viewed import Area, Rules, question_of
from deployment.strength import Point, Question, Survey, confirmations, marks_until, skills, survey
from deployment.strength.confirmations import Confirmed
from deployment.strength.skills import SkillCounts
from hcims.periods import in_force
from organisation.models import Line, Unit, UnitClosure, UnitType
from organisation.queries import named_on

# Areas that spread over several counties; below them the map is the list of parts.
WIDE = (UnitType.SERVICE, UnitType.REGION, UnitType.FORMATION, UnitType.HEADQUARTERS)
ORDER = {kind: place for place, kind in enumerate(UnitType.values)}


@dataclass
class Part:
    """A child of the viewed unit with all below it, or the viewed unit's own posts."""

    unit: int
    code: str
    name: str
    type: str
    line: str
    is_itself: bool = False
    by_rank: dict[int, Counts] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    skills: dict[int, SkillCounts] = field(default_factory=dict)
    confirmed: Confirmed = field(default_factory=Confirmed)


@dataclass(frozen=True)
class CountyTile:
    """A county of the grid: by command, with the unit that commands it; by place, without."""

    county: Entry
    counts: Counts
    unit_code: str = ""


@dataclass
class Overview:
    """What the page shows."""

    area: Area
    look: Perspective
    catalogue: Catalogue
    rules: Rules
    question: Question
    parts: list[Part]
    counts: Counts
    by_rank: dict[int, Counts]
    counties: list[CountyTile]
    elsewhere: Counts  # by place: in no county; by command: under no county command
    worst: list[tuple[str, str, Counts]]  # code, name, counts of the unit alone
    worst_by: str
    points: list[Point]
    skills: dict[int, SkillCounts]
    confirmed: Confirmed

    @property
    def ranks(self) -> list[Entry]:
        """The ranks with anything to show."""
        return [each for each in self.catalogue.ranks if each.pk in self.by_rank]

    @property
    def has_data(self) -> bool:
        return self.counts.has_data


def overview(area: Area, look: Perspective, catalogue: Catalogue, rules: Rules) -> Overview:
    """The page of an area; five statements, whatever its size."""
    question = question_of(area, look, catalogue, rules)
    measure = measures.MEASURES.get(look.measure, measures.MEASURES[measures.USUAL])
    wide = area.unit.type in WIDE and not look.alone
    found = survey(
        question,
        by_place=wide and look.counties == PLACE,
        by_command=_line_of_counties(area) if wide and look.counties == COMMAND else "",
        worst_by=_worst_by(measure, look),
        marks=marks_until(look.on),
    )
    confirmed = confirmations.confirmations(question, stale_days=rules.value(RuleCode.CONFIRMATION_DAYS, 45))
    lacking = skills.skill_counts(question)
    units = _units(question, found)
    parts = _parts(question, found, units, lacking, confirmed)
    by_rank: dict[int, list[Counts]] = {}
    for cell, counts in found.cells.items():
        by_rank.setdefault(cell.rank, []).append(counts)
    tiles, elsewhere = _counties(area, look, found, catalogue, units) if wide else ([], Counts())
    return Overview(
        area=area, look=look, catalogue=catalogue, rules=rules, question=question, parts=parts,
        counts=total(found.cells.values()), by_rank={rank: total(group) for rank, group in by_rank.items()},
        counties=tiles, elsewhere=elsewhere,
        worst=[(units[pk].code, units[pk].shown_name, counts) for pk, counts in found.worst if pk in units],
        worst_by=_worst_by(measure, look), points=found.points, skills=_sum_skills(lacking),
        confirmed=sum(confirmed.values(), Confirmed()),
    )  # fmt: skip


def _line_of_counties(area: Area) -> str:
    """Whose county commands divide the area: the territorial ones, but for an area of another line its own."""
    return area.unit.line if area.unit.line == Line.DCI else Line.TERRITORIAL


def _worst_by(measure: measures.Measure, look: Perspective) -> str:
    """Chosen officers are not counted unit by unit: then the worst units are those with most vacancies."""
    if look.chooses_officers and measure.worst_by in ("overdue", "non-core"):
        return "vacancies"
    return measure.worst_by


def _units(question: Question, found: Survey) -> dict[int, Any]:
    """The parts, the worst units and the county commands, by primary key, named as on the day; one statement."""
    below = UnitClosure.objects.filter(in_force(question.on), ancestor=question.unit, depth=1)
    wanted = Q(is_child=True) | Q(pk__in={question.unit, *(unit for unit, _counts in found.worst)})
    if counties := {cell.county for cell in found.cells if cell.county}:
        wanted |= Q(type=UnitType.COUNTY, county__in=counties)
    units = Unit.objects.annotate(is_child=Exists(below.filter(descendant=OuterRef("pk")))).filter(wanted)
    return {each.pk: each for each in named_on(units, question.on)}


def _parts(
    question: Question,
    found: Survey,
    units: dict[int, Any],
    lacking: dict[tuple[int, int], SkillCounts],
    confirmed: dict[int, Confirmed],
) -> list[Part]:
    """Children by their usual order, those without any post or officer too, then the unit's own posts."""
    parts = {
        pk: Part(pk, each.code, each.shown_name, each.shown_type, each.line, is_itself=pk == question.unit)
        for pk, each in units.items()
        if pk == question.unit or (each.is_child and not question.alone)
    }
    for cell, counts in found.cells.items():
        ranks = parts[cell.part].by_rank
        ranks[cell.rank] = ranks.get(cell.rank, Counts()) + counts
    for (pk, skill), needed in lacking.items():
        parts[pk].skills[skill] = needed
    for part in parts.values():
        part.counts = total(part.by_rank.values())
        part.confirmed = confirmed.get(part.unit, Confirmed())
    if len(parts) > 1 and not parts[question.unit].by_rank:
        del parts[question.unit]
    return sorted(parts.values(), key=lambda each: (each.is_itself, ORDER.get(each.type, 99), each.code))


def _counties(
    area: Area, look: Perspective, found: Survey, catalogue: Catalogue, units: dict[int, Any]
) -> tuple[list[CountyTile], Counts]:
    """A tile for each county of the area, and what lies in none of them."""
    by_county: dict[int | None, list[Counts]] = {}
    for cell, counts in found.cells.items():
        by_county.setdefault(cell.county, []).append(counts)
    line = _line_of_counties(area)
    commands = {
        each.county_id: each.code
        for each in units.values()
        if look.counties == COMMAND and each.type == UnitType.COUNTY and each.line == line
    }
    shown = [each for each in catalogue.counties if area.is_whole_service or each.pk in by_county]
    tiles = [CountyTile(county, total(by_county.get(county.pk, [])), commands.get(county.pk, "")) for county in shown]
    return tiles, total(by_county.get(None, []))


def _sum_skills(lacking: dict[tuple[int, int], SkillCounts]) -> dict[int, SkillCounts]:
    found: dict[int, SkillCounts] = {}
    for (_part, skill), counts in lacking.items():
        found[skill] = found.get(skill, SkillCounts()) + counts
    return found
