"""A row older than a later recorded change is rejected: the roll of May does not undo what June put on record."""
# ruff: noqa: S608 - tables and columns are names of this code; values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from deployment.roll import record
from deployment.roll.columns import PERSONAL, SEALED
from deployment.roll.record import OnRecord
from deployment.roll.steps import GO_ON, Step
from hcims.encryption import decrypt
from hcims.imports import sql
from hcims.imports.kinds import Block

REASON = "Roll"  # begins the reason of every history row that a roll writes: "Roll 2026-10-31 ref"
Planned = tuple[int, OnRecord, dict[str, Any], dict[str, Any], Step | None, Step | None]


def history_reason(on: date, ref: str) -> str:
    """Why a history row was written by a roll; its day is what the row's age is judged by."""
    return f"{REASON} {on.isoformat()} {ref}"


def reject_older_than_record(block: Block, planned: Sequence[Planned], on: date) -> None:
    """This function will reject rows whose change is older than what the record says since, or would overlap it."""
    moving = [each for each in planned if each[4]]
    rising = [each for each in planned if each[5]]
    _reject_later(block, moving, record.LIVE_POSTINGS, on, "unit")
    _reject_later(block, rising, record.LIVE_RANKS, on, "rank")
    arriving = [each for each in moving if getattr(each[4], "kind", "") != GO_ON]
    _reject_overlap(block, arriving, record.LEFT_POSTINGS, on, 4, "arrived_on")
    _reject_overlap(block, rising, record.LIVE_RANKS, on, 5, "rank_on")
    personal = [each for each in planned if any(name in PERSONAL for name in each[2])]
    _reject_edited(block, personal, on)


def reject_elsewhere_before_now(block: Block, elsewhere: Sequence[Planned], on: date) -> None:
    """This function will reject rows that show an officer elsewhere, where a later posting is on record: the roll is old."""
    _reject_later(block, elsewhere, record.ARRIVALS, on, "unit")


def reject_without_transfer(block: Block, planned: Sequence[Planned], on: date) -> None:
    """This function will reject rows that would post at another unit an officer whose last posting ended: nobody decided that.

    As `deployment.policies.check_is_no_transfer` says of one officer; see there for who is free to be posted.
    """
    coming = {each[1].pk: each for each in planned if each[1].posting is None and each[4] is not None}
    for officer, (unit, code, ends) in record.last_place(list(coming), on).items():
        index, _standing, differing, *_rest = coming[officer]
        if unit != differing.get("unit"):
            block.reject(index, "unit", "no-transfer", unit=code, day=ends)


def _reject_later(block: Block, rows: Sequence[Planned], table: str, on: date, column: str) -> None:
    later = record.later(table, [each[1].pk for each in rows], on)
    for index, standing, *_rest in rows:
        if standing.pk in later:
            block.reject(index, column, "older", day=later[standing.pk])


def _reject_overlap(block: Block, rows: Sequence[Planned], table: str, on: date, place: int, column: str) -> None:
    """A day of arrival or of rank may not reach back into an earlier posting or rank that has ended."""
    early = []
    for each in rows:
        step: Any = each[place]
        standing = each[1].posted_on if place == 4 else each[1].held_on
        if standing is None or step.starts_on < standing:
            early.append(each)
    ended = record.ended(table, [each[1].pk for each in early], on)
    for each in early:
        step = each[place]
        if step.starts_on < ended.get(each[1].pk, ""):
            block.reject(each[0], column, "overlaps", day=ended[each[1].pk])


def _reject_edited(block: Block, rows: Sequence[Planned], on: date) -> None:
    """Fields that somebody changed on record after the roll's day keep what he or she wrote."""
    after = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    edited = _edits_since([each[1].pk for each in rows], on, after)
    for index, standing, differing, stands, *_steps in rows:
        if standing.pk not in edited:
            continue
        then, when = _as_of(standing.pk, on, after), edited[standing.pk]
        for name in differing:
            if name in PERSONAL and _changed_since(name, then, standing, stands):
                block.reject(index, name, "edited", day=when[:10])


def _edits_since(officers: Sequence[int], on: date, after: datetime) -> dict[int, str]:
    """Officer to the day of the last change since, by anything but a roll of this day or an earlier one."""
    if not officers:
        return {}
    condition, keys = sql.any_of("id", officers)
    return dict(
        sql.rows(
            "SELECT id, CAST(MAX(history_date) AS text) FROM personnel_historicalofficer "
            "WHERE history_type = '~' AND history_date >= %s "
            f"AND NOT (COALESCE(history_change_reason, '') LIKE '{REASON} %%' "
            f"AND SUBSTR(history_change_reason, {len(REASON) + 2}, 10) <= %s) AND {condition} GROUP BY id",
            [sql.moment(after), on.isoformat(), *keys],
        )
    )


def _as_of(officer: int, on: date, after: datetime) -> dict[str, Any] | None:
    """The record as it stood at the end of the roll's day, or as it was first entered if that was later."""
    columns = {name: "home_county_id" if name == "home_county" else name for name in PERSONAL}
    found = sql.rows(
        f"SELECT {', '.join(f'CAST({column} AS text)' for column in columns.values())} "
        "FROM personnel_historicalofficer WHERE id = %s AND (history_date < %s OR history_type = '+' OR "
        f"(COALESCE(history_change_reason, '') LIKE '{REASON} %%' "
        f"AND SUBSTR(history_change_reason, {len(REASON) + 2}, 10) <= %s)) "
        "ORDER BY history_date DESC, history_id DESC LIMIT 1",
        [officer, sql.moment(after), on.isoformat()],
    )
    return dict(zip(columns, found[0], strict=True)) if found else None


def _changed_since(name: str, then: dict[str, Any] | None, standing: OnRecord, stands: dict[str, Any]) -> bool:
    if then is None:
        return True
    if name in SEALED:
        return _open(then[name]) != _open(standing.stored.get(name))
    return str(then[name] if then[name] is not None else "") != str(stands[name] if stands[name] is not None else "")


def _open(stored: str | None) -> str:
    return decrypt(stored) if stored else ""
