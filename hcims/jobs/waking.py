"""The queue: a row of django-tasks wakes a worker for a job. The row is written in the job's own transaction.

Its database backend keeps the queue in the same database, so a worker sees it exactly when the job is committed: no
moment at which the one exists without the other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hcims.jobs.models import Job, State

KEPT = timedelta(days=1)


@task()
def run_job(ref: str) -> None:
    """Does the job of that reference. Never raises: django-tasks would keep the traceback, values and all."""
    from hcims.jobs import runner

    runner.run(ref)


def wake(job: Job) -> None:
    """This function will put the job in the queue, from `not_before` on where that is set."""
    waker = run_job.using(run_after=job.not_before) if job.not_before else run_job
    job.task_id = UUID(str(waker.enqueue(job.ref).id))
    job.save(update_fields=["task_id"])


def bury(job: Job, *, at: datetime) -> None:
    """This function will close the queue's row of a worker that died; django-tasks would leave it running for ever."""
    if job.task_id is None:
        return
    DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED, finished_at=at, exception_class_path="hcims.jobs.errors.LostLease"
    )


def wake_forgotten(*, at: datetime, after: timedelta) -> int:
    """This function will wake again each waiting job whose worker died between the queue and the job's own row."""
    waiting = {job.task_id: job for job in Job.objects.filter(state=State.QUEUED).order_by("pk")}
    dead = DBTaskResult.objects.filter(pk__in=[each for each in waiting if each]).exclude(status=TaskResultStatus.READY)
    found = [waiting[UUID(str(pk))] for pk in dead.filter(started_at__lt=at - after).values_list("pk", flat=True)]
    for job in found:
        bury(job, at=at)
        wake(job)
    return len(found)


def forget_old(*, at: datetime) -> None:
    """This function will remove the queue's rows of more than a day ago: the job's own row is the record.

    Among them those left running by a worker killed after its job's last commit.
    """
    old = DBTaskResult.objects.filter(started_at__lt=at - KEPT)
    under_way = Job.objects.filter(state__in=[State.QUEUED, State.RUNNING], task_id__isnull=False)
    old.exclude(pk__in=under_way.values("task_id")).delete()
