"""Writes the accepted rows of a roll, inside the database: `INSERT … SELECT` and `UPDATE … FROM` the stage.

The stage's JSON is laid out once as a temporary table with typed columns; every statement below reads that. History rows
are copied from the tables themselves, so that they say what saving each record would have said.
"""
# ruff: noqa: S608 - tables and columns are names of this code; values are always parameters

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from deployment.actions import discrepancies
from deployment.models import Posting
from deployment.roll import record
from deployment.roll.columns import DAYS, INDEXED, PERSONAL, POSTING, RANK
from deployment.roll.later import history_reason
from hcims.imports import sql
from hcims.imports.kinds import Stale
from hcims.imports.models import ImportBatch, StagedRow
from hcims.imports.staging import READING
from personnel.models import Officer, QualificationHeld, RankHolding, SkillHeld

TEXTS = tuple(name for name in PERSONAL if name not in (*DAYS, "home_county"))
KEYS = ("home_county", "rank", "unit", "duty", "post_rank", "post_skill")
PLAN = ("posting_step", "rank_step", "officer_ref", "posting_ref", "personal", "revived", "member")
STAGE = "roll_stage"
BLOCK = 4000


def lay_out(batch: ImportBatch, outcomes: tuple[str, ...], column: str = "after") -> None:
    """This function will make the temporary table from a column of the stage. Values absent are NULL, cleared are ''."""
    after = f's."{column}"'
    text = {name: sql.text(after, name) for name in (*TEXTS, *(f"{name}_index" for name in INDEXED), *PLAN)}
    # An emptied day or key must be told from one that the row does not speak of.
    emptied = {
        f"{name}_given": f"({sql.text(after, name)} IS NOT NULL)" for name in (*DAYS, "home_county", "post_skill")
    }
    days = {name: sql.as_day(sql.text(after, name)) for name in (*DAYS, "posting_from", "rank_from", "arrived_on")}
    keys = {name: sql.as_number(sql.text(after, name)) for name in KEYS}
    flags = {name: sql.as_flag(sql.text(after, name)) for name in ("posting_known", "rank_known")}
    old = {name: sql.as_number(sql.text('s."before"', name)) for name in ("posting", "holding")}
    columns = ", ".join(
        f'{expression} AS "{name}"'
        for part in (text, emptied, days, keys, flags, old)
        for name, expression in part.items()
    )
    marks = ", ".join(["%s"] * len(outcomes))
    sql.run(f"DROP TABLE IF EXISTS {STAGE}")
    sql.run(
        f"CREATE TEMPORARY TABLE {STAGE} AS SELECT s.id AS stage_id, s.key, s.outcome, s.target, {columns} "
        f"FROM imports_stagedrow s WHERE s.batch_id = %s AND s.outcome IN ({marks}) ORDER BY s.id",
        [batch.pk, *outcomes],
    )
    sql.run(f"CREATE INDEX {STAGE}_target ON {STAGE} (target)")
    sql.run(f"CREATE INDEX {STAGE}_key ON {STAGE} (key)")
    if sql.is_postgresql():
        sql.run(f"ANALYZE {STAGE}")


