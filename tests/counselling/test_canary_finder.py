"""The search for a canary can find one: otherwise finding none would say nothing."""

from __future__ import annotations

import base64
import gzip
import logging
from pathlib import Path

import pytest
from django.conf import settings

from organisation.models import County
from tests.canary import everything_logged, in_dump, in_files, in_tables, stands_in
from tests.factories.cases import Circle

WORD = "Kanari-9Qf7-ndege"


DISGUISED = {
    "as it is": f"…{WORD}…", "in capitals": WORD.upper(), "UTF-16": WORD.encode("utf-16-le"), "hexadecimal": WORD.encode().hex(),
    **{f"base64 after {before}": base64.b64encode(b"x" * before + WORD.encode() + b"tail") for before in range(4)},
    "gzip": gzip.compress(WORD.encode(), mtime=0),
}  # fmt: skip


@pytest.mark.parametrize("content", DISGUISED.values(), ids=DISGUISED)
def test_it_is_found_in_each_disguise(content: bytes | str) -> None:
    assert stands_in(WORD, content)
    assert not stands_in(WORD, b"Kanari-9Qf7" + b"\0" * 40)


@pytest.mark.django_db
def test_it_is_found_in_any_column_and_in_a_dump(tmp_path: Path) -> None:
    assert not [*in_tables(WORD), *in_dump(WORD)]
    County.objects.filter(code="001").update(name=WORD)
    assert list(in_tables(WORD)) == ["table organisation_county, column name"]
    assert list(in_dump(WORD)) == ["dumpdata"]
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "note.bin").write_bytes(WORD.encode())
    assert list(in_files(WORD, [tmp_path])) == ["file note.bin"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_raw_file_of_the_database_holds_no_word_of_a_case(circle: Circle) -> None:
    places = [Path(settings.VAR_DIR)]
    case = circle.case()
    note = {**circle.text(case.ref, "note", WORD), "kind": "note"}
    assert circle.asks(circle.ann).post(f"cases/{case.ref}/texts/", note).status_code == 200
    assert not list(in_files(WORD, places))
    County.objects.filter(code="001").update(name=WORD)
    assert [each for each in in_files(WORD, places) if ".sqlite3" in each], "the search looks into the file"


def test_it_is_found_in_what_any_logger_says() -> None:
    with everything_logged() as said:
        logging.getLogger("hcims.quiet").debug("a note: %s", WORD)
    assert WORD in said.getvalue()
