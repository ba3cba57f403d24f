"""The daily job that removes private files which no row names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from hcims import clock, private_files
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job

KIND = "sweep-files"
EVERY = timedelta(days=1)


@titled(_("Removing files that nothing names"))
def sweep_files(job: Job, progress: Any) -> dict[str, int]:
    """This function will remove what a rolled-back deed or a killed process left among the private files."""
    return {"removed": private_files.sweep(at=clock.now())}


def is_due(*, at: datetime) -> bool:
    """Whether a day has gone by since the last time."""
    return not Job.objects.filter(kind=KIND, queued_at__gt=at - EVERY).exists()
