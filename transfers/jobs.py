"""The long work of a round (`JOB_KINDS`): freezing it out of the record, and computing it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hcims import clock
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job
from hcims.jobs.progress import Progress
from transfers.actions import compute as computing
from transfers.actions import freeze as freezing
from transfers.actions.freeze import Step
from transfers.models import Round


def _watch(job: Job, progress: Progress) -> Step:
    """Says how far it is, and stops a worker that lost its lease before it commits anything."""

    def step(done: int, total: int, label: str) -> None:
        progress.step(done, total, label)
        job.check_token()

    return step


@titled(_("Freezing a transfer round"))
def freeze(job: Job, progress: Progress) -> dict[str, Any]:
    """Freezes the round named in the job."""
    at, round = clock.now(), _round(job)
    freezing.freeze(round=round, by=job.started_by, on=timezone.localdate(at), at=at, step=_watch(job, progress))
    return {"root": round.problem_root}


@titled(_("Computing a transfer round"))
def compute(job: Job, progress: Progress) -> dict[str, Any]:
    """Computes the round named in the job."""
    at, watch = clock.now(), _watch(job, progress)
    run = computing.compute(round=_round(job), by=job.started_by, on=timezone.localdate(at), at=at, step=watch)
    return {"run": run.ref}


def _round(job: Job) -> Round:
    return Round.objects.select_related("rule_book").get(ref=job.args["round"])
