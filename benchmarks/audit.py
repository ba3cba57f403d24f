"""The trail: how many chained rows one process writes a second, one action each and many in one action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.measuring import Figure, measured
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event

DATABASES = ("postgresql", "sqlite")
MOMENT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ROWS = 2_000


@action
def _one(number: int) -> None:
    trail.record(Event.OFFICER_CHANGED, target=f"officer:{number}", by=None, at=MOMENT)


@action
def _many() -> None:
    for number in range(ROWS):
        trail.record(Event.OFFICER_CHANGED, target=f"officer:{number}", by=None, at=MOMENT)


def run(scale: int) -> Iterator[Figure]:
    """The number of officers changes nothing here."""
    with measured() as single:
        for number in range(ROWS):
            _one(number)
    yield Figure("rows a second, one action each", ROWS / single.wall, "rows/s")
    yield Figure("CPU of a row, one action each", single.cpu / ROWS * 1000, "ms")
    with measured() as together:
        _many()
    yield Figure("rows a second, one action for all", ROWS / together.wall, "rows/s")
