"""Everything the bird's-eye page shows of an area: its parts, their counts by rank, counties, worst units, months, skills.

Skills and the months behind are a third of the page's cost and of none of its tables but one column: the page asks for
them once it stands (`companion`), and only a file of it, or a page that is to have everything at once, waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from deployment import measures
from deployment.gaps import Counts, total
from deployment.perspective import COMMAND, PLACE, Perspective
from deployment.queries.catalogue import Catalogue, Entry
from deployment.queries.confirmations import stale_after
from deployment.queries.viewed import Area, Rules, question_of
from deployment.strength import Point, Question, Survey, confirmations, marks_until, points, skills, survey
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


@dataclass(frozen=True)
class CountyTile:
    """A county of the grid: by command, with the unit that commands it; by place, without."""

    county: Entry
    counts: Counts
    unit_code: str = ""


@dataclass(frozen=True)
class FormationTile:
    """A formation beside the grid, with all below it; its headquarters counts it too."""

    code: str
    name: str
    counts: Counts


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
    formations: list[FormationTile]  # of the whole service, by command
    elsewhere: Counts  # by place: in no county; by command: under no county command
    worst: list[tuple[str, str, Counts]]  # code, name, counts of the unit alone
    worst_by: str
    points: list[Point]
    skills: dict[int, SkillCounts]
    confirmed: Confirmed
    has_skills: bool = True  # whether they were counted

    @property
    def ranks(self) -> list[Entry]:
        """The ranks with anything to show."""
        return [each for each in self.catalogue.ranks if each.pk in self.by_rank]

    @property
    def has_data(self) -> bool:
        return self.counts.has_data


def overview(area: Area, look: Perspective, catalogue: Catalogue, rules: Rules, *, with_skills: bool) -> Overview:
    """The page of an area; five statements at most, whatever its size. A page about skills has them in any case."""
    question = question_of(area, look, catalogue, rules)
    measure = measures.MEASURES.get(look.measure, measures.MEASURES[measures.USUAL])
    with_skills = with_skills or measure.columns == measures.BY_SKILL
    wide = area.unit.type in WIDE and not look.alone
    divided = _divided(area, look) if wide else {}
    found = survey(question, **divided, worst_by=_worst_by(measure, look))
    whole = {} if measure.columns == measures.BY_RANK else divided  # counties are asked for only where they are drawn
    extra = _Extra(
        skills.skill_counts(question, **whole) if with_skills else {},
        confirmations.confirmations(question, stale_days=stale_after(rules), **whole),
        can_confirm=not (look.rank or look.skill),
    )
    units = _units(question, found)
    parts = _parts(question, found, units, extra)
    by_rank: dict[int, list[Counts]] = {}
    for cell, counts in found.cells.items():
        by_rank.setdefault(cell.rank, []).append(counts)
    by_place = _by_place(found, extra if whole else None) if wide else {}
    return Overview(
        area=area, look=look, catalogue=catalogue, rules=rules, question=question, parts=parts,
        counts=total(each.counts for each in parts), by_rank={rank: total(group) for rank, group in by_rank.items()},
        counties=_counties(area, look, by_place, catalogue, units) if wide else [],
        formations=_formations(by_place, units), elsewhere=by_place.get(None, Counts()),
        worst=[(units[pk].code, units[pk].shown_name, counts) for pk, counts in found.worst if pk in units],
        worst_by=_worst_by(measure, look), points=[], skills=extra.by_skill(extra.lacking),
        confirmed=extra.confirmed(extra.words), has_skills=with_skills,
    )  # fmt: skip


def companion(area: Area, look: Perspective, catalogue: Catalogue, rules: Rules) -> Overview:
    """What the page left out: skills, for each part too, and the months behind. Nothing else in it is counted."""
    question = question_of(area, look, catalogue, rules)
    extra = _Extra(skills.skill_counts(question), {}, can_confirm=False)
    parts = _parts(question, Survey(), _units(question, Survey()), extra, drop_empty=False)
    return Overview(
        area=area, look=look, catalogue=catalogue, rules=rules, question=question, parts=parts,
        counts=total(each.counts for each in parts), by_rank={}, counties=[], formations=[], elsewhere=Counts(), worst=[],
        worst_by="",
        points=months_behind(question), skills=extra.by_skill(extra.lacking), confirmed=Confirmed(),
    )  # fmt: skip


def months_behind(question: Question) -> list[Point]:
    """The area on the day and at the end of each of the twelve months before."""
    return points(question, marks_until(question.on))


def _divided(area: Area, look: Perspective) -> dict[str, Any]:
    """By which counties the area is divided."""
    return {"by_place": True} if look.counties == PLACE else {"by_command": _line_of_counties(area)}


@dataclass(frozen=True)
class _Extra:
    """What is counted of whole units and not rank by rank: skills, and the stations' word; by part, county and skill.

    A return speaks of everybody at a station: of the posts of one rank or skill it confirms no share (`can_confirm`).
    """

    lacking: dict[tuple[int, int | None, int], SkillCounts]
    words: dict[tuple[int, int | None], Confirmed]
    can_confirm: bool

    def of(self, counts: Counts, *, part: int | None = None, county: int | None = None) -> Counts:
        """The counts of a part, or else of a county, with these beside them."""
        place = (lambda key: key[0] == part) if part else (lambda key: key[1] == county)
        asked = self.by_skill(key for key in self.lacking if place(key)).values()
        return replace(
            counts,
            needed=sum(each.needed for each in asked),
            lacking=sum(each.gap for each in asked),
            confirmed=self.confirmed(key for key in self.words if place(key)).officers,
            confirmable=counts.posted if self.can_confirm else 0,
        )

    def by_skill(self, keys: Iterable[tuple[int, int | None, int]]) -> dict[int, SkillCounts]:
        found: dict[int, SkillCounts] = {}
        for key in keys:
            found[key[2]] = found.get(key[2], SkillCounts()) + self.lacking[key]
        return found

    def confirmed(self, keys: Iterable[tuple[int, int | None]]) -> Confirmed:
        return sum((self.words[key] for key in keys), Confirmed())


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
    children = Q(pk__in=below.values("descendant"))
    places = {cell.county for cell in found.cells if cell.county}
    formations = {-each for each in places if each < 0}
    wanted = children | Q(pk__in={question.unit, *formations, *(unit for unit, _counts in found.worst)})
    if counties := {each for each in places if each > 0}:
        wanted |= Q(type=UnitType.COUNTY, county__in=counties)
    units = Unit.objects.filter(wanted).annotate(is_child=children).only("code", "type", "line", "county")
    return {each.pk: each for each in named_on(units, question.on)}


def _parts(
    question: Question,
    found: Survey,
    units: dict[int, Any],
    extra: _Extra,
    *,
    drop_empty: bool = True,
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
    for part in parts.values():
        part.counts = extra.of(total(part.by_rank.values()), part=part.unit)
        part.skills = extra.by_skill(key for key in extra.lacking if key[0] == part.unit)
    if drop_empty and len(parts) > 1 and not parts[question.unit].counts.has_data:
        del parts[question.unit]
    return sorted(parts.values(), key=lambda each: (each.is_itself, ORDER.get(each.type, 99), each.code))


def _by_place(found: Survey, extra: _Extra | None) -> dict[int | None, Counts]:
    """The counts of each county, and formation with a minus before its key; None for what is in none of them."""
    grouped: dict[int | None, list[Counts]] = {}
    for cell, counts in found.cells.items():
        grouped.setdefault(cell.county, []).append(counts)
    summed = {place: total(group) for place, group in grouped.items()}
    return {place: extra.of(each, county=place) for place, each in summed.items()} if extra else summed


def _counties(
    area: Area, look: Perspective, by_place: dict[int | None, Counts], catalogue: Catalogue, units: dict[int, Any]
) -> list[CountyTile]:
    """A tile for each county of the area."""
    line = _line_of_counties(area)
    commands = {
        each.county_id: each.code
        for each in units.values()
        if look.counties == COMMAND and each.type == UnitType.COUNTY and each.line == line
    }
    shown = [each for each in catalogue.counties if area.is_whole_service or each.pk in by_place]
    return [CountyTile(county, by_place.get(county.pk, Counts()), commands.get(county.pk, "")) for county in shown]


def _formations(by_place: dict[int | None, Counts], units: dict[int, Any]) -> list[FormationTile]:
    """A tile for each formation that is no part of the page by itself, by name."""
    found = [(units[-place], counts) for place, counts in by_place.items() if place and place < 0]
    tiles = [FormationTile(unit.code, unit.shown_name, counts) for unit, counts in found if not unit.is_child]
    return sorted(tiles, key=lambda each: each.name)
