"""Undoing a roll that was applied: looked at first, and only where nobody has touched what it wrote.

A changed officer is put back. A new officer is removed with all that the roll entered; one to whom other records point
already is marked as entered in error. Whoever was edited since is listed and left as he or she is.
"""
# ruff: noqa: S608 - tables and columns are names of this code; values are always parameters

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts import actions as accounts
from deployment.actions import discrepancies
from deployment.leaving import end_what_is_under_way
from deployment.models import Posting
from deployment.roll import record
from deployment.roll.apply import BLOCK, STAGE, _plain, _Writing, arrival_mended, lay_out
from deployment.roll.columns import ADDED, INDEXED, PERSONAL, POSTING, RANK
from deployment.roll.later import history_reason
from hcims.encryption import blind_index, decrypt
from hcims.imports import sql
from hcims.imports.kinds import Staged, Stale
from hcims.imports.models import ImportBatch, Outcome, StagedRow
from personnel.models import Officer, QualificationHeld, RankHolding, SkillHeld

NAMES = [*PERSONAL, *RANK, *POSTING]
BACK, LEAVE, AMEND = "back", "leave", "amend"


def source_of(batch: ImportBatch) -> str:
    """The words by which what an import entered is known."""
    return f"Nominal roll of {batch.on.isoformat()}, import {batch.ref}"


def stage(original: ImportBatch) -> Iterator[Staged]:
    """What undoing would do to each row that the import wrote."""
    rows = original.rows.filter(outcome__in=("new", "changed", "elsewhere")).order_by("pk")
    block: list[StagedRow] = []
    for row in rows.iterator(chunk_size=BLOCK):
        block.append(row)
        if len(block) == BLOCK:
            yield from _stage_block(original, block)
            block = []
    yield from _stage_block(original, block)


def _stage_block(original: ImportBatch, rows: list[StagedRow]) -> Iterator[Staged]:
    if not rows:
        return
    now = record.on_record(NAMES, [row.key for row in rows], original.on, opened=False)
    own = _Own(original, rows)
    for row in rows:
        standing = now.get(row.key)
        outcome = _outcome(row, standing, own)
        after, before = _way_back(row) if outcome == Outcome.RESTORE else ({}, {})
        yield Staged(row.row, row.key, outcome, row.label, row.place, row.target, after, before)


class _Own:
    """What the import itself entered for a block of officers, and who is referred to by anything else."""

    def __init__(self, original: ImportBatch, rows: list[StagedRow]) -> None:
        officers = [row.target for row in rows if row.target]
        source = source_of(original)
        there, keys = sql.any_of("officer_id", officers)
        self.postings = dict(
            sql.rows(f"SELECT ref, id FROM deployment_posting WHERE source = %s AND {there}", [source, *keys])
        )
        self.holdings = {
            row[0] for row in sql.rows(f"SELECT id FROM personnel_rankholding WHERE authority = %s AND {there}", [source, *keys])
        }  # fmt: skip
        self.referred = _referred(officers, source, list(self.postings.values()))


def _referred(officers: list[int], source: str, postings: list[int]) -> set[int]:
    """Officers to whom a row points that this import did not enter, in whatever module. Found by the models' relations."""
    entered = {Posting: "source", RankHolding: "authority", SkillHeld: "source", QualificationHeld: "source"}
    found: set[int] = set(Officer.objects.filter(pk__in=officers, user__isnull=False).values_list("pk", flat=True))
    for relation in Officer._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        others = model._default_manager.filter(**{f"{name}__in": officers})
        if model in entered:
            others = others.exclude(**{entered[model]: source})
        found |= set(others.values_list(name, flat=True))
    for relation in Posting._meta.related_objects:
        model = relation.related_model
        name = relation.field.name
        found |= set(
            model._default_manager.filter(**{f"{name}__in": postings}).values_list(f"{name}__officer", flat=True)
        )
    return found


def _outcome(row: StagedRow, standing: record.OnRecord | None, own: _Own) -> str:
    if standing is None:
        return Outcome.TOUCHED
    if row.outcome == Outcome.NEW and standing.pk in own.referred:
        return Outcome.VOID
    if _touched(row, standing, own):
        return Outcome.TOUCHED
    if row.outcome == Outcome.NEW:
        return Outcome.REMOVE
    return Outcome.VOID if row.after.get("revived") else Outcome.RESTORE


