"""What a reader of the bird's-eye page has chosen: day, baseline, measure and filters; from an address and back into one.

Pure. Codes only, no primary keys: the address of a view can be sent to a colleague and opens the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

AUTHORISED, WORKING = "authorised", "working"
COMMAND, PLACE = "command", "place"
RELATIVE, FIXED = "relative", "fixed"
NOWHERE = "none"  # of no county; of no skill


@dataclass(frozen=True)
class Perspective:
    """One way to look at an area. Empty means: not filtered.

    `rank` and `skill` choose posts, and with them their holders. `service`, `sex` and `tenure` choose
    officers: posts belong to no service, so authorised posts, vacancies and over-strength stay those of all holders.
    """

    on: date
    today: date
    baseline: str = WORKING
    measure: str = "vacancy-share"
    counties: str = COMMAND
    shade: str = RELATIVE
    rank: str = ""  # of a rank, or of a cadre
    skill: str = ""
    place: str = ""  # code of a county: units that lie in it
    alone: bool = False  # the unit without what stands below it
    service: str = ""
    sex: str = ""
    tenure: str = ""  # "over" or "unknown"

    @property
    def chooses_officers(self) -> bool:
        return bool(self.service or self.sex or self.tenure)

    @property
    def chooses_posts_or_officers(self) -> bool:
        """Whether something is chosen that is not counted of whole units."""
        return bool(self.rank or self.chooses_officers)

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    def but(self, **changes: object) -> Perspective:
        """The same with some choices changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def without_filters(self) -> Perspective:
        return self.but(rank="", skill="", place="", alone=False, service="", sex="", tenure="")

    def as_parameters(self) -> dict[str, str]:
        """The choices that differ from the usual, in a fixed order: the same view always has the same address."""
        usual = Perspective(self.today, self.today)
        found = {}
        for name in _CHOICES:
            value = getattr(self, name)
            if value == getattr(usual, name):
                continue
            found[name] = "yes" if value is True else value.isoformat() if isinstance(value, date) else str(value)
        return found

    def query(self, more: Mapping[str, str] | None = None, **changes: object) -> str:
        """A query string, "?" included, or nothing for the usual view."""
        parameters = {**self.but(**changes).as_parameters(), **(more or {})}
        return f"?{urlencode(parameters)}" if parameters else ""


_CHOICES = [each.name for each in fields(Perspective) if each.name != "today"]
