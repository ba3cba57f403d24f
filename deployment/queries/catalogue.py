"""Ranks, skills, counties and duties by code, for pages that filter and name them: one statement for all four."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import get_language

from deployment.strength import pieces
from organisation.models import Cadre


@dataclass(frozen=True)
class Entry:
    """One row of a catalogue. `group` is the cadre of a rank, the category of a skill, the region of a county."""

    pk: int
    code: str
    name: str
    order: int
    group: str
    label: str = ""  # three letters of a county
    tile: tuple[int, int] = (0, 0)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Catalogue:
    """All of them, each in its own order."""

    ranks: list[Entry] = field(default_factory=list)
    skills: list[Entry] = field(default_factory=list)
    counties: list[Entry] = field(default_factory=list)
    non_core: tuple[int, ...] = ()

    @cached_property
    def rank_of(self) -> dict[int, Entry]:
        return {each.pk: each for each in self.ranks}

    @cached_property
    def skill_of(self) -> dict[int, Entry]:
        return {each.pk: each for each in self.skills}

    @cached_property
    def county_of(self) -> dict[int, Entry]:
        return {each.pk: each for each in self.counties}

    def ranks_of(self, code: str) -> tuple[int, ...] | None:
        """Primary keys of a rank's or a cadre's ranks; None for an empty code: all."""
        if not code:
            return None
        return tuple(each.pk for each in self.ranks if code in (each.code, each.group))

    def skill_by(self, code: str) -> Entry | None:
        return next((each for each in self.skills if each.code == code), None)

    def county_by(self, code: str) -> Entry | None:
        return next((each for each in self.counties if each.code == code), None)

    def rank_name(self, code: str) -> str:
        """The name of a rank or a cadre."""
        return next((each.name for each in self.ranks if each.code == code), "") or dict(Cadre.choices).get(code, "")


_STATEMENT = """
SELECT 'rank', id, code, name_en, name_sw, "order", cadre, '', 0, 0 FROM organisation_rank
UNION ALL SELECT 'skill', s.id, s.code, s.name_en, s.name_sw, c."order", c.code, '', 0, 0
  FROM organisation_skill s JOIN organisation_skillcategory c ON c.id = s.category_id
UNION ALL SELECT 'county', id, code, name, '', 0, region, label, tile_row, tile_column FROM organisation_county
UNION ALL SELECT 'duty', id, code, '', '', 0, '', '', 0, 0 FROM deployment_duty WHERE NOT is_core
"""


def catalogue() -> Catalogue:
    """All ranks, skills and counties, and the duties that are not core; one statement."""
    kiswahili = get_language() == "sw"
    found: dict[str, list[Entry]] = {"rank": [], "skill": [], "county": [], "duty": []}
    for kind, pk, code, english, swahili, order, group, label, row, column in pieces.rows(_STATEMENT, {}):
        name = (swahili if kiswahili else "") or english
        found[kind].append(Entry(pk, code, name, order, group, label, (row, column)))
    return Catalogue(
        ranks=sorted(found["rank"], key=lambda each: each.order),
        skills=sorted(found["skill"], key=lambda each: (each.order, each.name)),
        counties=sorted(found["county"], key=lambda each: each.code),
        non_core=tuple(sorted(each.pk for each in found["duty"])),
    )