def _touched(row: StagedRow, standing: record.OnRecord, own: _Own) -> bool:
    """Whether anything that the import wrote stands otherwise now."""
    stands = {**dict(zip(NAMES, standing.values, strict=True)), **standing.stored}
    names = PERSONAL if row.outcome == Outcome.NEW else [name for name in row.before if name in stands]
    if row.outcome == Outcome.ELSEWHERE:  # what it said of the posting was not written
        names = [name for name in names if name not in POSTING]
    if any(
        _plain(stands[name]) != _plain(row.after.get(name)) for name in names if name not in ("arrived_on", "rank_on")
    ):
        return True
    posting, rank = row.after.get("posting_step"), row.after.get("rank_step")
    if posting:
        wrote = row.before.get("posting") if posting == AMEND else own.postings.get(row.after["posting_ref"])
        begins = standing.on_duty_from if posting == "go-on" else standing.posted_on
        if standing.posting != wrote or standing.posting_ends or begins != row.after["posting_from"]:
            return True
    if rank:
        wrote = {row.before.get("holding")} if rank == AMEND else own.holdings
        if standing.holding not in wrote or standing.holding_ends or standing.held_on != row.after["rank_from"]:
            return True
    return standing.exit_reason != ""


def _way_back(row: StagedRow) -> tuple[dict[str, Any], dict[str, Any]]:
    """What to write to put a changed officer back, and what stands there now."""
    was, wrote = row.before, row.after
    names = [name for name in was if name in NAMES]
    if row.outcome == Outcome.ELSEWHERE:
        names = [name for name in names if name not in POSTING]
    after = {name: "" if was[name] is None else was[name] for name in names}
    for name in INDEXED:
        if name in after:
            after[f"{name}_index"] = blind_index(decrypt(after[name])) or ""
    if any(name in PERSONAL for name in names):
        after["personal"] = True
    if step := wrote.get("posting_step"):
        way = {"amend": AMEND, "move": BACK, "go-on": BACK}.get(step, LEAVE)
        after |= {"posting_step": way, "posting_ref": wrote["posting_ref"], "posting_from": was["posted_on"] or "",
                  "posting_known": was["posting_known"]}  # fmt: skip
    if step := wrote.get("rank_step"):
        after |= {"rank_step": {"amend": AMEND, "move": BACK}.get(step, LEAVE), "rank_from": was["held_on"] or "",
                  "rank_known": was["rank_known"]}  # fmt: skip
    if any(name in wrote for name in ADDED):
        after["added"] = True
    before = {name: wrote[name] for name in names if name in wrote}
    before |= {"posting": was.get("posting"), "holding": was.get("holding")}
    return after, before


def undo(batch: ImportBatch, *, by: Any, at: datetime, step: Callable[..., None]) -> dict[str, Any]:
    """This function will write the undoing that was looked at. Errors: Stale when anything was touched since."""
    original = batch.undoes
    assert original is not None  # noqa: S101  (asked by the caller)
    _check_still_so(batch, original)
    lay_out(batch, (Outcome.RESTORE, Outcome.REMOVE, Outcome.VOID))
    discrepancies.take_back(original, by=by, at=at)
    work = _Undoing(batch, original, by=by, at=at)
    work.end_what_is_under_way()  # first, as with every other way of leaving
    work.end_postings_and_ranks()
    done = {"restore": work.changed_officers_back()}
    step(done["restore"])
    done["void"] = work.void()
    done["remove"] = work.remove()
    sql.run(f"DROP TABLE {STAGE}")
    step(sum(done.values()))
    return done


def _check_still_so(batch: ImportBatch, original: ImportBatch) -> None:
    """The same judgement again, under the locks of this transaction."""
    if sql.is_postgresql():
        sql.rows(
            "SELECT id FROM personnel_officer WHERE id IN (SELECT target FROM imports_stagedrow WHERE batch_id = %s) "
            "ORDER BY id FOR UPDATE",
            [batch.pk],
        )
    then = dict(batch.rows.values_list("key", "outcome"))
    changed = sum(1 for staged in stage(original) if then.get(staged.key) != staged.outcome)
    if changed:
        raise Stale(changed)


