"""The audit trail's place among the logs that the database keeps append-only: puts the rules in place, and lifts them."""

from __future__ import annotations

from typing import Any

from hcims.append_only import Chain

EVENT = "audit_auditevent"
TRAIL = Chain("audit trail", head="audit_audithead")


def install(connection: Any) -> None:
    """This function will make both tables append-only on the given connection's database."""
    with connection.cursor() as cursor:
        for statement in getattr(TRAIL, connection.vendor)(EVENT):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """This function will lift the protection; for migrations backwards and for emptying a test database."""
    with connection.cursor() as cursor:
        for statement in getattr(TRAIL, f"{connection.vendor}_removal")(EVENT):
            cursor.execute(statement)
