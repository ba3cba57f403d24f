"""What the statements of this package are asked: an area, a day, and which posts and officers to count."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Question:
    """Primary keys and days, ready for SQL.

    Shape: `ranks` None for all; `skill` None for any, 0 for posts that ask for none; `county` None for anywhere, 0 for
    units that lie in no county. `overdue_before`: whoever arrived before that day has been there too long.
    """

    unit: int
    on: date
    baseline: str
    ranks: tuple[int, ...] | None = None
    skill: int | None = None
    county: int | None = None
    alone: bool = False
    whole_service: bool = False  # spares the filter by unit where every unit is wanted
    within: tuple[int, ...] = ()  # a reader's own commands of today: nothing outside them, on a page of any day
    today: date = date.min
    service: str = ""
    sex: str = ""
    tenure: str = ""
    overdue_before: date = date.min
    overdue_before_in_operations: date = date.min
    non_core: tuple[int, ...] = field(default=())

    @property
    def chooses_officers(self) -> bool:
        return bool(self.service or self.sex or self.tenure)

    @property
    def reads_everything(self) -> bool:
        """Whether holders and posts may be read without looking at their unit first."""
        return self.whole_service and not self.alone and self.county is None and not self.within

    def parameters(self, **more: Any) -> dict[str, Any]:
        """Named values for the statements."""
        return {
            "unit": self.unit,
            "on": self.on,
            "baseline": self.baseline,
            "skill": self.skill,
            "county": self.county,
            "service": self.service,
            "sex": self.sex,
            "today": self.today,
            "overdue": self.overdue_before,
            "overdue_operations": self.overdue_before_in_operations,
            **more,
        }

    def but(self, **changes: Any) -> Question:
        """The same with something changed."""
        return replace(self, **changes)
