"""Turns counts into what the bird's-eye page draws: cells with their shade and link, tiles, bars, headline figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from deployment import gaps
from deployment.gaps import Counts
from deployment.measures import (
    BY_RANK,
    BY_SKILL,
    LISTS,
    MEASURES,
    OFFICERS,
    POSTS,
    STATIONS,
    USUAL,
    Measure,
    share_text,
)
from deployment.perspective import COMMAND, FIXED, NOWHERE, PLACE, RELATIVE, WORKING, Perspective
from deployment.queries.overview import CountyTile, Overview, Part
from hcims.ui.charts import NO_DATA, Cell, Row, Series, Tile, in_the_corner

NOBODY_CHOSEN = {"service": "", "sex": "", "tenure": ""}  # all holders


class Links:
    """Addresses that keep what the reader chose. A page holds some hundred: what is alike in them is worked out once."""

    def __init__(self, look: Perspective) -> None:
        self.look = look
        self._list = look.but(measure=USUAL, counties=COMMAND, shade=RELATIVE)
        self._paths: dict[tuple[str, str], str] = {}
        self._queries: dict[tuple[Any, ...], str] = {}

    def _path(self, name: str, code: str) -> str:
        if (name, code) not in self._paths:
            self._paths[name, code] = reverse(f"deployment:{name}", args=[code])
        return self._paths[name, code]

    def _query(self, look: Perspective, more: tuple[tuple[str, str], ...], changes: dict[str, Any]) -> str:
        key = (look is self.look, more, *changes.items())
        if key not in self._queries:
            self._queries[key] = look.query(dict(more), **changes)
        return self._queries[key]

    def page(self, code: str, **changes: Any) -> str:
        return self._path("area", code) + self._query(self.look, (), {"alone": False, **changes})

    def list_of(self, kind: str, code: str, **changes: Any) -> str:
        """The list behind a number."""
        what = LISTS[kind][0]
        if what == POSTS:
            more = () if kind == "vacant" else (("kind", kind),)
            return self._path("vacancies_of", code) + self._query(self._list, more, changes)
        if what == OFFICERS:
            return self._path("holders", code) + self._query(self._list, (("show", kind),), changes)
        plain = self._list.but(rank="", service="", sex="", tenure="").but(**changes)  # these are of whole units
        if what == STATIONS:
            return self._path("confirmed", code) + plain.but(baseline=WORKING, skill="").query()
        if plain.skill:
            return self._path("skill", plain.skill) + plain.but(skill="").query({"unit": code})
        return reverse("deployment:skills_gap") + plain.query({"unit": code})


@dataclass(frozen=True)
class Column:
    """A column of the matrix: a rank or a skill, and what the list behind its numbers is asked besides."""

    pk: int
    label: str
    name: str
    asked: dict[str, str]


class Drawing:
    """One page, drawn for one measure."""

    def __init__(self, found: Overview) -> None:
        self.found = found
        self.measure: Measure = MEASURES.get(found.look.measure, MEASURES[USUAL])
        self.links = Links(found.look)
        self.columns = self._columns()
        totals = [self.measure.badness(part.counts) for part in found.parts]
        divided = [self.measure.badness(self.divided(part, each)) for part in found.parts for each in self.columns]
        # Shares of a part and of its ranks are of one size and have one scale; counts are not.
        is_one_scale = bool(self.unit) or not divided
        self.matrix_limits = self._limits([*divided, *totals] if is_one_scale else divided)
        self.total_limits = self.matrix_limits if is_one_scale else self._limits(totals)
        self.tile_limits = self._limits(self.measure.badness(each.counts) for each in found.counties)

    def _limits(self, values: Iterable[float | None]) -> tuple[int, ...]:
        if self.found.look.shade == FIXED and self.measure.fixed_limits:
            return self.measure.fixed_limits
        return gaps.relative_limits(values)

    @property
    def unit(self) -> str:
        return "%" if self.measure.is_share or self.measure.badness_is_share else ""

    def _columns(self) -> list[Column]:
        """What the matrix divides the measure by: ranks, the skills that posts ask for, or nothing."""
        if self.measure.columns == BY_RANK:
            return [Column(each.pk, each.code, each.name, {"rank": each.code}) for each in self.found.ranks]
        if self.measure.columns == BY_SKILL:
            known = [each for each in self.found.catalogue.skills if each.pk in self.found.skills]
            return [Column(each.pk, each.name, each.name, {"skill": each.code}) for each in known]
        return []

    def divided(self, part: Part | None, column: Column) -> Counts:
        """The counts of a part, or of all of them, in one column."""
        of = part or self.found
        if self.measure.columns == BY_SKILL:
            skill = of.skills.get(column.pk)
            return Counts(needed=skill.needed, lacking=skill.gap) if skill else Counts()
        return of.by_rank.get(column.pk, Counts())

    def cell(self, counts: Counts, limits: tuple[int, ...], url: str) -> Cell:
        if not self.measure.has_data(counts):
            return NO_DATA
        step = gaps.step_of(self.measure.badness(counts), limits)
        return Cell(self.measure.text(counts), step, url, title=self._title(counts))

    def _title(self, counts: Counts) -> str:
        """What a cell says to whoever rests on it."""
        if self.measure.columns == BY_SKILL:
            return _("%(lacking)s missing of %(needed)s that posts ask for") % {
                "lacking": f"{counts.lacking:,}", "needed": f"{counts.needed:,}",
            }  # fmt: skip
        if self.measure.columns != BY_RANK:
            return _("%(confirmed)s confirmed of %(posted)s posted") % {
                "confirmed": f"{counts.confirmed:,}", "posted": f"{counts.confirmable:,}",
            }  # fmt: skip
        return _("%(posted)s posted, %(authorised)s posts, %(vacant)s vacant") % {
            "posted": f"{counts.posted:,}", "authorised": f"{counts.authorised:,}", "vacant": f"{counts.vacant:,}",
        }  # fmt: skip

    def rows(self) -> list[Row]:
        """The matrix: parts by rank (or skill); all of them come first, where a phone shows them."""
        rows = []
        for part in self.found.parts:
            alone = self._alone(part)
            cells = [
                self.cell(
                    self.divided(part, column),
                    self.matrix_limits,
                    self.links.list_of(self.measure.opens, part.code, **column.asked, **alone),
                )
                for column in self.columns
            ]
            url = self.links.list_of(self.measure.opens, part.code, **alone)
            whole = self.cell(part.counts, self.total_limits, url)
            rows.append(Row(self.name(part), [whole, *cells], self.address(part)))
        return rows

    def total_row(self) -> Row:
        """The whole area; not shaded, because it is compared with nothing."""
        code, never = self.found.area.unit.code, (10**9,) * gaps.STEPS
        cells = [
            self.cell(self.divided(None, column), never, self.links.list_of(self.measure.opens, code, **column.asked))
            for column in self.columns
        ]
        whole = self.cell(self.found.counts, never, self.links.list_of(self.measure.opens, code))
        cells = [whole, *cells]
        return Row(_("All"), [Cell(each.text, 0, each.url, each.state, each.title) for each in cells])

    def heads(self) -> list[str]:
        return [_("All"), *(each.label for each in self.columns)]

    def matrix_caption(self) -> str:
        words = {BY_RANK: _("%(measure)s: unit by rank of the post"), BY_SKILL: _("%(measure)s: unit by skill")}
        return words.get(self.measure.columns, _("%(measure)s: unit by unit")) % {"measure": self.measure.label}

    def _alone(self, part: Part) -> dict[str, Any]:
        """The unit's own posts are listed without those below it."""
        return {"alone": True} if part.is_itself and not self.found.look.alone else {}

    def name(self, part: Part) -> str:
        if part.is_itself and len(self.found.parts) > 1:
            return _("%(unit)s itself") % {"unit": part.name}
        return part.name

    def address(self, part: Part) -> str:
        """Where a part's own page is; nothing for the unit one is looking at."""
        return "" if part.is_itself else self.links.page(part.code)

    def tiles(self) -> list[Tile]:
        """The county grid, moved to the corner where it shows a region only."""
        return in_the_corner(
            Tile(each.county.label, each.county.name, *each.county.tile,
                 self.cell(each.counts, self.tile_limits, self._of_county(each)))
            for each in self.found.counties
        )  # fmt: skip

    def _of_county(self, tile: CountyTile) -> str:
        if self.found.look.counties == PLACE:
            return self.links.page(self.found.area.unit.code, place=tile.county.code)
        return self.links.page(tile.unit_code) if tile.unit_code else ""

    def other_tiles(self) -> list[dict[str, Any]]:
        """What stands beside the county tiles: by command formations, headquarters, training, DCI; by place, what lies in
        no county."""
        found = self.found
        if not found.counties:
            return []
        if found.look.counties == PLACE:
            nowhere = self.links.page(found.area.unit.code, place=NOWHERE)
            here = {"name": _("In no county"), "url": nowhere, "cell": self.cell(found.elsewhere, self.tile_limits, "")}
            return [here] if found.elsewhere.has_data else []
        commanded = {each.unit_code for each in found.counties}
        return [
            {"name": self.name(part), "url": self.address(part), "cell": self.cell(part.counts, self.total_limits, "")}
            for part in found.parts
            if part.type not in ("region",) and part.code not in commanded and not part.is_itself
        ]

    def formations(self) -> list[dict[str, Any]]:
        """Tiles of the formations, whose numbers are in those of their headquarters too."""
        return [
            {
                "name": each.name,
                "url": self.links.page(each.code),
                "cell": self.cell(each.counts, self.total_limits, ""),
            }
            for each in self.found.formations
        ]

    def table(self) -> list[dict[str, Any]]:
        """Every count of every part, each with the list behind it."""
        return [self._line(part) for part in self.found.parts]

    def _line(self, part: Part) -> dict[str, Any]:
        own = {"name": self.name(part), "url": self.address(part), "part": part.code}
        return {**own, **self._written(part.code, part.counts, **self._alone(part))}

    def total_line(self) -> dict[str, Any]:
        whole = {"latest": self.found.confirmed.latest, "part": "all"}
        return {**whole, **self._written(self.found.area.unit.code, self.found.counts)}

    def _written(self, code: str, counts: Counts, **asked: Any) -> dict[str, Any]:
        """Counts, shares in words, and the list behind each."""
        return {
            "counts": counts,
            "links": {_key(kind): self.links.list_of(kind, code, **asked) for kind in LISTS},
            "vacant_share": _share(counts.vacant_share),
            "women_share": _share(counts.women_share),
            "confirmed_share": _share(counts.confirmed_share),
        }

    def gaps_of_parts(self) -> list[dict[str, Any]]:
        """The skills gap of all and of each part, with the list behind it."""
        return [{**self.total_line(), "name": self.found.area.name}, *self.table()]

    def lacking(self) -> list[dict[str, Any]]:
        """The skills missing most."""
        worst = sorted(self.found.skills.items(), key=lambda item: (-item[1].gap, item[0]))[:8]
        names = self.found.catalogue.skill_of
        return [
            {
                "name": names[pk].name,
                "counts": counts,
                "url": self.links.list_of("skills", self.found.area.unit.code, skill=names[pk].code),
            }
            for pk, counts in worst
            if counts.gap
        ]

    def worst(self) -> list[dict[str, Any]]:
        """The units where things are worst."""
        by = MEASURES[self.found.worst_by]
        return [
            {"name": name, "url": self.links.page(code), "text": by.text(counts), "counts": counts,
             "list": self.links.list_of(by.opens, code, alone=True),
             "posted": self.links.list_of("posted", code, alone=True, **NOBODY_CHOSEN),
             "posts": self.links.list_of("authorised", code, alone=True)}
            for code, name, counts in self.found.worst
        ]  # fmt: skip

    def worst_label(self) -> Any:
        return MEASURES[self.found.worst_by].label

    def months(self) -> tuple[list[str], list[Series]]:
        points = self.found.points
        labels = [point.on.strftime("%b %y") for point in points]
        series = [
            Series(_("Posts"), [point.counts.authorised for point in points]),
            Series(_("Vacant"), [point.counts.vacant for point in points]),
            Series(_("Posted"), [point.counts.posted for point in points]),
        ]
        return labels, series

    def legends(self) -> dict[str, list[str]]:
        """What the shades mean: of the tiles, of the matrix, and of its column for all where that has a scale of its own."""
        limits = {"tiles": self.tile_limits, "matrix": self.matrix_limits}
        if self.total_limits != self.matrix_limits:
            limits["totals"] = self.total_limits
        return {name: gaps.legend_of(each, self.unit) for name, each in limits.items()}


def _share(value: float | None) -> str:
    return "–" if value is None else share_text(value)


def _key(kind: str) -> str:
    """The kind as a template may name it."""
    return kind.replace("-", "_")
