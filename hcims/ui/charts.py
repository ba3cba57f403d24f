"""Charts as plain geometry: values in, positions out. The tags in `templatetags/charts.py` draw them as SVG.

Every chart carries its figures as a table in the page, for screen readers, slow lines and paper.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["shown", "none", "hidden"]


@dataclass(frozen=True)
class Cell:
    """One heat cell: its text, its step 0 (nothing bad) to 5 (worst), where it leads, and whether it may be shown."""

    text: str
    step: int = 0
    url: str = ""
    state: State = "shown"
    title: str = ""

    @property
    def css(self) -> str:
        """The class that shades it: a step, or a hatch."""
        return f"heat-{self.step}" if self.state == "shown" else f"heat-{self.state}"


NO_DATA = Cell("", state="none")
HIDDEN = Cell("", state="hidden")


@dataclass(frozen=True)
class Row:
    """A row of a matrix: its head, where that leads, and a cell for each column."""

    label: str
    cells: Sequence[Cell]
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """A county or another area on the tile grid."""

    label: str  # three letters, drawn on the tile
    name: str  # in full, read out and in the table
    row: int
    column: int
    cell: Cell


def in_the_corner(tiles: Iterable[Tile]) -> list[Tile]:
    """The tiles moved up and to the left, for a grid of which only a part is shown."""
    given = list(tiles)
    top = min((each.row for each in given), default=0)
    left = min((each.column for each in given), default=0)
    return [replace(each, row=each.row - top, column=each.column - left) for each in given]


@dataclass(frozen=True)
class Bar:
    """One bar: a value, where its records are, and whether it is a bad one."""

    label: str
    value: float
    url: str = ""
    text: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Series:
    """One line of a chart; None is a gap."""

    name: str
    values: Sequence[float | None]


def step_of(value: float | None, limits: Sequence[float]) -> int:
    """The step 0 to 5 of a value, given the five lower limits of steps 1 to 5; 0 lies below the first.

    Shape: `limits` ascending, five of them.
    """
    if value is None:
        return 0
    return sum(value >= limit for limit in limits)


def legend_of(limits: Sequence[float], unit: str = "%") -> list[str]:
    """Words for the five steps: "5–9%", …, "40% and more" (given whole limits)."""
    words = [f"{low:g}–{high - 1:g}{unit}" for low, high in itertools.pairwise(limits)]
    return [*words, f"{limits[-1]:g}{unit} +"]


@dataclass(frozen=True)
class PlacedBar:
    bar: Bar
    width: float  # per cent of the widest


def bars(given: Sequence[Bar]) -> list[PlacedBar]:
    """Bars with their widths: the largest value spans the whole; nothing negative is drawn."""
    top = max((each.value for each in given), default=0)
    return [PlacedBar(each, round(max(0.0, each.value) / top * 100, 2) if top > 0 else 0.0) for each in given]


@dataclass(frozen=True)
class PlacedTile:
    tile: Tile
    x: int
    y: int


TILE, GAP = 58, 4


def tiles(given: Sequence[Tile]) -> tuple[list[PlacedTile], int, int]:
    """Tiles with their corners, and the width and height of the whole."""
    placed = [PlacedTile(each, each.column * (TILE + GAP), each.row * (TILE + GAP)) for each in given]
    width = max((each.x for each in placed), default=0) + TILE
    height = max((each.y for each in placed), default=0) + TILE
    return placed, width, height


@dataclass(frozen=True)
class PlacedSeries:
    name: str
    style: int  # 1 to 3: colour and dashes
    path: str
    dots: list[tuple[float, float]]
    end: tuple[float, float]


@dataclass(frozen=True)
class LineChart:
    """A line chart ready to draw; the plot lies between `left` and `right`."""

    width: int
    height: int
    series: list[PlacedSeries]
    grid: list[tuple[float, str]]  # y, text
    marks: list[tuple[float, str]]  # x, text
    left: int
    right: int


TOP, BOTTOM = 10, 30
LETTER, DIGIT = 8.4, 9.6  # a letter of a series name, drawn bold, and a figure of the scale, both on a phone


def lines(labels: Sequence[str], given: Sequence[Series], *, width: int = 480, height: int = 190) -> LineChart:
    """Lines from zero to a round number above the largest value; at most three series.

    Errors: ValueError for more than three series, or one whose length differs from the labels.
    """
    if len(given) > 3:
        raise ValueError("A line chart shows three series at most: more cannot be told apart without colour.")
    if any(len(each.values) != len(labels) for each in given):
        raise ValueError("Every series needs one value for each label.")
    top = _round_above(max((value for each in given for value in each.values if value is not None), default=1))
    right = width - max(40, round(18 + LETTER * max((len(each.name) for each in given), default=0)))
    left = max(50, round(8 + DIGIT * max(len(_short(top * part / 4)) for part in range(5))))
    step = (right - left) / max(1, len(labels) - 1)

    def place(index: int, value: float) -> tuple[float, float]:
        return round(left + index * step, 1), round(height - BOTTOM - value / top * (height - TOP - BOTTOM), 1)

    series = [_placed(each, number, place) for number, each in enumerate(given, start=1)]
    grid = [(place(0, top * part / 4)[1], _short(top * part / 4)) for part in range(5)]
    every = max(1, -(-len(labels) // 8))
    marks = [(place(index, 0)[0], label) for index, label in enumerate(labels) if index % every == 0]
    return LineChart(width, height, _apart(series), grid, marks, left, right)


def _placed(series: Series, number: int, place: Callable[[int, float], tuple[float, float]]) -> PlacedSeries:
    path, dots, pen_down = [], [], False
    for index, value in enumerate(series.values):
        if value is None:
            pen_down = False
            continue
        x, y = place(index, value)
        path.append(f"{'L' if pen_down else 'M'}{x:g} {y:g}")
        dots.append((x, y))
        pen_down = True
    return PlacedSeries(series.name, number, "".join(path), dots, dots[-1] if dots else (0, 0))


def _apart(series: list[PlacedSeries]) -> list[PlacedSeries]:
    """Names at the ends of the lines, pushed apart so that none covers another."""
    taken, moved = -100.0, {}
    for each in sorted(series, key=lambda one: one.end[1]):
        taken = max(each.end[1], taken + 15)
        moved[each.style] = taken
    return [PlacedSeries(e.name, e.style, e.path, e.dots, (e.end[0], moved[e.style])) for e in series]


def _round_above(value: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10 times a power of ten: quarters of it are round enough to read."""
    if value < 1e-9:  # nothing that we count
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    # The last one catches what the logarithm rounded the wrong way.
    return next(power * factor for factor in (1, 2, 4, 6, 8, 10, 20) if value <= power * factor)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"
