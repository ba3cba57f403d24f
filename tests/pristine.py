"""Puts a test database back to what the migrations left in it, after a test that committed.

Django's way is to TRUNCATE every table: the append-only triggers forbid it, and ranks, counties and everything else the
migrations loaded would be gone for the next test. Here each table that the migrations filled is copied once, beside
itself, and after a committing test whatever was added is deleted and the copies are poured back. Triggers rest
meanwhile, those of every module. The statements are the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "pristine_"


def keep(connection: BaseDatabaseWrapper) -> None:
    """This function will copy every filled table beside itself."""
    with connection.cursor() as cursor:
        for table in _filled(connection, _tables(connection)):
            cursor.execute(f'CREATE TABLE "{PREFIX}{table}" AS SELECT * FROM "{table}"')


def put_back(connection: BaseDatabaseWrapper) -> None:
    """This function will empty every table and pour the copies back."""
    tables = _tables(connection)
    copies = {name for name in _all_tables(connection) if name.startswith(PREFIX)}
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(using=connection.alias),
        _triggers_resting(connection),
        connection.cursor() as cursor,
    ):
        for table in _filled(connection, tables):
            cursor.execute(f'DELETE FROM "{table}"')
        for copy in copies:
            cursor.execute(f'INSERT INTO "{copy.removeprefix(PREFIX)}" SELECT * FROM "{copy}"')


def replace_flush(test_case: type) -> None:
    """This function will make Django's committing tests end with `put_back` in place of a flush."""

    def _fixture_teardown(self: Any) -> None:
        for alias in self._databases_names(include_mirrors=False):
            put_back(connections[alias])

    test_case._fixture_teardown = _fixture_teardown  # type: ignore[attr-defined]


def _all_tables(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables a test may fill: all but the copies and the list of migrations."""
    return [name for name in _all_tables(connection) if not name.startswith(PREFIX) and name != "django_migrations"]


def _filled(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    found: list[str] = []
    with connection.cursor() as cursor:
        for start in range(0, len(tables), 100):  # SQLite takes at most 500 parts in one statement
            parts = [
                f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables[start : start + 100]
            ]
            cursor.execute(" UNION ALL ".join(parts))
            found += [row[0] for row in cursor.fetchall()]
    return found


@contextlib.contextmanager
def _triggers_resting(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in triggers:
            cursor.execute(statement)
