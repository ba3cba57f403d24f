"""The roll of a meeting: who takes it, what is kept, and that sending twice changes nothing."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from hcims import clock
from hcims.audit.models import AuditEvent
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.organisation import UnitFactory
from tests.factories.training_rollout import Group, group
from tests.programs import node
from tests.statements import statements_of
from training.actions.roll import Mark, take_roll
from training.models import Attendance, Enrolment, Meeting
from training.queries import roll as queries
from workshop.frontend import SOURCE

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's clock stands on the day of the second meeting."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: ON)


@pytest.fixture
def kilifi(db: None) -> Group:
    return group(UnitFactory(code="KLF", type="county"), on=ON)


def mark(of: Group, person: int = 0, present: bool = True, minutes: int = 0, meeting: int = 1) -> Mark:
    at = AT + timedelta(minutes=minutes)
    return Mark(of.meetings[meeting].ref, of.trainees[person].ref, present, at)


def take(of: Group, *marks: Mark, by: User | None = None, at: datetime = AT + timedelta(hours=1)) -> list[str]:
    return [each.said for each in take_roll(marks, by=by or of.facilitator, at=at)]


def rolls() -> dict[tuple[int, str], bool]:
    rows = Attendance.objects.values_list("meeting__number", "enrolment__ref", "present")
    return {(number, ref): present for number, ref, present in rows}


def test_a_facilitator_without_any_role_takes_the_roll(kilifi: Group) -> None:
    assert take(kilifi, mark(kilifi, 0), mark(kilifi, 1, present=False)) == ["kept", "kept"]
    assert rolls() == {(2, kilifi.trainees[0].ref): True, (2, kilifi.trainees[1].ref): False}
    row = Attendance.objects.order_by("pk")[0]
    assert (row.taken_by, row.taken_at, row.source) == (kilifi.facilitator, AT, "phone")


def test_sending_again_changes_nothing(kilifi: Group) -> None:
    sent = [mark(kilifi, each) for each in range(3)]
    assert take(kilifi, *sent) == ["kept"] * 3
    before = [list(Attendance.objects.order_by("pk").values()), Attendance.history.count(), AuditEvent.objects.count()]
    assert take(kilifi, *sent, at=AT + timedelta(days=1)) == ["same"] * 3
    assert before == [
        list(Attendance.objects.order_by("pk").values()), Attendance.history.count(), AuditEvent.objects.count(),
    ]  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the earlier one late"])
def test_the_later_tap_stands_in_whatever_order_they_arrive(kilifi: Group, order: tuple[int, int]) -> None:
    taps = [mark(kilifi, present=True, minutes=1), mark(kilifi, present=False, minutes=2)]
    said = [take(kilifi, taps[each])[0] for each in order]
    assert said == (["kept", "kept"] if order == (0, 1) else ["kept", "older"])
    assert list(rolls().values()) == [False]


def test_present_absent_present_is_present_whichever_arrives_last(kilifi: Group) -> None:
    """The last tap says what the first said, and still outlives the one between them."""
    take(kilifi, mark(kilifi, present=True, minutes=1))
    take(kilifi, mark(kilifi, present=True, minutes=3))
    assert take(kilifi, mark(kilifi, present=False, minutes=2)) == ["older"]
    assert list(rolls().values()) == [True]


def test_a_phone_whose_clock_is_fast_does_not_win_for_ever(kilifi: Group) -> None:
    take(kilifi, mark(kilifi, present=True, minutes=60 * 24 * 400), at=AT)
    assert take(kilifi, mark(kilifi, present=False, minutes=30)) == ["kept"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"meeting": 2}, "early"),
        ({"on": ON - timedelta(days=15)}, "late"),
        ({"on": ON - timedelta(days=14)}, "kept"),
        ({"cancelled_on": ON}, "cancelled"),
        ({"state": "cancelled"}, "not-running"),
        ({"trainee": "called"}, "not-joined"),
        ({"left_on": ON}, "left"),
        ({"left_on": ON + timedelta(days=1)}, "kept"),
    ],
    ids=lambda each: str(each) if isinstance(each, str) else "-".join(each),
)
def test_what_may_not_be_marked_is_answered_with_the_reason(kilifi: Group, change: dict[str, Any], why: str) -> None:
    meeting, trainee = kilifi.meetings[change.get("meeting", 1)], kilifi.trainees[0]
    Meeting.objects.filter(pk=meeting.pk).update(
        **{key: change[key] for key in ("on", "cancelled_on") if key in change}
    )
    if "state" in change:
        type(kilifi.cohort).objects.filter(pk=kilifi.cohort.pk).update(state=change["state"])
    if "trainee" in change:
        Enrolment.objects.filter(pk=trainee.pk).update(state=change["trainee"])
    if "left_on" in change:
        Enrolment.objects.filter(pk=trainee.pk).update(state="left", left_on=change["left_on"])
    asked = mark(kilifi, meeting=change.get("meeting", 1))
    other = why if why == "not-running" else "kept"  # a mark that cannot be taken keeps no other out
    assert take(kilifi, asked, mark(kilifi, 1, meeting=0)) == [why, other]
    assert len(rolls()) == (why == "kept") + (other == "kept")


def test_nobody_marks_another_cohort(kilifi: Group) -> None:
    other = group(UnitFactory(code="MSA", type="county"), on=ON)
    assert take(kilifi, mark(kilifi), by=other.facilitator) == ["unknown"]
    across = Mark(kilifi.meetings[1].ref, other.trainees[0].ref, True, AT)
    assert take(kilifi, across) == ["unknown"]
    coordinator = appoint(UserFactory(), "rollout-coordinator", kilifi.cohort.unit)
    second = group(kilifi.cohort.unit, on=ON)  # both are the coordinator's, and still nobody stands on the other's roll
    across = Mark(kilifi.meetings[1].ref, second.trainees[0].ref, True, AT)
    assert take(kilifi, across, mark(second, 1, minutes=1), by=coordinator) == ["unknown", "kept"]
    assert take(kilifi, Mark("zzzzzzzzzzzz", kilifi.trainees[0].ref, True, AT)) == ["unknown"]
    assert list(rolls()) == [(2, second.trainees[1].ref)]


@pytest.mark.parametrize(("role", "said"), [("rollout-coordinator", "kept"), ("county-commander", "unknown")])
def test_whoever_runs_the_training_of_the_command_takes_it_too(kilifi: Group, role: str, said: str) -> None:
    user = appoint(UserFactory(), role, kilifi.cohort.unit)
    assert take(kilifi, mark(kilifi), by=user) == [said]


def test_the_trail_says_how_many_and_never_who(kilifi: Group) -> None:
    take(kilifi, mark(kilifi, 0), mark(kilifi, 1, meeting=0), mark(kilifi, 2, present=False))
    row = AuditEvent.objects.get(event="roll-taken")
    assert json.loads(row.details) == {"marks": 3, "meetings": 2, "source": "phone"}


def test_a_phone_is_given_the_own_cohorts_and_nobody_elses(kilifi: Group) -> None:
    group(UnitFactory(code="MSA", type="county"), on=ON)
    books = queries.books_for(kilifi.facilitator, on=ON)
    assert [each.cohort for each in books] == [kilifi.cohort]
    assert [each.meeting for each in books[0].rolls] == kilifi.meetings
    assert set(books[0].trainees) == set(kilifi.trainees)
    assert queries.books_for(UserFactory(), on=ON) == []


def test_the_list_and_the_marks_over_the_line(kilifi: Group, at_noon: None) -> None:
    client = sign_in(Client(), kilifi.facilitator)
    given = client.get("/training/roll/list/").json()
    meeting = given["cohorts"][0]["meetings"][1]
    assert (meeting["on"], meeting["marks"]) == (ON.isoformat(), {})
    sent = {"meeting": meeting["ref"], "trainee": given["cohorts"][0]["people"][0]["ref"], "present": True}
    body = json.dumps({"marks": [{**sent, "at": "2026-11-20T08:00:00.000Z"}]})
    for said in ("kept", "same"):
        answer = client.post("/training/roll/marks/", body, content_type="application/json").json()
        assert [each["said"] for each in answer["answers"]] == [said]
    told = client.get("/training/roll/list/").json()["cohorts"][0]["meetings"][1]["marks"]
    assert [present for present, _at in told.values()] == [True]
    for wrong in ("", "[]", '{"marks": [{}]}', body.replace("true", '"yes"'), body.replace("2026-11-20T", "20-11T")):
        assert client.post("/training/roll/marks/", wrong, content_type="application/json").status_code == 400, wrong


def test_the_list_costs_the_same_for_one_cohort_and_for_many(kilifi: Group, at_noon: None) -> None:
    user = appoint(UserFactory(), "rollout-coordinator", kilifi.cohort.unit)
    client = sign_in(Client(), user)
    client.get("/training/roll/list/")
    before = len(statements_of(client, "/training/roll/list/"))
    group(kilifi.cohort.unit, on=ON, people=5)
    assert len(statements_of(client, "/training/roll/list/")) == before


def test_the_page_is_the_same_for_everybody_and_weighs_little(kilifi: Group) -> None:
    mine, nobodys = (client.get("/training/roll/") for client in (sign_in(Client(), kilifi.facilitator), Client()))
    assert mine.content == nobodys.content
    assert not mine.cookies
    assert "csrf" not in mine.content.decode()
    assert Client().get("/training/roll/list/").status_code == Client().post("/training/roll/marks/").status_code == 302
    worker = Client().get("/training/roll/sw.js").content.decode()
    assert 'const PAGES = ["/training/roll/"];' in worker
    assert 'const NAME = "roll";' in worker


def test_what_the_phone_makes_of_marks() -> None:
    subprocess.run([node(), "--test", "tests/roll.test.mjs"], cwd=SOURCE, check=True, capture_output=True)
