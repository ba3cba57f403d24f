"""Differences between a roll and the record about an officer's unit: opened by an import, resolved by people, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from deployment import policies
from deployment.actions import postings
from deployment.models import DiscrepancyState, Posting, RollDiscrepancy
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.imports.models import ImportBatch, StagedRow
from personnel.models import Officer

AT_ONCE = 2_000


def open_from_roll(batch: ImportBatch, *, by: Any, at: datetime) -> int:
    """This function will open a difference for each row that shows an officer elsewhere; called while a roll is applied.

    One that stands open for the same unit stays as it is. Those of officers whom this roll shows where the record does are
    closed. Says how many rows there were.
    """
    rows = list(batch.rows.filter(outcome="elsewhere").order_by("target"))
    open_now = RollDiscrepancy.objects.filter(state=DiscrepancyState.OPEN).select_for_update()
    standing = {each.officer_id: each for each in open_now}
    new, changed = [], []
    for row in rows:
        found = standing.get(row.target or 0)
        if found is None:
            new.append(_said(RollDiscrepancy(officer_id=row.target or 0), row, batch, by=by, at=at))
        elif found.unit_id != row.after["unit"]:
            changed.append(_said(found, row, batch, by=by, at=at))
    RollDiscrepancy.objects.bulk_create(new, batch_size=AT_ONCE)
    said = ["batch", "roll_on", "unit", "duty", "post_rank", "post_skill", "since", "posting", "opened_by", "opened_at"]
    RollDiscrepancy.objects.bulk_update(changed, said, batch_size=AT_ONCE)
    _close_agreeing(batch, standing, {row.target for row in rows}, at=at)
    return len(rows)


def _said(found: RollDiscrepancy, row: StagedRow, batch: ImportBatch, *, by: Any, at: datetime) -> RollDiscrepancy:
    found.batch, found.roll_on, found.opened_by, found.opened_at = batch.ref, batch.on, by, at
    found.unit_id, found.posting_id = row.after["unit"], row.before["posting"]
    found.duty_id, found.post_rank_id = row.after.get("duty"), row.after.get("post_rank")
    found.post_skill_id = row.after.get("post_skill") or None
    found.since = date.fromisoformat(row.after["arrived_on"]) if row.after.get("arrived_on") else None
    return found


def _close_agreeing(
    batch: ImportBatch, standing: dict[int, RollDiscrepancy], elsewhere: Iterable[int | None], *, at: datetime
) -> None:
    """Unchanged rows are counted and not stored: who is in the file is known from who is not rejected, missing or elsewhere."""
    not_said = set(
        batch.rows.filter(outcome__in=("rejected", "missing"), target__in=list(standing)).values_list(
            "target", flat=True
        )
    )
    if batch.mends_id is not None:  # only the rows that came back mended
        in_file = set(batch.rows.exclude(outcome="missing").values_list("target", flat=True))
        not_said |= set(standing) - in_file
    agreeing = set(standing) - not_said - set(elsewhere)
    where = {unit.pk: unit.unit_id for unit in Officer.objects.filter(pk__in=agreeing)}
    keys = [standing[officer].pk for officer, unit in where.items() if unit is not None]
    RollDiscrepancy.objects.filter(pk__in=keys).update(
        state=DiscrepancyState.AGREES, resolved_at=at, note=f"Import {batch.ref}"
    )


def take_back(original: ImportBatch, *, by: Any, at: datetime) -> int:
    """This function will close what an import opened and nobody has resolved, as the import is undone."""
    opened = RollDiscrepancy.objects.filter(batch=original.ref, state=DiscrepancyState.OPEN)
    return opened.update(state=DiscrepancyState.UNDONE, resolved_at=at, resolved_by=by)


@action
def say_roll_is_wrong(discrepancy: RollDiscrepancy, *, note: str, by: Any, on: date, at: datetime) -> RollDiscrepancy:
    """This function will close a difference: the officer serves where the record says. Errors: RuleBroken without a word why."""
    policies.check_can_resolve_discrepancy(by, discrepancy, on=on)
    if len(note.strip()) < policies.SHORTEST:
        raise RuleBroken(
            _("Say in a sentence how you know; whoever made the roll reads it."), policies.TRANSFERS_SOURCE
        )
    _resolve(discrepancy, DiscrepancyState.ROLL_WRONG, note=note, paper="", by=by, at=at)
    return discrepancy


@action
def correct_on_paper(
    discrepancy: RollDiscrepancy, *, starts_on: date, paper: str, note: str, by: Any, on: date, at: datetime
) -> Posting:
    """This function will begin the posting that the roll shows, on the number of an order that was given outside this system.

    It is the one way to another unit without a transfer, so it takes a second person, a number and a sentence; an open order
    stands in its way. Errors: NotAllowed for whoever loaded the roll; RuleBroken.
    """
    policies.check_can_resolve_discrepancy(by, discrepancy, on=on)
    policies.check_can_correct_on_paper(by, discrepancy, starts_on=starts_on, paper=paper, note=note, on=on)
    held = discrepancy.posting
    posting = postings.begin(
        officer=discrepancy.officer,
        unit=discrepancy.unit,
        duty=discrepancy.duty or held.duty,
        post_rank=discrepancy.post_rank or held.post_rank,
        post_skill=discrepancy.post_skill,
        starts_on=starts_on,
        order_reference=paper.strip()[:80],
        source=f"Roll of {discrepancy.roll_on.isoformat()}, difference {discrepancy.ref}",
        by=by,
        at=at,
    )
    _resolve(discrepancy, DiscrepancyState.CORRECTED, note=note, paper=paper, by=by, at=at)
    return posting


def _resolve(found: RollDiscrepancy, to: str, *, note: str, paper: str, by: Any, at: datetime) -> None:
    words = {"note": note.strip()[:300], "paper": paper.strip()[:120]}
    workflow.move(found, to, by=by, at=at, resolved_by=by, resolved_at=at)
    for name, value in words.items():
        setattr(found, name, value)
    found.save(update_fields=list(words))
    trail.record(Event.DISCREPANCY_RESOLVED, target=found, by=by, at=at, reason=note, source=paper, details={"to": to})
