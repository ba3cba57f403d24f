"""The database itself refuses to change or remove a row of the trail, on both databases.

SQLite needs `PRAGMA recursive_triggers=ON` on every connection (settings), or INSERT OR REPLACE walks past the delete
trigger. A connection from elsewhere may not have set it, so that an INSERT onto a number that is there is refused too.
"""

from __future__ import annotations

from typing import Any

EVENT, HEAD = "audit_auditevent", "audit_audithead"

SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {EVENT}_no_update BEFORE UPDATE ON {EVENT}
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {EVENT}_no_delete BEFORE DELETE ON {EVENT}
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {EVENT}_no_replace BEFORE INSERT ON {EVENT}
        WHEN EXISTS (SELECT 1 FROM {EVENT} WHERE sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {HEAD}_no_replace BEFORE INSERT ON {HEAD}
        WHEN EXISTS (SELECT 1 FROM {HEAD} WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit head stays'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {HEAD}_no_delete BEFORE DELETE ON {HEAD}
        BEGIN SELECT RAISE(ABORT, 'the audit head stays'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {HEAD}_forward BEFORE UPDATE ON {HEAD}
        WHEN NEW.sequence < OLD.sequence OR NEW.id <> OLD.id
        BEGIN SELECT RAISE(ABORT, 'the audit head only moves forward'); END""",
]
SQLITE_NAMES = [
    *(f"{EVENT}_no_{deed}" for deed in ("update", "delete", "replace")),
    *(f"{HEAD}_{rule}" for rule in ("no_delete", "no_replace", "forward")),
]

POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION hcims_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION hcims_audit_forward() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF NEW.sequence < OLD.sequence OR NEW.id <> OLD.id THEN
         RAISE EXCEPTION 'the audit head only moves forward' USING ERRCODE = 'integrity_constraint_violation';
       END IF; RETURN NEW; END $$""",
    f"""CREATE OR REPLACE TRIGGER {EVENT}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {EVENT}
        FOR EACH STATEMENT EXECUTE FUNCTION hcims_audit_refuse()""",
    f"""CREATE OR REPLACE TRIGGER {HEAD}_refuse BEFORE DELETE OR TRUNCATE ON {HEAD}
        FOR EACH STATEMENT EXECUTE FUNCTION hcims_audit_refuse()""",
    f"""CREATE OR REPLACE TRIGGER {HEAD}_forward BEFORE UPDATE ON {HEAD}
        FOR EACH ROW EXECUTE FUNCTION hcims_audit_forward()""",
]
POSTGRESQL_REMOVAL = [
    f"DROP TRIGGER IF EXISTS {EVENT}_refuse ON {EVENT}",
    f"DROP TRIGGER IF EXISTS {HEAD}_refuse ON {HEAD}",
    f"DROP TRIGGER IF EXISTS {HEAD}_forward ON {HEAD}",
]


def install(connection: Any) -> None:
    """This function will make both tables append-only on the given connection's database."""
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """This function will lift the protection; for migrations backwards and for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE_NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for statement in POSTGRESQL_REMOVAL:
                cursor.execute(statement)
