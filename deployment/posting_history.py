"""Posting history as a kind of import: where officers were before, one row a posting that has ended or still runs.

Only entries that fit between what stands on record are taken; nothing on record is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from deployment import lookups
from deployment.import_rights import ForAnArea, units_of
from deployment.models import Posting
from deployment.policies import TYPED_IN
from deployment.roll import record
from deployment.roll.columns import NAMES
from deployment.roll.later import history_reason
from deployment.roll.readers import Tables, service_number
from deployment.sentences import SENTENCES
from deployment.shown import Words
from hcims import bulk
from hcims.imports import sql
from hcims.imports.cells import Cell, name_of
from hcims.imports.columns import Column
from hcims.imports.dates import Span
from hcims.imports.kinds import LIST_OUTCOMES, Block, Staged, Stale
from hcims.imports.models import ImportBatch, Outcome
from hcims.references import new_references
from organisation.models import Unit

KEY = NAMES["service_number"]
COLUMNS = (
    KEY,
    Column("unit", _("Unit"), _("Code or full name of the unit."), NAMES["unit"].aliases, "PS-BAMBA", required=True,
           clearable=False, choices="units"),
    Column("starts_on", _("From"), _("Day of arrival. Leave blank if unknown: it is then listed so."),
           ("date from", "from date", "start date", "arrived", "date of arrival", "posted from", "kuanzia"), "2015-03-02",
           dated=True, clearable=False),
    Column("ends_on", _("To"), _("Day of leaving; the first day on which the officer was no longer there."),
           ("date to", "to date", "end date", "left", "date of departure", "posted to", "until", "hadi"), "2018-07-01",
           dated=True, required=True, clearable=False),
    Column("duty", _("Duty"), _("Blank: general duty."), NAMES["duty"].aliases, "general", clearable=False,
           choices="duties"),
    Column("post_rank", _("Rank of the post"), _("Rank of the post held then. Blank: the officer's present rank."),
           (*NAMES["post_rank"].aliases, "rank"), "PC", clearable=False, choices="ranks"),
    Column("order_reference", _("Order"), _("Number of the posting order, if known."),
           ("order no", "order number", "order reference", "signal", "authority"), "SIG/12/2015", clearable=False),
)  # fmt: skip


class HistoryReading:
    """One reading of a list of past postings; an officer may have many rows."""

    def __init__(self, batch: ImportBatch, mapping: dict[str, int]) -> None:
        self.on = batch.on
        self.tables = Tables(batch.on)
        self.area = units_of(batch, batch.on)
        self.units = lookups.Names()
        for pk, code, name in Unit.objects.values_list("pk", "code", "name"):  # units that have closed count too
            self.units.add(pk, code, [name])
        for pk, code in Unit.objects.values_list("pk", "code"):
            self.units.fix(pk, code)
        self.taken: dict[int, list[tuple[str, str, int]]] = {}  # officer to periods that this file adds

    def readers(self) -> dict[str, Callable[[Cell], Any]]:
        found = self.tables.readers()
        return {"service_number": service_number, "unit": self.units.find, "duty": found["duty"],
                "post_rank": found["post_rank"], "order_reference": lambda cell: name_of(cell, 80)}  # fmt: skip

    def spans(self) -> dict[str, Span]:
        served = self.tables.spans()["arrived_on"]
        return {"starts_on": served, "ends_on": served}

    def stage(self, block: Block) -> Iterator[Staged]:
        numbers = block.values["service_number"]
        known = record.on_record(["rank", "unit", "enlisted_on"], [each for each in numbers if each], self.on)
        periods = _periods([each.pk for each in known.values()])
        references = iter(new_references(len(numbers)))
        for index, number in enumerate(numbers):
            standing = known.get(number)
            place = self.units.codes.get(block.values["unit"][index], "")
            label = f"{standing.other_names} {standing.surname}" if standing else ""
            after = self._check(block, index, standing, periods)
            if index in block.problems:
                yield Staged(index, number or "", Outcome.REJECTED, label, place, standing.pk if standing else None)
            elif after is None:
                yield Staged(index, number, Outcome.UNCHANGED, label, place, standing.pk if standing else None)
            else:
                after["posting_ref"] = next(references)
                yield Staged(index, number, Outcome.NEW, label, place, standing.pk if standing else None, after)

    def _check(
        self, block: Block, index: int, standing: record.OnRecord | None, periods: dict[int, list[tuple[str, str, int]]]
    ) -> dict[str, Any] | None:
        """What to enter; None when it stands on record already. Problems go to the block."""
        if index in block.problems:
            return None
        given = {name: column[index] for name, column in block.values.items()}
        if standing is None or (self.area is not None and standing.values[1] not in self.area):
            block.reject(index, "service_number", "no-officer")
            return None
        for name in [name for name in ("unit", "ends_on") if given.get(name) is None]:
            block.reject(index, name, "missing")
        return None if index in block.problems else self._fit(block, index, standing, given, periods)

    def _fit(
        self, block: Block, index: int, standing: record.OnRecord, given: dict[str, Any],
        periods: dict[int, list[tuple[str, str, int]]],
    ) -> dict[str, Any] | None:  # fmt: skip
        """The posting, between those that stand on record and those that this file adds."""
        stands = periods.get(standing.pk, [])
        added = self.taken.setdefault(standing.pk, [])
        starts, ends = given.get("starts_on"), given["ends_on"]
        same = [each for each in (*stands, *added) if each[2] == given["unit"] and each[1] == ends]
        if any(starts in (None, each[0]) for each in same):
            return None
        begins = starts or self._bound(stands + added, ends, standing)
        enlisted = standing.values[2] or ""
        if begins is None:
            block.reject(index, "starts_on", "no-start")
        elif starts and starts < enlisted:
            block.reject(index, "starts_on", "before-enlisted", enlisted=enlisted)
        elif not starts and ends <= enlisted:
            block.reject(index, "ends_on", "before-enlisted", enlisted=enlisted)
        elif begins >= ends:
            block.reject(index, "ends_on", "ends-before-start")
        elif clash := next(
            (each for each in (*stands, *added) if each[0] < ends and begins < (each[1] or "9999")), None
        ):
            block.reject(index, "starts_on", "same-on-record", day=clash[0])
        if index in block.problems or begins is None:
            return None
        added.append((begins, ends, given["unit"]))
        return {"unit": given["unit"], "duty": given.get("duty") or self.tables.duties.keys["general"],
                "post_rank": given.get("post_rank") or standing.values[0], "starts_on": begins, "ends_on": ends,
                "known": starts is not None, "order_reference": given.get("order_reference") or ""}  # fmt: skip

    @staticmethod
    def _bound(periods: list[tuple[str, str, int]], ends: str, standing: record.OnRecord) -> str | None:
        """The day from which an officer may have been there at the earliest, where the list does not say."""
        earlier = [each[1] for each in periods if each[1] and each[1] <= ends]
        return max(earlier, default=standing.values[2])

    def finish(self) -> Iterator[Staged]:
        return iter(())

    def summary(self) -> dict[str, Any]:
        return {}


def _periods(officers: list[int]) -> dict[int, list[tuple[str, str, int]]]:
    """Officer to the periods of substantive postings on record, as ISO text."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    if officers:
        condition, keys = sql.any_of("officer_id", officers)
        for officer, starts, ends, unit in sql.rows(
            f"SELECT officer_id, CAST(starts_on AS text), CAST(ends_on AS text), unit_id {record.LIVE_POSTINGS} "
            f"AND {condition}",
            keys,
        ):
            found.setdefault(officer, []).append((starts, ends, unit))
    return found


