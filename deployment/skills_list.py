"""Skills as a kind of import: one row a skill that an officer holds. Unverified until checked, unless a paper is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deployment.import_rights import ForAnArea, units_of
from deployment.roll import record
from deployment.roll.columns import NAMES
from deployment.roll.later import history_reason
from deployment.roll.readers import Tables, service_number
from deployment.sentences import SENTENCES
from deployment.shown import Words
from hcims import bulk
from hcims.imports import sql
from hcims.imports.cells import Cell, name_of, whole_number
from hcims.imports.columns import Column
from hcims.imports.dates import Span
from hcims.imports.kinds import LIST_OUTCOMES, Block, Staged, Stale
from hcims.imports.models import ImportBatch, Outcome
from hcims.references import new_references
from organisation.models import Skill
from personnel.models import SkillHeld

COLUMNS = (
    NAMES["service_number"],
    Column("skill", _("Skill"), _("Code or name of the skill."), ("skill code", "skill name", "competence", "ujuzi"),
           "driving-b", required=True, clearable=False, choices="skills"),
    Column("level", _("Level"), _("1 is the lowest. Blank: 1."), ("skill level", "kiwango"), "1", clearable=False),
    Column("acquired_on", _("Acquired on"), _("Day of the certificate."),
           ("date acquired", "date of certificate", "certificate date", "date of issue", "issued on"), "2022-05-04",
           dated=True, clearable=False),
    Column("expires_on", _("Valid until"), _("Blank: worked out from the catalogue, where the skill lapses."),
           ("expiry date", "expires", "date of expiry", "valid to", "expiry"), "2025-05-04", dated=True, clearable=False),
    Column("source", _("Certificate"), _("Number of the certificate. A skill without one is unverified until checked."),
           ("certificate no", "certificate number", "paper", "evidence", "cheti"), "NTSA/123/22", clearable=False),
)  # fmt: skip
FIELDS = ("level", "acquired_on", "expires_on")


class SkillsReading:
    """One reading of a list of skills; an officer may have many rows."""

    def __init__(self, batch: ImportBatch, mapping: dict[str, int]) -> None:
        self.on = batch.on
        self.tables = Tables(batch.on)
        self.area = units_of(batch, batch.on)
        self.levels = dict(Skill.objects.values_list("pk", "levels"))
        self.validity = dict(Skill.objects.values_list("pk", "validity_months"))
        self.rows: dict[tuple[int, int], int] = {}

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        return {"service_number": service_number, "skill": self.tables.skills.find,
                "level": lambda cell: whole_number(cell, 1, 9), "source": lambda cell: name_of(cell, 150)}  # fmt: skip

    def spans(self) -> dict[str, Span]:
        acquired = self.tables.spans()["arrived_on"]
        return {"acquired_on": acquired, "expires_on": Span(acquired.first, date(self.on.year + 20, 12, 31))}

    def stage(self, block: Block) -> Iterator[Staged]:
        numbers = block.values["service_number"]
        known = record.on_record(["unit"], [each for each in numbers if each], self.on)
        held = _held([each.pk for each in known.values()])
        references = iter(new_references(len(numbers)))
        for index, number in enumerate(numbers):
            standing = known.get(number)
            self._check(block, index, standing)
            label = f"{standing.other_names} {standing.surname}" if standing else ""
            place = self.tables.units.codes.get(standing.values[0], "") if standing else ""
            if index in block.problems or standing is None:
                yield Staged(index, number or "", Outcome.REJECTED, label, place, standing.pk if standing else None)
                continue
            after = self._after(block, index)
            stands = held.get((standing.pk, after["skill"]))
            if stands is None:
                after["ref"] = next(references)
                yield Staged(index, number, Outcome.NEW, label, place, standing.pk, after)
                continue
            before = {name: stands[name] for name in FIELDS if after.get(name) and after[name] != stands[name]}
            outcome = Outcome.CHANGED if before else Outcome.UNCHANGED
            change = {**{name: after[name] for name in before}, "skill": after["skill"], "pk": stands["pk"]}
            yield Staged(index, number, outcome, label, place, standing.pk, change if before else {}, before)

    def _check(self, block: Block, index: int, standing: record.OnRecord | None) -> None:
        if index in block.problems:
            return
        skill = block.values["skill"][index]
        if standing is None or (self.area is not None and standing.values[0] not in self.area):
            block.reject(index, "service_number", "no-officer")
            return
        if skill is None:
            block.reject(index, "skill", "missing")
            return
        level = block.values["level"][index] if "level" in block.values else None
        if level and level > self.levels[skill]:
            block.reject(index, "level", "level", most=self.levels[skill])
        row = self.rows.setdefault((standing.pk, skill), block.numbers[index])
        if row != block.numbers[index]:
            block.reject(index, "skill", "twice", row=row, what=str(_("skill")))

    def _after(self, block: Block, index: int) -> dict[str, Any]:
        given = {name: column[index] for name, column in block.values.items() if column[index] is not None}
        after = {name: given[name] for name in ("skill", *FIELDS, "source") if name in given}
        months = self.validity[after["skill"]]
        if months and "acquired_on" in after and "expires_on" not in after:
            after["expires_on"] = _months_after(date.fromisoformat(after["acquired_on"]), months).isoformat()
        return after

    def finish(self) -> Iterator[Staged]:
        return iter(())

    def summary(self) -> dict[str, Any]:
        return {}


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def _held(officers: list[int]) -> dict[tuple[int, int], dict[str, Any]]:
    """(Officer, skill) to what stands on record, days as ISO text."""
    if not officers:
        return {}
    condition, keys = sql.any_of("officer_id", officers)
    found = sql.rows(
        "SELECT officer_id, skill_id, id, level, CAST(acquired_on AS text), CAST(expires_on AS text) "  # noqa: S608
        f"FROM personnel_skillheld WHERE {condition}",
        keys,
    )
    return {row[:2]: dict(zip(("pk", *FIELDS), row[2:], strict=True)) for row in found}


class SkillsList(ForAnArea):
    """Skills of officers who are on record."""

    code = "skills"
    title = _("Skills")
    explain = _("Skills that officers hold, one row each. What is on record and not in the list stays.")
    columns = COLUMNS
    key = "service_number"
    key_repeats = True
    outcomes = tuple(each for each in LIST_OUTCOMES if each[0] != "missing")
    writes = ("new", "changed")
    sentences = SENTENCES

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> SkillsReading:
        """This function will load the catalogues for one reading."""
        return SkillsReading(batch, mapping)

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will enter and change skills. Errors: Stale."""
        new: list[Any] = list(batch.rows.filter(outcome=Outcome.NEW).values_list("target", "after"))
        changed: list[Any] = list(batch.rows.filter(outcome=Outcome.CHANGED).values_list("target", "after", "before"))
        held = _held(sorted({row[0] for row in [*new, *changed]}))
        stale: int = sum(1 for target, after in new if (target, after["skill"]) in held)
        stale += sum(1 for target, after, before in changed if _differs(held.get((target, after["skill"])), before))
        if stale:
            raise Stale(stale)
        columns = ("ref", "officer_id", "skill_id", "level", "acquired_on", "expires_on", "state", "evidence", "source",
                   "check_note", "checked_by_id", "checked_at")  # fmt: skip
        rows = [_row(target, after, batch, by, at) for target, after in new]
        bulk.insert(SkillHeld, columns, rows)
        step(len(rows))
        reason = history_reason(batch.on, batch.ref)
        for block in sql.in_blocks([row[0] for row in rows]):
            condition, keys = sql.any_of("ref", block)
            sql.keep_history(SkillHeld, condition, keys, kind="+", by=by, at=at, reason=reason)
        self._write_changes([(after["pk"], {name: after[name] for name in before}) for _t, after, before in changed],
                            by=by, at=at, reason=reason)  # fmt: skip
        return {"new": len(new), "changed": len(changed)}

    def _write_changes(self, changes: list[tuple[int, dict[str, Any]]], *, by: Any, at: datetime, reason: str) -> None:
        for pk, values in changes:
            SkillHeld.objects.filter(pk=pk).update(**values)
        for block in sql.in_blocks([pk for pk, _values in changes]):
            condition, keys = sql.any_of("id", block)
            sql.keep_history(SkillHeld, condition, keys, kind="~", by=by, at=at, reason=reason)

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """New skills that stand as entered are removed, changed ones put back."""
        rows = list(original.rows.filter(outcome__in=self.writes).order_by("pk"))
        held = _held(sorted({row.target for row in rows if row.target}))
        for row in rows:
            stands = held.get((row.target or 0, row.after["skill"]))
            wrote = {name: row.after[name] for name in FIELDS if name in row.after}
            if _differs(stands, wrote):
                outcome, after = Outcome.TOUCHED, {}
            elif row.outcome == Outcome.NEW:
                outcome, after = Outcome.REMOVE, {"ref": row.after["ref"]}
            else:
                outcome, after = Outcome.RESTORE, {**row.before, "skill": row.after["skill"], "pk": row.after["pk"]}
            yield Staged(row.row, row.key, outcome, row.label, row.place, row.target, after, wrote)

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will remove and put back. Errors: Stale."""
        original = batch.undoes
        assert original is not None  # noqa: S101
        looked = sorted(batch.rows.values_list("key", "outcome"))
        if looked != sorted((each.key, str(each.outcome)) for each in self.stage_undo(original, on=batch.on)):
            raise Stale(1)
        reason = history_reason(batch.on, batch.ref)
        gone = [after["ref"] for after in batch.rows.filter(outcome=Outcome.REMOVE).values_list("after", flat=True)]
        for block in sql.in_blocks(gone):
            condition, keys = sql.any_of("ref", block)
            sql.keep_history(SkillHeld, condition, keys, kind="-", by=by, at=at, reason=reason)
            SkillHeld.objects.filter(ref__in=block).delete()
        back = list(batch.rows.filter(outcome=Outcome.RESTORE).values_list("after", flat=True))
        self._write_changes([(after["pk"], {name: after[name] for name in FIELDS if name in after}) for after in back],
                            by=by, at=at, reason=reason)  # fmt: skip
        return {"remove": len(gone), "restore": len(back)}

    def words(self) -> Words:
        """Staged values in words."""
        return Words(COLUMNS, ())

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """The lists of the template's drop-downs."""
        return {"skills": list(Skill.objects.filter(in_use=True).values_list("code", "name_en"))}


def _row(target: int, after: dict[str, Any], batch: ImportBatch, by: Any, at: datetime) -> tuple[Any, ...]:
    paper = after.get("source", "")
    checked = bool(paper) and by is not None
    return (
        after["ref"], target, after["skill"], after.get("level", 1), _day(after.get("acquired_on")),
        _day(after.get("expires_on")), "verified" if checked else "unverified", "",
        f"{paper} (list of {batch.on.isoformat()})".strip()[:200] if paper else f"Skills list, import {batch.ref}", "",
        by.pk if checked else None, at if checked else None,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _differs(stands: dict[str, Any] | None, expected: dict[str, Any]) -> bool:
    return stands is None or any(stands[name] != value for name, value in expected.items())


SKILLS = SkillsList()
