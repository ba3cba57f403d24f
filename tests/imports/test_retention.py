"""Rows of imports go when their time has run; the import's own record and its counts stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deployment.models import DeploymentRule, RuleCode
from hcims.audit.models import AuditEvent
from hcims.errors import RuleBroken
from hcims.imports import actions, retention
from hcims.imports.models import ImportBatch
from hcims.jobs.due import enqueue_due
from hcims.jobs.runner import run_waiting
from tests.factories.rolls import AT, apply_roll, read_roll, row
from tests.imports.test_pages import page_of
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db
DAYS = 90


def later(days=DAYS, seconds=1):
    return AT + timedelta(days=days, seconds=seconds)


def step(*_args):
    pass


@pytest.fixture
def applied(world):
    return apply_roll([row(1), row(2), row(3, unit="PS-NOWHERE")])


def test_nothing_goes_within_its_time(applied):
    assert not retention.some_are_due(at=later(DAYS - 1))
    assert retention.prune(at=later(DAYS - 1), step=step) == 0
    assert applied.rows.exists()


def test_the_period_is_a_dated_rule(applied):
    DeploymentRule.objects.filter(code=RuleCode.IMPORT_ROWS_KEPT).update(value=30)
    assert retention.some_are_due(at=later(30))


def test_rows_go_and_the_record_stays(applied, world):
    counts = applied.counts
    assert retention.prune(at=later(), step=step) == 1
    applied.refresh_from_db()
    assert (applied.rows.count(), bool(applied.unchanged), applied.state) == (0, False, "applied")
    assert applied.counts == counts
    assert applied.pruned_at == later()
    assert AuditEvent.objects.filter(event="import-rows-removed", target_ref=applied.ref).count() == 1
    assert not retention.some_are_due(at=later())
    page = page_of(client_of(world.people["hr-officer"]), applied)
    assert "The rows were removed" in page
    assert "Undo this import" not in page
    with pytest.raises(RuleBroken, match="time for undoing had run out"):
        actions.undo(batch=applied, by=None, at=later())


def test_the_same_file_after_that_is_read_and_changes_nothing(world):
    apply_roll([row(1), row(2)])
    retention.prune(at=later(), step=step)
    again = read_roll([row(1), row(2)], at=later())
    assert again.counts["outcomes"]["unchanged"] == 2
    assert again.unchanged.open().read().count(b"\n") == 2


def test_a_list_of_which_nothing_came_is_withdrawn(world):
    batch = read_roll([row(1)])
    retention.prune(at=later(), step=step)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), bool(batch.file)) == ("withdrawn", 0, False)


def test_what_is_being_undone_keeps_its_rows(applied):
    undoing = actions.undo(batch=applied, by=None, at=later(DAYS - 1), in_background=False)
    assert retention.prune(at=later(), step=step) == 0
    actions.withdraw(batch=undoing, by=None, at=later())
    assert retention.prune(at=later(), step=step) == 1


def test_the_worker_does_it_by_itself(applied):
    ImportBatch.objects.update(applied_at=timezone.now() - timedelta(days=DAYS + 1))
    enqueue_due(at=timezone.now())
    run_waiting()
    applied.refresh_from_db()
    assert (applied.rows.count(), applied.pruned_at is None) == (0, False)
