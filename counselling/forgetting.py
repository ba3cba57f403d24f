"""Requests to be called back are forgotten when their time is over: a job that begins by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.actions.calls import forget_requests
from counselling.queries.calls import some_are_over
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job


@titled(_("Forgetting what was not answered"))
def forget(job: Job, progress: Any) -> dict[str, int]:
    """This function will delete the requests whose time is over, and say nothing of how many there were."""
    forget_requests(on=timezone.localdate(job.queued_at))
    return {}


def is_due(*, at: datetime) -> bool:
    """Whether anything is to be forgotten: all of one week on the same Monday, so that the row says no more than the week."""
    return some_are_over(on=timezone.localdate(at))
