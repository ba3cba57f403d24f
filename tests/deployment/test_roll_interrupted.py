"""A worker that stops at any moment of an apply leaves nothing behind, and the next one does all of it, once."""

import pytest

from deployment.models import Posting
from hcims.imports import actions, sql, work
from hcims.imports.models import BatchState, StagedRow
from hcims.jobs.errors import LostLease
from hcims.jobs.models import Job
from hcims.jobs.runner import run_waiting
from personnel.models import Officer, RankHolding, SkillHeld
from tests.factories.rolls import AT, apply_roll, read_roll, row

pytestmark = pytest.mark.django_db
TABLES = (Officer, Posting, RankHolding, SkillHeld, Officer.history, Posting.history, RankHolding.history)


class Killed(BaseException):
    """What no handler catches."""


def state_of_the_record():
    return [list(getattr(each, "objects", each).order_by("pk").values_list()) for each in TABLES]


def confirmed(rows):
    batch = read_roll(rows)
    return actions.confirm(batch=batch, by=None, at=AT, in_background=False)


def test_stopped_at_every_statement(world, monkeypatch):
    apply_roll([row(1), row(2)])
    batch = confirmed([row(1, surname="Mutua"), row(2, unit="PS-NYALI", rank="CPL"), row(3)])
    before, real, count = state_of_the_record(), sql.run, 0
    stop_at = 0

    def counted(*args):
        nonlocal count
        count += 1
        if count == stop_at:
            raise Killed
        return real(*args)

    monkeypatch.setattr(sql, "run", counted)
    while True:
        count, stop_at = 0, stop_at + 1
        try:
            work.apply(batch, at=AT, watch=work.Watch())
        except Killed:
            assert state_of_the_record() == before, f"something stayed behind at statement {stop_at}"
            batch.refresh_from_db()
            assert batch.state == BatchState.APPLYING
            continue
        break
    assert stop_at > 15
    batch.refresh_from_db()
    assert (batch.state, batch.counts["applied"]) == ("applied", {"new": 1, "changed": 1, "elsewhere": 1})
    assert Officer.objects.filter(service_number__startswith="10000").count() == 3


def test_a_worker_that_lost_its_lease_commits_nothing(world):
    batch = confirmed([row(1)])
    before = state_of_the_record()

    class Overtaken(work.Watch):
        def finish(self, result):
            raise LostLease("x")

    with pytest.raises(LostLease):
        work.apply(batch, at=AT, watch=Overtaken())
    assert state_of_the_record() == before


def test_an_older_job_does_nothing(world):
    batch = confirmed([row(1)])

    class Older(work.Watch):
        job_ref = "another"

    work.apply(batch, at=AT, watch=Older())
    batch.refresh_from_db()
    assert batch.state == BatchState.APPLYING
    assert not Officer.objects.filter(service_number="100001").exists()


def test_a_reading_that_is_begun_again_stages_each_row_once(world, monkeypatch):
    hr = world.people["hr-officer"]
    batch = read_roll([row(number) for number in range(1, 6)])
    actions.answer(batch=batch, answers={}, clears=[], by=hr, at=AT)
    batch.refresh_from_db()
    StagedRow.objects.create(batch=batch, row=2, key="100001", outcome="new")  # left by a worker that died
    run_waiting()
    batch.refresh_from_db()
    assert Job.objects.get(ref=batch.job_ref).state == "done"
    assert batch.state == "ready"
    assert sorted(batch.rows.filter(outcome="new").values_list("row", flat=True)) == [2, 3, 4, 5, 6]


def test_a_list_that_the_database_refuses_comes_back_to_be_looked_at(world):
    """Somebody took the identifier between the look and the apply."""
    from hcims.errors import RuleBroken

    batch = confirmed([row(1)])
    taken = Officer.objects.get(pk=world.officer.pk)
    taken.national_id = "20000001"
    taken.save()
    with pytest.raises(RuleBroken):
        work.apply(batch, at=AT, watch=work.Watch())
    batch.refresh_from_db()
    assert batch.state == BatchState.READY
    assert "national ID" in batch.refusal
