"""An institution's register, as it is kept: a column a day, a row a trainee, with the faults of a term."""

from __future__ import annotations

from datetime import date

import pytest

from hcims.imports import rejects
from hcims.imports.headers import find_headings
from hcims.imports.kinds import kind_of
from tests.factories.personnel import OfficerFactory
from tests.factories.sheets import LATER, apply_sheet, outcomes, problems, read_path, read_sheet, read_undoing
from tests.factories.training import course_version, enrolled, running
from training.models import Attendance, Meeting
from training.sheets.attendance import ATTENDANCE, presence
from training.sheets.register import Register

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 5, 4), date(2026, 5, 13), date(2026, 12, 2)]


@pytest.fixture
def cohort(world):
    made = running(world.station, course_version(), state="running", first_on=DAYS[0], last_on=DAYS[2])
    for number, on in enumerate(DAYS, start=1):
        Meeting.objects.create(cohort=made, number=number, on=on, minutes=60)
    return made


@pytest.fixture
def read(officer, world):
    def reading(*rows, headings=("Service number", "Name", "04/05/2026", "13/05/2026")):
        return read_sheet(ATTENDANCE, headings, rows, by=officer, area=world.station.code)

    return reading


def attendance():
    found = Attendance.objects.values_list("enrolment__officer__service_number", "meeting__number", "present")
    return sorted(found)


def test_a_register_is_entered_and_the_same_again_changes_nothing(trainees, read, officer):
    rows = [["200001", "Otieno", "P", "A"], ["200002", "Wanjiru", "P", "P"]]
    batch = read(*rows)
    assert outcomes(batch) == {"new": 2}
    batch = apply_sheet(batch, by=officer)
    assert attendance() == [("200001", 1, True), ("200001", 2, False), ("200002", 1, True), ("200002", 2, True)]
    assert batch.counts["applied"] == {"new": 4, "changed": 0}
    assert Attendance.history.filter(history_type="+").count() == 4
    assert outcomes(read(*rows)) == {"unchanged": 2}


def test_a_mark_is_changed_and_taken_back(trainees, read, officer):
    apply_sheet(read(["200001", "", "P", "P"]), by=officer)
    second = apply_sheet(read(["200001", "", "A", "P"], ["200002", "", "P", ""]), by=officer)
    assert second.counts["outcomes"] == {"changed": 1, "new": 1}
    assert attendance() == [("200001", 1, False), ("200001", 2, True), ("200002", 1, True)]
    apply_sheet(read_undoing(second, by=officer), by=officer, at=LATER)
    assert attendance() == [("200001", 1, True), ("200001", 2, True)]


def test_what_was_changed_since_is_left_by_an_undoing(trainees, read, officer):
    batch = apply_sheet(read(["200001", "", "P", "P"]), by=officer)
    Attendance.objects.filter(meeting__number=1).update(present=False)
    assert outcomes(read_undoing(batch, by=officer)) == {"touched": 1}


@pytest.mark.parametrize(
    ("headings", "row", "problem"),
    [
        (("Service number", "Name", "Day 1"), ["200001", "", "X"], "mark"),
        (("Service number", "Name", "Day 1"), ["999999", "", "P"], "no-trainee"),
        (("Service number", "Name", "Day 9"), ["200001", "", "P"], "no-meeting"),
        (("Service number", "Name", "Day 3"), ["200001", "", "P"], "not-yet"),
        (("Service number", "Name", "Day 1"), ["200001", "", ""], "no-mark"),
        (("Service number", "Name", "Cohort", "Day 1"), ["200001", "", "Another", "P"], "no-cohort"),
        (("Service number", "Name", "Meeting no", "Present"), ["200001", "", "7", "P"], "no-meeting"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_told(trainees, read, headings, row, problem):
    batch = read(row, ["200002", *[""] * (len(row) - 2), row[-1]], headings=headings)
    assert problem in problems(batch)


def test_nobody_is_present_who_did_not_join(cohort, read):
    enrolled(cohort, OfficerFactory(service_number="200003"), state="no-show")
    assert problems(read(["200003", "", "P", "A"])) == ["not-joined"]


def test_one_row_a_day_is_read_too_and_what_stands_twice_is_refused(trainees, read):
    headings = ("Service number", "Name", "Date", "Present")
    batch = read(
        ["200001", "", "2026-05-04", "Y"], ["200001", "", "2026-05-13", "N"], ["200001", "", "2026-05-13", "Y"],
        headings=headings,
    )  # fmt: skip
    assert outcomes(batch) == {"new": 2, "rejected": 1}
    assert problems(batch) == ["same-meeting"]


def test_two_cohorts_are_asked_apart(trainees, cohort, read):
    other = running(cohort.unit, cohort.version, state="running", title="Intake 2", first_on=DAYS[0], last_on=DAYS[2])
    enrolled(other, trainees[0].officer, state="joined")
    assert problems(read(["200001", "", "P", "P"])) == ["which-cohort"]


def test_mended_rows_run_alone(trainees, read, officer, world, tmp_path):
    batch = apply_sheet(read(["200001", "", "P", "A"], ["200002", "", "X", "P"]), by=officer)
    path = tmp_path / "mended.xlsx"
    with path.open("wb") as out:
        assert rejects.write(out, batch, kind_of("attendance")) == 1
    again = read_path(ATTENDANCE, path, by=officer, area=world.station.code)
    assert problems(again) == ["mark"]


def test_a_day_that_can_be_read_in_two_ways_is_settled_by_the_meetings_or_refused():
    register = Register()
    june, march = Meeting(number=1, on=date(2026, 3, 6)), Meeting(number=2, on=date(2026, 6, 3))
    register.add(june)
    assert register.find("06/03/2026") == register.find("03/06/2026") == june
    register.add(march)
    with pytest.raises(Exception, match="heading"):
        register.find("06/03/2026")
    assert register.find("2026-06-03") == march


@pytest.mark.parametrize(
    ("cell", "is_there"), [("P", True), ("✓", True), (1, True), ("Ndiyo", True), ("abs", False), (0, False)]
)
def test_signs_of_presence(cell, is_there):
    assert presence(cell) is is_there


def test_headings_of_a_series_are_days_and_numbers():
    cells = ["Service number", "Name", "\x1f2026-05-04", 2, "Week 3", "Remarks"]
    found = find_headings([cells], ATTENDANCE.columns)
    assert found is not None
    assert [each.column for each in found.guesses] == ["service_number", "name", "marks", "mark_2", "mark_3", ""]
    assert found.guesses[2].heading == "2026-05-04"
