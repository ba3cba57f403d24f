"""Numbers without gap or double, what is kept and what is not, and who may open it again."""

from __future__ import annotations

import hashlib
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import User
from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotFound, RuleBroken
from hcims.letters import actions, blocks, codes, queries
from hcims.letters.blocks import Draft
from hcims.letters.models import Letter, LetterSeries, check_pattern
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def clerk() -> User:
    return UserFactory()


def draft(**changes: Any) -> Draft:
    values: dict[str, Any] = {
        "title": "Posting order",
        "blocks": [blocks.paragraph("Secret matter.")],
        "initials": "A. O.",
    }
    return Draft(**{**values, **changes})


def numbers() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("number", flat=True))


def test_letters_are_numbered_by_series_and_year(clerk: User) -> None:
    for at in (AT, AT, AT.replace(year=2027)):
        actions.issue("test-order", draft(), by=clerk, at=at)
    actions.issue("test-once", draft(), by=clerk, at=AT)
    assert numbers() == [
        "NPS/HR/PO/2026/00001", "NPS/HR/PO/2026/00002", "NPS/HR/PO/2027/00001", "NPS/ICT/ACT/2026/00001",
    ]  # fmt: skip


def test_a_letter_that_is_not_kept_gives_its_number_back(clerk: User) -> None:
    with transaction.atomic():
        actions.issue("test-order", draft(), by=clerk, at=AT)
        transaction.set_rollback(True)
    actions.issue("test-order", draft(), by=clerk, at=AT)
    assert numbers() == ["NPS/HR/PO/2026/00001"]


