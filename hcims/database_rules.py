"""Rules that the database itself holds and Django cannot declare on both databases: no two periods overlap.

A model lists them: `OVERLAP_RULES = [NoOverlap("name", keys=["officer_id"], where="voided_at IS NULL")]`, and its message in
`DATABASE_RULES`; a log that only grows lists `APPEND_ONLY` (`hcims.append_only`). They are put in place after every
migration, because SQLite drops triggers when it rebuilds a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class NoOverlap:
    """Rows with equal `keys` (columns; an absent value equals an absent value) have periods that do not overlap."""

    name: str
    keys: tuple[str, ...]
    where: str = ""
    nullable: tuple[str, ...] = ()  # integer columns that may be absent

    def sqlite(self, table: str) -> list[str]:
        same = " AND ".join(f"other.{key} IS NEW.{key}" for key in (*self.keys, *self.nullable))
        for_new = _prefixed(self.where, "NEW") or "1"
        for_other = _prefixed(self.where, "other") or "1"
        body = f"""WHEN {for_new} AND (NEW.ends_on IS NULL OR NEW.ends_on > NEW.starts_on) BEGIN
            SELECT RAISE(ABORT, '{self.name}') WHERE EXISTS (
              SELECT 1 FROM {table} other WHERE {same} AND other.id IS NOT NEW.id AND {for_other}
              AND (other.ends_on IS NULL OR other.ends_on > NEW.starts_on)
              AND (other.ends_on IS NULL OR other.ends_on > other.starts_on)
              AND (NEW.ends_on IS NULL OR other.starts_on < NEW.ends_on)); END"""
        return [
            statement
            for event in ("INSERT", "UPDATE")
            for statement in (
                f"DROP TRIGGER IF EXISTS {self.name}_{event.lower()}",
                f"CREATE TRIGGER {self.name}_{event.lower()} AFTER {event} ON {table} {body}",
            )
        ]

    def postgresql(self, table: str) -> list[str]:
        columns = [*self.keys, *(f"(COALESCE({key}, 0))" for key in self.nullable)]
        keys = ", ".join(f"{column} WITH =" for column in columns)
        where = f" WHERE ({self.where})" if self.where else ""
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"""DO $$ BEGIN
              IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{self.name}') THEN
                ALTER TABLE {table} ADD CONSTRAINT {self.name}
                EXCLUDE USING gist ({keys}, daterange(starts_on, ends_on) WITH &&){where};
              END IF; END $$""",
        ]


def _prefixed(where: str, alias: str) -> str:
    """The condition with each column prefixed; conditions are written as `column …` joined by AND."""
    return " AND ".join(f"{alias}.{part.strip()}" for part in where.split(" AND ")) if where else ""


def install(connection: Any) -> None:
    """This function will put every model's overlap and append-only rules in place on the connection's database."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.db_table not in tables:
                continue
            for rule in (*getattr(model, "OVERLAP_RULES", ()), *getattr(model, "APPEND_ONLY", ())):
                for statement in getattr(rule, connection.vendor)(model._meta.db_table):
                    cursor.execute(statement)
