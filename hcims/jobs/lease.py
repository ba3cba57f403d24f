"""Holding a job: taking it, renewing the lease, ending it, and taking it back from a worker that died.

Every change names the token it is made under, so that a worker whose lease ran out changes nothing.
These moves are the machine's own: the job's row tells them, the audit trail does not (a person's cancelling it does).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from hcims import workflow
from hcims.errors import InvalidTransition
from hcims.jobs import progress_file, waking
from hcims.jobs.models import Job, State

LEASE = timedelta(seconds=30)
BROKE = gettext_noop("Something went wrong in the program. Nothing was changed. The administrator finds it in the log.")
GAVE_UP = gettext_noop("The work was begun several times and its worker stopped each time. Ask the administrator.")


@dataclass(frozen=True)
class Noted:
    """How far a job is."""

    done: int = 0
    total: int = 0
    label: str = ""


@dataclass(frozen=True)
class Standing:
    """What a heartbeat learns."""

    lost: bool
    cancelled: bool


def take(ref: str, *, worker: str, at: datetime) -> Job | None:
    """This function will give the waiting job to a worker, under a new token; None when there is nothing to do."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(ref=ref, state=State.QUEUED).first()
        if job is None:
            return None
        if job.cancel_requested_at:
            _move(job, State.CANCELLED, finished_at=at)
            return None
        _move(
            job,
            State.RUNNING,
            token=job.token + 1,
            attempts=job.attempts + 1,
            worker=worker,
            started_at=at,
            heartbeat_at=at,
            lease_until=at + LEASE,
            done=0,
            total=0,
            label="",
        )
        return job


def renew(job: Job, noted: Noted, *, at: datetime) -> Standing:
    """This function will prolong the lease and write the progress; on SQLite to a file (see `progress`)."""
    held = Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING)
    row = held.values_list("cancel_requested_at").first()
    if row is None:
        return Standing(lost=True, cancelled=False)
    if connection.vendor == "sqlite":
        progress_file.write(job, noted.done, noted.total, noted.label, at=at)
        return Standing(lost=False, cancelled=row[0] is not None)
    renewed = held.update(
        heartbeat_at=at, lease_until=at + LEASE, done=noted.done, total=noted.total, label=noted.label[:120]
    )
    return Standing(lost=not renewed, cancelled=row[0] is not None)


def finish(job: Job, result: dict[str, Any], noted: Noted, *, at: datetime) -> bool:
    """This function will mark a held job done; False when this worker holds it no longer."""
    return _end(job, State.DONE, at=at, result=result, done=noted.total or noted.done, total=noted.total, label="")


def fail(job: Job, error: str, *, at: datetime) -> bool:
    """This function will mark a held job failed, with a text that is safe to show."""
    return _end(job, State.FAILED, at=at, error=error[:400])


def cancel(job: Job, *, at: datetime) -> bool:
    """This function will mark a held job cancelled."""
    return _end(job, State.CANCELLED, at=at)


def give_back(job: Job, *, at: datetime) -> bool:
    """This function will return a held job to the queue; the attempt does not count."""
    with transaction.atomic():
        current = _held(job)
        if current is None:
            return False
        _move(current, State.QUEUED, lease_until=None, attempts=max(0, current.attempts - 1))
        waking.wake(current)
    progress_file.forget(job)
    return True


def take_back_expired(*, at: datetime) -> int:
    """This function will return to the queue every job whose worker gave no sign of life within the lease.

    A job begun too often fails instead; one whose cancelling was asked for is cancelled. Returns how many were moved.
    """
    moved = 0
    for pk in list(
        Job.objects.filter(state=State.RUNNING, lease_until__lt=at).order_by("pk").values_list("pk", flat=True)
    ):
        with transaction.atomic():
            job = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.RUNNING).first()
            if job is None or job.lease_until is None or progress_file.lease_until(job, LEASE) >= at:
                continue
            waking.bury(job, at=at)
            if job.cancel_requested_at:
                _move(job, State.CANCELLED, lease_until=None, finished_at=at)
            elif job.attempts >= job.attempts_limit:
                _move(job, State.FAILED, lease_until=None, finished_at=at, error=GAVE_UP)
            else:
                _move(job, State.QUEUED, lease_until=None)
                waking.wake(job)
            moved += 1
    return moved


def _held(job: Job) -> Job | None:
    return Job.objects.select_for_update().filter(pk=job.pk, token=job.token, state=State.RUNNING).first()


def _end(job: Job, state: State, *, at: datetime, **fields: Any) -> bool:
    with transaction.atomic():
        current = _held(job)
        if current is None:
            return False
        _move(current, state, lease_until=None, finished_at=at, heartbeat_at=at, **fields)
    job.state = state
    transaction.on_commit(lambda: progress_file.forget(job))
    return True


def _move(job: Job, to: State, **fields: Any) -> None:
    """Move a locked row along an arrow of its machine."""
    if not workflow.may_move(job, to):
        raise InvalidTransition(f"This job is {job.state}; it cannot become {to}.")
    job.state = to
    for name, value in fields.items():
        setattr(job, name, value)
    job.save(update_fields=["state", *fields])
