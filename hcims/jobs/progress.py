"""How a running job says how far it is, and learns that it must stop.

`Progress.step` only notes numbers: it costs nothing per row. A `Pulse` writes them, and the heartbeat with them, once
a second on a connection of its own, because what the handler's own transaction writes is unseen until it commits.
On SQLite that transaction locks every other writer out, so there the pulse goes to a file.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, connections

from hcims import clock
from hcims.jobs import lease
from hcims.jobs.errors import Cancelled, GivenBack, LostLease
from hcims.jobs.models import Job

BEAT = timedelta(seconds=1)


class Pulse:
    """The heartbeat of one running job: writes what is noted, reads whether to go on."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.noted = lease.Noted()
        self.lost = self.cancelled = self.give_back = False
        self._stop = threading.Event()

    def beat(self, at: datetime) -> None:
        """This function will renew the lease and write the progress, and notice a lost lease or a cancellation."""
        state = lease.renew(self.job, self.noted, at=at)
        self.lost, self.cancelled = self.lost or state.lost, self.cancelled or state.cancelled

    @contextlib.contextmanager
    def in_background(self) -> Iterator[None]:
        """Within it a thread beats once a second."""
        thread = threading.Thread(target=self._run, name=f"pulse-{self.job.ref}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.wait(BEAT.total_seconds()):
                with contextlib.suppress(OperationalError):  # a busy database: the lease outlasts several beats
                    self.beat(clock.now())
        finally:
            connections.close_all()  # this thread's own


class Progress:
    """What a handler is given."""

    def __init__(self, job: Job, pulse: Pulse, *, beats_itself: bool, now: Callable[[], datetime] = clock.now) -> None:
        self.job = job
        self._pulse = pulse
        self._beats_itself = beats_itself  # no thread: beat from within step
        self._now = now
        self._last: datetime | None = None

    def step(self, done: int, total: int = 0, label: str = "") -> None:
        """This function will note how far the job is, and stop it where it must stop. Cheap enough for every row.

        `label` is a fixed phrase marked for translation ("Reading rows"), never a name.
        Errors: Cancelled, LostLease, GivenBack: let them pass, so that the transaction rolls back.
        """
        self._pulse.noted = lease.Noted(done, total, label)
        if self._beats_itself and (self._last is None or self._now() - self._last >= BEAT):
            self._last = self._now()
            self._pulse.beat(self._last)
        self.check()

    def check(self) -> None:
        """Errors: Cancelled, LostLease, GivenBack when the job must not go on."""
        if self._pulse.lost:
            raise LostLease(self.job.ref)
        if self._pulse.cancelled:
            raise Cancelled(self.job.ref)
        if self._pulse.give_back:
            raise GivenBack(self.job.ref)

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """This function will mark the job done in the handler's own transaction: its work and its end are one commit.

        The last call before that transaction ends. Without it a worker killed after the commit would do the job again.
        Errors: LostLease, Cancelled.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("finish() belongs inside the transaction that holds the work")
        self.job.check_token()
        lease.finish(self.job, result or {}, self._pulse.noted, at=self._now())
