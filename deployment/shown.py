"""Staged values in words: units by name, ranks by code, encrypted values only to those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from deployment.models import Duty
from hcims.encryption import decrypt
from hcims.imports.columns import Column
from organisation.models import County, Qualification, Rank, Skill, Unit

HIDDEN = "•••"


class Words:
    """Tells the values of staged rows; the catalogues are read once, units as they are met."""

    def __init__(self, columns: Iterable[Column], sealed: Iterable[str]) -> None:
        self.columns = {column.name: column for column in columns}
        self.sealed = frozenset(sealed)
        self._units: dict[int, str] = {}

    @cached_property
    def _catalogues(self) -> dict[str, dict[int, str]]:
        ranks = dict(Rank.objects.values_list("pk", "code"))
        skills = dict(Skill.objects.values_list("pk", "name_en"))
        return {
            "rank": ranks,
            "post_rank": ranks,
            "duty": dict(Duty.objects.values_list("pk", "name_en")),
            "post_skill": skills,
            "skill": skills,
            "languages": skills,
            "education": dict(Qualification.objects.values_list("pk", "name_en")),
            "home_county": dict(County.objects.values_list("pk", "name")),
        }

    def load_units(self, rows: Iterable[dict[str, Any]]) -> None:
        """This function will read the names of all units in these values at once."""
        wanted = {row["unit"] for row in rows if row.get("unit")} - set(self._units)
        for pk, code, name in Unit.objects.filter(pk__in=wanted).values_list("pk", "code", "name"):
            self._units[pk] = f"{name} ({code})"

    def tell(self, name: str, value: Any, *, open_sealed: bool) -> str:
        """One value in words; "" for none."""
        if value in (None, ""):
            return ""
        if name in self.sealed:
            return decrypt(value) if open_sealed else HIDDEN
        if name == "unit":
            return self._units.get(value, str(value))
        names = self._catalogues.get(name)
        if names is None:
            return str(value)
        if isinstance(value, list):
            return ", ".join(names.get(each[0] if isinstance(each, list) else each, "?") for each in value)
        return names.get(value, str(value))
