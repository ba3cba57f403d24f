"""The list of results of a cohort: entered by the rules of the page, corrected with a paper, taken back as a whole."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from hcims.errors import RuleBroken
from personnel.models import CourseAttended
from tests.factories.sheets import LATER, apply_sheet, outcomes, problems, read_path, read_sheet, read_undoing
from tests.factories.training import course_version, running
from training.actions.certificates import issue_certificates
from training.actions.results import take_back_result
from training.models import Attendance, Enrolment, Meeting
from training.sheets import blanks
from training.sheets.attendance import ATTENDANCE
from training.sheets.results import RESULTS

pytestmark = pytest.mark.django_db
HEADINGS = ("Service number", "Name", "Marks", "Remarks", "Paper")


@pytest.fixture
def cohort(world):
    days = {"first_on": date(2026, 5, 4), "last_on": date(2026, 10, 30)}
    return running(world.station, course_version(gives="traffic"), state="running", **days)


@pytest.fixture
def read(officer, world):
    def reading(*rows, kind=RESULTS, headings=HEADINGS):
        return read_sheet(kind, headings, rows, by=officer, area=world.station.code)

    return reading


def results():
    return list(Enrolment.objects.order_by("officer__service_number").values_list("state", "mark"))


def test_results_are_entered_and_go_to_the_record(trainees, read, officer):
    rows = [["200001", "", "67 %", "", ""], ["200002", "", "31", "fail", "BOE/3/2026"]]
    batch = apply_sheet(read(*rows), by=officer)
    assert batch.counts["applied"] == {"new": 2, "changed": 0}
    assert results() == [("passed", 67), ("failed", 31)]
    assert CourseAttended.objects.filter(officer=trainees[0].officer).exists()
    assert trainees[0].officer.skills.filter(skill__code="traffic").exists()
    assert Enrolment.objects.get(pk=trainees[1].pk).result_paper == "BOE/3/2026"
    assert outcomes(read(*rows)) == {"unchanged": 2}


def test_another_result_needs_a_paper_and_is_put_back(trainees, read, officer):
    apply_sheet(read(["200001", "", "67", "", ""]), by=officer)
    assert problems(read(["200001", "", "40", "", ""])) == ["no-paper"]
    second = apply_sheet(read(["200001", "", "40", "", "BOE/4/2026"]), by=officer)
    assert results()[0] == ("failed", 40)
    apply_sheet(read_undoing(second, by=officer), by=officer, at=LATER)
    assert results()[0] == ("passed", 67)


def test_results_are_taken_back_and_with_them_the_course(trainees, read, officer):
    batch = apply_sheet(read(["200001", "", "67", "", ""]), by=officer)
    apply_sheet(read_undoing(batch, by=officer), by=officer, at=LATER)
    assert results()[0] == ("joined", None)
    assert not CourseAttended.objects.filter(officer=trainees[0].officer).exclude(state="refused").exists()


def test_a_certificate_keeps_its_result(trainees, read, officer):
    batch = apply_sheet(read(["200001", "", "67", "", ""]), by=officer)
    cohort = trainees[0].cohort
    issue_certificates(cohort, by=officer, on=LATER.date(), at=LATER)
    assert outcomes(read_undoing(batch, by=officer)) == {"touched": 1}
    with pytest.raises(RuleBroken, match="Certificate"):
        take_back_result(
            Enrolment.objects.get(pk=trainees[0].pk), note="Taken back", by=officer, on=LATER.date(), at=LATER
        )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["200001", "", "67", "failed", ""], "mark-and-result"),
        (["200001", "", "", "passed", ""], "no-mark-given"),
        (["200001", "", "", "", ""], "no-result"),
        (["200001", "", "167", "", ""], "number"),
        (["200001", "", "67", "perhaps", ""], "result"),
        (["999999", "", "67", "", ""], "no-trainee"),
    ],
)
def test_a_row_that_cannot_be_is_refused(trainees, read, row, problem):
    assert problems(read(row, ["200002", "", "50", "", ""])) == [problem]


def test_nobody_enters_his_or_her_own(trainees, read, officer):
    trainees[0].officer.user = officer
    trainees[0].officer.save()
    assert problems(read(["200001", "", "67", "", ""])) == ["own"]


def test_a_pass_needs_attendance(trainees, read, officer):
    for number in (1, 2):
        meeting = Meeting.objects.create(cohort=trainees[0].cohort, number=number, on=date(2026, 5, 4), minutes=60)
        Attendance.objects.create(
            meeting=meeting, enrolment=trainees[0], present=number == 1, source="page", taken_by=officer, taken_at=LATER
        )
    assert problems(read(["200001", "", "67", "", ""])) == ["attendance"]
    assert outcomes(read(["200001", "", "17", "", ""])) == {"new": 1}


def test_a_cohort_that_does_not_run_takes_none(trainees, read):
    trainees[0].cohort.state = "finished"
    trainees[0].cohort.save()
    assert problems(read(["200001", "", "67", "", ""])) == ["not-running"]


def test_the_sheets_to_fill_in_come_back_as_they_are(trainees, officer, world, tmp_path):
    cohort = trainees[0].cohort
    for number, day in ((1, 4), (2, 13)):
        Meeting.objects.create(cohort=cohort, number=number, on=date(2026, 5, day), minutes=60)
    for kind, write, cells in ((ATTENDANCE, blanks.write_register, {"C3": "P", "D3": "A", "C4": "P"}),
                               (RESULTS, blanks.write_results, {"C3": 67, "C4": 30})):  # fmt: skip
        out = io.BytesIO()
        assert write(out, cohort) == 2
        book = load_workbook(out)
        for cell, value in cells.items():
            book.active[cell] = value
        path = tmp_path / "filled.xlsx"
        book.save(path)
        assert outcomes(read_path(kind, path, by=officer, area=world.station.code)) == {"new": 2}, kind.code
