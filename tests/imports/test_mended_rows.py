"""Rejected rows that come back mended, as people send them: columns in another order, some added, some taken out."""

from __future__ import annotations

import io

import openpyxl
import pytest

from deployment.roll.kind import ROLL
from hcims.imports import actions, queries, rejects
from hcims.imports.forms import QuestionsForm, ReadingForm
from hcims.imports.headers import find_headings
from hcims.imports.prescan import prescan
from hcims.imports.questions import about_columns, carried_over, mapping_of
from tests.factories.rolls import AT, ON, apply_roll, read_roll, row

HEADING = [
    ["S/NO", ""],
    ["Svc No", "service_number"],
    ["Posted", "arrived_on"],
    ["Date", "born_on"],
    ["Date", "rank_on"],
]


def test_an_answer_about_a_place_goes_with_its_heading():
    answers = {"column:2": "arrived_on", "column:4": "rank_on", "need:service_number": "1", "dates:born_on": "dmy"}
    carried = carried_over(answers, HEADING)
    assert carried == {
        "heading:posted": "arrived_on",
        "heading:date 2": "rank_on",
        "heading:svc no": "service_number",
        "dates:born_on": "dmy",
    }
    head = [["Phone", "Posted", "Station", "Svc No", "Rank", "Date", "Date"]]
    found = find_headings(head, ROLL.columns)
    assert found
    assert about_columns(found, ROLL.columns, carried) == []
    mapping = mapping_of(found, ROLL.columns, carried)
    assert (mapping["arrived_on"], mapping["unit"], mapping["service_number"], mapping["rank_on"]) == (1, 2, 3, 6)
    # What is said of the mended file itself comes first.
    assert "arrived_on" not in mapping_of(found, ROLL.columns, {**carried, "column:1": "-"})


@pytest.mark.django_db
def test_a_comment_names_the_row_of_the_workbook_in_which_it_stands_and_answers_go_with_the_headings(world, tmp_path):
    apply_roll([row(1)])
    twice = [row(1), row(2, unit="PS-NOWHERE"), row(3), row(3, surname="Odhiambo"), row(5, national_id="20000001")]
    batch = read_roll(twice)
    out = io.BytesIO()
    assert rejects.write(out, batch, ROLL) == len(queries.rows_of(batch, "rejected"))
    sheet = openpyxl.load_workbook(out).active
    number = {sheet.cell(line, 1).value: line for line in range(2, sheet.max_row + 1)}
    comments = {cell.coordinate: cell.comment.text for line in sheet for cell in line if cell.comment}
    assert "Row 4 has the same service number" in comments["A3"]  # rows 4 and 5 of the list are 3 and 4 here
    assert "Row 3 has the same service number" in comments["A4"]
    shared = next(text for place, text in comments.items() if place.endswith(str(number["100005"])))
    assert "Row 2 of roll.csv has the same National ID" in shared  # that row was not rejected: it is not here
    batch.answers = {"column:1": "surname", "sheet": "Kilifi", "dates:born_on": "dmy"}
    path = tmp_path / "mended.xlsx"
    path.write_bytes(out.getvalue())
    scan = prescan(path, path.name)
    assert scan.mends == batch.ref
    mended = actions.upload(kind=ROLL, file=out, name=path.name, scan=scan, list_on=ON, area="", by=None, at=AT,
                            in_background=False, mends=batch)  # fmt: skip
    assert mended.answers == {"heading:surname": "surname", "dates:born_on": "dmy"}


def test_two_headings_cannot_be_the_same_column():
    asked = [{"id": f"column:{place}", "kind": "column", "heading": "Name", "column": "full_name"} for place in (1, 2)]
    data = {"column:1": "surname", "column:2": "surname"}
    form = QuestionsForm(data, questions=asked, columns=ROLL.columns)
    assert not form.is_valid()
    assert list(form.errors) == ["column:2"]
    assert QuestionsForm({**data, "column:2": "other_names"}, questions=asked, columns=ROLL.columns).is_valid()
    assert QuestionsForm({"column:1": "-", "column:2": "-"}, questions=asked, columns=ROLL.columns).is_valid()
    heading = {"columns": [["Surname", "surname"], ["Name", ""], ["Name", ""]]}
    known = QuestionsForm({**data, "column:2": "-"}, questions=asked, columns=ROLL.columns, heading=heading)
    assert list(known.errors) == ["column:1"]
    # A heading that resembles a column is not yet known to be it.
    asking = QuestionsForm({"column:1": "surname"}, questions=asked[:1], columns=ROLL.columns,
                           heading={"columns": [["No", ""], ["Sumame", "surname"]]})  # fmt: skip
    assert asking.is_valid()
    reading = ReadingForm(data, heading=heading, columns=ROLL.columns, clears=[])
    assert list(reading.errors) == ["column:2"]
