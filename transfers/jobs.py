"""The long work of this module (`JOB_KINDS`): a round frozen out of the record and computed; the letters of many orders;
the figures of a quarter counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hcims import clock
from hcims.actions import action
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job
from hcims.jobs.progress import Progress
from transfers.actions import compute as computing
from transfers.actions import freeze as freezing
from transfers.actions import openness, recompute, trials
from transfers.actions import publishing_rounds as publishing
from transfers.actions.freeze import Step
from transfers.actions.publishing import TOGETHER, print_letters
from transfers.models import Award, Round, RoundRun
from transfers.queries.orders import without_letter


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


@titled(_("Publishing a transfer round"))
def publish(job: Job, progress: Progress) -> dict[str, Any]:
    """Publishes the round named in the job."""
    at, watch, day = clock.now(), _watch(job, progress), job.args.get("report_by", "")
    kept = publishing.publish_round(
        round=_round(job), report_by=date.fromisoformat(day) if day else None, by=job.started_by,
        on=timezone.localdate(at), at=at, step=watch,
    )  # fmt: skip
    return {"root": kept.root}


@titled(_("Counting the open figures of transfers"))
def count_figures(job: Job, progress: Progress) -> dict[str, Any]:
    """Counts the closed quarters that were not counted."""
    return {"quarters": ", ".join(openness.count_missing(by=None, at=clock.now()))}


def _round(job: Job) -> Round:
    return Round.objects.select_related("rule_book").get(ref=job.args["round"])


@titled(_("Printing letters of posting orders"))
def print_order_letters(job: Job, progress: Any) -> dict[str, int]:
    """This function will print the letter of every order that has none, in pieces that are kept one by one.

    A worker that is killed loses the piece it was at; what finds the rest is that those orders have no letter.
    """
    total, done = without_letter().count(), 0
    while keys := list(without_letter().values_list("pk", flat=True)[:TOGETHER]):
        done += _print(job, keys)
        progress.step(done, max(total, done), str(_("Printing letters")))
    return {"printed": done}


@action
def _print(job: Job, keys: list[int]) -> int:
    printed = print_letters(keys, at=clock.now())
    job.check_token()
    return printed


def letters_are_due(*, at: datetime) -> bool:
    """Whether an order waits for its letter."""
    return without_letter().exists()


@titled(_("Trying a transfer round under other rules"))
def trial(job: Job, progress: Progress) -> dict[str, Any]:
    """Computes the trial run named in the job."""
    progress.step(0, 1, str(_("Computing")))
    run = trials.compute(run=RoundRun.objects.get(ref=job.args["run"]), at=clock.now())
    return {"run": run.ref}


@titled(_("Computing a transfer round with a corrected fact"))
def appeal_rerun(job: Job, progress: Progress) -> dict[str, Any]:
    """Computes the round with the fact that a panel corrected."""
    progress.step(0, 1, str(_("Computing")))
    run = recompute.compute_again(run=RoundRun.objects.get(ref=job.args["run"]), at=clock.now())
    return {"run": run.ref}


@titled(_("Working out what would have changed a result"))
def award_changes(job: Job, progress: Progress) -> dict[str, Any]:
    """Works out what would have given an officer the places that were refused."""
    progress.step(0, 1, str(_("Computing")))
    award = recompute.work_out_changes(award=Award.objects.get(ref=job.args["award"]))
    return {"award": award.ref}
