"""The grid in which a version is edited: some units of its area, down, and some ranks and skills, across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from hcims.periods import in_force
from organisation.models import EstablishmentVersion, Rank, Skill, Unit, UnitClosure, UnitType
from organisation.queries.versions import Cell, posts_on

USUAL_RANKS = ("CIP", "IP", "SSGT", "SGT", "CPL", "PC")
MOST_CELLS = 900  # of one page of the grid: Django takes at most 1,000 fields of a form


@dataclass(frozen=True)
class Column:
    """A rank, or a rank with a skill: one line of the establishment."""

    rank: Rank
    skill: Skill | None = None

    @property
    def key(self) -> str:
        return f"{self.rank.code}/{self.skill.code}" if self.skill else self.rank.code

    @property
    def label(self) -> str:
        return f"{self.rank.code} · {self.skill}" if self.skill else self.rank.code

    @property
    def title(self) -> str:
        return f"{self.rank}, {self.skill}" if self.skill else str(self.rank)


@dataclass
class GridCell:
    """One input: its name, what is in force, what is entered, and what is wrong with it."""

    name: str
    label: str
    was: int
    value: str
    error: str = ""


@dataclass
class GridRow:
    unit: Any
    cells: list[GridCell] = field(default_factory=list)


def name_of(unit_code: str, column: str) -> str:
    """The name of a cell's input. Codes of units, ranks and skills hold no colon."""
    return f"p:{unit_code}:{column}"


def area_of(version: EstablishmentVersion) -> QuerySet[Unit]:
    """The units of a version's area that are open on its day."""
    on = version.effective_on
    under = UnitClosure.objects.filter(in_force(on), ancestor=version.unit).values("descendant")
    return Unit.objects.open_on(on).filter(pk__in=under)


def row_choices(version: EstablishmentVersion) -> list[tuple[str, str]]:
    """Which units the grid may show: the area with the units directly under it, or all of one type."""
    counts = area_of(version).values_list("type").annotate(number=Count("pk")).order_by("type")
    types = [(type, f"{UnitType(type).label} ({number})") for type, number in counts]
    return [("", _("The area itself and the units directly under it")), *types]


def rows_of(version: EstablishmentVersion, asked: str) -> QuerySet[Unit]:
    """The units that the grid shows, by code, the area itself first."""
    units = area_of(version)
    if asked:
        return units.filter(type=asked).order_by("code")
    direct = UnitClosure.objects.filter(in_force(version.effective_on), ancestor=version.unit, depth__lte=1)
    return units.filter(pk__in=direct.values("descendant")).order_by("code")


def columns_of(version: EstablishmentVersion, units: Iterable[Unit], asked: list[str]) -> list[Column]:
    """The columns asked for; else those in which these units have posts or changes; else the usual ranks."""
    ranks, skills = _by_code(Rank), _by_code(Skill)
    if not asked:
        asked = _used(version, [unit.pk for unit in units]) or list(USUAL_RANKS)
    found = []
    for key in dict.fromkeys(asked):
        rank, _slash, skill = key.partition("/")
        if rank in ranks and (not skill or skill in skills):
            found.append(Column(ranks[rank], skills.get(skill)))
    return sorted(found, key=lambda each: (each.rank.order, each.skill.code if each.skill else ""))[:30]


def _by_code(model: Any) -> dict[str, Any]:
    return {each.code: each for each in model.objects.all()}


def _used(version: EstablishmentVersion, units: list[int]) -> list[str]:
    present = posts_on(Q(unit__in=units), baseline=version.baseline, on=version.effective_on)
    pairs = {(rank, skill) for _unit, rank, skill in present}
    pairs |= set(version.changes.filter(unit__in=units).values_list("rank", "skill"))
    ranks = {each.pk: each.code for each in Rank.objects.all()}
    skills = {each.pk: each.code for each in Skill.objects.all()}
    return [f"{ranks[rank]}/{skills[skill]}" if skill else ranks[rank] for rank, skill in pairs]


def grid(
    version: EstablishmentVersion, units: list[Unit], columns: list[Column], entered: dict[str, str] | None = None
) -> list[GridRow]:
    """The cells of the grid: what is in force on the version's day, and over it the draft, or what was just entered."""
    keys = [unit.pk for unit in units]
    present = posts_on(Q(unit__in=keys), baseline=version.baseline, on=version.effective_on)
    drafted: dict[Cell, int] = {
        (unit, rank, skill): posts
        for unit, rank, skill, posts in version.changes.filter(unit__in=keys).values_list(
            "unit", "rank", "skill", "posts"
        )
    }
    rows = []
    for unit in units:
        row = GridRow(unit)
        for column in columns:
            cell = (unit.pk, column.rank.pk, column.skill.pk if column.skill else None)
            name, was = name_of(unit.code, column.key), present.get(cell, 0)
            value = str(drafted.get(cell, was) or "") if entered is None else entered.get(name, "")
            row.cells.append(GridCell(name, f"{unit.name}, {column.title}", was, value))
        rows.append(row)
    return rows


@dataclass(frozen=True)
class ColumnNames:
    """What may stand above a column of a pasted table, and the rank and skill that each key means."""

    names: dict[str, str]
    cells: dict[str, tuple[int, int | None]]


def names_of_columns() -> ColumnNames:
    """Every rank and every rank with a skill, by code and by name, in lower case."""
    names: dict[str, str] = {}
    cells: dict[str, tuple[int, int | None]] = {}
    skills = list(Skill.objects.filter(in_use=True))
    for rank in Rank.objects.all():
        cells[rank.code] = (rank.pk, None)
        names |= dict.fromkeys((rank.code.lower(), rank.name_en.casefold(), rank.name_sw.casefold()), rank.code)
        for skill in skills:
            key = f"{rank.code}/{skill.code}"
            cells[key] = (rank.pk, skill.pk)
            names |= dict.fromkeys((key.lower(), f"{rank.code} · {skill}".casefold()), key)
    names.pop("", None)
    return ColumnNames(names, cells)


def names_of_units(version: EstablishmentVersion) -> dict[str, str]:
    """The units of the area by code and by name, in lower case; a name that two units share means neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for code, name in area_of(version).values_list("code", "name"):
        found[code.casefold()] = code
        if name.casefold() in found:
            shared.add(name.casefold())
        found.setdefault(name.casefold(), code)
    return {words: code for words, code in found.items() if words not in shared}


def cells_of(
    version: EstablishmentVersion, read: Mapping[tuple[str, str], int], columns: ColumnNames
) -> dict[Cell, int]:
    """The cells of a pasted table by primary keys."""
    keys = dict(area_of(version).values_list("code", "pk"))
    return {(keys[unit], *columns.cells[column]): posts for (unit, column), posts in read.items()}