def apply(batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
    """This function will write new and changed officers with posting, rank, languages and education. Errors: Stale."""
    lay_out(batch, ("new", "changed", "elsewhere"))
    check_fresh(batch, ("changed", "elsewhere"), step)
    write = _Writing(batch, by=by, at=at)
    done = {"new": write.new_officers()}
    done["changed"] = write.changed_officers()
    if elsewhere := discrepancies.open_from_roll(batch, by=by, at=at):
        done["changed"], done["elsewhere"] = done["changed"] - elsewhere, elsewhere
    works = (write.postings, write.ranks, write.additions, write.pointers)
    for number, work in enumerate(works, 1):  # the officers themselves were the first of five parts
        step(sum(done.values()) * number // (len(works) + 1))
        work()
    sql.run(f"DROP TABLE {STAGE}")
    sql.look_again_at(Officer, Posting, RankHolding, SkillHeld, QualificationHeld, rows=sum(done.values()))
    return done


def check_fresh(batch: ImportBatch, outcomes: tuple[str, ...], step: Callable[..., None]) -> None:
    """Errors: Stale when an officer was entered, or a field to be changed was changed, since the preview."""
    entered = sql.rows(
        f"SELECT COUNT(*) FROM {STAGE} s JOIN personnel_officer o ON o.service_number = s.key WHERE s.outcome = 'new'"
    )[0][0]
    if entered:
        raise Stale(entered)
    rows = batch.rows.filter(outcome__in=outcomes).order_by("target").values_list("key", "target", "before")
    touched = checked = 0
    block: list[tuple[str, int, dict[str, Any]]] = []
    for row in rows.iterator(chunk_size=BLOCK):
        block.append(row)  # type: ignore[arg-type]
        if len(block) == BLOCK:
            touched += sum(touched_since(block, batch))
            checked += len(block)
            block = []
            step(checked, 0, READING)
    touched += sum(touched_since(block, batch))
    if touched:
        raise Stale(touched)


def touched_since(block: list[tuple[str, int, dict[str, Any]]], batch: ImportBatch) -> list[bool]:
    """Whether the record says something else now than `before` says it did, for each (key, target, before)."""
    if not block:
        return []
    if sql.is_postgresql():
        condition, keys = sql.any_of("id", [target for _key, target, _before in block])
        sql.rows(f"SELECT id FROM personnel_officer WHERE {condition} ORDER BY id FOR UPDATE", keys)
    names = [*PERSONAL, *RANK, *POSTING]
    now = record.on_record(names, [key for key, _target, _before in block], batch.on, opened=False)
    return [_differs(now.get(key), names, before) for key, _target, before in block]


def _differs(now: record.OnRecord | None, names: list[str], before: dict[str, Any]) -> bool:
    if now is None:
        return True
    stands = {**dict(zip(names, now.values, strict=True)), **now.stored}
    same = all(_plain(stands[name]) == _plain(value) for name, value in before.items() if name in stands)
    if "posting" in before and before["posting"] != now.posting:
        return True
    return not same or ("holding" in before and before["holding"] != now.holding)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def arrival_mended(table: str) -> str:
    """What another day of arrival changes in a posting: where it goes on with another duty, the day of that stays."""
    tenure = f"{table}.tenure_since < COALESCE({table}.arrived_on, {table}.starts_on) AND {table}.tenure_since < s.posting_from"
    return (
        f"starts_on = CASE WHEN {table}.arrived_on IS NULL THEN s.posting_from ELSE {table}.starts_on END, "
        f"arrived_on = CASE WHEN {table}.arrived_on IS NULL THEN NULL ELSE s.posting_from END, "
        f"tenure_since = CASE WHEN {table}.tenure_since IS NULL OR ({tenure}) THEN {table}.tenure_since "
        "ELSE s.posting_from END"
    )


class _Writing:
    """The statements, in the order in which they can be run."""

    def __init__(self, batch: ImportBatch, *, by: Any, at: datetime) -> None:
        self.batch, self.by, self.at = batch, by, at
        self.reason = history_reason(batch.on, batch.ref)
        self.source = f"Nominal roll of {batch.on.isoformat()}, import {batch.ref}"

    def _history(self, model: Any, where: str, kind: str) -> None:
        sql.keep_history(model, where, [], kind=kind, by=self.by, at=self.at, reason=self.reason)

    def new_officers(self) -> int:
        """Officers who were not on record, with the keys they got written back to the stage."""
        own = {name: f"COALESCE(s.{name}, '')" for name in TEXTS}
        own |= {f"{name}_index": f"NULLIF(s.{name}_index, '')" for name in INDEXED}
        own |= {name: f"s.{name}" for name in DAYS}
        own |= {"home_county_id": "s.home_county", "rank_id": "s.rank", "unit_id": "s.unit", "service_number": "s.key"}
        own |= {
            "ref": "s.officer_ref",
            "member": "COALESCE(s.member, 'officer')",
            "photo": "''",
            "exit_reason": "''",
            "exit_authority": "''",
        }
        count = sql.run(
            f"INSERT INTO personnel_officer ({', '.join(own)}) SELECT {', '.join(own.values())} "
            f"FROM {STAGE} s WHERE s.outcome = 'new' ORDER BY s.stage_id"
        )
        sql.run(
            f"UPDATE {STAGE} SET target = (SELECT o.id FROM personnel_officer o WHERE o.service_number = {STAGE}.key) "
            "WHERE outcome = 'new'"
        )
        sql.run(
            f"UPDATE {StagedRow._meta.db_table} SET target = s.target FROM {STAGE} s "
            f"WHERE s.outcome = 'new' AND s.stage_id = {StagedRow._meta.db_table}.id"
        )
        self._history(Officer, f"id IN (SELECT target FROM {STAGE} WHERE outcome = 'new')", "+")
        return count

    def changed_officers(self) -> int:
        """Fields of officers on record; a column that the row does not speak of stays as it is."""
        own = {name: f"COALESCE(s.{name}, personnel_officer.{name})" for name in TEXTS}
        own |= {
            f"{name}_index": f"CASE WHEN s.{name} IS NULL THEN personnel_officer.{name}_index "
            f"ELSE NULLIF(s.{name}_index, '') END"
            for name in INDEXED
        }
        own |= {name: f"CASE WHEN s.{name}_given THEN s.{name} ELSE personnel_officer.{name} END" for name in DAYS}
        own["home_county_id"] = (
            "CASE WHEN s.home_county_given THEN s.home_county ELSE personnel_officer.home_county_id END"
        )
        own["exited_on"] = "CASE WHEN s.revived IS NULL THEN personnel_officer.exited_on END"
        own["exit_reason"] = "CASE WHEN s.revived IS NULL THEN personnel_officer.exit_reason ELSE '' END"
        sql.run(
            f"UPDATE personnel_officer SET {', '.join(f'{name} = {value}' for name, value in own.items())} "
            f"FROM {STAGE} s WHERE s.outcome <> 'new' AND s.personal IS NOT NULL AND s.target = personnel_officer.id"
        )
        self._history(
            Officer, f"id IN (SELECT target FROM {STAGE} WHERE outcome <> 'new' AND personal IS NOT NULL)", "~"
        )
        return int(sql.rows(f"SELECT COUNT(*) FROM {STAGE} WHERE outcome <> 'new'")[0][0])

    def postings(self) -> None:
        """Ends the posting that a move leaves, mends the one that stays, begins the new one."""
        table = Posting._meta.db_table
        sql.run(
            f"UPDATE {table} SET ends_on = s.posting_from FROM {STAGE} s "
            f"WHERE s.posting_step IN ('move', 'go-on') AND s.posting = {table}.id"
        )
        sql.run(
            f"UPDATE {table} SET unit_id = COALESCE(s.unit, {table}.unit_id), "
            f"duty_id = COALESCE(s.duty, {table}.duty_id), post_rank_id = COALESCE(s.post_rank, {table}.post_rank_id), "
            f"post_skill_id = CASE WHEN s.post_skill_given THEN s.post_skill ELSE {table}.post_skill_id END, "
            f"{arrival_mended(table)}, start_known = s.posting_known FROM {STAGE} s "
            f"WHERE s.posting_step = 'amend' AND s.posting = {table}.id"
        )
        self._history(
            Posting, f"id IN (SELECT posting FROM {STAGE} WHERE posting_step IN ('move', 'go-on', 'amend'))", "~"
        )
        sql.run(
            f"INSERT INTO {table} (ref, officer_id, kind, unit_id, duty_id, post_rank_id, post_skill_id, starts_on, "
            "start_known, order_reference, overstrength_authority, source, void_reason) "
            "SELECT s.posting_ref, s.target, 'substantive', s.unit, s.duty, s.post_rank, s.post_skill, s.posting_from, "
            f"s.posting_known, '', '', %s, '' FROM {STAGE} s WHERE s.posting_step IN ('enter', 'move') ORDER BY s.stage_id",
            [self.source],
        )
        self._go_on(table)
        begun = f"SELECT posting_ref FROM {STAGE} WHERE posting_step IN ('enter', 'move', 'go-on')"
        self._history(Posting, f"ref IN ({begun})", "+")

    def _go_on(self, table: str) -> None:
        """The same stay with another duty or post, as change_duty does of one; what was before keeps its own days."""
        arrived = "COALESCE(s.arrived_on, p.arrived_on, p.starts_on)"
        carried = f"p.tenure_since < COALESCE(p.arrived_on, p.starts_on) AND p.tenure_since < {arrived}"
        sql.run(
            f"INSERT INTO {table} (ref, officer_id, kind, unit_id, duty_id, post_rank_id, post_skill_id, starts_on, "
            "arrived_on, tenure_since, start_known, order_reference, overstrength_authority, source, void_reason) "
            "SELECT s.posting_ref, s.target, 'substantive', s.unit, s.duty, s.post_rank, s.post_skill, s.posting_from, "
            f"{arrived}, CASE WHEN {carried} THEN p.tenure_since ELSE {arrived} END, "
            f"s.posting_known, p.order_reference, p.overstrength_authority, %s, '' FROM {STAGE} s "
            f"JOIN {table} p ON p.id = s.posting WHERE s.posting_step = 'go-on' ORDER BY s.stage_id",
            [self.source],
        )

    def ranks(self) -> None:
        """The same for rank holdings."""
        table = RankHolding._meta.db_table
        sql.run(
            f"UPDATE {table} SET ends_on = s.rank_from FROM {STAGE} s "
            f"WHERE s.rank_step = 'move' AND s.holding = {table}.id"
        )
        sql.run(
            f"UPDATE {table} SET rank_id = COALESCE(s.rank, {table}.rank_id), starts_on = s.rank_from, "
            f"start_known = s.rank_known FROM {STAGE} s WHERE s.rank_step = 'amend' AND s.holding = {table}.id"
        )
        self._history(RankHolding, f"id IN (SELECT holding FROM {STAGE} WHERE rank_step IN ('move', 'amend'))", "~")
        sql.run(
            f"INSERT INTO {table} (officer_id, rank_id, starts_on, start_known, authority, void_reason) "
            f"SELECT s.target, s.rank, s.rank_from, s.rank_known, %s, '' FROM {STAGE} s "
            "WHERE s.rank_step IN ('enter', 'move') ORDER BY s.stage_id",
            [self.source],
        )
        self._history(
            RankHolding,
            f"officer_id IN (SELECT target FROM {STAGE} WHERE rank_step IN ('enter', 'move')) AND ends_on IS NULL "
            "AND voided_at IS NULL",
            "+",
        )

    def additions(self) -> None:
        """Languages and education, unverified until somebody checks them."""
        for model, key, column in (
            (SkillHeld, "languages", "skill_id"),
            (QualificationHeld, "education", "qualification_id"),
        ):
            table = model._meta.db_table
            pairs, first, second = sql.elements('r."after"', key)
            extra = {"level": "1"} if model is SkillHeld else {"subject": "''", "institution": "''"}
            sql.run(
                f"INSERT INTO {table} (ref, officer_id, {column}, state, evidence, source, check_note, "
                f"{', '.join(extra)}) SELECT {second}, s.target, CAST({first} AS bigint), 'unverified', '', %s, '', "
                f"{', '.join(extra.values())} FROM {STAGE} s JOIN imports_stagedrow r ON r.id = s.stage_id "
                f"CROSS JOIN {'LATERAL ' if sql.is_postgresql() else ''}{pairs}",
                [self.source],
            )
            sql.keep_history(model, "source = %s", [self.source], kind="+", by=self.by, at=self.at, reason=self.reason)

    def pointers(self) -> None:
        """The derived unit and rank of officers whose posting or rank moved."""
        for column, given in (("unit", "posting_step"), ("rank", "rank_step")):
            sql.run(
                f"UPDATE personnel_officer SET {column}_id = COALESCE(s.{column}, personnel_officer.{column}_id) "
                f"FROM {STAGE} s WHERE s.outcome <> 'new' AND s.{given} IS NOT NULL AND s.target = personnel_officer.id"
            )
