"""What becomes of a job."""

from __future__ import annotations

from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from hcims import clock
from hcims.jobs import actions, lease, runner
from hcims.jobs.models import Job

pytestmark = pytest.mark.django_db


def after(kind: str, **arguments: Any) -> Job:
    job = actions.enqueue(kind, by=None, at=clock.now(), **arguments)
    assert runner.run_waiting() == 1
    job.refresh_from_db()
    return job


def test_done_with_its_counts() -> None:
    job = after("test-count")
    assert (job.state, job.result, job.done, job.total, job.attempts) == ("done", {"counted": 5}, 5, 5, 1)
    assert job.finished_at
    assert job.lease_until is None


def test_a_refusal_is_shown() -> None:
    job = after("test-refuse")
    assert (job.state, job.error) == ("failed", "The file was changed meanwhile.")


def test_an_unforeseen_error_is_shown_and_kept_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(runner.logger, "error", lambda text, *values: said.append(text % values))
    job = after("test-break")
    assert (job.state, job.error) == ("failed", lease.BROKE)
    assert "ValueError" in said[0]
    assert "break_with_a_name" in said[0]
    kept = said[0] + "".join(row.traceback for row in DBTaskResult.objects.all())
    assert job.ref in kept
    assert f"the name of {job.ref}" not in kept


def test_arguments_are_references_not_content() -> None:
    for wrong in ({"row": {"name": "x"}}, {"text": "x" * 600}, {"rows": ["x"]}):
        with pytest.raises(ValueError, match="references"):
            actions.enqueue("test-count", by=None, at=clock.now(), args=wrong)


def test_an_unknown_kind_and_a_foreign_link_are_refused() -> None:
    with pytest.raises(KeyError):
        actions.enqueue("no-such", by=None, at=clock.now())
    with pytest.raises(ValueError, match="path of this site"):
        actions.enqueue("test-count", by=None, at=clock.now(), link="//elsewhere.example/")


def test_once_means_one_waiting() -> None:
    first = actions.enqueue("test-count", by=None, at=clock.now(), once="x")
    assert actions.enqueue("test-count", by=None, at=clock.now(), once="x").pk == first.pk
    assert actions.enqueue("test-count", by=None, at=clock.now(), once="y").pk != first.pk
    assert runner.run_waiting() == 2
    assert actions.enqueue("test-count", by=None, at=clock.now(), once="x").pk != first.pk
