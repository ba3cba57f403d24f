"""Turns counts into what the bird's-eye page draws: cells with their shade and link, tiles, bars, headline figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from deployment import gaps
from deployment.gaps import Counts
from deployment.measures import LISTS, MEASURES, POSTS, USUAL, Measure, share_text
from deployment.perspective import COMMAND, FIXED, PLACE, RELATIVE, Perspective
from deployment.queries.overview import CountyTile, Overview, Part
from hcims.ui.charts import NO_DATA, Cell, Row, Series, Tile


@dataclass(frozen=True)
class Links:
    """Addresses that keep what the reader chose."""

    look: Perspective

    def page(self, code: str, **changes: Any) -> str:
        return reverse("deployment:area", args=[code]) + self.look.query(alone=False, **changes)

    def list_of(self, kind: str, code: str, **changes: Any) -> str:
        """The list behind a number."""
        look = self.look.but(measure=USUAL, counties=COMMAND, shade=RELATIVE)
        if LISTS[kind][0] == POSTS:
            more = {} if kind == "vacant" else {"kind": kind}
            return reverse("deployment:vacancies_of", args=[code]) + look.query(more, **changes)
        return reverse("deployment:holders", args=[code]) + look.query({"show": kind}, **changes)


class Drawing:
    """One page, drawn for one measure."""

    def __init__(self, found: Overview) -> None:
        self.found = found
        self.measure: Measure = MEASURES.get(found.look.measure, MEASURES[USUAL])
        self.links = Links(found.look)
        self.matrix_limits = self._limits(
            self.measure.badness(counts) for part in found.parts for counts in part.by_rank.values()
        )
        self.total_limits = self._limits(self.measure.badness(part.counts) for part in found.parts)
        self.tile_limits = self._limits(self.measure.badness(each.counts) for each in found.counties)

    def _limits(self, values: Iterable[float | None]) -> tuple[int, ...]:
        if self.found.look.shade == FIXED and self.measure.fixed_limits:
            return self.measure.fixed_limits
        return gaps.relative_limits(values)

    @property
    def unit(self) -> str:
        return "%" if self.measure.is_share or self.measure.badness_is_share else ""

    def cell(self, counts: Counts, limits: tuple[int, ...], url: str) -> Cell:
        if not self.measure.has_data(counts):
            return NO_DATA
        title = _("%(posted)s posted, %(authorised)s posts, %(vacant)s vacant") % {
            "posted": f"{counts.posted:,}", "authorised": f"{counts.authorised:,}", "vacant": f"{counts.vacant:,}",
        }  # fmt: skip
        return Cell(self.measure.text(counts), gaps.step_of(self.measure.badness(counts), limits), url, title=title)

    def rows(self) -> list[Row]:
        """The matrix: parts by rank, and all ranks last."""
        rows = []
        for part in self.found.parts:
            alone = part.is_itself and not self.found.look.alone
            cells = [
                self.cell(
                    part.by_rank.get(rank.pk, Counts()),
                    self.matrix_limits,
                    self.links.list_of(
                        self.measure.opens, part.code, rank=rank.code, **({"alone": True} if alone else {})
                    ),
                )
                for rank in self.found.ranks
            ]
            url = self.links.list_of(self.measure.opens, part.code, **({"alone": True} if alone else {}))
            cells.append(self.cell(part.counts, self.total_limits, url))
            rows.append(Row(self.name(part), cells, self.address(part)))
        return rows

    def total_row(self) -> Row:
        code = self.found.area.unit.code
        cells = [
            self.cell(
                self.found.by_rank[rank.pk], (10**9,) * 5, self.links.list_of(self.measure.opens, code, rank=rank.code)
            )
            for rank in self.found.ranks
        ]
        cells.append(self.cell(self.found.counts, (10**9,) * 5, self.links.list_of(self.measure.opens, code)))
        return Row(_("All"), [Cell(each.text, 0, each.url, each.state, each.title) for each in cells])

    def columns(self) -> list[str]:
        return [*(each.code for each in self.found.ranks), _("All")]

    def name(self, part: Part) -> str:
        if part.is_itself and len(self.found.parts) > 1:
            return _("%(unit)s itself") % {"unit": part.name}
        return part.name

    def address(self, part: Part) -> str:
        """Where a part's own page is; nothing for the unit one is looking at."""
        return "" if part.is_itself else self.links.page(part.code)

    def tiles(self) -> list[Tile]:
        """The county grid, moved to the corner where it shows a region only."""
        counties = self.found.counties
        top = min((each.county.tile[0] for each in counties), default=0)
        left = min((each.county.tile[1] for each in counties), default=0)
        return [
            Tile(
                each.county.label, each.county.name, each.county.tile[0] - top, each.county.tile[1] - left,
                self.cell(each.counts, self.tile_limits, self._of_county(each)),
            )
            for each in counties
        ]  # fmt: skip

    def _of_county(self, tile: CountyTile) -> str:
        if self.found.look.counties == PLACE:
            return self.links.page(self.found.area.unit.code, place=tile.county.code)
        return self.links.page(tile.unit_code) if tile.unit_code else ""

    def other_tiles(self) -> list[dict[str, Any]]:
        """By command, what stands under no county: formations, headquarters, training, DCI."""
        if self.found.look.counties == PLACE or not self.found.counties:
            return []
        commanded = {each.unit_code for each in self.found.counties}
        return [
            {"name": self.name(part), "url": self.address(part), "cell": self.cell(part.counts, self.total_limits, "")}
            for part in self.found.parts
            if part.type not in ("region",) and part.code not in commanded and not part.is_itself
        ]

    def table(self) -> list[dict[str, Any]]:
        """Every count of every part, each with the list behind it."""
        return [self._line(part) for part in self.found.parts]

    def _line(self, part: Part) -> dict[str, Any]:
        alone = {"alone": True} if part.is_itself and not self.found.look.alone else {}
        links = {_key(kind): self.links.list_of(kind, part.code, **alone) for kind in LISTS}
        return {
            "name": self.name(part), "url": self.address(part), "counts": part.counts, "links": links,
            "vacant_share": _share(part.counts.vacant_share), "women_share": _share(part.counts.women_share),
            "gap": sum(each.gap for each in part.skills.values()), "skills": self.skills_url(part.code),
            "confirmed": _share(part.confirmed.share_of(part.counts.posted)),
        }  # fmt: skip

    def total_line(self) -> dict[str, Any]:
        code, found = self.found.area.unit.code, self.found
        return {
            "counts": found.counts, "links": {_key(kind): self.links.list_of(kind, code) for kind in LISTS},
            "vacant_share": _share(found.counts.vacant_share), "women_share": _share(found.counts.women_share),
            "gap": sum(each.gap for each in found.skills.values()), "skills": self.skills_url(code),
            "confirmed": _share(found.confirmed.share_of(found.counts.posted)), "latest": found.confirmed.latest,
        }  # fmt: skip

    def skills_url(self, code: str, skill: str = "") -> str:
        """The skills-gap page of an area; none where this page shows less than the whole of it."""
        look = self.found.look
        if look.place or look.alone or look.skill:
            return ""
        name, arguments = ("deployment:skill", [skill]) if skill else ("deployment:skills_gap", [])
        kept = Perspective(look.on, look.today, baseline=look.baseline)
        return reverse(name, args=arguments) + kept.query({"unit": code})

    def lacking(self) -> list[dict[str, Any]]:
        """The skills missing most."""
        worst = sorted(self.found.skills.items(), key=lambda item: (-item[1].gap, item[0]))[:8]
        names = self.found.catalogue.skill_of
        return [
            {
                "name": names[pk].name,
                "counts": counts,
                "url": self.skills_url(self.found.area.unit.code, names[pk].code),
            }
            for pk, counts in worst
            if counts.gap
        ]

    def worst(self) -> list[dict[str, Any]]:
        """The units where things are worst."""
        by = MEASURES[self.found.worst_by]
        return [
            {"name": name, "url": self.links.page(code), "text": by.text(counts), "counts": counts,
             "list": self.links.list_of(by.opens, code, alone=True)}
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

    @property
    def tile_legend(self) -> list[str]:
        return gaps.legend_of(self.tile_limits, self.unit)

    @property
    def matrix_legend(self) -> list[str]:
        return gaps.legend_of(self.matrix_limits, self.unit)


def _share(value: float | None) -> str:
    return "–" if value is None else share_text(value)


def _key(kind: str) -> str:
    """The kind as a template may name it."""
    return kind.replace("-", "_")
