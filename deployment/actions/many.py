"""A change of duty of many officers, in a few statements. For `desk.actions` alone, which keeps the deed and the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deployment.models import Duty, Posting
from hcims.actions import action
from personnel.actions.many import keep_before, keep_many
from personnel.many import Change


@action
def change_duty_of_many(*, changes: Sequence[Change], duty: Duty, paper: str, by: Any, at: datetime) -> None:
    """This function will change what many posted officers do, as change_duty does of one; tenure goes on."""
    refs = [each.ref for each in changes]
    keep_before(Posting, refs, at=at)
    Posting.objects.filter(pk__in=[each.key for each in changes]).update(duty=duty)
    keep_many(Posting, refs, kind="~", by=by, paper=paper, at=at)
