"""A worker killed at any moment: its job is done by another one, and nothing is applied twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from hcims import clock
from hcims.jobs import actions, lease
from hcims.jobs.models import Job
from tests.jobs.handlers import ROWS
from tests.jobs.processes import WorkerProcess

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def applied() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tests_applied (number integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE tests_applied")


@pytest.fixture
def job() -> Job:
    return actions.enqueue("test-apply", by=None, at=clock.now())


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tests_applied")
        return int(cursor.fetchone()[0])


def test_killed_in_its_transaction_the_job_is_done_again_by_another(job: Job) -> None:
    with WorkerProcess("--drain", meet_at="middle") as worker:
        worker.reached()
        worker.kill()
    job.refresh_from_db()
    assert (job.state, rows()) == ("running", 0)
    assert lease.take_back_expired(at=clock.now()) == 0, "within its lease a silent worker is left alone"
    assert lease.take_back_expired(at=clock.now() + MINUTE) == 1
    with WorkerProcess("--drain") as other:
        other.ended_well()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.token, job.result) == ("done", 2, 2, {"rows": ROWS})
    assert rows() == ROWS


def test_killed_after_its_commit_the_job_is_not_done_again(job: Job) -> None:
    with WorkerProcess("--drain", meet_at="committed") as worker:
        worker.reached()
        worker.kill()
    job.refresh_from_db()
    assert (job.state, rows()) == ("done", ROWS)
    assert lease.take_back_expired(at=clock.now() + MINUTE) == 0
    with WorkerProcess("--drain") as other:
        other.ended_well()
    assert rows() == ROWS


@pytest.mark.parametrize("place", ["begin", pytest.param("middle", marks=pytest.mark.postgresql)])
def test_a_worker_thought_dead_cannot_commit(job: Job, place: str) -> None:
    """On SQLite the first worker's open transaction would keep everybody out: there it is met before it begins."""
    with WorkerProcess("--once", meet_at=place) as slow:
        slow.reached()
        assert lease.take_back_expired(at=clock.now() + MINUTE) == 1
        with WorkerProcess("--drain") as other:
            other.ended_well()
        assert rows() == ROWS
        slow.let_go()
        slow.ended_well()
    assert rows() == ROWS, "the slow worker's rows were kept as well"
    job.refresh_from_db()
    assert (job.state, job.token) == ("done", 2)


def test_a_polite_stop_lets_the_job_finish(job: Job) -> None:
    with WorkerProcess(meet_at="middle") as worker:
        worker.reached()
        worker.process.send_signal(signal.SIGTERM)
        worker.let_go()
        worker.ended_well()
    job.refresh_from_db()
    assert (job.state, rows()) == ("done", ROWS)


def test_a_second_signal_gives_the_job_back_at_once(job: Job) -> None:
    with WorkerProcess(meet_at="middle") as worker:
        worker.reached()
        worker.process.send_signal(signal.SIGTERM)
        worker.process.send_signal(signal.SIGINT)
        worker.let_go()
        worker.ended_well()
    job.refresh_from_db()
    assert (job.state, job.attempts, rows()) == ("queued", 0, 0)
