"""Another duty at the same unit: the posting ends and goes on in a new one, which nothing but the duty tells from the old.

What an officer did last year stays what last year's page counts. It is no move: the order, the time at the station and a
command held by virtue of the post go on, and neither posting asks for a casualty return.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from deployment import policies
from deployment.actions.postings import save
from deployment.models import Duty, Posting, PostingKind
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event


@action
def change_duty(
    *, posting: Posting, duty: Duty, paper: str, by: Any, on: date, at: datetime, since: date | None = None
) -> Posting:
    """This function will change what a posted officer does from a day on, today where none is given; tenure goes on.

    From the posting's own first day there is nothing before to keep: the posting itself is put right. So is what stands
    beside a posting. Errors: NotAllowed, RuleBroken (an ended posting; a day outside it; the duty that stands).
    """
    posting = Posting.objects.select_for_update(of=("self",)).select_related("officer", "unit").get(pk=posting.pk)
    since = since or on
    policies.check_can_post(by=by, officer=posting.officer, to=posting.unit, on=on)
    policies.check_can_change_duty(posting, duty, since=since, on=on)
    before = posting.duty_id
    if posting.kind == PostingKind.SUBSTANTIVE and since > posting.starts_on:
        posting = _going_on(posting, duty, since, by=by, paper=paper)
    else:
        posting.duty = duty
        save(posting, by, paper)
    details = {"duty": [before, duty.pk]}
    trail.record(Event.POSTING_RECORDED, target=posting, by=by, at=at, source=paper, details=details)
    return posting


def _going_on(posting: Posting, duty: Duty, since: date, *, by: Any, paper: str) -> Posting:
    """Ends the posting, but nothing that was held with it, and begins the one with the other duty."""
    until, posting.ends_on = posting.ends_on, since
    save(posting, by, paper)
    after = Posting(
        officer=posting.officer,
        unit=posting.unit,
        duty=duty,
        post_rank=posting.post_rank,
        post_skill=posting.post_skill,
        starts_on=since,
        ends_on=until,
        arrived_on=posting.arrival,
        tenure_since=posting.tenure_since or posting.starts_on,
        start_known=posting.start_known,
        order_reference=posting.order_reference,
        overstrength_authority=posting.overstrength_authority,
        source=paper[:200],
    )
    save(after, by, paper)
    return after
