"""Advice and decisions: who holds the pen, who typed, who was first, what a stop holds, and the way back."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from deployment.models import Duty
from hcims.errors import InvalidTransition, NotAllowed, Refusal, RuleBroken
from hcims.notify.models import PersonalNotice
from personnel.models import DisciplineRecord
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import establish
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, asked, offices, proposed
from tests.world import World, make_world
from transfers.actions import decisions as actions
from transfers.actions import requests, stops
from transfers.models import ApprovalStep, TransferRequest

pytestmark = pytest.mark.django_db
WHY = "The station keeps enough constables, and the ground was checked."
WHEN: dict[str, Any] = {"on": ON, "at": AT}
ADVICE: dict[str, Any] = {"verdict": "support", "reasons": WHY, **WHEN}
YES: dict[str, Any] = {"approve": True, "reason_code": "own-request", "reasons": WHY, **WHEN}
NO: dict[str, Any] = {"approve": False, "reason_code": "no-post", "reasons": WHY, **WHEN}
CHAIN = ("station-commander", "subcounty-commander", "county-commander", "regional-commander")


def to(world: World, unit: Any = None, **more: Any) -> actions.Move:
    """To the other station, as what the officer is, in a month."""
    return actions.Move(
        **{
            "to_unit": unit or world.other_station, "duty": Duty.objects.get(code="general"),
            "post_rank": world.officer.rank, "report_by": ON + timedelta(days=30), **more,
        }
    )  # fmt: skip


def before_the_authority(world: World, people: dict[str, User], **more: Any) -> TransferRequest:
    """A request on which all commanders have advised."""
    request = asked(world.officer, world.other_station, **more)
    for role in CHAIN:
        request = actions.advise(request, by=people[role], **ADVICE)
    return request


def test_each_adviser_passes_the_pen_to_the_next(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    assert (request.state, request.step.role) == ("decision", "deputy-inspector-general")  # type: ignore[union-attr]
    given = [(each.step.role, each.advised_by, each.typed_by) for each in request.advice.all()]
    assert given == [(role, people[role], people[role]) for role in CHAIN]


def test_only_the_holder_of_the_pen_advises_and_only_once(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    for role in ("subcounty-commander", "hr-officer", "inspector-general"):
        with pytest.raises(NotAllowed):
            actions.advise(request, by=people[role], **ADVICE)
    actions.advise(request, by=people["station-commander"], **ADVICE)
    with pytest.raises(NotAllowed):
        actions.advise(request, by=people["station-commander"], **ADVICE)


def test_advice_says_why(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    with pytest.raises(RuleBroken, match="reasons"):
        actions.advise(request, by=people["station-commander"], **{**ADVICE, "reasons": "Fine"})


def test_the_desk_types_for_a_commander_on_a_paper_and_both_stand_on_record(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station)
    typed = {"advised_by": people["station-commander"], "by": people["hr-officer"], **ADVICE}
    with pytest.raises(RuleBroken, match="minute or signal"):
        actions.advise(request, **typed)
    with pytest.raises(NotAllowed):
        actions.advise(request, **{**typed, "by": people["county-commander"]}, paper="Minute 4")
    actions.advise(request, **typed, paper="Minute 4 of 1 November 2026")
    advice = request.advice.get()
    assert (advice.advised_by, advice.typed_by, advice.paper) == (
        people["station-commander"], people["hr-officer"], "Minute 4 of 1 November 2026",
    )  # fmt: skip


def test_an_empty_office_is_passed_over_with_reasons_and_a_held_one_after_its_days(world: World) -> None:
    people = world.people  # nobody commands the station
    request = asked(world.officer, world.other_station)
    with pytest.raises(NotAllowed):
        actions.pass_over(request, reasons=WHY, by=people["regional-commander"], **WHEN)
    request = actions.pass_over(
        request, reasons="Nobody commands the station since May.", by=people["hr-officer"], **WHEN
    )
    assert request.waits_at == world.subcounty
    appoint(UserFactory(), "subcounty-commander", world.subcounty)
    with pytest.raises(RuleBroken, match="less than 14 days"):
        actions.pass_over(request, reasons=WHY, by=people["hr-officer"], **WHEN)
    late = ON + timedelta(days=15)
    request = actions.pass_over(request, reasons="No answer in fifteen days.", by=people["hr-officer"], on=late, at=AT)
    assert request.waits_at == world.county
    assert [each.verdict for each in request.advice.all()] == ["none", "none"]


def test_the_authority_decides_and_nobody_else(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    for role in ("regional-commander", "inspector-general", "hr-officer", "npsc-commissioner"):
        with pytest.raises(NotAllowed):
            actions.decide(request, move=to(world), by=people[role], **YES)
    done = actions.decide(request, move=to(world), by=people["deputy-inspector-general"], **YES)
    assert (done.state, done.to_unit, done.decided_by, done.typed_by) == (
        "approved", world.other_station, people["deputy-inspector-general"], people["deputy-inspector-general"],
    )  # fmt: skip
    assert "delegated under NPSC Act" in done.legal_basis


def test_nobody_decides_about_himself(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    assert world.officer.user is not None
    appoint(world.officer.user, "deputy-inspector-general", world.service)
    for deed in (actions.decide, actions.consider):
        with pytest.raises(NotAllowed, match="his or her own"):
            deed(request, by=world.officer.user, move=to(world), **(YES if deed is actions.decide else WHEN))  # type: ignore[operator]


def test_the_desk_types_a_decision_on_its_minute(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    typed = {"decided_by": people["deputy-inspector-general"], "by": people["hr-officer"], "move": to(world), **YES}
    with pytest.raises(RuleBroken, match="minute or signal"):
        actions.decide(request, **typed)
    done = actions.decide(request, **typed, paper="Minute DIG/4 of 1 November 2026")
    assert (done.decided_by, done.typed_by) == (people["deputy-inspector-general"], people["hr-officer"])


def test_a_reason_of_the_list_that_fits_the_decision(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    for code, approve in (("no-post", True), ("own-request", False), ("because", True)):
        with pytest.raises(RuleBroken, match="from the list"):
            actions.decide(
                request, move=to(world), by=people["deputy-inspector-general"],
                **{**YES, "reason_code": code, "approve": approve},
            )  # fmt: skip


def test_an_approval_gives_notice(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    soon = to(world, report_by=ON + timedelta(days=13))
    with pytest.raises(RuleBroken, match="14 days ahead"):
        actions.decide(request, move=soon, by=people["deputy-inspector-general"], **YES)
    with pytest.raises(RuleBroken, match="names the unit"):
        actions.decide(request, by=people["deputy-inspector-general"], **YES)


def test_a_stop_holds_an_approval_until_it_is_lifted_and_never_a_refusal(world: World) -> None:
    people = offices(world)
    establish(world.other_station, {"CPL": 1})
    request = before_the_authority(world, people)
    decider = people["deputy-inspector-general"]
    request = actions.consider(request, move=to(world), by=decider, **WHEN)
    stop = request.stops.get(code="over-strength")
    with pytest.raises(RuleBroken, match="no free post"):
        actions.decide(request, by=decider, **YES)
    stops.lift(stop, reason="Two houses come free in December.", by=people["inspector-general"], **WHEN)
    assert actions.decide(request, by=decider, **YES).state == "approved"
    actions.undo(request, by=decider, **WHEN)
    DisciplineRecord.objects.create(officer=world.officer, charge="x", opened_on=ON, source="y", entered_by=decider)
    assert actions.decide(request, by=decider, **NO).state == "refused"


def test_a_frozen_power_decides_nothing(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    ApprovalStep.objects.filter(code="request-decision-junior").update(is_frozen=True, frozen_why="Court of Appeal")
    for decision in (YES, NO):
        with pytest.raises(RuleBroken, match="frozen"):
            actions.decide(request, move=to(world), by=people["deputy-inspector-general"], **decision)


def test_whoever_moves_somebody_against_his_wish_says_how_the_family_was_weighed(world: World) -> None:
    people = offices(world)
    request = proposed(world.officer, world.ward, by=people["station-commander"], kind="within-command")
    answers = requests.Answers(
        children_at_school=True, exam_this_year=False, dependant_with_disability=False, spouse_at_work=False
    )
    requests.answer_family(request, answers=answers, by=world.officer.user, **WHEN)
    yes = {**YES, "reason_code": "within-command", "move": to(world, world.ward)}
    with pytest.raises(RuleBroken, match="weighed"):
        actions.decide(request, by=people["subcounty-commander"], **yes)
    done = actions.decide(
        request, by=people["subcounty-commander"], considered="The school is three kilometres away.", **yes
    )
    done.family_impact.refresh_from_db()
    assert "three kilometres" in done.family_impact.considered


def test_a_decision_is_taken_back_by_who_made_it_until_an_order_is_out(world: World) -> None:
    people = offices(world)
    decider = people["deputy-inspector-general"]
    request = actions.decide(before_the_authority(world, people), move=to(world), by=decider, **YES)
    with pytest.raises(NotAllowed):
        actions.undo(request, by=people["inspector-general"], **WHEN)
    back = actions.undo(request, by=decider, on=ON, at=AT + timedelta(hours=1))
    assert (back.state, back.decided_by, back.reasons, back.waits_since) == ("decision", None, "", AT)
    request = actions.decide(back, move=to(world), by=decider, **YES)
    TransferRequest.objects.filter(pk=request.pk).update(state="published")
    with pytest.raises(InvalidTransition, match="order is out"):
        actions.undo(request, by=decider, **WHEN)


def test_the_officer_hears_of_a_refusal_at_once_and_of_an_approval_with_the_order(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    mine = PersonalNotice.objects.filter(user=world.officer.user)
    request = actions.decide(request, move=to(world), by=people["deputy-inspector-general"], **YES)
    assert not mine.exists()
    request = actions.undo(request, by=people["deputy-inspector-general"], **WHEN)
    actions.decide(request, by=people["deputy-inspector-general"], **NO)
    assert [each.kind for each in mine] == ["transfer-news"]


def test_whoever_comes_second_is_told_who_was_first(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    actions.decide(request, move=to(world), by=people["deputy-inspector-general"], **YES)
    with pytest.raises(InvalidTransition, match="Test deputy-inspector-general decided this already, at 11:00"):
        actions.decide(request, by=people["deputy-inspector-general"], **NO)


def test_many_are_decided_one_by_one_and_what_is_left_says_why(world: World) -> None:
    people = offices(world)
    decider = people["deputy-inspector-general"]
    near = OfficerFactory(posted_to=world.station, user=UserFactory())
    held = OfficerFactory(posted_to=world.station, user=UserFactory())
    DisciplineRecord.objects.create(officer=held, charge="x", opened_on=ON, source="y", entered_by=decider)
    waiting = []
    for officer in (world.officer, near, held):
        request = asked(officer, world.other_station)
        for role in CHAIN:
            request = actions.advise(request, by=people[role], **ADVICE)
        waiting.append(request)
    lines = [actions.Line(each, to(world)) for each in waiting]
    outcome = actions.decide_many(lines, by=decider, **YES)
    assert [each.officer for each in outcome.done] == [world.officer, near]
    ((left, why),) = outcome.skipped
    assert (left.officer, "discipline case is open" in why) == (held, True)
    assert TransferRequest.objects.filter(decided_at=AT, state="approved").count() == 2
    TransferRequest.objects.filter(pk=waiting[0].pk).update(state="published")
    back = actions.undo_many(waiting[:2], by=decider, **WHEN)
    assert ([each.officer for each in back.done], len(back.skipped)) == ([near], 1)


def test_an_emergency_is_decided_at_once_and_reviewed_by_others(world: World) -> None:
    people = offices(world)
    request = proposed(world.officer, world.other_station, by=people["county-commander"], kind="emergency")
    decider = people["deputy-inspector-general"]
    yes = {**YES, "reason_code": "urgent-safety", "move": to(world, report_by=ON + timedelta(days=1))}
    request = actions.decide(request, by=decider, **yes)
    assert request.review_by == ON + timedelta(days=14)
    told = PersonalNotice.objects.filter(kind="transfer-to-review").values_list("user", flat=True)
    assert list(told) == [people["npsc-commissioner"].pk]
    found = {"upheld": False, "outcome": "The threat was to the whole station, not to one officer.", **WHEN}
    with pytest.raises(NotAllowed):
        actions.review_emergency(request, by=decider, **found)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.review_emergency(request, by=people["inspector-general"], **found)  # type: ignore[arg-type]
    TransferRequest.objects.filter(pk=request.pk).update(decided_by=people["npsc-commissioner"])
    with pytest.raises(NotAllowed, match="does not review"):
        actions.review_emergency(request, by=people["npsc-commissioner"], **found)  # type: ignore[arg-type]
    TransferRequest.objects.filter(pk=request.pk).update(decided_by=decider)
    request = actions.review_emergency(request, by=people["npsc-commissioner"], **found)  # type: ignore[arg-type]
    assert (request.reviewed_by, request.review_upheld) == (people["npsc-commissioner"], False)
    with pytest.raises(InvalidTransition):
        actions.review_emergency(request, by=people["npsc-commissioner"], **found)  # type: ignore[arg-type]


def test_an_oral_direction_blocks_until_its_paper_is_here_and_nobody_lifts_it(world: World) -> None:
    people = offices(world)
    request = before_the_authority(world, people)
    told = {"directed_by": "A senior officer by telephone", "directed_on": ON, "what": "Approve it today.", **WHEN}
    with pytest.raises(RuleBroken, match="Attach the paper"):
        actions.record_direction(request, is_oral=False, by=people["hr-officer"], **told)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        actions.record_direction(request, is_oral=True, by=world.officer.user, **told)  # type: ignore[arg-type]
    direction = actions.record_direction(
        request, is_oral=True, dissent="The station falls below its strength.", by=people["hr-officer"], **told  # type: ignore[arg-type]
    )  # fmt: skip
    decider = people["deputy-inspector-general"]
    with pytest.raises(RuleBroken, match="word of mouth"):
        actions.decide(request, move=to(world), by=decider, **YES)
    with pytest.raises(NotAllowed, match="Nobody lifts"):
        stops.lift(request.stops.get(), reason="He told me so himself.", by=people["inspector-general"], **WHEN)
    actions.attach_paper(direction, reference="Signal 12 of 2 November 2026", by=people["hr-officer"], **WHEN)
    assert actions.decide(request, move=to(world), by=decider, **YES).state == "approved"


def test_a_protected_request_is_decided_by_its_authority_with_a_neutral_reason(world: World) -> None:
    people = offices(world)
    request = asked(world.officer, world.other_station, grounds=["harassment"])
    with pytest.raises(NotAllowed):
        actions.decide(request, move=to(world), by=people["deputy-inspector-general"], **YES)
    authority = people["protection-authority"]
    with pytest.raises(RuleBroken, match="neutral"):
        actions.decide(request, move=to(world, report_by=ON), by=authority, **YES)
    done = actions.decide(request, move=to(world, report_by=ON), by=authority, **{**YES, "reason_code": "posted"})
    assert (done.state, done.reason_code) == ("approved", "posted")


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    world = make_world()
    people = offices(world)
    request = before_the_authority(world, people)
    decider = people["deputy-inspector-general"]
    second = appoint(UserFactory(), "hr-officer", world.county)
    typed = {"decided_by": decider, "paper": "Minute 4", "move": to(world)}
    ready, told = threading.Barrier(2), []

    def decide(by: User, decision: dict[str, Any]) -> None:
        try:
            ready.wait(timeout=20)
            done = actions.decide(TransferRequest.objects.get(pk=request.pk), by=by, **typed, **decision)
            told.append(f"{done.state}")
        except Refusal as refusal:
            told.append(refusal.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(people["hr-officer"], YES)),
        threading.Thread(target=decide, args=(second, NO)),
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    words = sorted(told, key=len)
    assert words[0] in ("approved", "refused")
    assert "decided this already" in words[1]
    assert words[1].count(words[0]) == 1
    assert TransferRequest.objects.get(pk=request.pk).state == words[0]


def test_today_is_a_day_of_the_holidays() -> None:
    """The cases above rest on it: no stop of the calendar."""
    assert date(2026, 10, 24) < ON < date(2027, 1, 4)
