"""Cohorts, names, seats, calls, results and certificates: what the actions do and refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.letters.models import Letter
from hcims.notify.models import PersonalNotice
from organisation.models import Skill
from personnel.models import CourseAttended, SkillHeld
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory, rank
from tests.factories.training_cohorts import (
    AT,
    FIRST,
    LAST,
    ON,
    WHY,
    School,
    calling,
    condition,
    make_school,
    opened,
    planned,
    put_forward,
    under_way,
)
from training.actions import calls, certificates, cohorts, nominations, results, seats
from training.models import Attendance, Cohort, Meeting, Nomination
from training.policies.cohorts import ShareOf

pytestmark = pytest.mark.django_db
NOW: dict[str, Any] = {"on": ON, "at": AT}
THEN: dict[str, Any] = {"on": LAST, "at": AT + (LAST - ON)}


@pytest.fixture
def school(db: None) -> School:
    return make_school()


def state_of(*rows: Any) -> list[str]:
    for each in rows:
        each.refresh_from_db()
    return [each.state for each in rows]


# Cohorts ----------------------------------------------------------------------------------------------------------------


def test_only_who_runs_the_training_plans_and_only_what_fits(school: School) -> None:
    with pytest.raises(NotAllowed):
        planned(school, by=school.commander)
    with pytest.raises(RuleBroken, match="3 seats are kept"):
        planned(school, seats=2, shares=[ShareOf(3, sex="F")])
    with pytest.raises(RuleBroken, match="is not a region"):
        planned(school, seats=2, shares=[ShareOf(1, region=school.station)])
    with pytest.raises(RuleBroken, match="room for 200"):
        planned(school, seats=201)
    with pytest.raises(RuleBroken, match="does not give this course"):
        elsewhere = UnitFactory(type="training", under=school.service)
        planned(school, unit=elsewhere, by=appoint(UserFactory(), "training-officer", elsewhere))
    type(school.version).objects.filter(pk=school.version.pk).update(state="draft")
    school.version.refresh_from_db()
    with pytest.raises(RuleBroken, match="No approved version"):
        planned(school)


def test_seats_change_until_trainees_are_called_and_never_below_those_given(school: School) -> None:
    cohort = opened(school, seats=2)
    names = put_forward(school, cohort, school.officer(), school.officer())
    seats.give_seats(cohort, nominations=names, by=school.trainer, **NOW)
    change = {"title": "Intake 9", "days": cohorts.Days(FIRST, LAST, FIRST), "by": school.trainer, **NOW}
    with pytest.raises(RuleBroken, match="2 seats are given"):
        cohorts.change_cohort(cohort, seats=1, **change)
    assert cohorts.change_cohort(cohort, seats=3, **change).seats == 3
    calls.call_trainees(cohort, by=school.trainer, **NOW)
    with pytest.raises(RuleBroken, match="called already"):
        cohorts.change_cohort(cohort, seats=4, **change)


def test_a_cancelled_course_answers_everybody_with_the_reason(school: School) -> None:
    officer, waiting = school.officer(), school.officer()
    cohort = calling(school, officer, seats=1)
    Cohort.objects.filter(pk=cohort.pk).update(state="open")
    name = put_forward(school, cohort, waiting)[0]
    Cohort.objects.filter(pk=cohort.pk).update(state="called")
    with pytest.raises(RuleBroken):
        cohorts.cancel_cohort(cohort, reason="no", by=school.trainer, **NOW)
    cohorts.cancel_cohort(cohort, reason="The yard is under water until March.", by=school.trainer, **NOW)
    name.refresh_from_db()
    assert (name.state, name.decision_code) == ("refused", "cancelled")
    assert "under water" in name.decision_note
    assert cohort.enrolments.get().state == "left"
    assert PersonalNotice.objects.filter(user=waiting.user, kind="training-news").exists()


# Names ------------------------------------------------------------------------------------------------------------------


def test_a_commander_puts_own_officers_forward_and_nobody_else(school: School) -> None:
    cohort, own, other = opened(school), school.officer(), school.officer(elsewhere=True)
    outcome = nominations.nominate(cohort, officers=[own, other], reason=WHY, by=school.commander, **NOW)
    assert [each.officer for each in outcome.done] == [own]
    assert "does not reach" in outcome.skipped[0][1]
    assert outcome.done[0].region == school.region
    again = nominations.nominate(cohort, officers=[own], reason=WHY, by=school.commander, **NOW)
    assert "already" in again.skipped[0][1]


def test_nobody_puts_himself_or_herself_forward(school: School) -> None:
    officer = school.officer()
    appoint(officer.user, "station-commander", school.station)  # type: ignore[arg-type]
    outcome = nominations.nominate(opened(school), officers=[officer], reason=WHY, by=officer.user, **NOW)
    assert not outcome.done
    assert "cannot put yourself forward" in outcome.skipped[0][1]


def test_a_refusal_names_the_condition_what_was_found_its_basis_and_where_to_turn(school: School) -> None:
    condition(school, "rank-from", rank="SGT")
    outcome = nominations.nominate(
        opened(school), officers=[school.officer()], reason=WHY, by=school.commander, **NOW
    )
    why = outcome.skipped[0][1]
    assert "Rank at least Sergeant: PC." in why
    assert "Test circular 7" in why
    assert "HR desk" in why


def test_what_the_record_does_not_say_keeps_nobody_out_and_is_kept_with_the_name(school: School) -> None:
    condition(school, "years-in-rank", value=3)
    officer = school.officer()
    officer.rank_holdings.update(start_known=False)
    name = put_forward(school, opened(school), officer)[0]
    assert [each["holds"] for each in name.findings if each["kind"] == "years-in-rank"] == [None]


def test_names_are_taken_until_the_day_said(school: School) -> None:
    cohort = opened(school)
    late = FIRST - timedelta(days=9)
    with pytest.raises(RuleBroken, match="Names were taken until 21 November 2026"):
        nominations.nominate(cohort, officers=[school.officer()], by=school.commander, on=late, at=AT)


def test_an_officer_asks_a_commander_forwards_or_refuses_with_a_reason(school: School) -> None:
    cohort, officer = opened(school), school.officer()
    with pytest.raises(NotAllowed):
        nominations.ask(cohort, officer=officer, by=school.commander, **NOW)
    asked = nominations.ask(cohort, officer=officer, reason="I drive the station's lorry.", by=officer.user, **NOW)
    assert asked.state == "asked"
    assert PersonalNotice.objects.filter(user=school.commander, kind="training-to-answer").exists()
    with pytest.raises(NotAllowed, match="himself"):
        appoint(officer.user, "station-commander", school.station)  # type: ignore[arg-type]
        nominations.forward(asked, by=officer.user, **NOW)
    with pytest.raises(NotAllowed):
        nominations.forward(asked, by=school.other_commander, **NOW)
    with pytest.raises(RuleBroken, match="from the list"):
        nominations.refuse_request(asked, code="because", words=WHY, by=school.commander, **NOW)
    with pytest.raises(RuleBroken, match="in a sentence"):
        nominations.refuse_request(asked, code="needed", words="no", by=school.commander, **NOW)
    nominations.forward(asked, by=school.commander, **NOW)
    with pytest.raises(InvalidTransition, match="answered this already"):
        nominations.refuse_request(asked, code="needed", words=WHY, by=school.commander, **NOW)
    assert state_of(asked) == ["proposed"]


# Seats ------------------------------------------------------------------------------------------------------------------


def test_seats_go_in_the_published_order_and_the_others_wait(school: School) -> None:
    cohort = opened(school, seats=1)
    new, trained = school.officer(), school.officer()
    CourseAttended.objects.create(officer=trained, title="Another", ends_on=date(2026, 1, 1), state="verified")
    late, first = put_forward(school, cohort, trained, new)
    chosen = seats.give_in_order(cohort, by=school.trainer, **NOW)
    assert (chosen.given, chosen.waiting) == ([first], [late])
    assert state_of(first, late) == ["accepted", "waiting"]
    assert first.decision_code == "in-order"


def test_out_of_the_order_only_with_a_reason_and_never_more_than_the_seats(school: School) -> None:
    cohort = opened(school, seats=1)
    new, trained = school.officer(), school.officer()
    CourseAttended.objects.create(officer=trained, title="Another", ends_on=date(2026, 1, 1), state="verified")
    late, first = put_forward(school, cohort, trained, new)
    chosen = seats.give_seats(cohort, nominations=[late], by=school.trainer, **NOW)
    assert "published order" in chosen.skipped[0][1]
    chosen = seats.give_seats(cohort, nominations=[late], note=WHY, by=school.trainer, **NOW)
    late.refresh_from_db()
    assert (late.decision_code, late.decision_note) == ("out-of-order", WHY)
    chosen = seats.give_seats(cohort, nominations=[first], note=WHY, by=school.trainer, **NOW)
    assert "All 1 seats are given" in chosen.skipped[0][1]


def test_nobody_gives_a_seat_to_himself_or_herself(school: School) -> None:
    trainer = school.officer()
    appoint(trainer.user, "training-officer", school.college)  # type: ignore[arg-type]
    cohort = opened(school, seats=2)
    names = put_forward(school, cohort, trainer)
    chosen = seats.give_in_order(cohort, by=trainer.user, **NOW)
    assert "himself" in chosen.skipped[0][1]
    with pytest.raises(NotAllowed, match="himself"):
        seats.refuse(names[0], code="no-seat", words=WHY, by=trainer.user, **NOW)
    with pytest.raises(NotAllowed):
        seats.give_in_order(cohort, by=school.commander, **NOW)


def test_the_waiting_list_moves_up_by_itself_when_somebody_withdraws(school: School) -> None:
    cohort = opened(school, seats=1)
    one, two, three = put_forward(school, cohort, *(school.officer() for _ in range(3)))
    seats.give_in_order(cohort, by=school.trainer, **NOW)
    calls.call_trainees(cohort, by=school.trainer, **NOW)
    given = next(each for each in (one, two, three) if state_of(each) == ["accepted"])
    nominations.withdraw(given, reason="My mother is ill in these weeks.", by=given.officer.user, **NOW)
    states = dict(zip((one, two, three), state_of(one, two, three), strict=True))
    assert states.pop(given) == "withdrawn"
    assert sorted(states.values()) == ["accepted", "waiting"]
    moved = next(each for each, state in states.items() if state == "accepted")
    assert moved.decision_code == "moved-up"
    assert moved.decided_by is None
    assert cohort.enrolments.get(officer=moved.officer).state == "called"
    assert cohort.enrolments.get(officer=given.officer).state == "left"


def test_who_waited_in_vain_comes_first_next_time(school: School) -> None:
    waiting = school.officer()
    cohort = calling(school, school.officer(), seats=1)
    Cohort.objects.filter(pk=cohort.pk).update(state="open")
    name = put_forward(school, cohort, waiting)[0]
    Cohort.objects.filter(pk=cohort.pk).update(state="called")
    cohort.refresh_from_db()
    calls.record_first_day(cohort, came=list(cohort.enrolments.all()), by=school.trainer, on=FIRST, at=AT)
    name.refresh_from_db()
    assert (name.state, name.decision_code) == ("refused", "no-seat")
    later = opened(school, seats=1, title="Next", days=cohorts.Days(date(2027, 2, 1), date(2027, 2, 20), date(2027, 1, 20)))
    put_forward(school, later, school.officer(), waiting)
    assert seats.give_in_order(later, by=school.trainer, **NOW).given[0].officer == waiting


def test_seats_kept_for_a_region_are_not_given_to_another(school: School) -> None:
    cohort = opened(school, seats=1, shares=[ShareOf(1, region=school.region)])
    name = put_forward(school, cohort, school.officer(elsewhere=True))[0]
    assert seats.give_in_order(cohort, by=school.trainer, **NOW).waiting == [name]
    after = FIRST - timedelta(days=5)
    assert seats.give_in_order(cohort, by=school.trainer, on=after, at=AT).given == [name]


# Calls, results, certificates -------------------------------------------------------------------------------------------


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


def test_a_pass_becomes_a_line_of_the_record_and_a_skill(school: School) -> None:
    officer = school.officer()
    cohort, (trainee,) = under_way(school, officer)
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
        meeting = Meeting.objects.create(cohort=cohort, number=number, held_on=FIRST)
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
    cohort, (trainee,) = under_way(school, officer)
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    assert SkillHeld.objects.get(officer=officer).expires_on is None


def test_everything_stands_in_the_trail(school: School) -> None:
    cohort, (trainee,) = under_way(school, school.officer())
    results.enter_result(trainee, mark=71, by=school.trainer, **THEN)
    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert {"cohort-planned", "nominated", "nomination-decided", "trainees-called", "trainee-joined", "results-entered"} <= events


def test_a_course_of_a_command_is_for_its_own_officers(school: School) -> None:
    coordinator = appoint(UserFactory(), "rollout-coordinator", school.region)
    cohort = opened_by(school, coordinator)
    outcome = nominations.nominate(
        cohort, officers=[school.officer(elsewhere=True)], reason=WHY, by=school.other_commander, **NOW
    )
    assert "of the command that holds the course" in outcome.skipped[0][1]
    assert put_forward(school, cohort, school.officer())


def opened_by(school: School, by: Any) -> Cohort:
    cohort = planned(school, unit=school.region, by=by)
    return cohorts.open_cohort(cohort, by=by, **NOW)


def test_the_facts_of_many_cost_no_more_than_those_of_few(school: School, django_assert_max_num_queries: Any) -> None:
    from training.queries.eligibility import findings_for

    for kind, more in (("rank-from", {"rank": "PC"}), ("skill", {"skill": "driving-b"}), ("clean-months", {"value": 6})):
        condition(school, kind, **more)
    cohort = opened(school)
    officers = [school.officer(rank=rank("CPL")) for _ in range(6)]
    with django_assert_max_num_queries(10):
        assert len(findings_for(cohort, officers, on=ON)) == 6
    assert Nomination.objects.count() == 0
