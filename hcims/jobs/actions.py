"""What people and modules do with jobs: put one in the queue, cancel one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.jobs import policies, waking
from hcims.jobs.models import Job, State

ARGS_LIMIT = 500  # characters of JSON: room for references, not for content


@action
def enqueue(
    kind: str,
    *,
    by: Any,
    at: datetime,
    args: dict[str, str | int | bool] | None = None,
    link: str = "",
    once: str = "",
    not_before: datetime | None = None,
) -> Job:
    """This function will put a job in the queue; workers see it when the surrounding transaction commits.

    `args` are references, never content: they are stored in clear. `link` is our own path where the result is read.
    With `once`, a waiting job of this kind and word is returned instead of a second one.
    Errors: KeyError for an unknown kind, ValueError for arguments that are not references.
    """
    if kind not in settings.JOB_KINDS:
        raise KeyError(f"no job kind '{kind}' in JOB_KINDS")
    _check_references(args or {})
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a job's link is a path of this site")
    waiting = Job.objects.filter(kind=kind, once=once, state=State.QUEUED)
    if once and (found := waiting.select_for_update().first()):
        return found
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind, args=args or {}, link=link, once=once, not_before=not_before, started_by=by, queued_at=at
            )
    except IntegrityError:  # another transaction put the same one in the queue just before
        return waiting.get()
    waking.wake(job)
    return job


def _check_references(args: dict[str, Any]) -> None:
    if any(not isinstance(value, str | int | bool) for value in args.values()) or len(json.dumps(args)) > ARGS_LIMIT:
        raise ValueError("a job's arguments are references (short texts, numbers), not content")


@action
def cancel(job: Job, *, by: Any, at: datetime) -> Job:
    """This function will cancel a waiting job at once, and ask the worker of a running one to stop.

    Errors: NotAllowed, RuleBroken when it is over.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    policies.check_can_cancel(by, job, on=timezone.localdate(at))
    if job.cancel_requested_at is None:
        job.cancel_requested_at, job.cancel_requested_by = at, by
        job.save(update_fields=["cancel_requested_at", "cancel_requested_by"])
        if job.state == State.QUEUED:
            workflow.move(job, State.CANCELLED, by=by, at=at, finished_at=at)
        trail.record(Event.JOB_CANCELLED, target=job, by=by, at=at, details={"kind": job.kind})
    return job
