"""Work that comes due by itself: `JOB_DUE` in settings names, for a kind of job, the question whether it is due now.

Workers ask every few seconds. Nothing has to remember to start such a job, so a crash between two commits loses nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from hcims.jobs import actions
from hcims.jobs.models import Job, State


def enqueue_due(*, at: datetime) -> int:
    """This function will queue one job of each kind that is due and neither waits nor runs. Returns how many."""
    count = 0
    for kind, question in settings.JOB_DUE.items():
        under_way = Job.objects.filter(kind=kind, state__in=[State.QUEUED, State.RUNNING]).exists()
        if not under_way and import_string(question)(at=at):
            actions.enqueue(kind, by=None, at=at, once="due")
            count += 1
    return count
