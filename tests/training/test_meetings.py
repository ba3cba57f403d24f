"""Meetings of a cohort: proposed, moved, cancelled; a series grows with them; the roll on the desk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from hcims import clock
from hcims.errors import NotAllowed, RuleBroken
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.organisation import UnitFactory
from tests.factories.training import AT, curriculum
from tests.factories.training_rollout import Group, group
from training.actions import meetings as actions
from training.meeting_days import DAILY, WEEKLY, proposed_days, spread
from training.models import Attendance, Meeting

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
WEEK = timedelta(weeks=1)


@pytest.fixture
def kilifi(db: None) -> Group:
    return group(UnitFactory(code="KLF", type="county"), on=ON, meetings=0)


def act(name: str, thing: Any, by: User, **more: Any) -> Any:
    return getattr(actions, name)(thing, by=by, on=ON, at=AT, **more)


def test_days_are_proposed_weekly_or_on_working_days() -> None:
    friday = date(2026, 11, 20)
    assert proposed_days(friday, friday, WEEKLY, weeks=3) == [friday, friday + WEEK, friday + 2 * WEEK]
    assert proposed_days(friday, friday + WEEK, WEEKLY) == [friday, friday + WEEK]
    assert [day.day for day in proposed_days(friday, friday + WEEK, DAILY)] == [20, 23, 24, 25, 26, 27]
    assert spread(["a", "b"], 5) == ["a", "a", "a", "b", "b"]
    assert spread([], 2) == [None, None]


def test_a_series_is_proposed_with_the_parts_in_their_order_and_follows_its_meetings(kilifi: Group) -> None:
    curriculum("muamko-peers")
    cohort, by = kilifi.cohort, kilifi.facilitator
    made = act("propose_meetings", cohort, by, how=WEEKLY, minutes=90)
    assert [each.on for each in made] == [cohort.first_on + n * WEEK for n in range(3)]
    with pytest.raises(RuleBroken, match="stand already"):
        act("propose_meetings", cohort, by, how=WEEKLY, minutes=90)
    added = act("add_meeting", cohort, by, day=cohort.first_on + 4 * WEEK, minutes=90)
    cohort.refresh_from_db()
    assert (added.number, cohort.weeks, cohort.last_on) == (4, 5, added.on)
    act("cancel_meeting", added, by, reason="public holiday")
    cohort.refresh_from_db()
    assert (cohort.weeks, cohort.last_on) == (3, made[-1].on)
    with pytest.raises(RuleBroken, match="not held before"):
        act("add_meeting", cohort, by, day=cohort.first_on - WEEK, minutes=90)


def test_a_meeting_whose_roll_was_taken_was_held_on_that_day(kilifi: Group) -> None:
    by = kilifi.facilitator
    meeting = act("propose_meetings", kilifi.cohort, by, how=WEEKLY, minutes=90)[0]
    Attendance.objects.create(
        meeting=meeting, enrolment=kilifi.trainees[0], present=True, source="page", taken_by=by, taken_at=AT
    )
    with pytest.raises(RuleBroken, match="was held"):
        act("cancel_meeting", meeting, by, reason="moved")
    with pytest.raises(RuleBroken, match="was held"):
        act("change_meeting", meeting, by, day=meeting.on + WEEK, minutes=90)
    assert act("change_meeting", meeting, by, day=meeting.on, minutes=60, title="Opening").minutes == 60


def test_only_who_takes_the_roll_sets_the_days(kilifi: Group) -> None:
    with pytest.raises(NotAllowed):
        act("propose_meetings", kilifi.cohort, UserFactory(), how=WEEKLY, minutes=90)
    commander = sign_in(Client(), appoint(UserFactory(), "county-commander", kilifi.cohort.unit))
    address = f"/training/cohorts/{kilifi.cohort.ref}/meetings/"
    assert commander.get(address).status_code == 200
    assert commander.get(f"{address}propose/").status_code == 403
    assert sign_in(Client(), UserFactory()).get(address).status_code == 404


def test_the_roll_on_the_desk_keeps_what_was_changed_and_wipes_nothing_out(
    kilifi: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: AT.date())
    client = sign_in(Client(), kilifi.facilitator)
    meeting = Meeting.objects.create(cohort=kilifi.cohort, number=1, on=AT.date(), minutes=90)
    address = f"/training/meetings/{meeting.ref}/"
    first, second, third = (each.ref for each in kilifi.trainees)
    assert client.post(address, {first: "yes", second: "no", third: ""}).status_code == 302
    assert client.post(address, {first: "", second: "", third: ""}).status_code == 302
    marks = dict(Attendance.objects.values_list("enrolment__ref", "present"))
    assert marks == {first: True, second: False}
    assert client.post(address, {first: "perhaps"}).status_code == 422
