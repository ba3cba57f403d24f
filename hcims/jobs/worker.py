"""The worker: a loop that takes jobs from the queue, and takes back those whose worker died.

Signals: the first SIGTERM or SIGINT lets the job in hand finish and takes no other; the second gives the job back to
the queue at its next step. SIGKILL is survived by the lease.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from datetime import datetime, timedelta
from types import FrameType

from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from hcims import clock
from hcims.jobs import due, lease, runner, waking
from hcims.jobs.models import WorkerSeen

logger = logging.getLogger("hcims.jobs")
IDLE_SECONDS = 1.0
SWEEP_EVERY = timedelta(seconds=10)


class Worker:
    """One process doing one job at a time."""

    def __init__(self, *, drain: bool = False, once: bool = False) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(6)}"
        self.drain, self.once = drain, once
        self.stopping = False
        self._swept_at: datetime | None = None
        self._tasks = TaskWorker(
            queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=self.name[:64], excluded_queue_names=[],
        )  # fmt: skip
        runner.THIS.name = self.name

    def listen_to_signals(self) -> None:
        """This function will make the two signals of a polite stop reach `stop`."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """First call: take no other job. Second call: give back the one in hand."""
        if self.stopping and runner.THIS.pulse:
            runner.THIS.pulse.give_back = True
        self.stopping = True

    def run(self) -> None:
        """This function will work until it is stopped; with `drain` until the queue is empty, with `once` one job."""
        while not self.stopping:
            close_old_connections()
            try:
                worked = self.work_once()
            except OperationalError as error:  # a locked or restarting database: try again
                logger.warning("the database did not answer: %s", type(error).__name__)
                worked = False
            if self.once or (self.drain and not worked):
                break
            if not worked and not self.stopping:
                time.sleep(IDLE_SECONDS)
        self._say_goodbye()

    def work_once(self) -> bool:
        """This function will sweep where that is due, and do one job; False when none waits."""
        self._sweep(clock.now())
        row = self._claim()
        if row is None:
            return False
        self._tasks.run_task(row)
        return True

    def _claim(self) -> DBTaskResult | None:
        with exclusive_transaction():
            row = DBTaskResult.objects.ready().get_locked()
            if row is not None:
                row.claim(self.name[:64])
            return row

    def _sweep(self, at: datetime) -> None:
        if self._swept_at and at - self._swept_at < SWEEP_EVERY:
            return
        self._swept_at = at
        lease.take_back_expired(at=at)
        waking.wake_forgotten(at=at, after=lease.LEASE)
        waking.forget_old(at=at)
        due.enqueue_due(at=at)
        WorkerSeen.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
        WorkerSeen.objects.update_or_create(
            name=self.name, defaults={"seen_at": at}, create_defaults={"started_at": at, "seen_at": at}
        )

    def _say_goodbye(self) -> None:
        at = clock.now()
        WorkerSeen.objects.filter(name=self.name).update(seen_at=at, stopped_at=at)
