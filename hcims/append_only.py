"""A chained log that the database itself refuses to change or cut, on both databases: a table of rows and its head.

A model lists it: `APPEND_ONLY = [Chain("case log", head="counselling_caseeventhead")]`; `hcims.database_rules` puts it in place
after every migration. Rows are numbered in a column `sequence`; the head is one row whose `sequence` only grows.

SQLite needs `PRAGMA recursive_triggers=ON` on every connection (settings), or INSERT OR REPLACE walks past the delete
trigger. A connection from elsewhere may not have set it, so that an INSERT onto a number that is there is refused too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chain:
    """The rules of one log. `name` stands in what the database answers; `head` is the table of the head."""

    name: str
    head: str

    def sqlite(self, table: str) -> list[str]:
        """The statements that put the rules in place on SQLite."""
        append, stays = f"the {self.name} is append-only", f"the head of the {self.name} stays"
        return [
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}
                BEGIN SELECT RAISE(ABORT, '{append}'); END""",
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}
                BEGIN SELECT RAISE(ABORT, '{append}'); END""",
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence)
                BEGIN SELECT RAISE(ABORT, '{append}'); END""",
            f"""CREATE TRIGGER IF NOT EXISTS {self.head}_no_replace BEFORE INSERT ON {self.head}
                WHEN EXISTS (SELECT 1 FROM {self.head} WHERE id = NEW.id)
                BEGIN SELECT RAISE(ABORT, '{stays}'); END""",
            f"""CREATE TRIGGER IF NOT EXISTS {self.head}_no_delete BEFORE DELETE ON {self.head}
                BEGIN SELECT RAISE(ABORT, '{stays}'); END""",
            f"""CREATE TRIGGER IF NOT EXISTS {self.head}_forward BEFORE UPDATE ON {self.head}
                WHEN NEW.sequence < OLD.sequence OR NEW.id <> OLD.id
                BEGIN SELECT RAISE(ABORT, 'the head of the {self.name} only moves forward'); END""",
        ]

    def postgresql(self, table: str) -> list[str]:
        """The statements that put the rules in place on PostgreSQL."""
        because = "USING ERRCODE = 'integrity_constraint_violation'"
        return [
            f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'the {self.name} is append-only' {because}; END $$""",
            f"""CREATE OR REPLACE FUNCTION {table}_forward() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF NEW.sequence < OLD.sequence OR NEW.id <> OLD.id THEN
                  RAISE EXCEPTION 'the head of the {self.name} only moves forward' {because};
                END IF; RETURN NEW; END $$""",
            f"""CREATE OR REPLACE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE OR REPLACE TRIGGER {self.head}_refuse BEFORE DELETE OR TRUNCATE ON {self.head}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE OR REPLACE TRIGGER {self.head}_forward BEFORE UPDATE ON {self.head}
                FOR EACH ROW EXECUTE FUNCTION {table}_forward()""",
        ]

    def sqlite_removal(self, table: str) -> list[str]:
        """The statements that lift the rules again on SQLite."""
        names = [f"{table}_no_{deed}" for deed in ("update", "delete", "replace")]
        names += [f"{self.head}_{rule}" for rule in ("no_delete", "no_replace", "forward")]
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names]

    def postgresql_removal(self, table: str) -> list[str]:
        """The statements that lift the rules again on PostgreSQL."""
        triggers = {f"{table}_refuse": table, f"{self.head}_refuse": self.head, f"{self.head}_forward": self.head}
        return [f"DROP TRIGGER IF EXISTS {name} ON {on}" for name, on in triggers.items()]
