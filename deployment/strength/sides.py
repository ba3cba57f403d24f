"""Posts and holders of an area against both baselines at once, for pages that show the two side by side.

Holders are counted once and met with both; asking `survey` twice would count them twice.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from deployment.strength import pieces
from deployment.strength.question import Question
from organisation.models import Baseline, Unit, UnitType


class Side(NamedTuple):
    """One rank and skill (0 for none) of a child of the unit, or of the unit's own posts, against one baseline."""

    part: int
    rank: int
    skill: int
    baseline: str
    posts: int
    posted: int
    vacant: int

    @property
    def over(self) -> int:
        """Over-strength follows from the rest, as every line adds up."""
        return self.posted - self.posts + self.vacant


def sides(unit: Unit, *, on: date) -> list[Side]:
    """What a unit has against what it should have on the day, by part, rank, skill and baseline; one statement."""
    question = Question(unit.pk, on, "", whole_service=unit.type == UnitType.SERVICE)
    names = Baseline.values
    posts = ", ".join(f"CASE WHEN e.baseline = '{name}' THEN e.posts ELSE 0 END AS {name}" for name in names)
    sums = ", ".join(f"{pieces.whole(name)} AS {name}" for name in [*names, "posted"])
    shown = ", ".join(f"SUM({name}), SUM({pieces.vacant(name)})" for name in names)
    none = ", 0" * len(names)
    line = "p.unit_id, p.post_rank_id, p.post_skill_id"
    held = pieces.holders(
        question,
        f"p.unit_id, p.post_rank_id, COALESCE(p.post_skill_id, 0){none}, {pieces.whole('1')}",
        groups=line,
    )
    sql = (
        f"WITH {pieces.area(question)}, line AS MATERIALIZED (SELECT unit_id, rank_id, skill_id, {sums} FROM ("
        f"SELECT e.unit_id, e.rank_id, COALESCE(e.skill_id, 0) AS skill_id, {posts}, 0 AS posted"
        f" FROM organisation_establishmentline e WHERE {pieces.in_force('e')}"
        f"{pieces.of_posts(question, 'e', 'rank_id', 'skill_id')} UNION ALL {held}) met GROUP BY unit_id, rank_id, skill_id)"
        f" SELECT part_id, rank_id, skill_id, SUM(posted), {shown} FROM line JOIN area ON area.unit_id = line.unit_id"
        " GROUP BY part_id, rank_id, skill_id"
    )
    return [
        Side(part, rank, skill, name, int(values[2 * index]), int(posted), int(values[2 * index + 1]))
        for part, rank, skill, posted, *values in pieces.rows(sql, question.parameters())
        for index, name in enumerate(names)
    ]
