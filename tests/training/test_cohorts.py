"""Cohorts, names, seats, calls, results and certificates: what the actions do and refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.notify.models import PersonalNotice
from personnel.models import CourseAttended
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
    opened,
    planned,
    put_forward,
    state_of,
)
from training.actions import calls, cohorts, nominations, seats
from training.models import Cohort, Nomination
from training.policies.cohorts import ShareOf

pytestmark = pytest.mark.django_db
NOW: dict[str, Any] = {"on": ON, "at": AT}
THEN: dict[str, Any] = {"on": LAST, "at": AT + (LAST - ON)}


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
    elsewhere = UnitFactory(type="training", under=school.service)
    its_trainer = appoint(UserFactory(), "training-officer", elsewhere)
    with pytest.raises(RuleBroken, match="does not give this course"):
        planned(school, unit=elsewhere, by=its_trainer)
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
    outcome = nominations.nominate(opened(school), officers=[school.officer()], reason=WHY, by=school.commander, **NOW)
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
    appoint(officer.user, "station-commander", school.station)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="himself"):
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
    later = opened(
        school, seats=1, title="Next", days=cohorts.Days(date(2027, 2, 1), date(2027, 2, 20), date(2027, 1, 20))
    )
    put_forward(school, later, school.officer(), waiting)
    assert seats.give_in_order(later, by=school.trainer, **NOW).given[0].officer == waiting


def test_seats_kept_for_a_region_are_not_given_to_another(school: School) -> None:
    cohort = opened(school, seats=1, shares=[ShareOf(1, region=school.region)])
    name = put_forward(school, cohort, school.officer(elsewhere=True))[0]
    assert seats.give_in_order(cohort, by=school.trainer, **NOW).waiting == [name]
    after = FIRST - timedelta(days=5)
    assert seats.give_in_order(cohort, by=school.trainer, on=after, at=AT).given == [name]


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

    for kind, more in (
        ("rank-from", {"rank": "PC"}),
        ("skill", {"skill": "driving-b"}),
        ("clean-months", {"value": 6}),
    ):
        condition(school, kind, **more)
    cohort = opened(school)
    officers = [school.officer(rank=rank("CPL")) for _ in range(6)]
    with django_assert_max_num_queries(10):
        assert len(findings_for(cohort, officers, on=ON)) == 6
    assert Nomination.objects.count() == 0
