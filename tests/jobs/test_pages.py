"""A job's page: for whoever started it with what came of it, for the administrator without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from hcims import clock
from hcims.jobs import actions, lease, runner
from hcims.jobs.models import Job
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db


def started_by(user: Any, kind: str = "test-count", **arguments: Any) -> Job:
    return actions.enqueue(kind, by=user, at=clock.now(), **arguments)


def page(user: Any, job: Job, name: str = "job") -> Any:
    return client_of(user).get(reverse(f"jobs:{name}", args=[job.ref]))


def test_whoever_started_it_sees_what_came_of_it(world: World) -> None:
    job = started_by(world.officer.user, link="/notices/")
    runner.run_waiting()
    text = page(world.officer.user, job).content.decode()
    assert "Counted" in text
    assert 'href="/notices/"' in text


def test_the_administrator_sees_that_it_runs_and_nothing_of_what_is_in_it(world: World) -> None:
    done = started_by(world.officer.user, link="/notices/", args={"batch": "secretref"})
    failed = started_by(world.officer.user, kind="test-refuse")
    runner.run_waiting()
    administrator = world.people["system-administrator"]
    text = page(administrator, done).content.decode() + page(administrator, failed).content.decode()
    listed = client_of(administrator).get(reverse("jobs:jobs")).content.decode()
    main = re.sub(r"<header.*?</header>", "", text, flags=re.S) + listed
    assert "Done" in main
    assert "The reason is shown to whoever started it." in main
    for secret in ("Counted", "secretref", "The file was changed", "See what came of it"):
        assert secret not in main


def test_a_stranger_finds_nothing(world: World) -> None:
    job = started_by(world.officer.user)
    for name in ("job", "progress"):
        assert page(UserFactory(), job, name).status_code == 404
    assert client_of(UserFactory()).post(reverse("jobs:cancel", args=[job.ref])).status_code == 404
    job.refresh_from_db()
    assert job.cancel_requested_at is None


def test_waiting_work_is_cancelled_at_once(world: World) -> None:
    job = started_by(world.officer.user)
    client = client_of(world.officer.user)
    assert (
        "Cancelled. Nothing was changed."
        in client.post(reverse("jobs:cancel", args=[job.ref]), follow=True).content.decode()
    )
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert runner.run_waiting() == 0
    assert client.post(reverse("jobs:cancel", args=[job.ref])).status_code == 409


def test_running_work_is_asked_to_stop_and_keeps_nothing(world: World) -> None:
    job = started_by(world.officer.user, kind="test-cancel")
    runner.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.cancel_requested_by, job.result) == ("cancelled", world.officer.user, {})


def test_a_watching_page_asks_ever_more_rarely_and_reloads_at_the_end(world: World) -> None:
    job = started_by(world.officer.user)
    client = client_of(world.officer.user)
    address = reverse("jobs:progress", args=[job.ref])
    waits = []
    for polls in (0, 3, 50):
        text = client.get(f"{address}?polls={polls}").content.decode()
        found = re.search(r"load delay:(\d+)s", text)
        assert found
        waits.append(int(found[1]))
    assert waits == [2, 5, 10]
    runner.run_waiting()
    over = client.get(address)
    assert over.headers["HX-Refresh"] == "true"
    assert "hx-get" not in over.content.decode()


def test_progress_is_read_where_the_worker_writes_it(world: World) -> None:
    job = started_by(world.officer.user)
    taken = lease.take(job.ref, worker="one", at=clock.now())
    assert taken
    lease.renew(taken, lease.Noted(2500, 10000, "Writing officers"), at=clock.now())
    text = page(world.officer.user, job, "progress").content.decode()
    assert "2,500 / 10,000 · 25%" in text
    assert "Writing officers" in text
