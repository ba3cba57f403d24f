"""Writing what was planned for many officers, in a few statements whatever their number.

For `desk.actions` alone, inside an action that judged each officer and keeps the deed; that action is what the trail names.
"""
# ruff: noqa: S608 - tables and columns are names of the models; values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from hcims.actions import action
from hcims.bulk import insert
from hcims.imports import sql
from organisation.models import Skill
from personnel.many import UNDO_WINDOW, Change, Plan
from personnel.models import (
    BulkDeed,
    BulkDeedLine,
    CourseAttended,
    EvidenceState,
    Officer,
    Outcome,
    SkillHeld,
)
from personnel.queries.many import Standing
from personnel.validity import lapses_on


def keep_many(model: Any, refs: Sequence[str], *, kind: str, by: Any, paper: str, at: datetime) -> None:
    """This function will put rows into their model's history, as saving each of them would have done."""
    if refs:
        condition, parameters = sql.any_of("ref", refs)
        sql.keep_history(model, condition, parameters, kind=kind, by=by, at=at, reason=paper)


def keep_before(model: Any, refs: Sequence[str], *, at: datetime) -> None:
    """This function will give rows that have no history yet a first one, as they stand: taking back goes by it."""
    if refs:
        table, history = model._meta.db_table, model.history.model._meta.db_table
        condition, parameters = sql.any_of("ref", refs)
        first = f'{condition} AND NOT EXISTS (SELECT 1 FROM "{history}" h WHERE h.id = "{table}".id)'
        sql.keep_history(model, first, parameters, kind="+", by=None, at=at, reason="")


@action
def record_skill_of_many(
    *, changes: Sequence[Change], skill: Skill, level: int, acquired_on: date | None, expires_on: date | None,
    paper: str, by: Any, at: datetime,
) -> None:  # fmt: skip
    """This function will enter or renew a skill of many officers, as record_skill does of one."""
    held = {
        "level": level, "acquired_on": acquired_on,
        "expires_on": expires_on or lapses_on(acquired_on, skill.validity_months), "source": paper[:200],
        "state": EvidenceState.VERIFIED.value, "checked_by_id": by.pk, "checked_at": at, "check_note": "",
    }  # fmt: skip
    there = [each for each in changes if each.key]
    fresh = [each for each in changes if not each.key]
    keep_before(SkillHeld, [each.ref for each in there], at=at)
    SkillHeld.objects.filter(pk__in=[each.key for each in there]).update(**held)
    columns = ("ref", "officer_id", "skill_id", "evidence", *held)
    insert(SkillHeld, columns, [(each.ref, each.officer.pk, skill.pk, "", *held.values()) for each in fresh])
    keep_many(SkillHeld, [each.ref for each in there], kind="~", by=by, paper=paper, at=at)
    keep_many(SkillHeld, [each.ref for each in fresh], kind="+", by=by, paper=paper, at=at)


@action
def verify_skill_of_many(*, changes: Sequence[Change], skill: Skill, paper: str, by: Any, at: datetime) -> None:
    """This function will record that claims of a skill were checked and hold, as verify_skill does of one."""
    keep_before(SkillHeld, [each.ref for each in changes], at=at)
    claims = SkillHeld.objects.filter(skill=skill, pk__in=[each.key for each in changes])
    claims.update(state=EvidenceState.VERIFIED, checked_by=by, checked_at=at, check_note=paper[:200])
    keep_many(SkillHeld, [each.ref for each in changes], kind="~", by=by, paper=paper, at=at)


@action
def record_course_of_many(
    *, changes: Sequence[Change], title: str, institution: str, starts_on: date | None, ends_on: date | None,
    result: str, paper: str, by: Any, at: datetime,
) -> None:  # fmt: skip
    """This function will enter a course that many officers attended, as record_course does of one."""
    course = {
        "title": title.strip(), "institution": institution, "starts_on": starts_on, "ends_on": ends_on,
        "result": result, "source": paper[:200], "state": EvidenceState.VERIFIED.value, "checked_by_id": by.pk,
        "checked_at": at, "check_note": "", "evidence": "",
    }  # fmt: skip
    rows = [(each.ref, each.officer.pk, *course.values()) for each in changes]
    insert(CourseAttended, ("ref", "officer_id", *course), rows)
    keep_many(CourseAttended, [each.ref for each in changes], kind="+", by=by, paper=paper, at=at)


@action
def move_allowance_of_many(*, changes: Sequence[Change], place: str, paper: str, by: Any, at: datetime) -> None:
    """This function will change the place of the house allowance of many officers, as change_officer does of one."""
    keep_before(Officer, [each.ref for each in changes], at=at)
    Officer.objects.filter(pk__in=[each.key for each in changes]).update(house_allowance_place=place)
    keep_many(Officer, [each.ref for each in changes], kind="~", by=by, paper=paper, at=at)


@action
def keep_deed(*, ref: str, kind: str, what: str, paper: str, plan: Plan, by: Any, at: datetime) -> BulkDeed:
    """This function will keep what a deed did to whom, who was skipped and why, and until when it can be taken back."""
    deed = BulkDeed.objects.create(
        ref=ref, kind=kind, what=what[:200], paper=paper[:300], by=by, done_at=at, undo_until=at + UNDO_WINDOW
    )
    lines = [
        (
            deed.pk,
            each.officer.pk,
            (Outcome.SKIPPED if each.skipped else Outcome.DONE).value,
            each.skipped[:200],
            each.ref,
        )
        for each in plan.changes
    ]
    insert(BulkDeedLine, ("deed_id", "officer_id", "outcome", "reason", "record"), lines)
    return deed


@action
def restore_many(*, deed: BulkDeed, model: Any, standings: Sequence[Standing], by: Any, at: datetime) -> None:
    """This function will put back what the deed changed, take out what it entered, and mark the deed as taken back.

    Shape: `standings` as personnel.queries.many.standings gave them under the locks of this transaction.
    """
    paper = f"{deed.what[:60]}: taken back ({deed.ref})"
    back = [each for each in standings if each.before]
    out = [each for each in standings if each.key and not each.before and not each.kept]
    _write_back(model, [each.before for each in back if each.before])
    keep_many(model, [each.line.record for each in back], kind="~", by=by, paper=paper, at=at)
    keep_many(model, [each.line.record for each in out], kind="-", by=by, paper=paper, at=at)
    if out:
        condition, keys = sql.any_of("id", [each.key for each in out])
        sql.run(f"DELETE FROM {model._meta.db_table} WHERE {condition}", keys)
    done = [each.line.pk for each in standings if not each.kept]
    BulkDeedLine.objects.filter(pk__in=done).update(outcome=Outcome.UNDONE)
    kept = [
        BulkDeedLine(pk=each.line.pk, outcome=Outcome.KEPT, reason=each.kept[:200]) for each in standings if each.kept
    ]
    BulkDeedLine.objects.bulk_update(kept, ["outcome", "reason"], batch_size=400)
    deed.undone_at = at
    deed.save(update_fields=["undone_at"])


def _write_back(model: Any, moments: Sequence[int]) -> None:
    """The columns of these rows of the history, back into the rows they are the history of."""
    if not moments:
        return
    table, history = model._meta.db_table, model.history.model._meta
    kept = {field.column for field in history.concrete_fields}
    columns = [field.column for field in model._meta.concrete_fields if field.column in kept and not field.primary_key]
    values = ", ".join(f'"{column}" = h."{column}"' for column in columns)
    condition, keys = sql.any_of("h.history_id", moments)
    sql.run(f'UPDATE {table} SET {values} FROM "{history.db_table}" h WHERE h.id = {table}.id AND {condition}', keys)
