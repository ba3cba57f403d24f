"""kill -9 while a round is frozen, computed and published: all or nothing stands, and another worker ends the work, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from deployment.models import PostingOrder
from hcims import clock
from hcims.jobs import lease
from hcims.jobs.models import Job
from hcims.jobs.runner import run_waiting
from tests.factories.rounds import prepared, round_at, staffed
from tests.jobs.processes import WorkerProcess
from tests.world import World, make_world
from transfers.actions import round_work
from transfers.models import Award, Certificate, Participation, Round, RoundRun, TransferOrder, TransferRequest

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = (Participation, RoundRun, Award, Certificate, TransferOrder, PostingOrder, TransferRequest)


def record() -> list[list[Any]]:
    return [list(each.objects.order_by("pk").values_list()) for each in TABLES]


def by_todays_calendar(round: Round) -> None:
    """The days of the round around today: the worker has a clock of its own."""
    days = {"opens_on": -40, "closes_on": -30, "claims_until": -20, "draw_on": -1, "report_by": 60, "appeals_until": 90}
    today = timezone.localdate()
    Round.objects.filter(pk=round.pk).update(**{name: today + timedelta(days=each) for name, each in days.items()})
    round.refresh_from_db()


def killed_at(step: int, job: Job) -> None:
    """All is written and nothing committed; then the worker is no more, and the record is as it was."""
    before = record()
    with WorkerProcess(
        "--drain", meet_at=str(step), program=("tests.transfers.stopping_worker",),
        settings_module="tests.deployment.worker_settings",
    ) as worker:  # fmt: skip
        worker.reached()
        worker.kill()
    job.refresh_from_db()
    assert (job.state, record() == before) == ("running", True)
    assert lease.take_back_expired(at=clock.now() + timedelta(minutes=1)) == 1
    run_waiting()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_worker_killed_in_the_freeze_the_computing_and_the_publication_leaves_nothing_half_done() -> None:
    world: World = make_world()
    staffed(world)
    hr, now = world.people["hr-officer"], {"on": timezone.localdate(), "at": clock.now()}
    round = round_at(world, "claims", prepared(world))
    by_todays_calendar(round)
    killed_at(5, round_work.ask_freeze(round=round, by=hr, **now))
    round.refresh_from_db()
    taking = Participation.objects.count()
    assert (round.state, taking > 0, bool(round.problem_root)) == ("frozen", True, True)

    Round.objects.filter(pk=round.pk).update(state="drawn", seed="a" * 64)
    killed_at(3, round_work.ask_compute(round=Round.objects.get(), by=hr, **now))
    assert (Round.objects.get().state, Award.objects.count(), RoundRun.objects.count()) == ("solved", taking, 1)

    board, signing = world.people["board-member"], world.people["inspector-general"]
    Round.objects.update(state="accepted", accepted_by=board, accepted_at=clock.now())
    round = Round.objects.get()
    killed_at(5, round_work.ask_publish(round=round, report_by=round.report_by, by=signing, **now))
    moved = Award.objects.filter(to_unit=world.other_station, participation__officer=world.officer).count()
    assert (Round.objects.get().state, Certificate.objects.count(), moved) == ("published", 1, 1)
    assert TransferOrder.objects.filter(order__officer=world.officer).count() == 1
    assert TransferRequest.objects.get(officer=world.officer).state == "published"
