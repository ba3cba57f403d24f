"""HR imports a roll with faults, mends them in the workbook that comes back, and confirms."""

import io

import openpyxl
import pytest

from hcims.jobs.runner import run_waiting
from personnel.models import Officer
from tests.factories.roll_rows import HEADINGS, row
from tests.signing_in import sign_in
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def workbook(rows, tmp_path):
    """A list as a ministry keeps it: a title, other headings, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["NOMINAL ROLL AS AT 31ST OCTOBER 2026"])
    sheet.append([])
    renamed = {**HEADINGS, "service_number": "Svc No.", "unit": "Duty station", "arrived_on": "Date reported"}
    sheet.append(list(renamed.values()))
    for each in rows:
        sheet.append([each[name] or None for name in HEADINGS])
    sheet.append(["TOTAL", len(rows)])
    path = tmp_path / "roll.xlsx"
    book.save(path)
    return path


def upload(page, path):
    page.set_input_files("input[type=file]", path)
    page.get_by_role("textbox", name="Day", exact=True).fill("31")
    page.get_by_role("textbox", name="Month").fill("10")
    page.get_by_role("textbox", name="Year").fill("2026")
    page.get_by_role("button", name="Upload and look").click()
    page.get_by_text("Being read").first.wait_for()
    run_waiting()
    page.reload()


def test_hr_imports_a_roll_with_faults_mends_them_and_confirms(page, tmp_path):
    world = make_world()
    rows = [row(number) for number in range(1, 9)]
    rows[2]["unit"] = "Bamba Polise Station"
    rows[4]["phone"] = "12"
    rows[6]["arrived_on"] = "03/04/2025"
    sign_in(page, world.people["hr-officer"])
    page.goto("/imports/")
    page.get_by_role("link", name="Upload a list").first.click()
    upload(page, workbook(rows, tmp_path))

    # An ambiguous date is asked.
    page.get_by_label("The day: 03/04/2025 is day-month-year").check()
    page.get_by_role("button", name="Answer and read the list").click()
    page.get_by_text("Being read").first.wait_for()
    run_waiting()
    page.reload()

    # Six rows are good, two are not; each says what is wrong.
    page.get_by_role("link", name="Rejected").last.click()
    page.get_by_text("Did you mean PS-BAMBA?").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the 2 rejected rows as a workbook").click()
    page.get_by_role("button", name="Apply 6 rows").click()
    page.get_by_text("Being applied").first.wait_for()
    run_waiting()
    page.reload()
    page.get_by_text("Applied on").wait_for()
    assert Officer.objects.filter(service_number__startswith="10000").count() == 6

    # Mended in the workbook, uploaded again: only these two run.
    download.value.save_as(tmp_path / "rejected.xlsx")
    book = openpyxl.load_workbook(tmp_path / "rejected.xlsx")
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("Duty station") + 1).value = "PS-BAMBA"
    sheet.cell(3, headings.index("Telephone") + 1).value = "0712345678"
    mended = io.BytesIO()
    book.save(mended)
    path = tmp_path / "mended.xlsx"
    path.write_bytes(mended.getvalue())
    page.goto("/imports/new/roll/")
    upload(page, path)
    page.get_by_text("Holds mended rows of").wait_for()
    page.get_by_role("button", name="Apply 2 rows").click()
    page.get_by_text("Being applied").first.wait_for()
    run_waiting()
    page.reload()
    page.get_by_text("Applied on").wait_for()
    assert Officer.objects.filter(service_number__startswith="10000", unit=world.station).count() == 8
