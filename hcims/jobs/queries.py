"""What pages read about jobs. Whoever started a job sees it; the administrator sees that it runs, not what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.jobs import progress_file
from hcims.jobs.models import Job, State, WorkerSeen

POLL_FIRST, POLL_LAST = 2, 10  # seconds between two looks of a page that watches


def visible_to(user: Any, *, on: date) -> QuerySet[Job]:
    """The jobs a user may see: his or her own, or all of them for the administrator."""
    return Job.objects.filter(_reach(user, on=on)).select_related("started_by")


def access_job(user: Any, ref: str, *, on: date) -> Job:
    """The job of that reference. Errors: NotFound when it is not there or not for this user."""
    job = visible_to(user, on=on).filter(ref=ref).first()
    if job is None:
        raise NotFound(ref)
    return job


def _reach(user: Any, *, on: date) -> Q:
    return Q() if user.can(Permission.MANAGE_SETTINGS, on=on) else Q(started_by=user)


@dataclass(frozen=True)
class JobView:
    """A job as a page shows it."""

    job: Job
    own: bool  # its content (result, link) is for whoever started it
    done: int
    total: int
    label: str
    seconds: int
    percent: int | None
    poll_after: int  # 0: it is over, stop looking
    silent: bool  # running, but its worker has given no sign of life for a while


def shown(job: Job, user: Any, *, at: datetime) -> JobView:
    """How far the job is at a moment, from its row or its file."""
    seen = progress_file.merged(job)
    began = job.started_at or job.queued_at
    seconds = max(0, int(((job.finished_at or at) - began).total_seconds()))
    return JobView(
        job=job,
        own=job.started_by_id == user.pk,
        done=seen.done,
        total=seen.total,
        label=seen.label,
        seconds=seconds,
        percent=min(100, seen.done * 100 // seen.total) if seen.total else None,
        poll_after=0 if job.is_over else min(POLL_LAST, POLL_FIRST + seconds // 15),
        silent=job.state == State.RUNNING
        and (seen.heartbeat_at is None or at - seen.heartbeat_at > timedelta(seconds=15)),
    )


@dataclass(frozen=True)
class Queue:
    """The state of the machinery: for the status page."""

    waiting: int
    running: int
    oldest_waiting: Job | None
    failed_today: int
    worker_seen_at: datetime | None

    def worker_alive(self, at: datetime) -> bool:
        """Whether a worker gave a sign of life within the last minute."""
        return self.worker_seen_at is not None and at - self.worker_seen_at < timedelta(minutes=1)


def queue(*, at: datetime) -> Queue:
    """How long the queue is and when a worker was last seen."""
    ready = Job.objects.filter(state=State.QUEUED).filter(Q(not_before=None) | Q(not_before__lte=at))
    running = list(Job.objects.filter(state=State.RUNNING))
    worker = WorkerSeen.objects.filter(stopped_at=None).order_by("-seen_at").first()
    signs = [worker.seen_at] if worker else []
    signs += [beat for each in running if (beat := progress_file.merged(each).heartbeat_at)]
    return Queue(
        waiting=ready.count(),
        running=len(running),
        oldest_waiting=ready.order_by("queued_at").first(),
        failed_today=Job.objects.filter(state=State.FAILED, finished_at__gte=at - timedelta(days=1)).count(),
        worker_seen_at=max(signs, default=None),
    )
