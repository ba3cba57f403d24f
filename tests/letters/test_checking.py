"""Whoever holds a paper can check it, and learns from it no more than what is on it."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.models import User
from hcims.letters import actions, blocks, codes, throttle
from hcims.letters.blocks import Draft
from hcims.letters.models import CheckCount
from tests.access.asking import comparable
from tests.factories.accounts import UserFactory
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CODE = "abcdefgh23456789"


@pytest.fixture
def clerk() -> User:
    return UserFactory()


@pytest.fixture
def issued(clerk: User, monkeypatch: pytest.MonkeyPatch) -> actions.Issued:
    monkeypatch.setattr(codes, "new_code", lambda: CODE)
    draft = Draft(
        title="Posting order of Akinyi Odhiambo",
        to=["Akinyi Odhiambo", "007123"],
        blocks=[blocks.paragraph("You are posted to Nyali.")],
        initials=blocks.initials("Akinyi Odhiambo"),
    )
    return actions.issue("test-order", draft, by=clerk, at=AT, office="HR officer, Kilifi County")


def check(code: str = CODE) -> str:
    return Client().get(f"/verify/{code}/").content.decode()


def test_a_true_letter_is_known_by_everything_but_its_matter(issued: actions.Issued) -> None:
    text = check()
    for shown in ("NPS/HR/PO/2026/00001", "2 November 2026", "Posting order", "HR officer, Kilifi County", "A. O."):
        assert shown in text
    for hidden in ("Akinyi", "Odhiambo", "007123", "Nyali"):
        assert hidden not in text


@pytest.mark.parametrize("typed", ["ABCD EFGH 2345 6789", "abcd-efgh-2345-6789", " Abcdefgh23456789 "])
def test_the_code_is_taken_as_people_type_it(issued: actions.Issued, typed: str) -> None:
    answer = Client().get("/verify/", {"code": typed})
    assert answer.headers["Location"] == f"/verify/{CODE}/"


def test_no_code_is_asked_for_again() -> None:
    for typed in ("", "   ", "---"):
        answer = Client().get("/verify/", {"code": typed})
        assert answer.status_code == 422
        assert "Type the code from the foot of the letter." in answer.content.decode()


def test_every_other_code_gets_one_and_the_same_answer(issued: actions.Issued, django_assert_num_queries: Any) -> None:
    wrong = ["abcdefgh23456788", "x", "a" * 60, "00000000-0000", issued.letters[0].ref, issued.letters[0].check_digest]
    answers = set()
    for code in wrong:
        address = f"/verify/{code}/"
        answers.add(comparable(Client().get(address), address))
        answers.add(comparable(Client().post(address, {"file": SimpleUploadedFile("x.pdf", issued.pdf)}), address))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
    assert b"No letter of this system carries this code." in next(iter(answers))[1]


def test_a_withdrawn_letter_says_so(issued: actions.Issued, clerk: User) -> None:
    actions.withdraw(issued.letters[0], by=clerk, at=AT, reason="wrong station")
    text = check()
    assert "This letter was withdrawn" in text
    assert "wrong station" not in text


def test_the_file_is_compared_byte_for_byte(issued: actions.Issued) -> None:
    def answer(content: bytes) -> str:
        file = SimpleUploadedFile("letter.pdf", content)
        return Client().post(f"/verify/{CODE}/", {"file": file}).content.decode()

    assert "byte for byte" in answer(issued.pdf)
    assert "is not the one that was issued" in answer(issued.pdf + b" ")
    assert "Choose the file you were given." in Client().post(f"/verify/{CODE}/").content.decode()
    assert "larger than 5 MB" in answer(b"x" * (5 * 1024 * 1024 + 1))


def test_trying_codes_one_after_the_other_is_slowed_down(
    issued: actions.Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "PER_MINUTE", 3)
    assert [Client().get(f"/verify/{CODE}/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert Client().get(f"/verify/{CODE}/", REMOTE_ADDR="10.9.9.9").status_code == 200


def test_a_new_minute_begins_at_nought_and_old_counts_are_gone() -> None:
    assert [actions.count_check(address="10.9.9.9", at=AT) for _ in range(3)] == [1, 2, 3]
    assert actions.count_check(address="10.9.9.9", at=AT + timedelta(minutes=1)) == 1
    assert CheckCount.objects.count() == 1
    assert "10.9.9.9" not in repr(list(CheckCount.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_all_server_processes_count_together() -> None:
    """Eight threads with connections of their own, as eight processes have."""
    together, counts = threading.Barrier(8), []

    def check() -> None:
        try:
            together.wait()
            counts.append(actions.count_check(address="10.9.9.9", at=AT))
        finally:
            connection.close()

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(1, 9))


def test_the_answer_is_kept_by_no_cache(issued: actions.Issued) -> None:
    for code in (CODE, "abcdefgh23456788"):
        assert Client().get(f"/verify/{code}/").headers["Cache-Control"] == "no-store"


def test_the_address_on_the_paper_is_that_of_the_page() -> None:
    from hcims.letters.composing import CHECK_PATH

    assert Client().get(CHECK_PATH).status_code == 200


def test_my_letters_open_as_they_were_issued(clerk: User) -> None:
    recipient = UserFactory()
    draft = Draft(title="x", blocks=[], recipient=recipient)
    letter = actions.issue("test-order", draft, by=clerk, at=AT)
    client = client_of(recipient)
    link = re.search(r'href="(/letters/[a-z0-9]+/)"', client.get("/letters/").content.decode())
    assert link
    answer: Any = client.get(link[1])
    assert b"".join(answer.streaming_content) == letter.pdf
    assert answer.headers["Content-Type"] == "application/pdf"
    assert client_of(UserFactory()).get(link[1]).status_code == 404
