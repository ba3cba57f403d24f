"""The database refuses to change the case log, whichever way one asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from counselling.models import CaseEvent, CaseEventHead
from tests.audit.test_append_only import AT, replacing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_row() -> None:
    CaseEventHead.objects.create(pk=1, sequence=1, hash="a" * 64)
    CaseEvent.objects.create(sequence=1, at=AT, event="case-read", by_ref="x", previous_hash="0" * 64, hash="a" * 64)


def refused(statement: str) -> None:
    before = list(CaseEvent.objects.values_list("sequence", "by_ref", "hash"))
    with (
        pytest.raises(DatabaseError, match="case log (is append-only|stays|only moves forward)"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(CaseEvent.objects.values_list("sequence", "by_ref", "hash")) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE counselling_caseevent SET by_ref = 'forged'",
        "DELETE FROM counselling_caseevent",
        "DELETE FROM counselling_caseeventhead",
        "UPDATE counselling_caseeventhead SET sequence = 0",
    ],
)
def test_changing_and_removing_are_refused(statement: str) -> None:
    refused(statement)


@pytest.mark.sqlite
@pytest.mark.parametrize("table", ["counselling_caseevent", "counselling_caseeventhead"])
def test_insert_or_replace_is_refused(table: str) -> None:
    refused(replacing(table))


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["counselling_caseevent", "counselling_caseeventhead"])
def test_truncate_is_refused(table: str) -> None:
    refused(f"TRUNCATE {table}")


def test_a_second_head_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseEventHead.objects.create(pk=2)
