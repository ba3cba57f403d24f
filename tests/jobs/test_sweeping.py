"""What a rolled-back deed left on the disk goes after a day; what a row names stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from hcims import private_files
from hcims.jobs import due, sweeping
from hcims.jobs.models import Job
from hcims.letters import actions
from hcims.letters.blocks import Draft
from personnel.models import Officer
from tests.factories.accounts import UserFactory
from tests.factories.personnel import OfficerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.LETTER_KINDS = {"test-order": "tests.letters.kinds.ORDER"}
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return tmp_path


def files(store: Path) -> set[str]:
    return {str(path.relative_to(store)) for path in store.rglob("*") if path.is_file()}


def age(store: Path, *, days: int) -> None:
    moment = (AT - timedelta(days=days)).timestamp()
    for path in store.rglob("*"):
        os.utime(path, (moment, moment))


def letter() -> str:
    issued = actions.issue("test-order", Draft(title="Order", blocks=[]), by=UserFactory(), at=AT)
    return issued.letters[0].file


def test_the_file_of_a_deed_that_was_rolled_back_goes_and_the_others_stay(store: Path) -> None:
    kept = letter()
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    assert len(files(store)) == 2
    age(store, days=2)
    assert private_files.sweep(at=AT) == 1
    assert files(store) == {kept}
    assert private_files.sweep(at=AT) == 0


def test_a_deed_under_way_keeps_its_file(store: Path) -> None:
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    age(store, days=0)
    assert private_files.sweep(at=AT) == 0


def test_a_former_photograph_stays_as_long_as_the_history_names_it(store: Path) -> None:
    officer: Officer = OfficerFactory()
    for content in (b"first", b"second"):
        officer.photo.save("photo.jpg", ContentFile(content))
        officer.save()
    officer.photo.save("photo.jpg", ContentFile(b"of a deed that was rolled back"), save=False)
    age(store, days=2)
    assert len(files(store)) == 3
    assert private_files.sweep(at=AT) == 1
    assert files(store) == set(officer.history.exclude(photo="").values_list("photo", flat=True))


def test_a_folder_that_no_column_names_is_left_alone(store: Path) -> None:
    (store / "elsewhere").mkdir()
    (store / "elsewhere" / "x.pdf").write_text("of somebody else")
    age(store, days=9)
    assert private_files.sweep(at=AT) == 0
    assert files(store) == {"elsewhere/x.pdf"}


def test_it_runs_once_a_day(settings: Any) -> None:
    settings.JOB_KINDS = {sweeping.KIND: "hcims.jobs.sweeping.sweep_files"}
    settings.JOB_DUE = {sweeping.KIND: "hcims.jobs.sweeping.is_due"}
    due.enqueue_due(at=AT)
    assert Job.objects.filter(kind=sweeping.KIND).count() == 1
    Job.objects.update(state="done", finished_at=AT)
    assert not sweeping.is_due(at=AT + timedelta(hours=23))
    assert sweeping.is_due(at=AT + timedelta(hours=25))
