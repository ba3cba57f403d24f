"""Posts, strength and vacancies of an area by rank: line by line, then summed."""

from __future__ import annotations

from datetime import date

from django.db import connection

from organisation.models import Unit

LINES = """
WITH area AS (
  SELECT descendant_id AS unit_id FROM organisation_unitclosure
  WHERE ancestor_id = %(unit)s AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)),
line AS (
  SELECT unit_id, rank_id, skill_id, SUM(posts) AS posts, SUM(people) AS people FROM (
    SELECT unit_id, rank_id, skill_id, posts, 0 AS people FROM organisation_establishmentline
    WHERE baseline = %(baseline)s AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
    UNION ALL
    SELECT unit_id, post_rank_id, post_skill_id, 0, 1 FROM deployment_posting
    WHERE kind = 'substantive' AND voided_at IS NULL AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
  ) both_sides WHERE unit_id IN (SELECT unit_id FROM area) GROUP BY unit_id, rank_id, skill_id)
SELECT rank_id, SUM(posts), SUM(people), SUM(CASE WHEN posts > people THEN posts - people ELSE 0 END)
FROM line GROUP BY rank_id
"""


def posts_by_rank(unit: Unit, *, baseline: str, on: date) -> dict[int, tuple[int, int, int]]:
    """By rank of the posts: authorised posts, holders, vacancies."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"unit": unit.pk, "baseline": baseline, "on": on})
        return {rank: (int(posts), int(people), int(vacant)) for rank, posts, people, vacant in cursor.fetchall()}
