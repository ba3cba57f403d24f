"""Languages and education: a roll adds what is not on the record yet, and takes nothing away."""
# ruff: noqa: S608 - tables and columns are names of this code; values are always parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hcims.imports import sql
from hcims.references import new_references

TABLES = {
    "languages": ("personnel_skillheld", "skill_id"),
    "education": ("personnel_qualificationheld", "qualification_id"),
}

POOL = 4000  # references made at once


class Held:
    """What the officers of the present block hold of each added column."""

    def __init__(self, names: Iterable[str]) -> None:
        self._held: dict[str, set[tuple[int, int]]] = {name: set() for name in names}
        self._pool: list[str] = []

    def load(self, officers: Sequence[int]) -> None:
        """This function will read what these officers hold."""
        for name, held in self._held.items():
            held.clear()
            if officers:
                table, column = TABLES[name]
                condition, parameters = sql.any_of("officer_id", officers)
                held.update(sql.rows(f"SELECT officer_id, {column} FROM {table} WHERE {condition}", parameters))

    def missing(self, name: str, officer: int, value: Any) -> list[int]:
        """Which of the row's values the officer does not hold yet."""
        return [each for each in self._listed(value) if (officer, each) not in self._held[name]]

    @staticmethod
    def _listed(value: Any) -> list[int]:
        return value if isinstance(value, list) else [] if value is None else [value]

    def rows(self, value: Any) -> list[list[Any]]:
        """The values with a reference each, as the apply inserts them."""
        values = self._listed(value)
        if len(self._pool) < len(values):
            self._pool = new_references(POOL)
        return [[each, self._pool.pop()] for each in values]
