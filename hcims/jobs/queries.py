"""What pages read about jobs. Whoever started a job sees it; the administrator sees that it runs, not what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from hcims.access.permissions import Permission
from hcims.errors import NotFound
from hcims.jobs import kinds, lease, progress_file
from hcims.jobs.models import Job, State, WorkerSeen

SILENT_AFTER = timedelta(seconds=15)
STATES = State.choices


def visible_to(user: Any, *, on: date) -> QuerySet[Job]:
    """The jobs a user may see: his or her own, or all of them for the administrator."""
    return Job.objects.filter(_reach(user, on=on)).select_related("started_by")


def access_job(user: Any, ref: str, *, on: date) -> Job:
    """The job of that reference. Errors: NotFound when it is not there or not for this user."""
    job = visible_to(user, on=on).filter(ref=ref).first()
    if job is None:
        raise NotFound(ref)
    return job


def counts_by_state(user: Any, *, on: date) -> dict[str, int]:
    """How many jobs there are in each state, of those the user may see."""
    rows = visible_to(user, on=on).order_by().values_list("state").annotate(Count("pk"))
    return {state: 0 for state in State.values} | dict(rows)


def _reach(user: Any, *, on: date) -> Q:
    return Q() if user.can(Permission.MANAGE_SETTINGS, on=on) else Q(started_by=user)


@dataclass(frozen=True)
class JobView:
    """A job as a page shows it."""

    job: Job
    title: str
    own: bool  # its content (result, link) is for whoever started it
    done: int
    total: int
    label: str
    seconds: int
    silent: bool  # running, but its worker has given no sign of life for a while
    result: list[tuple[str, Any]]
    error: str


def shown(job: Job, user: Any, *, at: datetime) -> JobView:
    """How far the job is at a moment, from its row or its file."""
    seen = progress_file.merged(job)
    began = job.started_at or job.queued_at
    own = job.started_by_id is not None and job.started_by_id == user.pk
    return JobView(
        job=job,
        title=kinds.title_of(job.kind),
        own=own,
        done=seen.done,
        total=seen.total,
        label=gettext(seen.label) if seen.label else "",
        seconds=max(0, int(((job.finished_at or at) - began).total_seconds())),
        silent=job.state == State.RUNNING and (seen.heartbeat_at is None or at - seen.heartbeat_at > SILENT_AFTER),
        result=[(gettext(key).capitalize(), value) for key, value in job.result.items()] if own else [],
        error=_error(job, own),
    )


def _error(job: Job, own: bool) -> str:
    """Why it failed: a general sentence to anybody, a refusal in its own words to whoever started it."""
    if own or job.error in (lease.GAVE_UP, lease.BROKE):
        return gettext(job.error) if job.error else ""
    return gettext("The reason is shown to whoever started it.")


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
