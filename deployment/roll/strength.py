"""Posts that a roll fills beyond their number: flagged in the preview, per unit, rank and skill."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from hcims.imports import sql

Line = tuple[int | None, int | None, int | None]
SHOWN = 3000


class Strength:
    """Counts who comes to and goes from each line while rows are read, and compares at the end."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._changes: Counter[Line] = Counter()

    def comes(self, unit: int | None, rank: int | None, skill: int | None) -> None:
        """One more on the line."""
        self._changes[unit, rank, skill or None] += 1

    def goes(self, unit: int | None, rank: int | None, skill: int | None) -> None:
        """One less on the line."""
        self._changes[unit, rank, skill or None] -= 1

    def over(self, tables: Any) -> list[dict[str, Any]]:
        """Lines that gain holders and end above their authorised posts; units without establishment are left out."""
        gaining = {line: change for line, change in self._changes.items() if change > 0}
        if not gaining:
            return []
        day = sql.day(self.on)
        posts: dict[Line, int] = {row[:3]: row[3] for row in sql.rows(AUTHORISED, [day, day])}  # type: ignore[misc]
        holders: dict[Line, int] = {row[:3]: row[3] for row in sql.rows(POSTED, [day, day])}  # type: ignore[misc]
        units = {line[0] for line in posts}
        found = []
        for line, change in gaining.items():
            total = holders.get(line, 0) + change
            if line[0] in units and total > posts.get(line, 0):
                found.append({"unit": tables.units.codes.get(line[0], ""), "rank": tables.ranks.codes.get(line[1], ""),
                              "skill": tables.skills.codes.get(line[2], ""), "posts": posts.get(line, 0),
                              "holders": total})  # fmt: skip
        return sorted(found, key=lambda each: each["posts"] - each["holders"])[:SHOWN]


AUTHORISED = """SELECT unit_id, rank_id, skill_id, posts FROM organisation_establishmentline
WHERE baseline = 'authorised' AND starts_on <= %s AND (ends_on IS NULL OR ends_on > %s)"""
POSTED = """SELECT unit_id, post_rank_id, post_skill_id, COUNT(*) FROM deployment_posting
WHERE kind = 'substantive' AND voided_at IS NULL AND starts_on <= %s AND (ends_on IS NULL OR ends_on > %s)
GROUP BY unit_id, post_rank_id, post_skill_id"""
