"""What the pages of a decision begin with: the transfers chosen, whose word may be typed, and first values of the form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from deployment.models import Posting, PostingKind
from transfers.models import RequestState, RuleCode, TransferRequest
from transfers.queries import chain, queue, rules
from transfers.queries.options import Option

MOST = 500  # decided in one go: each is a decision of its own, with its own reasons on record


def chosen(
    user: Any, refs: Iterable[str], *, everything: bool, show: str, kind: str, on: date
) -> list[TransferRequest]:
    """The transfers ticked on the queue, or all of the list that was shown, as far as the user sees them."""
    rows = queue.in_queue(user, on=on).select_related("duty", "post_rank", "post_skill", "officer__home_county")
    if everything:
        rows = rows.filter(queue.parts(user, on=on).get(show) or queue.parts(user, on=on)["all"])
        rows = rows.filter(kind=kind) if kind else rows
        return list(rows[:MOST])
    return list(rows.filter(ref__in=list(refs)[:MOST]))


def holders_for(user: Any, requests: list[TransferRequest], *, on: date) -> list[User]:
    """Whose decision the desk may type for these; nobody's where the user holds the pen for one of them."""
    waiting = [each for each in requests if each.state == RequestState.DECISION]
    if any(chain.holds_pen(user, each, on=on) for each in waiting[:1]):
        return []
    found = {each.pk: each for people in chain.holders_of(waiting, on=on).values() for each in people}
    return [each for each in found.values() if each.pk != user.pk]


def usual_report_day(on: date) -> date:
    """The day to report that gives the notice of the rule, and a week for the letter."""
    return on + timedelta(days=rules.value(RuleCode.NOTICE_DAYS, on) + 7)


def first_values(request: TransferRequest, options: list[Option], *, on: date) -> dict[str, Any]:
    """What the form of a decision begins with: what was proposed, else the first place with a free post."""
    held = Posting.objects.in_force(on).filter(
        officer=request.officer_id, kind=PostingKind.SUBSTANTIVE, voided_at__isnull=True
    )
    now = held.select_related("duty").first()
    best = next((each for each in options if each.is_open and not each.in_home_county), options[0] if options else None)
    return {
        "place": best.unit.code if best else "elsewhere",
        "duty": request.duty_id or (now.duty_id if now else None),
        "post_rank": request.post_rank_id or request.rank_id,
        "post_skill": request.post_skill_id,
        "report_by": request.report_by or usual_report_day(on),
        "overstrength_authority": request.overstrength_authority,
    }
