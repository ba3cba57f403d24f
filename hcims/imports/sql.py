"""The few sentences of SQL in which PostgreSQL and SQLite differ, for imports that apply a stage inside the database."""
# ruff: noqa: S608 - tables and columns are names of this code; values are always parameters

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models


def is_postgresql() -> bool:
    """Which of the two it is."""
    return connection.vendor == "postgresql"


def any_of(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """A condition that the column is one of the values, and its parameters."""
    if is_postgresql():
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


def text(column: str, key: str) -> str:
    """The value under `key` of a JSON column, as text; NULL where it is absent."""
    if is_postgresql():
        return f"({column} ->> '{key}')"
    return f"CAST(({column} ->> '{key}') AS text)"


def as_day(expression: str) -> str:
    """Text as a day; an empty one as no day."""
    emptied = f"NULLIF({expression}, '')"
    return f"CAST({emptied} AS date)" if is_postgresql() else emptied


def as_number(expression: str) -> str:
    """Text as a key; an empty one as none."""
    return f"CAST(NULLIF({expression}, '') AS bigint)"


def as_flag(expression: str) -> str:
    """The JSON text of true or false as a boolean."""
    if is_postgresql():
        return f"CAST({expression} AS boolean)"
    return f"({expression} IN ('true', '1'))"


def moment(value: datetime) -> Any:
    """A moment as the database keeps it."""
    return value if is_postgresql() else value.replace(tzinfo=None).isoformat(" ")


def day(value: date) -> Any:
    """A day as the database keeps it."""
    return value if is_postgresql() else value.isoformat()


def elements(column: str, key: str) -> tuple[str, str, str]:
    """A join over the pairs of a JSON array under `key`, and the expressions for the first and second of each pair."""
    if is_postgresql():
        source = f"jsonb_array_elements(COALESCE({column} -> '{key}', '[]')) AS pair(value)"
        return source, "(pair.value ->> 0)", "(pair.value ->> 1)"
    return f"json_each({column}, '$.{key}') AS pair", "(pair.value ->> 0)", "(pair.value ->> 1)"


def run(statement: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> int:
    """This function will run one statement and give the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return int(cursor.rowcount)


def rows(statement: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query, as plain tuples."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())


def in_blocks(values: Sequence[Any], size: int = 4000) -> Iterator[Sequence[Any]]:
    """The values in slices that fit one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


MANY = 2000


def look_again_at(*tables: type[models.Model], rows: int) -> None:
    """This function will renew the planner's figures after many rows: it would plan the next queries for a small table."""
    if is_postgresql() and rows > MANY:
        for model in tables:
            run(f'ANALYZE "{model._meta.db_table}"')


def keep_history(
    model: type[models.Model], where: str, parameters: Sequence[Any], *, kind: str, by: Any, at: datetime, reason: str
) -> int:
    """This function will copy rows into the model's history, as saving each of them would.

    `where` is a condition on the model's table; `kind` is "+", "~" or "-".
    """
    history = model.history.model  # type: ignore[attr-defined]
    own = {"history_id", "history_date", "history_change_reason", "history_type", "history_user_id"}
    columns = [field.column for field in history._meta.concrete_fields if field.column not in own]
    names = ", ".join(f'"{name}"' for name in columns)
    return run(
        f'INSERT INTO "{history._meta.db_table}" ({names}, history_date, history_change_reason, history_type,'
        f' history_user_id) SELECT {names}, %s, %s, %s, %s FROM "{model._meta.db_table}" WHERE {where}',
        [moment(at), reason[: _reason_length(history)], kind, getattr(by, "pk", None), *parameters],
    )


def _reason_length(history: type[models.Model]) -> int | None:
    length: int | None = history._meta.get_field("history_change_reason").max_length  # type: ignore[union-attr]
    return length
