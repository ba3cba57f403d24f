"""Doing one job: take it, call its handler, end it."""

from __future__ import annotations

import contextlib
import logging
import traceback
from dataclasses import dataclass

from django_tasks_db.models import DBTaskResult

from hcims import clock
from hcims.errors import Refusal
from hcims.jobs import kinds, lease
from hcims.jobs.errors import Cancelled, GivenBack, LostLease
from hcims.jobs.models import Job, State
from hcims.jobs.progress import Progress, Pulse

logger = logging.getLogger("hcims.jobs")


@dataclass
class Process:
    """This process as a worker: the name it takes jobs under, and the pulse of the job it is doing."""

    name: str = "inline"
    pulse: Pulse | None = None


THIS = Process()


def run(ref: str, *, background: bool = True) -> bool:
    """This function will do the waiting job, whatever happens in it; False when it waits no longer.

    Without `background` the job beats its own pulse.
    """
    job = lease.take(ref, worker=THIS.name, at=clock.now())
    if job is None:
        return False
    THIS.pulse = pulse = Pulse(job)
    try:
        _do(job, Progress(job, pulse, beats_itself=not background), pulse, background)
    except Cancelled:
        lease.cancel(job, at=clock.now())
    except GivenBack:
        lease.give_back(job, at=clock.now())
    except LostLease:
        logger.warning("job %s was taken over by another worker", job.ref)
    except Refusal as refusal:
        lease.fail(job, refusal.message, at=clock.now())
    except Exception as error:
        _log(job, error)
        lease.fail(job, lease.BROKE, at=clock.now())
    finally:
        THIS.pulse = None
    return True


def _do(job: Job, progress: Progress, pulse: Pulse, background: bool) -> None:
    with pulse.in_background() if background else contextlib.nullcontext():
        result = kinds.handler(job.kind)(job, progress)
    if job.state != State.DONE:  # the handler did not call progress.finish()
        lease.finish(job, result or {}, pulse.noted, at=clock.now())


def _log(job: Job, error: Exception) -> None:
    """Where it broke and how, without the message: it may quote a person's data."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("job %s (%s) broke with %s\n%s", job.ref, job.kind, type(error).__name__, frames)


def run_waiting() -> int:
    """This function will do, here and now, every job that waits; for tests and the shell. Returns how many."""
    count = 0
    while row := DBTaskResult.objects.ready().first():
        row.claim(THIS.name)
        count += run(row.args_kwargs["args"][0], background=False)
        row.set_successful(None)
    return count
