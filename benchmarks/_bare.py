"""The bare aggregate behind the bird's-eye page: the SQL one would write by hand for its main table, and nothing else.

By child of the unit and rank: posts, holders, vacant and over (met line by line), women, those away, those too long at
the unit. The page also shows skills and the twelve months behind: `SKILLS` and `DAY`, asked once for each month, are the
rest of what one would write by hand. In neither: counties, worst units, confirmations, names.
"""

from __future__ import annotations

from typing import Any

IN_FORCE = "{0}.starts_on <= %(on)s AND ({0}.ends_on IS NULL OR {0}.ends_on > %(on)s)"
AWAY = "'attachment', 'secondment', 'course', 'suspension', 'leave'"


def statement(*, chosen: str = "", posts: str = "") -> str:
    """The SQL. Shape: `chosen` is a condition on the officer `o`, `posts` one on `{}rank_id` or `{}skill_id`."""
    of_posts = f" AND {posts.format('e.')}" if posts else ""
    of_holders = f" AND {posts.format('p.post_')}" if posts else ""
    counted = f" AND {chosen}" if chosen else ""
    return f"""
WITH line AS (
  SELECT unit_id, rank_id, skill_id, SUM(posts) AS posts, SUM(posted) AS posted, SUM(officers) AS officers,
    SUM(women) AS women, SUM(away) AS away, SUM(overdue) AS overdue FROM (
    SELECT e.unit_id, e.rank_id, e.skill_id, e.posts, 0 AS posted, 0 AS officers, 0 AS women, 0 AS away, 0 AS overdue
    FROM organisation_establishmentline e WHERE e.baseline = %(baseline)s AND {IN_FORCE.format("e")}{of_posts}
    UNION ALL
    SELECT p.unit_id, p.post_rank_id, p.post_skill_id, 0, 1,
      CASE WHEN 1 = 1{counted} THEN 1 ELSE 0 END,
      CASE WHEN o.sex = 'F'{counted} THEN 1 ELSE 0 END,
      CASE WHEN w.officer_id IS NOT NULL{counted} THEN 1 ELSE 0 END,
      CASE WHEN p.start_known AND p.starts_on < %(overdue)s{counted} THEN 1 ELSE 0 END
    FROM deployment_posting p JOIN personnel_officer o ON o.id = p.officer_id
    LEFT JOIN (SELECT DISTINCT a.officer_id FROM deployment_posting a
      WHERE a.kind IN ({AWAY}) AND a.voided_at IS NULL AND {IN_FORCE.format("a")}) w ON w.officer_id = p.officer_id
    WHERE p.kind = 'substantive' AND p.voided_at IS NULL AND {IN_FORCE.format("p")}{of_holders}
  ) both_sides GROUP BY unit_id, rank_id, skill_id)
SELECT c.ancestor_id, line.rank_id, SUM(posts), SUM(posted),
  SUM(CASE WHEN posts > posted THEN posts - posted ELSE 0 END),
  SUM(CASE WHEN posted > posts THEN posted - posts ELSE 0 END),
  SUM(officers), SUM(women), SUM(away), SUM(overdue)
FROM line JOIN organisation_unitclosure c ON c.descendant_id = line.unit_id AND {IN_FORCE.format("c")}
JOIN organisation_unitclosure t ON t.descendant_id = c.ancestor_id AND t.ancestor_id = %(unit)s AND t.depth = 1
  AND {IN_FORCE.format("t")}
GROUP BY c.ancestor_id, line.rank_id
"""


DAY = f"""
SELECT SUM(posts), SUM(posted), SUM(CASE WHEN posts > posted THEN posts - posted ELSE 0 END) FROM (
  SELECT unit_id, rank_id, skill_id, SUM(posts) AS posts, SUM(posted) AS posted FROM (
    SELECT e.unit_id, e.rank_id, e.skill_id, e.posts, 0 AS posted FROM organisation_establishmentline e
    WHERE e.baseline = 'working' AND {IN_FORCE.format("e")}
    UNION ALL SELECT p.unit_id, p.post_rank_id, p.post_skill_id, 0, 1 FROM deployment_posting p
    WHERE p.kind = 'substantive' AND p.voided_at IS NULL AND {IN_FORCE.format("p")}
  ) both_sides GROUP BY unit_id, rank_id, skill_id) line
"""
SKILLS = f"""
WITH met AS (SELECT unit_id, skill_id, SUM(needed) AS needed, SUM(held) AS held FROM (
    SELECT e.unit_id, e.skill_id, e.posts AS needed, 0 AS held FROM organisation_establishmentline e
    WHERE e.baseline = 'working' AND e.skill_id IS NOT NULL AND {IN_FORCE.format("e")}
    UNION ALL SELECT p.unit_id, k.skill_id, 0, 1 FROM deployment_posting p
    JOIN personnel_skillheld k ON k.officer_id = p.officer_id AND k.state <> 'refused'
      AND (k.acquired_on IS NULL OR k.acquired_on <= %(on)s) AND (k.expires_on IS NULL OR k.expires_on > %(on)s)
    WHERE p.kind = 'substantive' AND p.voided_at IS NULL AND {IN_FORCE.format("p")}
  ) both_sides GROUP BY unit_id, skill_id)
SELECT c.ancestor_id, met.skill_id, SUM(needed), SUM(held), SUM(CASE WHEN needed > held THEN needed - held ELSE 0 END)
FROM met JOIN organisation_unitclosure c ON c.descendant_id = met.unit_id AND {IN_FORCE.format("c")}
JOIN organisation_unitclosure t ON t.descendant_id = c.ancestor_id AND t.ancestor_id = %(unit)s AND t.depth = 1
  AND {IN_FORCE.format("t")}
GROUP BY c.ancestor_id, met.skill_id
"""


def ask(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
