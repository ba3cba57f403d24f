"""kill -9 while a roll is applied or undone: all or nothing stands, and another worker ends the work, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deployment.models import Posting, RollDiscrepancy
from hcims import clock
from hcims.imports import actions, shell
from hcims.imports.models import BatchState, ImportBatch
from hcims.jobs import lease
from hcims.jobs.models import Job
from personnel.models import Officer, RankHolding
from tests.factories.rolls import read_roll, row
from tests.jobs.processes import WorkerProcess

pytestmark = pytest.mark.django_db(transaction=True)
SETTINGS = "tests.deployment.worker_settings"
STOPPING = ("tests.deployment.stopping_worker",)
TABLES = (Officer, Posting, RankHolding, Officer.history, Posting.history, RankHolding.history)
ROWS = [row(1, surname="Mutua"), row(2, unit="PS-NYALI", rank="CPL"), row(3)]


def record() -> list[object]:
    return [list(getattr(each, "objects", each).order_by("pk").values_list()) for each in TABLES]


def queued(batch: ImportBatch) -> Job:
    """The import confirmed, for a worker to apply."""
    assert batch.state == BatchState.READY, (batch.state, batch.questions, batch.refusal)
    batch = actions.confirm(batch=batch, by=None, at=clock.now())
    return Job.objects.get(ref=batch.job_ref)


def kill_a_worker_at(statement: int) -> None:
    with WorkerProcess("--drain", meet_at=str(statement), program=STOPPING, settings_module=SETTINGS) as worker:
        worker.reached()
        worker.kill()


def let_another_end_it(job: Job) -> None:
    assert lease.take_back_expired(at=clock.now() + timedelta(minutes=1)) == 1
    with WorkerProcess("--drain", settings_module=SETTINGS) as other:
        other.ended_well()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


@pytest.mark.parametrize("statement", [4, 25])
def test_killed_while_applying(world, statement):
    shell.commit(read_roll([row(1), row(2)], at=clock.now()), at=clock.now())
    batch = read_roll(ROWS, at=clock.now())
    job, before = queued(batch), record()
    kill_a_worker_at(statement)
    batch.refresh_from_db()
    assert (record() == before, batch.state) == (True, BatchState.APPLYING)
    let_another_end_it(job)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["applied"]) == ("applied", {"new": 1, "changed": 1, "elsewhere": 1})
    assert Officer.objects.filter(service_number__startswith="10000").count() == 3
    assert Posting.objects.get(officer__service_number="100002").unit.code == "PS-BAMBA"  # a roll moves nobody
    assert RollDiscrepancy.objects.count() == 1


@pytest.mark.parametrize("statement", [12])
def test_killed_while_undoing(world, statement):
    shell.commit(read_roll([row(1), row(2)], at=clock.now()), at=clock.now())
    applied = shell.commit(read_roll(ROWS, at=clock.now()), at=clock.now())
    undoing = actions.undo(batch=applied, by=None, at=clock.now())
    with WorkerProcess("--drain", settings_module=SETTINGS) as reader:
        reader.ended_well()
    undoing.refresh_from_db()
    job, before = queued(undoing), record()
    kill_a_worker_at(statement)
    undoing.refresh_from_db()
    assert (record() == before, undoing.state) == (True, BatchState.APPLYING)
    let_another_end_it(job)
    applied.refresh_from_db()
    assert applied.state == BatchState.UNDONE
    assert not Officer.objects.filter(service_number="100003").exists()
    assert Officer.objects.get(service_number="100001").surname == "Otieno"