class PostingHistory(ForAnArea):
    """Past postings of officers who are on record."""

    code = "posting-history"
    title = _("Posting history")
    explain = _(
        "Where officers were before: one row for each posting that has ended. Nothing on record is changed by it."
    )
    columns = COLUMNS
    key = "service_number"
    key_repeats = True
    outcomes = tuple(each for each in LIST_OUTCOMES if each[0] not in ("changed", "missing"))
    writes = ("new",)
    sentences = SENTENCES

    def begin(self, batch: ImportBatch, mapping: dict[str, int]) -> HistoryReading:
        """This function will load the catalogues for one reading."""
        return HistoryReading(batch, mapping)

    def apply(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will enter the postings. Errors: Stale when one overlaps what was entered since."""
        rows: list[Any] = list(batch.rows.filter(outcome=Outcome.NEW).values_list("target", "after"))
        periods = _periods(sorted({target for target, _after in rows}))
        clashes = sum(
            1 for target, after in rows
            if any(each[0] < after["ends_on"] and after["starts_on"] < (each[1] or "9999") for each in periods.get(target, []))
        )  # fmt: skip
        if clashes:
            raise Stale(clashes)
        source = _source(batch)
        columns = ("ref", "officer_id", "kind", "unit_id", "duty_id", "post_rank_id", "starts_on", "ends_on", "start_known",
                   "order_reference", "overstrength_authority", "source", "void_reason")  # fmt: skip
        bulk.insert(Posting, columns, [
            (after["posting_ref"], target, "substantive", after["unit"], after["duty"], after["post_rank"],
             date.fromisoformat(after["starts_on"]), date.fromisoformat(after["ends_on"]), after["known"],
             after["order_reference"], "", source, "")
            for target, after in rows
        ])  # fmt: skip
        step(len(rows))
        reason = history_reason(batch.on, batch.ref)
        sql.keep_history(Posting, "source = %s", [source], kind="+", by=by, at=at, reason=reason)
        return {"new": len(rows)}

    def stage_undo(self, original: ImportBatch, *, on: date) -> Iterator[Staged]:
        """Postings that stand as they were entered are voided; others are left."""
        live = {
            row[0]: row[1:]
            for row in Posting.objects.filter(source=_source(original), voided_at=None).values_list(
                "ref", "pk", "unit_id", "starts_on", "ends_on"
            )
        }
        for row in original.rows.filter(outcome=Outcome.NEW).order_by("pk").iterator(chunk_size=2000):
            after = row.after
            now = live.get(after["posting_ref"])
            wrote = (after["unit"], after["starts_on"], after["ends_on"])
            same = now is not None and (now[1], now[2].isoformat(), now[3].isoformat() if now[3] else None) == wrote
            yield Staged(row.row, row.key, Outcome.VOID if same else Outcome.TOUCHED, row.label, row.place, row.target,
                         {"posting_ref": after["posting_ref"]} if same else {})  # fmt: skip

    def undo(self, batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
        """This function will void what was entered. Errors: Stale."""
        original = batch.undoes
        assert original is not None  # noqa: S101
        wanted = {row.after["posting_ref"] for row in batch.rows.filter(outcome=Outcome.VOID)}
        still = {each.after["posting_ref"] for each in self.stage_undo(original, on=batch.on) if each.after}
        if wanted != still:
            raise Stale(len(wanted ^ still))
        why = f"Import {original.ref} was undone"
        count = Posting.objects.filter(source=_source(original), voided_at=None, ref__in=wanted).update(
            voided_at=at, void_reason=why
        )
        sql.keep_history(Posting, "source = %s AND void_reason = %s", [_source(original), why], kind="~", by=by, at=at,
                         reason=history_reason(batch.on, batch.ref))  # fmt: skip
        return {"void": count}

    def words(self) -> Words:
        """Staged values in words."""
        return Words(COLUMNS, ())

    def choices(self, on: date) -> dict[str, list[tuple[str, str]]]:
        """The lists of the template's drop-downs."""
        from deployment.roll.kind import ROLL

        return {name: pairs for name, pairs in ROLL.choices(on).items() if name in ("units", "duties", "ranks")}


def _source(batch: ImportBatch) -> str:
    return f"{TYPED_IN}, import {batch.ref}"


HISTORY = PostingHistory()
