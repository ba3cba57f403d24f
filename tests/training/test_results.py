"""Calls, results and certificates: what the actions do and refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.letters.models import Letter
from organisation.models import Skill
from personnel.models import CourseAttended, SkillHeld
from tests.factories.accounts import appoint
from tests.factories.training_cohorts import (
    AT,
    FIRST,
    LAST,
    ON,
    WHY,
    School,
    calling,
    opened,
    put_forward,
    state_of,
    under_way,
)
from training.actions import calls, certificates, cohorts, nominations, results
from training.actions.seats import give_seats
from training.models import Attendance, Meeting

pytestmark = pytest.mark.django_db
NOW: dict[str, Any] = {"on": ON, "at": AT}
THEN: dict[str, Any] = {"on": LAST, "at": AT + (LAST - ON)}


def test_trainees_are_called_with_a_letter_and_those_who_do_not_come_are_no_shows(school: School) -> None:
    here, absent = school.officer(), school.officer()
    cohort = calling(school, here, absent)
    assert calls.print_joining_letters(cohort.enrolments.values_list("pk", flat=True), at=AT) == 2
    assert Letter.objects.filter(kind="joining-letter", recipient=here.user).exists()
    came = list(cohort.enrolments.filter(officer=here))
    with pytest.raises(RuleBroken, match="has not begun"):
        calls.record_first_day(cohort, came=came, by=school.trainer, **NOW)
    joined, gone = calls.record_first_day(cohort, came=came, by=school.trainer, on=FIRST, at=AT)
    assert ([each.officer for each in joined], [each.officer for each in gone]) == ([here], [absent])
    with pytest.raises(InvalidTransition, match="recorded already"):
        calls.record_first_day(cohort, came=came, by=school.commandant, on=FIRST, at=AT)
    late = calls.record_joined(gone[0], by=school.trainer, on=FIRST, at=AT)
    assert late.state == "joined"


def test_letters_after_their_day_go_out_with_the_reason_on_record(school: School) -> None:
    cohort = opened(school, seats=1)
    give_seats(cohort, nominations=put_forward(school, cohort, school.officer()), by=school.trainer, **NOW)
    late: dict[str, Any] = {"by": school.trainer, "on": FIRST - timedelta(days=13), "at": AT}
    for silent in ("", "Late."):
        with pytest.raises(RuleBroken, match="were due by 17 November 2026"):
            calls.call_trainees(cohort, late_reason=silent, **late)
    why = "The venue was confirmed only yesterday."
    calls.call_trainees(cohort, late_reason=why, **late)
    cohort.refresh_from_db()
    assert (cohort.state, cohort.late_reason) == ("called", why)
    assert AuditEvent.objects.get(event="trainees-called", target_ref=cohort.ref).reason == why


def test_a_pass_becomes_a_line_of_the_record_and_a_skill(school: School) -> None:
    officer = school.officer()
    _cohort, (trainee,) = under_way(school, officer)
    with pytest.raises(RuleBroken, match="enter the mark"):
        results.enter_result(trainee, passed=True, by=school.trainer, **THEN)
    with pytest.raises(RuleBroken, match="does not fit"):
        results.enter_result(trainee, mark=40, passed=True, by=school.trainer, **THEN)
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    line = CourseAttended.objects.get(officer=officer)
    assert (line.result, line.state) == ("Passed, 71 of 100", "verified")
    held = SkillHeld.objects.get(officer=officer)
    assert (held.skill.code, held.acquired_on, held.expires_on) == ("driving-b", LAST, date(2029, 12, 18))
    with pytest.raises(InvalidTransition, match="stands already"):
        results.enter_result(trainee, mark=80, by=school.commandant, **THEN)


def test_attendance_below_the_rule_is_no_pass_and_says_by_which_rule(school: School) -> None:
    cohort, (trainee,) = under_way(school, school.officer())
    for number in range(1, 5):
        meeting = Meeting.objects.create(cohort=cohort, number=number, on=FIRST, minutes=60)
        Attendance.objects.create(
            meeting=meeting, enrolment=trainee, present=number < 4, source="page", taken_by=school.trainer, taken_at=AT
        )
    with pytest.raises(RuleBroken, match="Present at 75 of 100"):
        results.enter_result(trainee, mark=90, by=school.trainer, **THEN)
    results.enter_result(trainee, mark=30, by=school.trainer, **THEN)
    assert state_of(trainee) == ["failed"]


def test_many_results_at_once_leave_ones_own_and_say_so(school: School) -> None:
    trainer = school.officer()
    cohort, trainees = under_way(school, school.officer(), trainer)
    appoint(trainer.user, "training-officer", school.college)  # type: ignore[arg-type]
    outcome = results.enter_results(
        cohort, lines=[results.Line(each, mark=60) for each in trainees], by=trainer.user, **THEN
    )
    assert len(outcome.done) == 1
    assert "himself" in outcome.skipped[0][1]
    with pytest.raises(RuleBroken, match="1 trainees have no result"):
        cohorts.finish_cohort(cohort, by=school.trainer, **THEN)


def test_repeats_are_counted_and_limited(school: School) -> None:
    officer = school.officer()
    for number, month in enumerate((1, 3), start=1):
        days = cohorts.Days(date(2027, month, 1), date(2027, month, 20), date(2026, 12, 30))
        cohort = calling(school, officer, days=days, title=f"Intake {number}")
        trainee = cohort.enrolments.get()
        assert trainee.attempt == number
        calls.record_first_day(cohort, came=[trainee], by=school.trainer, on=days.first_on, at=AT)
        results.enter_result(trainee, mark=10, by=school.trainer, on=days.last_on, at=AT)
    days = cohorts.Days(date(2027, 6, 1), date(2027, 6, 20), date(2027, 5, 1))
    last = opened(school, days=days, title="Intake 3")
    outcome = nominations.nominate(last, officers=[officer], reason=WHY, by=school.commander, **NOW)
    assert "At most 2 attempts" in outcome.skipped[0][1]


def test_a_certificate_is_checked_by_a_stranger_and_a_withdrawn_one_says_so(school: School, client: Any) -> None:
    officer = school.officer()
    cohort, (trainee,) = under_way(school, officer)
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    with pytest.raises(NotAllowed):
        certificates.issue_certificates(cohort, by=school.commander, **THEN)
    certificate = certificates.issue_certificates(cohort, by=school.trainer, **THEN).certificates[0]
    assert certificate.expires_on == date(2029, 12, 18)
    assert CourseAttended.objects.get(officer=officer).source == certificate.letter.number
    assert SkillHeld.objects.get(officer=officer).source == certificate.letter.number
    assert not certificates.issue_certificates(cohort, by=school.trainer, **THEN).certificates
    with pytest.raises(NotAllowed):
        certificates.withdraw_certificate(certificate, reason=WHY, by=school.commander, **THEN)
    certificates.withdraw_certificate(certificate, reason=WHY, by=school.trainer, **THEN)
    certificate.letter.refresh_from_db()
    assert certificate.letter.state == "withdrawn"
    with pytest.raises(InvalidTransition):
        certificates.withdraw_certificate(certificate, reason=WHY, by=school.trainer, **THEN)


def test_a_wrong_pass_is_corrected_with_a_paper_and_takes_what_rested_on_it(school: School) -> None:
    officer = school.officer()
    cohort, (trainee,) = under_way(school, officer)
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    certificate = certificates.issue_certificates(cohort, by=school.trainer, **THEN).certificates[0]
    correct = {"mark": 41, "note": "The marks of two trainees were exchanged.", "by": school.trainer, **THEN}
    with pytest.raises(RuleBroken, match="Name the paper"):
        results.correct_result(trainee, paper="", **correct)
    results.correct_result(trainee, paper="Minute 4 of 20 December 2026", **correct)
    certificate.refresh_from_db()
    assert certificate.withdrawn_on == LAST
    assert CourseAttended.objects.get(officer=officer).state == "refused"
    assert SkillHeld.objects.get(officer=officer).state == "refused"
    results.correct_result(trainee, paper="Minute 5", **{**correct, "mark": 66})
    assert SkillHeld.objects.get(officer=officer).state == "verified"


def test_a_skill_held_longer_or_higher_is_not_shortened(school: School) -> None:
    officer = school.officer()
    skill = Skill.objects.get(code="driving-b")
    SkillHeld.objects.create(officer=officer, skill=skill, level=1, expires_on=None, state="verified")
    _cohort, (trainee,) = under_way(school, officer)
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    assert SkillHeld.objects.get(officer=officer).expires_on is None


def test_everything_stands_in_the_trail(school: School) -> None:
    _cohort, (trainee,) = under_way(school, school.officer())
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert {
        "cohort-planned",
        "nominated",
        "nomination-decided",
        "trainees-called",
        "trainee-joined",
        "results-entered",
    } <= events
