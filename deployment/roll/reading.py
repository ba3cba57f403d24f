"""One reading of a roll: each block of rows is laid beside the record, and told apart into new, changed and rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from deployment.import_rights import units_of
from deployment.roll import record
from deployment.roll.civilians import check as check_civilian
from deployment.roll.civilians import taken_out_of_ranks
from deployment.roll.columns import ADDED, INDEXED, NAMES, PERSONAL, POSTING, RANK, SEALED
from deployment.roll.held import Held
from deployment.roll.later import reject_elsewhere_before_now, reject_older_than_record, reject_without_transfer
from deployment.roll.readers import Tables
from deployment.roll.record import COMPARED, OnRecord
from deployment.roll.steps import Standing, Step, step_for
from deployment.roll.strength import Strength
from hcims.encryption import blind_indexes, encrypt_many
from hcims.imports.cells import Cell
from hcims.imports.dates import Span
from hcims.imports.kinds import Block, Staged
from hcims.imports.models import ImportBatch, Outcome
from hcims.references import new_references

NEEDED = tuple(name for name, column in NAMES.items() if column.needed_when_new)
ENTERED = frozenset((*PERSONAL, "rank", "unit", "post_skill"))  # the rest of a new officer follows from the row

RANKED = ("post_rank", "rank_step", "rank_from", "rank_known")
WRITTEN = ("surname", "other_names", "bank_name", "bank_branch", "house_allowance_place")


def _is_spelt_alike(value: str, stands: str | None) -> bool:
    """Whether a list in capitals says the same words: capitals do not say how a name is written otherwise."""
    return stands is not None and value.isupper() and value == stands.upper()


class RollReading:
    """What the machinery calls, block by block. Shape: see `hcims.imports.kinds.Reading`."""

    def __init__(self, batch: ImportBatch, mapping: dict[str, int]) -> None:
        self.on: date = batch.on
        self.is_part = batch.mends_id is not None  # rejected rows that come back mended: not the whole list
        self.tables = Tables(batch.on)
        self.area = units_of(batch, batch.on)
        self.clears = [name for name in batch.clears if name in mapping]
        # Posting and rank are always looked at: a move to another unit keeps the duty that the file does not name.
        self.mapped = [name for name in COMPARED if name in mapping or name not in PERSONAL]
        self.place = {name: place for place, name in enumerate(self.mapped)}
        self.added = [name for name in ADDED if name in mapping]
        self.held = Held(self.added)
        self.strength = Strength(batch.on)
        self.seen: set[int] = set()
        self.civilians: set[int] = set()  # rows of the present block that say so
        self.lists_civilians = False
        self.indexes: dict[str, list[str | None]] = {}  # of the present block
        self.unit_codes = self.tables.units.codes
        self.rank_order = list(self.tables.ranks.codes)  # from the highest, as the catalogue has them

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        return self.tables.readers()

    def spans(self) -> dict[str, Span]:
        return self.tables.spans()

    # A block ---------------------------------------------------------------------------------------------------------

    def stage(self, block: Block) -> Iterator[Staged]:
        """Unchanged rows are told by one comparison of two tuples; all others are looked at one by one."""
        numbers = block.values["service_number"]
        known = record.on_record(self.mapped, [each for each in numbers if each], self.on, blanks=self.clears)
        self.civilians = taken_out_of_ranks(block)
        self.lists_civilians |= bool(self.civilians)
        wanted = self._wanted(block)
        self.held.load([each.pk for each in known.values()])
        changed: list[tuple[int, OnRecord, dict[str, Any]]] = []
        new: list[int] = []
        for index, number in enumerate(numbers):
            standing = known.get(number)
            if standing:
                self.seen.add(standing.pk)
            if index in block.problems:
                continue
            if standing is None:
                new.append(index)
            elif differing := self._differing(wanted[index], standing, block, index):
                changed.append((index, standing, differing))
            else:
                yield self._staged(block, index, Outcome.UNCHANGED, standing)
        accepted = [*self._new(block, new), *self._changed(block, changed)]
        self._reject_taken(block, accepted)
        yield from self._sealed(block, accepted)
        for index in sorted(block.problems):
            yield self._staged(block, index, Outcome.REJECTED, known.get(numbers[index]))

    def _wanted(self, block: Block) -> list[tuple[Any, ...]]:
        """The rows as tuples in the order of the record's columns; identifiers as their blind indexes."""
        columns = []
        for name in self.mapped:
            values = block.values.get(name) or [None] * len(block.numbers)
            if name in self.clears:
                values = ["" if value is None else value for value in values]
            if name in INDEXED:
                indexes = self.indexes[name] = blind_indexes(values)
                values = [index or value for index, value in zip(indexes, values, strict=True)]
            columns.append(values)
        return list(zip(*columns, strict=True))

    def _differing(self, wanted: tuple[Any, ...], standing: OnRecord, block: Block, index: int) -> dict[str, Any]:
        """Column to what the row says, where that is something and not what stands."""
        found: dict[str, Any] = {}
        if wanted != standing.values:
            for name, value, stands in zip(self.mapped, wanted, standing.values, strict=True):
                if value is not None and value != stands and not (name in WRITTEN and _is_spelt_alike(value, stands)):
                    found[name] = value
        for name in self.added:
            if new := self.held.missing(name, standing.pk, block.values[name][index]):
                found[name] = new
        if standing.exited_on and standing.exit_reason != "entered-in-error":
            block.reject(index, "service_number", "left", day=standing.exited_on)
        elif self.area is not None and self._unit_of(standing) not in self.area:
            block.reject(index, "service_number", "not-in-area")
        elif check_civilian(block, index, found, standing, says_civilian=index in self.civilians):
            self.lists_civilians = True
        elif standing.exit_reason == "entered-in-error":
            found["revived"] = True
        return found

    def _unit_of(self, standing: OnRecord) -> int | None:
        return standing.values[self.place["unit"]]

    # New officers ----------------------------------------------------------------------------------------------------

    def _new(self, block: Block, indexes: list[int]) -> Iterator[Staged]:
        references = iter(new_references(len(indexes) * 2))
        names, rows = tuple(block.values), list(zip(*block.values.values(), strict=True))
        for index in indexes:
            values = {name: value for name, value in zip(names, rows[index], strict=True) if value is not None}
            is_civilian = check_civilian(block, index, values, None, says_civilian=index in self.civilians)
            for name in NEEDED:
                if name not in values and not (is_civilian and name == "rank"):
                    block.reject(index, name, "missing")
            self._check_order(block, index, values)
            self._check_area(block, index, values)
            if index in block.problems:
                continue
            after = self._entering(values)
            if is_civilian:
                after = {name: value for name, value in after.items() if name not in RANKED} | {"member": "civilian"}
            after["officer_ref"], after["posting_ref"] = next(references), next(references)
            for name in self.added:
                if values.get(name):
                    after[name] = self.held.rows(values[name])
            if not is_civilian:
                self.strength.comes(after["unit"], after["post_rank"], after.get("post_skill"))
            yield self._staged(block, index, Outcome.NEW, None, after)

    def _entering(self, values: dict[str, Any]) -> dict[str, Any]:
        """The whole record of a new officer. A day that the roll does not give is unknown, and the roll's day its bound."""
        on = self.on.isoformat()
        after = {name: value for name, value in values.items() if name in ENTERED}
        after["duty"] = values.get("duty") or self.tables.duties.keys["general"]
        after["post_rank"] = values.get("post_rank") or values.get("rank")
        after |= {"posting_step": "enter", "posting_from": values.get("arrived_on") or on,
                  "posting_known": "arrived_on" in values, "rank_step": "enter",
                  "rank_from": values.get("rank_on") or on, "rank_known": "rank_on" in values}  # fmt: skip
        return after

    # Changed officers ------------------------------------------------------------------------------------------------

    def _changed(self, block: Block, rows: list[tuple[int, OnRecord, dict[str, Any]]]) -> Iterator[Staged]:
        rows = [each for each in rows if each[0] not in block.problems]
        planned = []
        for index, standing, differing in rows:
            stands = dict(zip(self.mapped, standing.values, strict=True))
            self._follow_rank(differing, stands)
            merged = {**stands, **differing}
            self._check_order(block, index, merged)
            if "unit" in differing:
                self._check_area(block, index, merged)
            posting = self._posting_step(block, index, standing, differing, stands)
            rank = self._rank_step(block, index, standing, differing)
            planned.append((index, standing, differing, stands, posting, rank))
        reject_older_than_record(block, planned, self.on)
        reject_elsewhere_before_now(block, [each for each in planned if "unit" in each[2]], self.on)
        reject_without_transfer(block, planned, self.on)
        self._reject_impossible(block, planned)
        references = iter(new_references(len(planned)))
        for index, standing, differing, stands, posting, rank in planned:
            if index in block.problems:
                continue
            after, before = self._change(standing, differing, stands, posting, rank)
            after["posting_ref"] = next(references)
            self._note_lower_rank(block, index, differing, stands)
            if self._is_elsewhere(standing, differing):
                before["posting"] = standing.posting
                yield self._staged(block, index, Outcome.ELSEWHERE, standing, after, before)
                continue
            if standing.member != "civilian":
                self._move_strength(differing, stands)
            yield self._staged(block, index, Outcome.CHANGED, standing, after, before)

    def _note_lower_rank(self, block: Block, index: int, differing: dict[str, Any], stands: dict[str, Any]) -> None:
        """A reduction in rank may be right, and is seldom: whoever confirms is told of it."""
        new, old = differing.get("rank"), stands.get("rank")
        if new and old and self.rank_order.index(new) > self.rank_order.index(old):
            block.note(index, "lower-rank")

    @staticmethod
    def _is_elsewhere(standing: OnRecord, differing: dict[str, Any]) -> bool:
        """Whether the row shows a posted officer at another unit: no roll moves anybody, an order does."""
        return standing.posting is not None and "unit" in differing

    def _reject_impossible(self, block: Block, planned: list[Any]) -> None:
        """Steps that contradict what stands, where no later entry explains it already."""
        for index, _standing, _differing, _stands, *steps in planned:
            for step, columns in zip(steps, (("arrived_on", "unit"), ("rank_on", "rank")), strict=True):
                if step and step.problem and index not in block.problems:
                    column = next(name for name in columns if name in block.values)
                    block.reject(index, column, step.problem[0], **step.problem[1])

    def _follow_rank(self, differing: dict[str, Any], stands: dict[str, Any]) -> None:
        """The post follows a promotion, where it had the officer's old rank and the row says nothing else."""
        if "rank" in differing and "post_rank" not in differing and stands.get("post_rank") == stands.get("rank"):
            differing["post_rank"] = differing["rank"]

    def _posting_step(
        self, block: Block, index: int, standing: OnRecord, differing: dict[str, Any], stands: dict[str, Any]
    ) -> Step | None:
        changes = [name for name in POSTING if name in differing]
        if (standing.posting is None and not changes) or self._is_elsewhere(standing, differing):
            return None
        if standing.posting is None and "unit" not in differing:
            block.reject(index, "unit", "missing")
            return None
        since = block.values["arrived_on"][index] if "arrived_on" in block.values else None
        stand = None
        if standing.posting is not None and standing.posted_on is not None:
            known = stands.get("arrived_on") is not None
            stand = Standing(standing.posted_on, standing.posting_ends, known, standing.on_duty_from or "")
        goes_on = any(name in differing for name in ("duty", "post_rank", "post_skill"))
        return step_for(stand, changed=bool(changes), moved=False, since=since, on=self.on.isoformat(), goes_on=goes_on)

    def _rank_step(self, block: Block, index: int, standing: OnRecord, differing: dict[str, Any]) -> Step | None:
        changes = [name for name in RANK if name in differing]
        if not changes:
            return None
        if standing.holding is None and "rank" not in differing:
            block.reject(index, "rank", "missing")
            return None
        since = block.values["rank_on"][index] if "rank_on" in block.values else None
        stand = Standing(standing.held_on, standing.holding_ends) if standing.held_on else None
        step = step_for(stand, changed=True, moved="rank" in differing, since=since, on=self.on.isoformat())
        return step

    def _change(
        self, standing: OnRecord, differing: dict[str, Any], stands: dict[str, Any], posting: Step | None,
        rank: Step | None,
    ) -> tuple[dict[str, Any], dict[str, Any]]:  # fmt: skip
        after, before = dict(differing), {name: stands.get(name) for name in differing if name in stands}
        for name in differing:
            if name in standing.stored:
                before[name] = standing.stored[name]
        if posting:
            after |= {"posting_step": posting.kind, "posting_from": posting.starts_on, "posting_known": posting.known}
            before |= {"posting": standing.posting, "posted_on": standing.posted_on,
                       "posting_known": stands.get("arrived_on") is not None}  # fmt: skip
            if posting.kind != "amend":
                defaults = {"unit": None, "duty": self.tables.duties.keys["general"], "post_skill": None,
                            "post_rank": differing.get("rank", stands.get("rank"))}  # fmt: skip
                for name, default in defaults.items():
                    after.setdefault(name, stands.get(name) or default)
        if rank:
            after |= {"rank_step": rank.kind, "rank_from": rank.starts_on, "rank_known": rank.known}
            before |= {"holding": standing.holding, "held_on": standing.held_on,
                       "rank_known": stands.get("rank_on") is not None}  # fmt: skip
            after.setdefault("rank", stands.get("rank"))
        if any(name in PERSONAL or name == "revived" for name in differing):
            after["personal"] = True
        for name in self.added:
            if name in differing:
                after[name] = self.held.rows(differing[name])
        return after, before

    def _move_strength(self, differing: dict[str, Any], stands: dict[str, Any]) -> None:
        line = ("unit", "post_rank", "post_skill")
        if any(name in differing for name in line):
            self.strength.goes(*(stands.get(name) for name in line))
            self.strength.comes(*(differing.get(name, stands.get(name)) or None for name in line))

    # Checks ----------------------------------------------------------------------------------------------------------

    def _check_order(self, block: Block, index: int, values: dict[str, Any]) -> None:
        """Birth, enlistment, rank and arrival follow each other."""
        born, enlisted = values.get("born_on"), values.get("enlisted_on")
        if born and enlisted and int(enlisted[:4]) - int(born[:4]) < 16:
            block.reject(index, "enlisted_on", "too-young", born=born)
        if enlisted:
            for name in ("rank_on", "arrived_on"):
                if values.get(name) and values[name] < enlisted:
                    block.reject(index, name, "before-enlisted", enlisted=enlisted)

    def _check_area(self, block: Block, index: int, values: dict[str, Any]) -> None:
        if self.area is not None and "unit" in values and values["unit"] not in self.area:
            block.reject(index, "unit", "outside-area", unit=self.unit_codes[values["unit"]])

    def _reject_taken(self, block: Block, accepted: list[Staged]) -> None:
        """An identifier belongs to one officer: neither two rows nor two records may have it."""
        for name in INDEXED:
            rows = [staged for staged in accepted if name in staged.after]
            indexes = [self.indexes[name][staged.index] for staged in rows]
            on_others = record.holders(name, [each for each in indexes if each])
            for staged, index in zip(rows, indexes, strict=True):
                if not index:
                    continue
                if row := block.twins.get(name, {}).get(staged.index):
                    block.reject(staged.index, name, "twice", row=row, what=str(NAMES[name].label))
                elif on_others.get(index, staged.key) != staged.key:
                    block.reject(staged.index, name, "held-by-another")

    # Out -------------------------------------------------------------------------------------------------------------

    def _sealed(self, block: Block, accepted: list[Staged]) -> Iterator[Staged]:
        """The accepted rows, with what the record keeps encrypted encrypted: last, and only for rows that will write."""
        accepted = [staged for staged in accepted if staged.index not in block.problems]
        for name in SEALED:
            rows = [staged for staged in accepted if name in staged.after]
            if not rows:
                continue
            values = [block.values[name][staged.index] or "" for staged in rows]
            if name in INDEXED:
                for staged in rows:
                    staged.after[f"{name}_index"] = self.indexes[name][staged.index] or ""
            for staged, stored in zip(rows, encrypt_many(values), strict=True):
                staged.after[name] = stored
        yield from accepted

    def _staged(
        self, block: Block, index: int, outcome: str, standing: OnRecord | None, after: dict[str, Any] | None = None,
        before: dict[str, Any] | None = None,
    ) -> Staged:  # fmt: skip
        unit = block.values["unit"][index] if "unit" in block.values else None
        if unit is None and standing:
            unit = self._unit_of(standing)
        names = [
            (block.values[name][index] or "") if name in block.values else "" for name in ("other_names", "surname")
        ]
        if standing:
            names = [names[0] or standing.other_names, names[1] or standing.surname]
        key = block.values["service_number"][index] or ""
        return Staged(
            index, key, outcome, " ".join(names).strip(), self.unit_codes.get(unit, ""), standing.pk if standing else None,
            after or {}, before or {},
        )  # fmt: skip

    # The end ---------------------------------------------------------------------------------------------------------

    def finish(self) -> Iterator[Staged]:
        """Officers in service in this area who are not in the file: listed, never touched. Civilian members, if it has any."""
        if self.is_part:
            return
        members = ("officer", "civilian") if self.lists_civilians else ("officer",)
        for pk, number, other_names, surname, unit in record.all_in_service(self.on, members):
            if pk not in self.seen and (self.area is None or unit in self.area):
                place = self.unit_codes.get(unit, "")
                yield Staged(-1, number, Outcome.MISSING, f"{other_names} {surname}".strip(), place, pk)

    def summary(self) -> dict[str, Any]:
        """Posts that would have more holders than the establishment gives."""
        return {"over": self.strength.over(self.tables), "catalogues": self.tables.digest()}