class _Undoing(_Writing):
    """The statements of an undoing."""

    def __init__(self, batch: ImportBatch, original: ImportBatch, *, by: Any, at: datetime) -> None:
        super().__init__(batch, by=by, at=at)
        self.wrote = source_of(original)
        self.reason = history_reason(batch.on, batch.ref)
        self.why = f"Import {original.ref} was undone"

    def end_what_is_under_way(self) -> None:
        """Requests, orders and commands of officers who turn out to have been entered in error."""
        on = timezone.localdate(self.at)
        marked = self.batch.rows.filter(outcome=Outcome.VOID).values_list("target", flat=True)
        for officer in Officer.objects.filter(pk__in=marked).select_related("user").order_by("pk").iterator(BLOCK):
            end_what_is_under_way(officer=officer, paper=self.why, by=self.by, on=on, at=self.at)
            if officer.user is not None:
                accounts.end_appointments_by_virtue(user=officer.user, on=on, by=self.by, at=self.at, reason=self.why)

    def end_postings_and_ranks(self) -> None:
        """Voids what the import began, opens again what it ended, mends back what it mended."""
        now = sql.moment(self.at)
        for model, step, standing, mark in (
            (Posting, "posting_step", "posting", "source"),
            (RankHolding, "rank_step", "holding", "authority"),
        ):
            table = model._meta.db_table
            began = (
                f"{mark} = %s AND voided_at IS NULL AND officer_id IN "
                f"(SELECT target FROM {STAGE} WHERE outcome = 'void' OR {step} IN ('{BACK}', '{LEAVE}'))"
            )
            sql.run(f"UPDATE {table} SET voided_at = %s, void_reason = %s WHERE {began}", [now, self.why, self.wrote])
            ended = f"id IN (SELECT {standing} FROM {STAGE} WHERE {step} = '{BACK}')"
            sql.run(f"UPDATE {table} SET ends_on = NULL WHERE {ended}")
            sql.keep_history(model, f"{mark} = %s AND void_reason = %s", [self.wrote, self.why], kind="~", by=self.by,
                             at=self.at, reason=self.reason)  # fmt: skip
            self._history(model, ended, "~")
        self._mend_back()

    def _mend_back(self) -> None:
        posting, rank = Posting._meta.db_table, RankHolding._meta.db_table
        sql.run(
            f"UPDATE {posting} SET unit_id = COALESCE(s.unit, {posting}.unit_id), "
            f"duty_id = COALESCE(s.duty, {posting}.duty_id), post_rank_id = COALESCE(s.post_rank, {posting}.post_rank_id), "
            f"post_skill_id = CASE WHEN s.post_skill_given THEN s.post_skill ELSE {posting}.post_skill_id END, "
            f"{arrival_mended(posting)}, start_known = s.posting_known FROM {STAGE} s "
            f"WHERE s.posting_step = '{AMEND}' AND s.posting = {posting}.id"
        )
        self._history(Posting, f"id IN (SELECT posting FROM {STAGE} WHERE posting_step = '{AMEND}')", "~")
        sql.run(
            f"UPDATE {rank} SET rank_id = COALESCE(s.rank, {rank}.rank_id), starts_on = s.rank_from, "
            f"start_known = s.rank_known FROM {STAGE} s WHERE s.rank_step = '{AMEND}' AND s.holding = {rank}.id"
        )
        self._history(RankHolding, f"id IN (SELECT holding FROM {STAGE} WHERE rank_step = '{AMEND}')", "~")

    def changed_officers_back(self) -> int:
        """Personal fields, languages, education and the derived pointers."""
        self.changed_officers()
        for model in (SkillHeld, QualificationHeld):
            self._delete(model, f"officer_id IN (SELECT target FROM {STAGE} WHERE outcome = 'restore')", "source")
        for column, given in (("unit", "posting_step"), ("rank", "rank_step")):
            sql.run(
                f"UPDATE personnel_officer SET {column}_id = CASE WHEN s.{given} = '{LEAVE}' THEN NULL "
                f"ELSE COALESCE(s.{column}, personnel_officer.{column}_id) END FROM {STAGE} s "
                f"WHERE s.outcome = 'restore' AND s.{given} IS NOT NULL AND s.target = personnel_officer.id"
            )
        return int(sql.rows(f"SELECT COUNT(*) FROM {STAGE} WHERE outcome = 'restore'")[0][0])

    def void(self) -> int:
        """Officers to whom something points: kept, marked, counted nowhere."""
        where = f"id IN (SELECT target FROM {STAGE} WHERE outcome = 'void')"
        count = sql.run(
            "UPDATE personnel_officer SET exited_on = %s, exit_reason = 'entered-in-error', exit_authority = %s, "
            f"unit_id = NULL, rank_id = NULL WHERE {where}",
            [sql.day(self.batch.on), self.why],
        )
        self._history(Officer, where, "~")
        return count

    def remove(self) -> int:
        """Officers to whom nothing points: taken out with what the import entered; the history keeps them."""
        gone = f"SELECT target FROM {STAGE} WHERE outcome = 'remove'"
        for model, mark in (
            (SkillHeld, "source"),
            (QualificationHeld, "source"),
            (Posting, "source"),
            (RankHolding, "authority"),
        ):
            self._delete(model, f"officer_id IN ({gone})", mark)
        self._history(Officer, f"id IN ({gone})", "-")
        return sql.run(f"DELETE FROM personnel_officer WHERE id IN ({gone})")

    def _delete(self, model: Any, where: str, mark: str) -> None:
        condition = f"{mark} = %s AND {where}"
        sql.keep_history(model, condition, [self.wrote], kind="-", by=self.by, at=self.at, reason=self.reason)
        sql.run(f"DELETE FROM {model._meta.db_table} WHERE {condition}", [self.wrote])