def test_a_failed_batch_leaves_no_file(
    clerk: User, letters_of_the_tests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Letter.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        actions.issue_many("test-order", [draft(), draft()], by=clerk, at=AT)
    assert not list(letters_of_the_tests.rglob("*.pdf"))


def test_the_pattern_is_dated_data(clerk: User) -> None:
    LetterSeries.objects.filter(code="posting-order").update(ends_on=date(2026, 12, 1))
    LetterSeries.objects.create(
        code="posting-order", pattern="{number}/{year}/PO", starts_on=date(2026, 12, 1), authority="Circular 9/2026"
    )
    for at in (AT, AT.replace(month=12)):
        actions.issue("test-order", draft(), by=clerk, at=at)
    assert numbers() == ["NPS/HR/PO/2026/00001", "2/2026/PO"]


def test_without_a_numbering_in_force_there_is_no_letter(clerk: User) -> None:
    LetterSeries.objects.all().delete()
    with pytest.raises(RuleBroken, match="posting-order"):
        actions.issue("test-order", draft(), by=clerk, at=AT)


@pytest.mark.parametrize("pattern", ["NPS/{year}", "{number.__class__}", "{number:5}/{who}", "{}", "{number:12}"])
def test_a_pattern_without_number_or_with_other_places_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        check_pattern(pattern)


def test_what_is_kept_and_what_is_not(clerk: User, letters_of_the_tests: Path) -> None:
    kept = actions.issue("test-order", draft(), by=clerk, at=AT)
    once = actions.issue("test-once", draft(), by=clerk, at=AT)
    assert queries.pdf_of(kept.letters[0]) == kept.pdf
    assert kept.letters[0].sha256 == hashlib.sha256(kept.pdf).hexdigest()
    assert once.pdf.startswith(b"%PDF")
    assert len(list(letters_of_the_tests.rglob("*.pdf"))) == 1
    with pytest.raises(NotFound):
        queries.pdf_of(once.letters[0])
    with pytest.raises(NotFound):
        queries.access_letter(clerk, once.letters[0].ref)


def test_of_many_letters_each_has_its_own_file(clerk: User) -> None:
    issued = actions.issue_many("test-order", [draft(), draft(), draft()], by=clerk, at=AT)
    files = [queries.pdf_of(letter) for letter in issued.letters]
    assert len({*files, issued.pdf}) == 4
    assert [hashlib.sha256(file).hexdigest() for file in files] == [letter.sha256 for letter in issued.letters]
    event = AuditEvent.objects.get(event="letter-issued")
    assert '"count":3' in event.details


def test_letters_that_nobody_takes_together_are_not_printed_a_second_time(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[int] = []
    render = actions.render

    def counting(*args: Any, **more: Any) -> bytes:
        printed.append(1)
        return render(*args, **more)

    monkeypatch.setattr(actions, "render", counting)
    issued = actions.issue_many("test-order", [draft(), draft()], by=clerk, at=AT, joined=False)
    assert (len(printed), issued.pdf) == (2, b"")
    files = [queries.pdf_of(letter) for letter in issued.letters]
    assert [hashlib.sha256(file).hexdigest() for file in files] == [letter.sha256 for letter in issued.letters]
    alone = actions.issue_many("test-once", [draft(), draft()], by=clerk, at=AT, joined=False)
    assert alone.pdf.startswith(b"%PDF"), "of a kind that is not kept the joint file is the only copy"


def test_neither_none_nor_too_many_are_printed_together(clerk: User) -> None:
    for count in (0, actions.TOGETHER + 1):
        with pytest.raises(ValueError, match="printed together"):
            actions.issue_many("test-order", [draft()] * count, by=clerk, at=AT)


def test_the_trail_says_that_it_was_issued_not_what_it_says(clerk: User) -> None:
    letter = actions.issue("test-order", draft(about="abc"), by=clerk, at=AT).letters[0]
    event = AuditEvent.objects.get(event="letter-issued")
    assert event.target_ref == letter.ref
    assert letter.number in event.details
    assert "Secret" not in event.details


def test_it_opens_to_the_recipient_and_the_issuer_only(clerk: User) -> None:
    recipient, stranger = UserFactory(), UserFactory()
    letter = actions.issue("test-order", draft(recipient=recipient), by=clerk, at=AT).letters[0]
    assert queries.access_letter(recipient, letter.ref) == letter
    assert queries.access_letter(clerk, letter.ref) == letter
    with pytest.raises(NotFound):
        queries.access_letter(stranger, letter.ref)


def test_the_code_is_stored_nowhere(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "new_code", lambda: "abcdefgh23456789")
    letter = actions.issue("test-order", draft(), by=clerk, at=AT).letters[0]
    assert queries.letter_behind("ABCD EFGH-2345 6789") == letter
    assert queries.letter_behind("abcdefgh23456788") is None
    assert "abcdefgh" not in repr(Letter.objects.values().get()) + repr(list(AuditEvent.objects.values()))


def test_a_letter_is_withdrawn_once(clerk: User) -> None:
    letter = actions.issue("test-order", draft(), by=clerk, at=AT).letters[0]
    actions.withdraw(letter, by=clerk, at=AT, reason="wrong station")
    letter.refresh_from_db()
    assert (letter.state, letter.withdrawn_by) == ("withdrawn", clerk)
    with pytest.raises(InvalidTransition):
        actions.withdraw(letter, by=clerk, at=AT, reason="again")


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_get_neither_the_same_number_nor_a_gap(clerk: User) -> None:
    """Eight threads, started together."""
    together, failures = threading.Barrier(8), []

    def issue() -> None:
        try:
            together.wait()
            actions.issue("test-order", draft(), by=clerk, at=AT)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(numbers()) == [f"NPS/HR/PO/2026/{count:05}" for count in range(1, 9)]


def test_a_pattern_is_entered_in_the_admin_on_a_paper(clerk: User, world: World) -> None:
    client = client_of(world.people["hr-officer"])
    given = {"code": "certificate", "pattern": "C/{year}", "starts_on": "2026-01-01", "authority": "Circular 1/2026"}
    address = "/admin/letters/letterseries/add/"
    assert client.post(address, given | {"source": "Circular 1/2026"}).status_code == 200, "the number is missing"
    assert (
        client.post(address, given | {"pattern": "C/{year}/{number:4}", "source": "Circular 1/2026"}).status_code == 302
    )
    assert LetterSeries.objects.get(code="certificate").number(2026, 7) == "C/2026/0007"
