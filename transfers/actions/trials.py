"""What if: a frozen round computed again under other rules. Nothing of it reaches an officer, and nothing is decided by it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.jobs.actions import enqueue
from hcims.jobs.models import Job
from hcims.references import new_reference
from transfers import canonical, certificate, keeping, links, whatif
from transfers.matching import solve
from transfers.models import Round, RoundRun, RunKind
from transfers.policies import board as policies
from transfers.problem import BadInput, Problem, Result
from transfers.queries import ground, runs

TRIAL = "round-trial"


@action
def ask(*, round: Round, label: str, changes: whatif.Changes, by: Any, on: date, at: datetime) -> tuple[RoundRun, Job]:
    """This function will ask for a trial run; a worker computes it.

    Errors: NotAllowed for who may not try, or takes part; RuleBroken for changes that make no sense, or change nothing.
    """
    policies.check_can_try(by, round, on=on)
    if not (changes.weights or changes.floors or changes.mechanism):
        raise RuleBroken(_("Change at least one weight, one floor or the mechanism."))
    try:
        whatif.check(changes, ground.said_of(round))
    except BadInput as error:
        raise RuleBroken(str(error)) from error
    run = RoundRun.objects.create(
        round=round, kind=RunKind.TRIAL, label=label.strip()[:160], changes=changes.said(), made_by=by, asked_at=at
    )
    job = enqueue(TRIAL, by=by, at=at, args={"run": run.ref}, link=links.run(run.ref))
    trail.record(Event.ROUND_TRIED, target=round, by=by, at=at, details={"run": run.ref})
    return run, job


@action
def compute(*, run: RoundRun, at: datetime) -> RoundRun:
    """This function will compute a trial that was asked for. What cannot be computed says why; it is asked anew."""
    run = RoundRun.objects.select_for_update(of=("self",)).select_related("round").get(pk=run.pk)
    if run.finished_at is not None:
        return run  # by a worker that died before it could say so
    try:
        problem = runs.problem_under(run.round, run)
        finish(run, problem, solve(problem), at=at)
    except BadInput as error:
        run.failed_why, run.finished_at = str(error), at
        run.save(update_fields=["failed_why", "finished_at"])
    return run


def finish(run: RoundRun, problem: Problem, result: Result, *, at: datetime) -> None:
    """This function will keep the result of a run that was asked for. Called inside an action."""
    blob = canonical.dumps(keeping.kept(result))
    run.result.save(f"{new_reference()}.json", ContentFile(blob), save=False)
    run.result_sha256, run.passes, run.finished_at = hashlib.sha256(blob).hexdigest(), result.passes, at
    run.summary = {**certificate.counts(problem, result), **(run.summary or {})}
    run.save(update_fields=["result", "result_sha256", "passes", "finished_at", "summary"])
