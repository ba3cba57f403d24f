"""A roll saved anew has other bytes and the same cells: its rows are not looked at again while nobody wrote."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest

from deployment.models import Posting
from deployment.roll.kind import ROLL
from deployment.roll.readers import Tables
from hcims.imports import queries, shell, twins, work
from hcims.imports.columns import Memo
from hcims.imports.problems import CellProblem
from personnel.models import Officer
from tests.factories.roll_rows import HEADINGS
from tests.factories.rolls import ON, row

pytestmark = pytest.mark.django_db
LATER = datetime(2100, 1, 1, tzinfo=UTC)  # after all that the small service has on record


@pytest.fixture
def read(world, tmp_path):
    """Reads a roll of these rows, written with or without quotation marks."""
    Officer.objects.update(exited_on=date(2026, 1, 1), exit_reason="resignation")  # nobody is missing from the file

    def read(rows, *, quoting=csv.QUOTE_MINIMAL, more=()):
        with (tmp_path / "roll.csv").open("w", newline="") as file:
            writer = csv.writer(file, quoting=quoting)
            writer.writerow([*HEADINGS.values(), *more])
            writer.writerows([*(each.get(name, "") for name in HEADINGS), *more] for each in rows)
        return shell.read_file(ROLL, tmp_path / "roll.csv", list_on=ON, at=LATER, answers={}, clears=[])

    return read


def test_the_same_cells_are_not_compared_again(read, monkeypatch):
    rows = [row(number) for number in range(1, 6)]
    first = shell.commit(read(rows), at=LATER)
    monkeypatch.setattr(work, "Stager", None)
    again = read(rows, quoting=csv.QUOTE_ALL)
    assert again.sha256 != first.sha256
    assert again.counts["outcomes"] == {"unchanged": 5}
    assert [each[1] for each in queries.unchanged_rows(again)] == [each["service_number"] for each in rows]
    assert (again.heading, again.counts["cells"]) == (first.heading, first.counts["cells"])
    third = shell.commit(again, at=LATER)
    assert read(rows).counts["outcomes"] == {"unchanged": 5}
    assert third.counts["applied"] == {"new": 0, "changed": 0}


def test_notes_about_the_file_are_taken_over_and_others_stay_with_their_list(read, monkeypatch):
    left_out, overtaken = ["left-out", {"names": "Remarks of old"}], ["overtaken", {}]
    first = shell.commit(read([row(1)], more=["Remarks of old"]), at=LATER)
    monkeypatch.setattr(work, "Stager", None)
    again = read([row(1)], quoting=csv.QUOTE_ALL, more=["Remarks of old"])
    assert again.notes == first.notes == [left_out]
    first.notes = [["stale", {"count": 1}], left_out]
    again.notes = [overtaken, left_out]
    twins.take_over(again, first)
    assert again.notes == [overtaken, left_out]


def test_another_cell_and_an_edited_record_are_looked_at(read, monkeypatch):
    rows = [row(1), row(2)]
    shell.commit(read(rows), at=LATER)
    other = read([row(1, bank_branch="Mombasa"), row(2)], quoting=csv.QUOTE_ALL)
    assert other.counts["outcomes"] == {"changed": 1, "unchanged": 1}
    posting = Posting.objects.get(officer__service_number=rows[0]["service_number"])
    posting.order_reference = "SIG/1"
    posting._history_date = LATER + timedelta(days=1)
    posting.save()
    monkeypatch.setattr(work, "Stager", None)
    with pytest.raises(TypeError):  # it would be looked at row by row
        read(rows, quoting=csv.QUOTE_ALL)


CELLS = [
    "", " ", "-", "n/a", None, 7123, 7123.0, "1", "12", "1234", "12345", "0012345", "123456789", "1234567890",
    "12345678901234567890", "123456789012345678901", " 12345", "12345 ", "12 345", "12-345", "12345\n67890", "12345\n",
    "\n12345", "١٢٣٤٥", "1234O", "A001234567B", "X001234567B", "a001234567b", "A00123456TB", "AO01234567B", "P001234567Z",
    "0712345678", "0112345678", "0812345678", "07123456789", "712345678", "+254712345678", "0712 345 678", "٠٧١٢٣٤٥٦٧٨",
    "grace@example.org", "Grace.A@Example.ORG", "a@b", "a@b.c", "a@b.co", "a@@b.co", "a@b..co", "a@b.co.", "a@b.1x",
    "a b@c.de", "a@b.co;c@d.ef", "a" * 107 + "@example.org", "a" * 109 + "@example.org", "é@example.org", "a@exаmple.org",
    "\x1e#N/A", "\x1f2019-06-30",
]  # fmt: skip
SHORT = {"12345", "0012345", "712345678", "123456789"}  # 5 to 9 digits
PLAIN = {
    "national_id": SHORT,
    "kra_pin": {"A001234567B", "P001234567Z"},
    "bank_account": SHORT
    | {"1234567890", "12345678901234567890", "0712345678", "0112345678", "0812345678", "07123456789"},
}


def test_plain_cells_are_read_as_each_would_be_by_itself(world):
    readers = Tables(ON).readers()
    plain = {column.name: column.plain for column in ROLL.columns if column.plain}
    assert set(plain) == {"service_number", "national_id", "kra_pin", "phone", "personal_email", "bank_account"}
    for name, each in plain.items():
        taken = {cell: values[0] for cell in CELLS if (values := each.values([cell])) is not None}
        assert set(taken) == PLAIN.get(name, set(taken)) != set()
        for cell, value in taken.items():
            assert readers[name](cell) == value
        assert each.values(list(taken)) == list(taken.values())
        assert each.values([*taken, *(cell for cell in CELLS if cell not in taken)]) is None


def test_one_odd_cell_leaves_the_others_as_they_are(world):
    column = next(each for each in ROLL.columns if each.name == "kra_pin")
    problems = {}
    memo = Memo(Tables(ON).readers()["kra_pin"], column.plain)
    values = memo.column("kra_pin", ["A001234567B", "A00123456", "P000000001Z"], problems)
    assert values == ["A001234567B", None, "P000000001Z"]
    assert list(problems) == [1]
    with pytest.raises(CellProblem):
        memo._read("A00123456")
