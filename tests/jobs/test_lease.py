"""Taking, holding and losing a job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django_tasks_db.models import DBTaskResult

from hcims.jobs import actions, due, lease, runner, waking
from hcims.jobs.errors import Cancelled, LostLease
from hcims.jobs.models import Job
from hcims.jobs.progress import Progress, Pulse

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)


def queued(kind: str = "test-count") -> Job:
    return actions.enqueue(kind, by=None, at=AT)


def taken(at: datetime = AT) -> Job:
    job = lease.take(queued().ref, worker="one", at=at)
    assert job
    return job


def test_only_one_worker_takes_it() -> None:
    job = queued()
    assert lease.take(job.ref, worker="one", at=AT)
    assert lease.take(job.ref, worker="two", at=AT) is None


def test_a_heartbeat_keeps_the_lease() -> None:
    job = taken()
    assert not lease.renew(job, lease.Noted(3, 9, "Counting"), at=AT + timedelta(seconds=50)).lost
    assert lease.take_back_expired(at=LATER) == 0
    assert lease.take_back_expired(at=LATER + lease.LEASE) == 1


def test_after_a_take_over_the_older_token_opens_nothing() -> None:
    old = taken()
    lease.take_back_expired(at=LATER)
    with pytest.raises(LostLease):
        old.check_token()
    new = lease.take(old.ref, worker="two", at=LATER)
    assert new
    assert new.token == old.token + 1
    new.check_token()
    with pytest.raises(LostLease):
        old.check_token()
    assert lease.renew(old, lease.Noted(), at=LATER).lost
    assert not lease.finish(old, {}, lease.Noted(), at=LATER)
    assert lease.finish(new, {"rows": 1}, lease.Noted(), at=LATER)


def test_a_job_whose_worker_always_dies_fails_in_the_end() -> None:
    job, at = queued(), AT
    for _ in range(job.attempts_limit):
        assert lease.take(job.ref, worker="dying", at=at)
        at += timedelta(minutes=1)
        lease.take_back_expired(at=at)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", lease.GAVE_UP)
    assert runner.run_waiting() == 0


def test_a_worker_dead_before_it_took_the_job_is_noticed() -> None:
    job = queued()
    row = DBTaskResult.objects.get(pk=job.task_id)
    row.claim("dead")
    assert row.started_at
    assert waking.wake_forgotten(at=row.started_at, after=lease.LEASE) == 0
    assert waking.wake_forgotten(at=row.started_at + timedelta(minutes=1), after=lease.LEASE) == 1
    assert runner.run_waiting() == 1
    job.refresh_from_db()
    assert job.state == "done"


def test_finishing_outside_a_transaction_is_refused() -> None:
    job = taken()
    progress = Progress(job, Pulse(job), beats_itself=True)
    with patch("hcims.jobs.progress.connection.in_atomic_block", new=False), pytest.raises(RuntimeError):
        progress.finish({})


def test_finishing_a_cancelled_job_is_refused() -> None:
    job = taken()
    Job.objects.filter(pk=job.pk).update(cancel_requested_at=AT)
    with pytest.raises(Cancelled):
        Progress(job, Pulse(job), beats_itself=True).finish({})


def test_old_rows_of_the_queue_are_forgotten_but_not_those_under_way() -> None:
    done, waiting = queued(), queued()
    runner.run(done.ref)
    for job in (done, waiting):
        DBTaskResult.objects.get(pk=job.task_id).claim("dead")
    waking.forget_old(at=datetime.now(UTC) + timedelta(days=2))
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [waiting.task_id]


def test_work_that_is_due_is_queued_once(settings: object) -> None:
    settings.JOB_DUE = {"test-count": "tests.jobs.test_lease.is_due"}  # type: ignore[attr-defined]
    assert due.enqueue_due(at=AT) == 0
    assert due.enqueue_due(at=LATER) == 1
    assert due.enqueue_due(at=LATER) == 0, "it waits already"
    lease.take(Job.objects.get().ref, worker="one", at=LATER)
    assert due.enqueue_due(at=LATER) == 0, "it runs already"


def is_due(*, at: datetime) -> bool:
    return at >= LATER
