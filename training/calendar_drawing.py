"""A year of an institution as a drawing: spans in lanes, months along the top. Plain dates in, positions out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

WIDTH, LANE, TOP = 960, 22, 20  # units of the drawing: its width, the height of a lane, the room for the months' names
LETTER = 6  # roughly the width of a letter


@dataclass(frozen=True)
class Span:
    """Days, both counted, with what they are. `kind` is the class that shades them."""

    title: str
    first_on: date
    last_on: date
    kind: str
    url: str = ""

    @property
    def words(self) -> str:
        """What it is and when: read out, and shown under the pointer."""
        first, last = date_format(self.first_on, "j M Y"), date_format(self.last_on, "j M Y")
        return f"{self.title}, {first}" + (f" – {last}" if last != first else "")


@dataclass(frozen=True)
class Bar:
    """A span in its place."""

    span: Span
    x: float
    y: int
    width: float

    @property
    def text(self) -> str:
        """The title, as far as the bar has room for it."""
        room = int(self.width - 8) // LETTER
        title = self.span.title
        return title if len(title) <= room else f"{title[: room - 1]}…" if room >= 6 else ""

    @property
    def text_x(self) -> float:
        return self.x + 4

    @property
    def text_y(self) -> int:
        return self.y + 14


@dataclass(frozen=True)
class Drawing:
    """Everything the template puts down."""

    width: int
    height: int
    months: list[tuple[float, str]]
    bars: list[Bar]
    today: float | None


def drawing(year: int, *lanes: Iterable[Span], today: date) -> Drawing:
    """The year with each group of spans below the one before; spans of a group that meet lie in lanes of their own."""
    bars: list[Bar] = []
    y = TOP
    for group in lanes:
        rows = packed(sorted(group, key=lambda each: (each.first_on, each.last_on)))
        for row in rows:
            bars += [_bar(each, year, y) for each in row]
            y += LANE
    months = [(_x(date(year, month, 1), year), date_format(date(year, month, 1), "M")) for month in range(1, 13)]
    return Drawing(WIDTH, max(y, TOP + LANE) + 4, months, bars, _x(today, year) if today.year == year else None)


def packed(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans in as few lanes as they need: each in the first lane that is free on its first day."""
    lanes: list[list[Span]] = []
    for each in spans:
        free = next((lane for lane in lanes if lane[-1].last_on < each.first_on), None)
        if free is None:
            lanes.append([each])
        else:
            free.append(each)
    return lanes


def _bar(span: Span, year: int, y: int) -> Bar:
    first, after = max(span.first_on, date(year, 1, 1)), min(span.last_on, date(year, 12, 31)) + timedelta(days=1)
    x = _x(first, year)
    return Bar(span, x, y, round(max(4.0, _x(after, year) - x), 1))


def _x(day: date, year: int) -> float:
    """Where the day begins; a day after the year is its right edge."""
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    return round((day - first).days / (following - first).days * WIDTH, 1)
