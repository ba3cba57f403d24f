"""An institution uploads a term's attendance with faults and mends them; results come as a sheet; a stranger checks the paper."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from hcims import clock
from hcims.jobs.runner import run_waiting
from tests.factories.personnel import OfficerFactory
from tests.factories.training import course_version, curriculum, enrolled, running
from tests.signing_in import sign_in
from tests.world import World, make_world
from training.models import Attendance, Certificate, Cohort, Enrolment, Meeting

pytestmark = pytest.mark.django_db(transaction=True)


def _cohort(world: World) -> Cohort:
    """Three trainees and three meetings that are over, each with a part of Muamko Mpya."""
    today = clock.today()
    cohort = running(
        world.station, course_version(), state="running", first_on=today - timedelta(days=20),
        last_on=today - timedelta(days=1),
    )  # fmt: skip
    for number, part in enumerate(curriculum().parts.all()[:3], start=1):
        on = today - timedelta(days=20 - number)
        Meeting.objects.create(cohort=cohort, number=number, on=on, minutes=60, part=part)
    for number in (1, 2, 3):
        enrolled(cohort, OfficerFactory(service_number=f"20000{number}"), state="joined")
    return cohort


def _upload(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.set_input_files("input[type=file]", path)
    today = clock.today()
    for name, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_role("textbox", name=name, exact=True).fill(str(value))
    page.get_by_role("button", name="Upload and look").click()
    page.get_by_text("Being read").first.wait_for()
    run_waiting()
    page.reload()


def _applied(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_text("Being applied").first.wait_for()
    run_waiting()
    page.reload()
    page.get_by_text("Applied on").wait_for()


def _filled(page: Page, cohort: Cohort, link: str, path: Path, rows: dict[int, list[Any]]) -> Path:
    """The cohort's own sheet, taken from its page and filled in from the third column on."""
    page.goto(f"/training/cohorts/{cohort.ref}/")
    page.get_by_text("Sheets", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    for row, cells in rows.items():
        for column, value in enumerate(cells, start=3):
            book.worksheets[0].cell(row, column).value = value
    book.save(path)
    return path


def test_a_term_is_uploaded_mended_marked_and_certified(page: Page, tmp_path: Path) -> None:
    world = make_world()
    cohort = _cohort(world)
    sign_in(page, world.people["training-officer"])
    marks = {3: ["P", "P", "P"], 4: ["P", "X", "P"], 5: ["P", "A", "P"]}
    register = _filled(page, cohort, "Register to fill in", tmp_path / "register.xlsx", marks)
    _upload(page, "/training/sheets/new/attendance/", register)
    page.get_by_role("link", name="Rejected").last.click()
    expect(page.get_by_role("row", name="200002")).to_contain_text("does not say whether somebody was there")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take the rejected row as a workbook").click()
    _applied(page, "Apply 2 rows")
    assert Attendance.objects.count() == 6

    download.value.save_as(tmp_path / "mended.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mended.xlsx")
    book.worksheets[0].cell(2, 4).value = "P"
    book.save(tmp_path / "mended.xlsx")
    _upload(page, "/training/sheets/new/attendance/", tmp_path / "mended.xlsx")
    page.get_by_text("Holds mended rows of").wait_for()
    _applied(page, "Apply 1 row")
    assert Attendance.objects.filter(present=True).count() == 8

    # Two of three meetings are too few for the third; two pass.
    results = _filled(page, cohort, "Results to fill in", tmp_path / "results.xlsx", {3: [71], 4: [64], 5: [40]})
    _upload(page, "/training/sheets/new/results/", results)
    _applied(page, "Apply 3 rows")
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"passed", "failed"}
    page.goto(f"/training/cohorts/{cohort.ref}/")
    page.get_by_role("button", name="Issue certificates").click()
    expect(page.get_by_text("certificate").first).to_be_visible()
    assert Certificate.objects.count() == 2
    _checked_by_a_stranger(page)


def _checked_by_a_stranger(page: Page) -> None:
    """The paper's code is typed in by somebody who is not signed in; an invented one says nothing."""
    paper = Certificate.objects.select_related("letter").order_by("pk")[0]
    # As the training officer opens it; a browser would show it in a viewer of its own.
    file = page.context.request.get(f"/training/certificates/{paper.ref}/file/")
    text = " ".join(PdfReader(io.BytesIO(file.body())).pages[0].extract_text().split())
    assert paper.letter.number in text
    code = re.search(r"(?:[A-Z2-9]{4} ){3}[A-Z2-9]{4}", text)
    assert code is not None, text
    page.context.clear_cookies()
    page.goto("/verify/")
    page.get_by_role("textbox").first.fill(code[0])
    page.get_by_role("button", name="Check").first.click()
    expect(page.get_by_text(paper.letter.number)).to_be_visible()
    page.goto("/verify/")
    page.get_by_role("textbox").first.fill("ABCD EFGH 2345 6789")
    page.get_by_role("button", name="Check").first.click()
    expect(page.get_by_text(paper.letter.number)).to_have_count(0)
