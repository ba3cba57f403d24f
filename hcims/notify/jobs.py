"""The job that sends messages. Workers start it whenever one is due (`JOB_DUE` in settings)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from hcims import clock
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job
from hcims.jobs.progress import Progress
from hcims.notify import sending


@titled(_("Sending messages"))
def send_messages(job: Job, progress: Progress) -> dict[str, Any]:
    """This function will send every message that is due."""
    counts: Counter[str] = Counter()
    while message := sending.claim(at=clock.now()):
        sending.hand_over(message, at=clock.now())
        counts[message.state] += 1
        progress.step(counts.total(), 0, gettext_noop("Sending messages"))
    return dict(counts)
