"""Figures of training: every number is the length of the list behind it, and nothing outside the reader's area is counted."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.personnel import OfficerFactory
from tests.factories.training import course_version, enrolled, running
from training.forms.reports import ReportForm
from training.models import Attendance, Meeting
from training.queries.reports import GROUPS, STATES, WOMEN, Asked, report, total, trainees

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
SPAN = (date(2026, 1, 1), TODAY)


@pytest.fixture
def cohorts(world):
    fields = {"state": "running", "first_on": date(2026, 5, 4), "last_on": date(2026, 12, 2)}
    here = running(world.station, course_version(), **fields)
    there = running(world.other_station, course_version(), **fields)
    running(world.station, course_version(), title="Only planned", first_on=date(2026, 5, 4))
    states = ["joined", "passed", "passed", "failed", "no-show", "left", "called"]
    for number, state in enumerate(states):
        fields = {"state": state, "result_on": TODAY} if state in ("passed", "failed") else {"state": state}
        place = enrolled(here, OfficerFactory(sex="F" if number < 3 else "M", unit=world.station), **fields)
        if number == 0:
            meeting = Meeting.objects.create(cohort=here, number=1, on=date(2026, 5, 5), minutes=60)
            Attendance.objects.create(
                meeting=meeting, enrolment=place, present=True, source="page", taken_by=world.people["training-officer"],
                taken_at="2026-05-05T08:00Z",
            )  # fmt: skip
    enrolled(there, OfficerFactory(unit=world.other_station), state="joined")
    return here, there


@pytest.mark.parametrize("group", GROUPS)
def test_every_number_is_the_length_of_its_list(world, cohorts, group):
    user = world.people["hr-officer"]
    lines = report(user, Asked(*SPAN, group), today=TODAY)
    assert sum(line.counts["called"] for line in lines) in (7, 8)
    for line in lines:
        for state in STATES:
            found = trainees(user, Asked(*SPAN, group, state, line.key), today=TODAY)
            assert found.count() == line.counts[state], (group, line.key, state)
        assert trainees(user, Asked(*SPAN, group, WOMEN, line.key), today=TODAY).count() == line.women


def test_what_became_of_them(world, cohorts):
    whole = total(report(world.people["training-officer"], Asked(*SPAN, "held"), today=TODAY))
    assert whole.counts == {"called": 7, "came": 5, "no-show": 1, "left": 1, "passed": 2, "failed": 1}
    assert (whole.women, whole.attended, whole.hours) == (3, 100, 0)


def test_the_other_county_is_not_counted(world, cohorts):
    lines = report(world.people["training-officer"], Asked(*SPAN, "held"), today=TODAY)
    assert [line.key for line in lines] == [world.station.code]


def test_the_report_costs_the_same_however_many_cohorts(world, cohorts, django_assert_num_queries):
    user = world.people["training-officer"]
    user.scope("see-training", on=TODAY)
    with django_assert_num_queries(3):
        report(user, Asked(*SPAN, "course"), today=TODAY)


def test_what_is_in_error_counts_as_not_said():
    asked = ReportForm(
        {"first": "2026-05-01", "last": "2026-01-01", "group": "nonsense", "state": "?"}, today=TODAY
    ).asked
    assert asked == Asked(date(2026, 1, 1), TODAY, "course", "called", "")
