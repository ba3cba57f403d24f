"""The jobs of an import (`JOB_KINDS`): each finds its batch by reference and leaves the work to `hcims.imports.work`."""

from __future__ import annotations

from typing import Any

from hcims import clock
from hcims.imports import retention, work
from hcims.imports.models import ImportBatch
from hcims.jobs.models import Job
from hcims.jobs.progress import Progress


class JobWatch(work.Watch):
    """Tells the job how far it is; a worker that lost its lease commits nothing."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self._job, self._progress, self.job_ref = job, progress, job.ref

    def step(self, done: int, total: int, label: str) -> None:
        self._progress.step(done, total, label)

    def check(self) -> None:
        self._job.check_token()

    def finish(self, result: dict[str, Any]) -> None:
        self._progress.finish(result)


def read(job: Job, progress: Progress) -> dict[str, Any] | None:
    """Reads an uploaded list, or prepares an undoing."""
    batch = _batch(job)
    work.read(batch, at=clock.now(), watch=JobWatch(job, progress))
    return None


def apply(job: Job, progress: Progress) -> dict[str, Any] | None:
    """Applies a confirmed import."""
    work.apply(_batch(job), at=clock.now(), watch=JobWatch(job, progress))
    return None


def prune(job: Job, progress: Progress) -> dict[str, Any] | None:
    """Removes the rows of imports that have run their time."""
    return {"imports": retention.prune(at=clock.now(), step=progress.step)}


def _batch(job: Job) -> ImportBatch:
    return ImportBatch.objects.select_related("undoes", "uploaded_by", "confirmed_by", "second_by").get(
        ref=job.args["batch"]
    )
