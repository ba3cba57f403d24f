"""The bird's-eye page as a file: the table of the page, and beside it the matrix of the measure that the page shows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from deployment.drawing import Drawing
from deployment.gaps import Counts
from deployment.queries.overview import Part


class Exported:
    """Columns and rows: the parts in the order of the page, and all of them last."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing, self.measure, self.look = drawing, drawing.measure, drawing.found.look

    def columns(self) -> list[str]:
        fixed = [
            _("Code"), _("Unit"), _("As of"), _("Measured against"), _("Posts"), _("Posted"), _("Effective"), _("Away"),
            _("Attached in"), _("Vacant"), _("Vacant %"), _("Over-strength"), _("Skills gap"), _("Over tenure"),
            _("Arrival unknown"), _("Non-core duty"), _("Women"), _("Confirmed"),
        ]  # fmt: skip
        return [*fixed, *(f"{self.measure.label}: {head}" for head in self.drawing.heads())]

    def rows(self) -> list[list[Any]]:
        found = self.drawing.found
        lines = [self._row(part.code, self.drawing.name(part), part.counts, part) for part in found.parts]
        return [*lines, self._row(found.area.unit.code, _("All"), found.counts, None)]

    def _row(self, code: str, name: str, c: Counts, part: Part | None) -> list[Any]:
        divided = [self.drawing.divided(part, column) for column in self.drawing.columns]
        return [
            code, name, self.look.on, self.look.baseline, c.authorised, c.officers, c.effective, c.away, c.attached,
            c.vacant, _figure(c.vacant_share), c.over, c.lacking if c.needed else None, c.overdue, c.unknown, c.non_core,
            c.women, min(c.confirmed, c.confirmable) if c.confirmable else None,
            *(self._value(each) for each in [c, *divided]),
        ]  # fmt: skip

    def _value(self, counts: Counts) -> float | None:
        return _figure(self.measure.value(counts)) if self.measure.has_data(counts) else None


def _figure(value: float | None) -> float | None:
    """Shares to a hundredth of a per cent; never 0 or 100 for what is not quite that."""
    if value is None or float(value).is_integer():
        return None if value is None else int(value)
    return min(99.99, max(0.01, round(value, 2)))
