"""Stops: each raised by its facts alone, taken away with them, lifted only by whom it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import User
from hcims.errors import NotAllowed, RuleBroken
from personnel.models import DisciplineRecord
from tests.factories.accounts import UserFactory
from tests.factories.deployment import PostingFactory
from tests.factories.organisation import establish
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, offices, proposed
from tests.world import World
from transfers import stops as rules
from transfers.actions import requests as requests_
from transfers.actions import stops
from transfers.models import ApprovalStep, TransferRequest
from transfers.stops import Facts, Limit

CALM = Facts(kind="service-need", moves_on=ON)
RAISED = {
    "frozen": {"frozen_why": "Court of Appeal, 27 February 2026"},
    "oral-direction": {"oral": 1},
    "allowance": {"unpaid": ("T/1",)},
    "over-strength": {"free_posts": 0, "place": "Nyali"},
    "discipline": {"open_cases": 1},
    "school-term": {"term": "2026 term 1"},
    "family": {"dependant_with_disability": True},
    "too-soon": {"months_at_station": 11, "minimum_months": Limit(12, "SSO 72")},
    "too-many": {"moves": 2, "moves_maximum": Limit(2, "Namu"), "moves_months": 24},
    "home-area": {"into_home_county": "Kilifi"},
}
GONE = {
    "oral-direction": {"oral": 0},
    "over-strength": {"has_overstrength_paper": True},
    "school-term": {"family_answered": True},
    "too-soon": {"months_at_station": 12},
    "too-many": {"moves": 1},
    "home-area": {"chooses_county": True},
}


def codes(facts: Facts) -> list[str]:
    return [each.code for each in rules.found(facts)]


def test_nothing_holds_where_nothing_speaks_against_it() -> None:
    assert codes(CALM) == []


@pytest.mark.parametrize("code", RAISED)
def test_each_stop_is_raised_by_its_own_fact_alone(code: str) -> None:
    (stop,) = rules.found(replace(CALM, **RAISED[code]))  # type: ignore[arg-type]
    assert stop.code == code
    assert stop.message
    assert stop.source or code == "frozen"


@pytest.mark.parametrize("code", GONE)
def test_each_stop_goes_with_its_cause(code: str) -> None:
    assert codes(replace(CALM, **{**RAISED[code], **GONE[code]})) == []  # type: ignore[arg-type]


def test_ones_own_wish_answers_for_the_family_and_the_number_of_moves() -> None:
    facts = replace(CALM, kind="request", **RAISED["family"], **RAISED["too-many"])  # type: ignore[arg-type]
    assert codes(facts) == []


def test_an_emergency_waits_for_discipline_and_paper_but_not_for_the_calendar() -> None:
    everything = {key: value for facts in RAISED.values() for key, value in facts.items()}
    assert codes(replace(CALM, kind="emergency", **everything)) == [  # type: ignore[arg-type]
        "frozen", "oral-direction", "allowance", "over-strength", "discipline",
    ]  # fmt: skip


def test_what_is_unknown_raises_nothing() -> None:
    assert codes(replace(CALM, months_at_station=None, minimum_months=Limit(12, "x"), free_posts=None)) == []


@pytest.mark.django_db
def test_the_facts_are_read_from_the_records(world: World) -> None:
    people = offices(world)
    DisciplineRecord.objects.create(
        officer=world.officer, charge="x", opened_on=ON, source="y", entered_by=people["hr-officer"]
    )
    world.officer.home_county = world.other_county.county
    world.officer.save()
    establish(world.other_station, {"PC": 1})
    PostingFactory(officer=OfficerFactory(), unit=world.other_station)
    request = proposed(world.officer, world.other_station, by=people["station-commander"])
    held = {each.code for each in stops.holding(request)}
    assert held == {"discipline", "home-area", "over-strength"}


@pytest.mark.django_db
def test_a_term_without_an_answer_holds_until_the_officer_answers(world: World) -> None:
    people = offices(world)
    in_term = date(2026, 9, 7)
    request = proposed(world.officer, world.other_station, by=people["station-commander"], on=in_term)
    assert [each.code for each in stops.holding(request)] == ["school-term"]
    answers = requests_.Answers(False, False, False, False)
    requests_.answer_family(request, answers=answers, by=world.officer.user, on=in_term, at=AT)
    assert stops.holding(request) == []


@pytest.mark.django_db
def test_too_soon_and_too_many_are_counted_from_the_postings(world: World) -> None:
    people = offices(world)
    moved = OfficerFactory(user=UserFactory())
    for start, end, unit in [(900, 500, world.ward), (500, 200, world.subcounty), (200, 100, world.county)]:
        PostingFactory(officer=moved, unit=unit, starts_on=ON - timedelta(start), ends_on=ON - timedelta(end))
    PostingFactory(officer=moved, unit=world.station, starts_on=ON - timedelta(100))
    request = proposed(moved, world.other_station, by=people["county-commander"])
    assert {each.code for each in stops.holding(request)} == {"too-soon", "too-many"}
    message = request.stops.get(code="too-many").message
    assert message == "Moved 3 times within 24 months; the rule allows 2."


@pytest.mark.django_db
def test_a_stop_is_lifted_by_a_second_authority_with_a_reason_and_by_nobody_else(world: World) -> None:
    people = offices(world)
    request = _with_open_case(world, people)
    stop = request.stops.get(code="discipline")
    why = {"reason": "The case rests on a complaint that was withdrawn.", "on": ON, "at": AT}
    for role in ("station-commander", "hr-officer", "county-commander", "system-administrator"):
        with pytest.raises(NotAllowed):
            stops.lift(stop, by=people[role], **why)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        stops.lift(stop, by=world.officer.user, **why)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="in a sentence"):
        stops.lift(stop, by=people["inspector-general"], **{**why, "reason": "ok"})  # type: ignore[arg-type]
    lifted = stops.lift(stop, by=people["inspector-general"], **why)  # type: ignore[arg-type]
    assert lifted.lifted_by == people["inspector-general"]
    assert stops.refresh(request, on=ON, at=AT) == []  # the cause is there still, and stays lifted


@pytest.mark.django_db
def test_whoever_decides_does_not_lift_the_stop_for_discipline(world: World) -> None:
    people = offices(world)
    request = _with_open_case(world, people)
    TransferRequest.objects.filter(pk=request.pk).update(
        state="decision", step=_step("service-need-decision-junior"), waits_at=world.service
    )
    stop = request.stops.get(code="discipline")
    with pytest.raises(NotAllowed, match="second authority"):
        stops.lift(stop, reason="It is a small matter only.", by=people["deputy-inspector-general"], on=ON, at=AT)


@pytest.mark.django_db
def test_whoever_raised_the_move_does_not_lift_its_stops(world: World) -> None:
    people = offices(world)
    DisciplineRecord.objects.create(
        officer=world.officer, charge="x", opened_on=ON, source="y", entered_by=people["hr-officer"]
    )
    request = proposed(world.officer, world.other_station, by=people["inspector-general"])
    stop = request.stops.get(code="discipline")
    with pytest.raises(NotAllowed, match="Whoever raised the move"):
        stops.lift(stop, reason="It is a small matter only.", by=people["inspector-general"], on=ON, at=AT)
    assert stops.lift(stop, reason="It is a small matter only.", by=people["npsc-commissioner"], on=ON, at=AT).lifted_at


@pytest.mark.django_db
def test_another_full_unit_is_another_stop(world: World) -> None:
    people = offices(world)
    for unit in (world.other_station, world.other_county):
        establish(unit, {"CPL": 1})  # none of a constable
    request = proposed(world.officer, world.other_station, by=people["station-commander"])
    stop = request.stops.get(code="over-strength")
    stops.lift(stop, reason="The ministry promised two houses.", by=people["inspector-general"], on=ON, at=AT)
    request.to_unit = world.other_county
    request.save()
    assert [each.code for each in stops.refresh(request, on=ON, at=AT)] == ["over-strength"]


def _with_open_case(world: World, people: dict[str, User]) -> TransferRequest:
    DisciplineRecord.objects.create(
        officer=world.officer, charge="x", opened_on=ON, source="y", entered_by=people["hr-officer"]
    )
    return proposed(world.officer, world.other_station, by=people["station-commander"])


def _step(code: str) -> ApprovalStep:
    return ApprovalStep.objects.get(code=code)
