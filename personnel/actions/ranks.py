"""Rank history, and the rank that the record shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from organisation.models import Rank
from personnel import policies
from personnel.models import Officer, RankHolding, keep


def write_rank(
    officer: Officer, rank: Rank, since: date, *, start_known: bool, authority: str, by: Any, at: datetime
) -> RankHolding:
    """Writes a step of the rank history: the latest, or one between or before those on record. With the record locked."""
    before, after = _around(officer, since)
    policies.check_rank_step(officer, rank, since, before=before, after=after)
    if before is not None and (before.ends_on is None or before.ends_on > since):
        before.ends_on = since
        keep(before, by=by, paper=authority, at=at)
    holding = RankHolding(
        officer=officer, rank=rank, starts_on=since, ends_on=after.starts_on if after else None, start_known=start_known,
        authority=authority[:200],
    )  # fmt: skip
    keep(holding, by=by, paper=authority, at=at)
    _show(officer)
    return holding


def _around(officer: Officer, day: date, besides: RankHolding | None = None) -> tuple[Any, Any]:
    """The step taken last up to the day, and the first one after it."""
    steps = RankHolding.objects.filter(officer=officer, voided_at__isnull=True)
    if besides is not None:
        steps = steps.exclude(pk=besides.pk)
    return steps.filter(starts_on__lte=day).order_by("-starts_on").first(), steps.filter(starts_on__gt=day).order_by(
        "starts_on"
    ).first()


def _show(officer: Officer) -> None:
    """Turns the derived pointer to the holding in force."""
    current = RankHolding.objects.filter(officer=officer, ends_on__isnull=True, voided_at__isnull=True).first()
    officer.rank_id = current.rank_id if current else None
    Officer.objects.filter(pk=officer.pk).update(rank_id=officer.rank_id)


@action
def rebuild_ranks(*, on: date) -> int:
    """This function will set every record's rank to that of its holding in force on the day; it says how many differed."""
    held = RankHolding.objects.in_force(on).filter(officer=OuterRef("pk"), voided_at__isnull=True)
    due = Officer.objects.annotate(due=Subquery(held.order_by("-starts_on").values("rank")[:1]))
    differing = [
        Officer(pk=pk, rank_id=rank)
        for pk, now, rank in due.values_list("pk", "rank_id", "due").iterator(chunk_size=10_000)
        if now != rank
    ]
    Officer.objects.bulk_update(differing, ["rank"], batch_size=400)
    return len(differing)


@action
def record_rank(*, officer: Officer, rank: Rank, since: date, authority: str, by: Any, at: datetime) -> RankHolding:
    """This function will record a rank that an officer took on the day `since`, on its authority, and end the one before.

    A day before that of a rank on record completes the history: the step holds until the next one began.
    Errors: NotAllowed, RuleBroken (same rank as a step beside it, before the enlistment, a civilian member).
    """
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    policies.check_can_edit(by, officer, paper=authority, on=timezone.localdate(at))
    if officer.member != "officer":
        raise RuleBroken(_("A civilian member holds no police rank."), source="NPS Act, First Schedule")
    holding = write_rank(officer, rank, since, start_known=True, authority=authority, by=by, at=at)
    details = {"rank": rank.code, "since": since}
    trail.record(Event.RANK_RECORDED, target=officer, by=by, at=at, source=authority, details=details)
    return holding


@action
def mend_rank(*, holding: RankHolding, rank: Rank, since: date, authority: str, by: Any, at: datetime) -> RankHolding:
    """This function will put right a step of the rank history: its rank, or the day on which it was taken.

    The step before it ends on that day; a step keeps its place among the others. Errors: NotAllowed, RuleBroken.
    """
    officer = Officer.objects.select_for_update().get(pk=holding.officer_id)
    policies.check_can_edit(by, officer, paper=authority, on=timezone.localdate(at))
    holding = RankHolding.objects.get(pk=holding.pk)
    if holding.voided_at is not None:
        raise RuleBroken(_("This step was voided by somebody else."), source="rank history")
    policies.check_mends_something(holding, rank, since)
    former = RankHolding.objects.filter(officer=officer, ends_on=holding.starts_on, voided_at__isnull=True).first()
    before, after = _around(officer, since, holding)
    if before != _around(officer, holding.starts_on, holding)[0]:
        raise RuleBroken(_("On that day another step stands in between. Mend that one first."), source="rank history")
    policies.check_rank_step(officer, rank, since, before=before, after=after)
    was, holding.starts_on, holding.rank = holding.starts_on, since, rank
    holding.start_known, holding.authority = True, authority[:200]
    # No two steps overlap at any moment: what gets shorter goes first.
    changed = [former, holding] if since < was else [holding, former]
    if former is not None:
        former.ends_on = since
    for step in changed:
        if step is not None:
            keep(step, by=by, paper=authority, at=at)
    _show(officer)
    details = {"rank": rank.code, "since": since, "mended": was}
    trail.record(Event.RANK_RECORDED, target=officer, by=by, at=at, source=authority, details=details)
    return holding


@action
def void_rank(*, holding: RankHolding, reason: str, paper: str, by: Any, at: datetime) -> RankHolding:
    """This function will void a step of the rank history that was entered in error; the step before is in force again.

    Errors: NotAllowed, RuleBroken (already voided; the first rank of a record).
    """
    officer = Officer.objects.select_for_update().get(pk=holding.officer_id)
    policies.check_can_edit(by, officer, paper=paper, on=timezone.localdate(at))
    holding = RankHolding.objects.get(pk=holding.pk)
    before = RankHolding.objects.filter(officer=officer, ends_on=holding.starts_on, voided_at__isnull=True).first()
    if holding.voided_at is not None or before is None:
        raise RuleBroken(_("Only a step that follows another can be voided, once."), source="rank history")
    holding.voided_at, holding.void_reason = at, reason[:200]
    keep(holding, by=by, paper=paper, at=at)
    before.ends_on = holding.ends_on
    keep(before, by=by, paper=paper, at=at)
    _show(officer)
    details = {"voided": holding.starts_on}
    trail.record(Event.RANK_RECORDED, target=officer, by=by, at=at, source=paper, reason=reason, details=details)
    return holding
