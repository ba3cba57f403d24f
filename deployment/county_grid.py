"""How the county grid is shaded by one measure of its commands: for pages that say how far something has come in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import Promise

from deployment.command import Command
from deployment.gaps import legend_of, relative_limits, step_of
from hcims.ui.charts import NO_DATA, Cell, Tile, in_the_corner
from organisation.models import Line, UnitType

SHARES = (1, 20, 40, 60, 80)  # per cent; the same on every page


class OfACommand(Protocol):
    """A line of figures."""

    @property
    def command(self) -> Command: ...


L = TypeVar("L", bound=OfACommand)


@dataclass(frozen=True)
class Measure(Generic[L]):
    """What the tiles are shaded by. Shape: `badness` None where nothing is known."""

    label: str | Promise
    shading: str | Promise
    badness: Callable[[L], float | None]
    text: Callable[[L], str]
    limits: tuple[int, ...] = ()  # none: relative to what is there
    unit: str = ""


class Shaded(Generic[L]):
    """The county grid under one measure: the lines of the counties' territorial commands."""

    def __init__(
        self, lines: Iterable[L], measure: Measure[L], *, address: Callable[[L], str], sentence: Callable[[L], str]
    ) -> None:
        self.measure, self._address, self._sentence = measure, address, sentence
        self.by_county = {
            line.command.county: line
            for line in lines
            if line.command.type == UnitType.COUNTY and line.command.line == Line.TERRITORIAL
        }
        self.limits = measure.limits or relative_limits(map(measure.badness, self.by_county.values()))

    def tiles(self, counties: Iterable[Any]) -> list[Tile]:
        """The grid, moved to the corner where it shows a region only. Shape: `counties` are rows of County."""
        return in_the_corner(
            Tile(each.label, each.name, each.tile_row, each.tile_column, self.cell(self.by_county[each.pk]))
            for each in counties
            if each.pk in self.by_county
        )

    def cell(self, line: L) -> Cell:
        badness, url = self.measure.badness(line), self._address(line)
        if badness is None:
            return Cell(NO_DATA.text, url=url, state="none")
        return Cell(self.measure.text(line), step_of(badness, self.limits), url, title=self._sentence(line))

    def legend(self) -> list[str]:
        """What the five shades mean."""
        return legend_of(self.limits, self.measure.unit)
