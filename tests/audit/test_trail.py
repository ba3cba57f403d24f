"""Rows are written last, only for deeds that were kept, and in one unbroken chain however many write at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from hcims.actions import action
from hcims.audit import reading, trail
from hcims.audit.events import Event
from hcims.audit.models import AuditEvent
from hcims.errors import RuleBroken
from tests.factories.accounts import UserFactory

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@action
def small_deed(name: str) -> None:
    trail.record(Event.UNIT_CHANGED, target=name, by=None, at=AT)


@action
def deed_that_fails(name: str) -> None:
    small_deed(name)
    raise RuleBroken("Not so.")


def targets() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("target_kind", flat=True))


@pytest.mark.django_db
class TestWhatIsWritten:
    def test_rows_of_nested_actions_are_written_once_and_in_order(self) -> None:
        @action
        def large_deed() -> None:
            small_deed("one")
            small_deed("two")
            assert targets() == []  # the head is the last lock, so nothing is written yet
            trail.record(Event.UNIT_CHANGED, target="three", by=None, at=AT)

        large_deed()
        assert targets() == ["one", "two", "three"]

    def test_a_failed_deed_leaves_no_row(self) -> None:
        with pytest.raises(RuleBroken):
            deed_that_fails("one")
        assert targets() == []

    def test_a_part_that_failed_and_was_passed_over_leaves_no_row(self) -> None:
        @action
        def deed_that_goes_on() -> None:
            small_deed("before")
            with pytest.raises(RuleBroken):
                deed_that_fails("failed")
            small_deed("after")

        deed_that_goes_on()
        assert targets() == ["before", "after"]

    def test_the_office_is_that_of_the_day_in_nairobi(self) -> None:
        asked: list[Any] = []

        class Person:
            ref = "someone"

            def office(self, *, on: Any) -> str:
                asked.append(on)
                return "HR officer"

        trail.record(Event.UNIT_CHANGED, target="unit", by=Person(), at=datetime(2026, 3, 2, 22, 30, tzinfo=UTC))
        assert asked[0].isoformat() == "2026-03-03"

    def test_long_texts_do_not_break_the_deed(self) -> None:
        trail.record(
            Event.UNIT_CHANGED,
            target="unit",
            by=UserFactory(),
            at=AT,
            source="s" * 900,
            purpose="p" * 900,
            office="o" * 900,
        )
        assert reading.verify_trail([]).is_sound


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    writers, deeds = 6, 15
    failures: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for number in range(deeds):
                small_deed(f"{writer}-{number}")
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    verdict = reading.verify_trail([])
    assert verdict.is_sound, [str(each) for each in verdict.divergences]
    assert verdict.rows == writers * deeds
    assert len(set(targets())) == writers * deeds


@pytest.mark.django_db
def test_verifying_reads_in_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    for number in range(30):
        small_deed(str(number))
    with django_assert_num_queries(5):  # savepoint, head, rows, head, release
        assert reading.verify_trail([]).is_sound
