"""Long work: one row per job, the truth about it. The row of django-tasks is only what wakes a worker."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hcims.jobs.errors import Cancelled, LostLease
from hcims.references import new_reference


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """One piece of long work. `args` holds references only: never content, never a personal value.

    A worker holds a job by a lease that it keeps renewing. `token` grows at each taking; whoever holds an older one
    cannot commit (`check_token`).
    """

    State = State
    TRANSITIONS = {
        "queued": {"running", "cancelled"},
        "running": {"queued", "done", "failed", "cancelled"},
        "done": set(),
        "failed": set(),
        "cancelled": set(),
    }
    PENS = {
        "queued": "a worker; whoever started it may cancel",
        "running": "the worker that holds the lease; whoever started it may ask to cancel",
        "done": "nobody",
        "failed": "nobody",
        "cancelled": "nobody",
    }

    ref = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)  # where its result is read: a path of ours
    once = models.CharField(max_length=80, blank=True)  # at most one waiting job of a kind with the same word
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs"
    )
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=120, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    token = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_limit = models.PositiveSmallIntegerField(default=3)
    task_id = models.UUIDField(null=True, blank=True)

    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.JSONField(default=dict)  # counts
    error = models.CharField(max_length=400, blank=True)  # safe to show: no personal value

    class Meta:
        verbose_name = _("job")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_state_lease"),
            models.Index(fields=["started_by", "-queued_at"], name="jobs_started_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="jobs_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="jobs_over_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(cancel_requested_at__isnull=False) | Q(cancel_requested_by__isnull=True),
                name="jobs_cancel_pair",
            ),
            models.UniqueConstraint(
                fields=["kind", "once"], condition=Q(state="queued") & ~Q(once=""), name="jobs_one_waiting_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return not self.TRANSITIONS[self.state]

    def check_token(self) -> None:
        """This function will lock the job's row and make sure that this worker still holds it.

        Call it inside the transaction whose work must not be kept twice, right before its end.
        Errors: LostLease when another worker took over, Cancelled when cancelling was asked for.
        """
        current: Any = Job.objects.select_for_update().filter(pk=self.pk).first()
        if current is None or current.token != self.token or current.state != State.RUNNING:
            raise LostLease(self.ref)
        if current.cancel_requested_at:
            raise Cancelled(self.ref)


class WorkerSeen(models.Model):
    """A worker process and when it last gave a sign of life (while it runs a job, the job's heartbeat says so)."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.name
