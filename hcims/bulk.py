"""Many rows at once: COPY on PostgreSQL, `executemany` on SQLite. Values are stored as given: no `save()`, no defaults.

For imports and invented services, inside an action, where a row-by-row write would cost minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """This function will insert the rows, whose values are in the order of `columns` (database column names)."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(each) for each in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names come from the models
                [[_plain(value) for value in row] for row in rows],
            )


def _plain(value: Any) -> Any:
    """SQLite stores days and moments as text, as Django writes them."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


def next_id(model: type[models.Model]) -> int:
    """The first primary key above those in use; take it inside the transaction that inserts."""
    return (model._default_manager.aggregate(models.Max("pk"))["pk__max"] or 0) + 1


def keep_sequence(model: type[models.Model]) -> None:
    """This function will set the table's key sequence after rows were inserted with keys of their own."""
    if connection.vendor != "postgresql":
        return
    table, column = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "  # noqa: S608 - names come from the models
            f"GREATEST((SELECT COALESCE(MAX({column}), 1) FROM {table}), 1))"
        )
