"""The pages of an import, from upload to undoing, as the people who may and may not."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from deployment.models import DeploymentRule, RuleCode
from deployment.roll.columns import COLUMNS
from hcims.audit.models import AuditEvent
from hcims.imports.models import ImportBatch
from hcims.jobs.runner import run_waiting
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.roll_rows import row, write_csv
from tests.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(world):
    return client_of(world.people["hr-officer"])


def upload(client, tmp_path, rows, *, name="roll.csv", kind="roll", content=None, **fields):
    if content is None:
        content = write_csv(tmp_path / "roll.csv", rows).read_bytes()
    data = {"file": SimpleUploadedFile(name, content), "list_on_0": "31", "list_on_1": "10", "list_on_2": "2026",
            "list_on": "2026-10-31", "area": "", **fields}  # fmt: skip
    answer = client.post(reverse("imports:upload", args=[kind]), data)
    run_waiting()
    return answer


def page_of(client, batch, **query):
    answer = client.get(reverse("imports:batch", args=[batch.ref]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, batch, **data):
    answer = client.post(reverse(f"imports:{name}", args=[batch.ref]), data)
    run_waiting()
    batch.refresh_from_db()
    return answer


def test_upload_look_confirm(hr, tmp_path):
    answer = upload(hr, tmp_path, [row(1), row(2), row(3, unit="PS-NOWHERE")])
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("imports:batch", args=[batch.ref]))
    assert batch.state == "ready"
    assert Officer.objects.filter(service_number="100001").count() == 0
    page = page_of(hr, batch)
    assert "Apply 2 rows" in page
    assert "PS-NOWHERE" in page_of(hr, batch, show="rejected")
    post(hr, "confirm", batch)
    assert batch.state == "applied"
    assert Officer.objects.filter(service_number__in=["100001", "100002", "100003"]).count() == 2
    assert "Undo this import" in page_of(hr, batch)


@pytest.mark.parametrize("show", ["new", "changed", "unchanged", "missing", "rejected", "units", "over"])
def test_every_tab_is_there(hr, world, tmp_path, show):
    upload(hr, tmp_path, [row(1), row(2, sex="")])
    assert page_of(hr, ImportBatch.objects.get(), show=show)


def test_a_refused_file_says_what_and_how_to_mend(hr, tmp_path):
    answer = upload(hr, tmp_path, [], name="roll.xlsx", content=b"%PDF-1.7")
    assert answer.status_code == 422
    assert "looks like PDF" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_without_headings_is_refused_by_the_reading(hr, tmp_path):
    upload(hr, tmp_path, [], content=b"1,2\n3,4\n")
    batch = ImportBatch.objects.get()
    assert batch.state == "refused"
    assert "No row of headings" in page_of(hr, batch)


def test_questions_are_asked_and_answered(hr, tmp_path):
    upload(hr, tmp_path, [row(1, arrived_on="01/03/2016")])
    batch = ImportBatch.objects.get()
    assert "01/03/2016" in page_of(hr, batch)
    assert post(hr, "answer", batch).status_code == 422
    post(hr, "answer", batch, **{"dates:arrived_on": "mdy"})
    assert batch.state == "ready"
    assert batch.rows.get(outcome="new").after["posting_from"] == "2016-01-03"


def test_rejected_rows_come_back_red_and_run_alone(hr, world, tmp_path):
    upload(hr, tmp_path, [row(1), row(2, unit="PS-NOWHERE"), row(3, phone="12")])
    batch = ImportBatch.objects.get()
    post(hr, "confirm", batch)
    answer = hr.get(reverse("imports:rejects", args=[batch.ref]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    assert [sheet.cell(line, 1).value for line in (2, 3)] == ["100002", "100003"]
    unit, phone = headings.index("Unit") + 1, headings.index("Telephone") + 1
    assert sheet.cell(2, unit).fill.fgColor.rgb == "FFF7C6C0"
    assert "not known" in sheet.cell(2, unit).comment.text
    assert sheet.cell(3, phone).comment.text
    assert sheet.cell(3, unit).comment is None
    assert AuditEvent.objects.filter(event="exported").count() == 1
    sheet.cell(2, unit).value = "PS-NYALI"
    sheet.cell(3, phone).value = "0712345678"
    mended = io.BytesIO()
    book.save(mended)
    upload(hr, tmp_path, [], name="mended.xlsx", content=mended.getvalue(), list_on="2026-11-01")
    again = ImportBatch.objects.latest("pk")
    assert (again.state, again.mends, again.on) == ("ready", batch, date(2026, 10, 31))
    assert again.counts["outcomes"] == {"new": 2}  # nobody is missing: it is not the whole list
    post(hr, "confirm", again)
    assert Officer.objects.get(service_number="100002").unit == world.other_station


@pytest.mark.django_db(transaction=True)
def test_a_large_import_needs_a_second_person(hr, world, tmp_path):
    DeploymentRule.objects.filter(code=RuleCode.IMPORT_SECOND_PERSON).update(value=1)
    upload(hr, tmp_path, [row(1), row(2)])
    batch = ImportBatch.objects.get()
    assert "Confirm and pass on" in page_of(hr, batch)
    post(hr, "confirm", batch)
    assert batch.state == "second"
    assert post(hr, "second", batch).status_code == 403
    assert batch.state == "second"
    assert reverse("imports:withdraw", args=[batch.ref]) in page_of(hr, batch)
    other = client_of(appoint(UserFactory(), "hr-officer", world.service))
    assert "Confirm and apply 2 rows" in page_of(other, batch)
    post(other, "second", batch, decision="back", note="Row 2 looks wrong")
    assert batch.state == "ready"
    post(hr, "confirm", batch)
    post(other, "second", batch)
    assert batch.state == "applied"


def test_undo_is_looked_at_first(hr, world, tmp_path):
    upload(hr, tmp_path, [row(1), row(2)])
    batch = ImportBatch.objects.get()
    address = reverse("desk:officer", args=["100001"])
    assert address not in page_of(hr, batch)
    post(hr, "confirm", batch)
    assert address in page_of(hr, batch)
    post(hr, "undo", batch)
    undoing = ImportBatch.objects.get(undoes=batch)
    assert undoing.counts["outcomes"] == {"remove": 2}
    assert "Undo the import" in page_of(hr, undoing)
    assert Officer.objects.filter(service_number="100001").exists()
    post(hr, "confirm", undoing)
    batch.refresh_from_db()
    assert (undoing.state, batch.state) == ("applied", "undone")
    assert undoing.ref in page_of(hr, batch)
    assert "Will be removed" not in page_of(hr, undoing)
    assert address not in page_of(hr, undoing)
    assert not Officer.objects.filter(service_number="100001").exists()


def test_the_second_of_two_is_told(hr, world, tmp_path):
    other = client_of(appoint(UserFactory(full_name="Zainab Mfano"), "hr-officer", world.service))
    upload(hr, tmp_path, [row(1)])
    upload(other, tmp_path, [row(2)])
    first, second = ImportBatch.objects.order_by("pk")
    assert "Zainab Mfano, " in page_of(hr, first)
    post(hr, "confirm", first)
    post(other, "confirm", second)
    assert second.state == "ready"
    assert "read again" in page_of(other, second)
    post(other, "confirm", second)
    assert second.state == "applied"


def test_an_area_s_hr_sees_and_imports_its_own_alone(world, tmp_path):
    mine = client_of(appoint(UserFactory(), "hr-officer", world.county))
    upload(mine, tmp_path, [row(1), row(2, unit="PS-NYALI"), row(3, service_number=world.other_officer.service_number)],
           area="C-KILIFI")  # fmt: skip
    batch = ImportBatch.objects.get()
    assert batch.counts["outcomes"] == {"new": 1, "rejected": 2, "missing": 1}
    assert batch.rows.get(outcome="missing").key == world.officer.service_number
    assert "Apply 1 row" in page_of(mine, batch)
    theirs = client_of(appoint(UserFactory(), "hr-officer", world.other_county))
    assert theirs.get(reverse("imports:batch", args=[batch.ref])).status_code == 404
    assert upload(theirs, tmp_path, [row(5)], area="C-KILIFI").status_code == 422


def test_the_template_can_be_filled_in_and_read(hr, world, tmp_path):
    answer = hr.get(reverse("imports:template", args=["roll"]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [str(column.label) for column in COLUMNS]
    assert len(sheet.data_validations.dataValidation) >= 9
    filled = row(1)
    for index, column in enumerate(COLUMNS, start=1):
        sheet.cell(2, index).value = filled[column.name] or None
    out = io.BytesIO()
    book.save(out)
    upload(hr, tmp_path, [], name="template.xlsx", content=out.getvalue())
    assert ImportBatch.objects.get().counts["outcomes"] == {"new": 1, "missing": 2}


def test_the_list_of_imports(hr, tmp_path):
    assert "No list was uploaded yet" in hr.get(reverse("imports:imports")).content.decode()
    upload(hr, tmp_path, [row(1)])
    assert "roll.csv" in hr.get(reverse("imports:imports")).content.decode()


def test_rows_can_be_taken_away(hr, tmp_path):
    upload(hr, tmp_path, [row(1)])
    batch = ImportBatch.objects.get()
    answer = hr.get(reverse("imports:rows", args=[batch.ref]), {"show": "missing", "format": "csv"})
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 3


def test_withdrawing_leaves_nothing(hr, tmp_path):
    upload(hr, tmp_path, [row(1)])
    batch = ImportBatch.objects.get()
    post(hr, "withdraw", batch)
    assert (batch.state, batch.rows.count(), bool(batch.file)) == ("withdrawn", 0, False)


def test_rejected_rows_are_shown_before_missing_officers_and_bear_what_the_file_says(hr, world, tmp_path):
    upload(hr, tmp_path, [row(1, service_number="12'34.5")])
    batch = ImportBatch.objects.get()
    assert set(batch.counts["outcomes"]) == {"missing", "rejected"}
    page = page_of(hr, batch)
    assert "This is not written as it should be" in page
    assert "12&#x27;34.5" in page
