"""Statistics for PostgreSQL's planner, which gathers them only after a transaction."""

from __future__ import annotations

from django.db import connection


def look() -> None:
    """This function will let PostgreSQL look at the rows made so far: without that it reads whole tables for whatever follows.

    Never on SQLite: statistics lead it astray on some pages (docs/benchmarks.md).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
