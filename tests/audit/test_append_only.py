"""The database refuses to change the trail, whichever way one asks."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from hcims.audit import trail
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent, AuditHead

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_row() -> None:
    trail.record(Event.UNIT_CHANGED, target="unit", by=None, at=AT)


def refused(statement: str) -> None:
    before = list(AuditEvent.objects.values_list("sequence", "office", "hash"))
    with (
        pytest.raises(DatabaseError, match="append-only|stays|forward"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(AuditEvent.objects.values_list("sequence", "office", "hash")) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET office = 'forged'",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_audithead",
        "UPDATE audit_audithead SET sequence = 0",
        "UPDATE audit_audithead SET id = 1, sequence = sequence - 1",
    ],
)
def test_changing_and_removing_are_refused(statement: str) -> None:
    refused(statement)


def replacing(table: str) -> str:
    with connection.cursor() as cursor:
        columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
    chosen = ", ".join("'forged'" if name in ("office", "hash") else name for name in columns)
    return f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table}"


@pytest.mark.sqlite
@pytest.mark.parametrize("table", ["audit_auditevent", "audit_audithead"])
def test_insert_or_replace_is_refused(table: str) -> None:
    refused(replacing(table))


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["audit_auditevent", "audit_audithead"])
def test_insert_or_replace_is_refused_on_a_connection_without_our_settings(table: str) -> None:
    stranger = sqlite3.connect(connection.settings_dict["NAME"])
    try:
        assert stranger.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        with pytest.raises(sqlite3.IntegrityError, match="append-only|stays"):
            stranger.execute(replacing(table))
    finally:
        stranger.close()


@pytest.mark.sqlite
def test_upsert_is_refused() -> None:
    refused(
        replacing("audit_auditevent").replace("INSERT OR REPLACE", "INSERT")
        + " WHERE true ON CONFLICT (sequence) DO UPDATE SET office = 'forged'"
    )


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE audit_auditevent",
        "TRUNCATE audit_audithead CASCADE",
        "INSERT INTO audit_auditevent SELECT * FROM audit_auditevent ON CONFLICT (sequence) DO UPDATE SET office = 'forged'",
        "MERGE INTO audit_auditevent a USING audit_auditevent b ON a.sequence = b.sequence WHEN MATCHED THEN DELETE",
        "WITH gone AS (DELETE FROM audit_auditevent RETURNING 1) SELECT * FROM gone",
    ],
)
def test_postgresql_has_no_other_way(statement: str) -> None:
    refused(statement)


def test_a_second_head_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditHead.objects.create(pk=2)
