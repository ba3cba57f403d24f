"""What an upheld appeal or a failed review owes: given by an order or a round, open until then, never ended by a word."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.rounds import BASIS, BEFORE, CALENDAR, at, book_of, pooled, prepared, round_at, staffed
from tests.factories.transfers import AT, ON, advised, approve, approved, move_to, offices, proposed
from tests.signing_in import client_of
from tests.transfers.test_appeals import heard, lodged, refused, uphold
from tests.world import World
from transfers import rulebook
from transfers.actions import decisions, publishing_rounds, rulebooks
from transfers.actions import orders as order_actions
from transfers.actions.returns import sign_return
from transfers.models import Appeal, Redress, Remedy, TransferOrder
from transfers.policies import appeals as policies
from transfers.queries import redress as queries

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}
LATER = ON + timedelta(days=30)
THEN: dict[str, Any] = {"on": LATER, "at": AT + timedelta(days=30)}
THREAT = "He was threatened at his house."
BACK: dict[str, Any] = {"report_by": LATER + timedelta(days=1), **THEN}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return {**offices(world), "gaining": appoint(UserFactory(), "station-commander", world.other_station)}


def ordered(world: World, people: dict[str, User]) -> TransferOrder:
    (made,) = order_actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    return made


def arrived(order: TransferOrder, people: dict[str, User]) -> TransferOrder:
    if order.state == "waiting":
        order_actions.release(order, by=people["station-commander"], **WHEN)
    order_actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)
    return order_actions.arrive(order, happened_on=LATER, by=people["gaining"], **THEN)


def with_priority(world: World) -> Redress:
    appeal, members = heard(world)
    uphold(appeal, members[0], remedy=Remedy.PRIORITY)
    return Redress.objects.get(appeal=appeal)


def test_priority_comes_before_points_in_the_next_round_is_shown_before_it_and_ends_with_it(world: World) -> None:
    staffed(world)
    owed = with_priority(world)
    round = round_at(world, "open")
    said = client_of(world.officer.user).get(f"/transfers/rounds/{round.code}/mine/").content.decode()
    assert "You come before points" in said
    assert "Priority from an upheld appeal" in said
    round = round_at(world, "frozen", round)
    lines = [json.loads(line) for line in round.problem.open().read().splitlines()]
    pseudonym = round.participations.get(officer=world.officer).pseudonym
    (mine,) = [each for each in lines if pseudonym in (each.get("ref"), each.get("officer"))]
    assert any(world.other_station.code in place for place in mine["statutory"])
    owed.refresh_from_db()
    assert (owed.round, owed.given_at) == (round, None)
    round = round_at(world, "accepted", round)
    moment = at(CALENDAR.draw_on)
    publishing_rounds.publish_round(round=round, by=world.people["inspector-general"], **moment)
    owed.refresh_from_db()
    assert owed.given_at == moment["at"]
    assert Appeal.objects.get().carried_out_how == round.title
    assert "was counted" in client_of(world.officer.user).get(f"/transfers/rounds/{round.code}/mine/").content.decode()


def test_without_an_appeal_nobody_comes_before_points(world: World) -> None:
    staffed(world)
    round = round_at(world, "frozen")
    lines = [json.loads(line) for line in round.problem.open().read().splitlines()]
    assert not any(each.get("statutory") for each in lines)


def test_no_round_is_prepared_whose_rule_book_forgets_a_priority_that_is_owed(world: World) -> None:
    owed = with_priority(world)
    book = book_of(world, statutory=["own-health"])
    with pytest.raises(RuleBroken, match="does not say how it counts"):
        prepared(world, book)
    line = {**rulebook.starting(["PC"])["points"][-1], "code": "appeal", "ground": rulebook.UPHELD_APPEAL, "where": ""}
    content = {**rulebook.starting(["PC"]), "statutory": [], "points": [line]}
    other = rulebooks.draft_rule_book(
        code="ordinary", title="With points", content=content, why_changed="A line for upheld appeals",
        by=world.people["hr-officer"], **BASIS, **at(BEFORE),
    )  # fmt: skip
    rulebooks.publish_rule_book(book=other, by=world.people["inspector-general"], **at(BEFORE))
    round = round_at(world, "frozen", prepared(world, other))
    assert round.participations.get(officer=world.officer).items == [{"code": "appeal", "points": 400, "only": []}]
    owed.refresh_from_db()
    assert owed.round == round


def test_a_round_in_which_the_officer_asks_for_nothing_does_not_use_the_priority_up(world: World) -> None:
    staffed(world)
    owed = with_priority(world)
    round = prepared(world)
    assert world.other_officer.rank is not None
    pooled(world.other_officer, round, world.station)  # so that somebody takes part
    round_at(world, "frozen", round)
    owed.refresh_from_db()
    assert owed.round is None
    assert queries.priority_of(world.officer) == owed


def test_the_next_vacancy_stays_owed_until_an_order_to_the_place_and_again_when_it_is_cancelled(
    world: World, people: dict[str, User]
) -> None:
    appeal, members = heard(world, lodged(world, refused(world)))
    with pytest.raises(RuleBroken, match="Choose the place"):
        uphold(appeal, members[0], remedy=Remedy.NEXT_VACANCY)
    with pytest.raises(RuleBroken, match="Choose the place"):
        uphold(appeal, members[0], remedy=Remedy.NEXT_VACANCY, place=world.ward)
    uphold(appeal, members[0], remedy=Remedy.NEXT_VACANCY, place=world.other_station)
    owed = Redress.objects.get()
    assert list(queries.open_ones(people["hr-officer"], on=ON)) == [owed]
    elsewhere = order_to(world, people, world.other_county, world.officer)
    owed.refresh_from_db()
    assert (elsewhere.state, owed.given_at) == ("waiting", None)
    order_actions.cancel(elsewhere, reason="The building burned down on 2 November.", by=people["hr-officer"], **WHEN)
    order = order_to(world, people, world.other_station, world.officer)
    owed.refresh_from_db()
    assert (owed.order, Appeal.objects.get().carried_out_how) == (order, order.order.number)
    order_actions.cancel(order, reason="The building burned down on 3 November.", by=people["hr-officer"], **WHEN)
    owed.refresh_from_db()
    assert (owed.order, owed.given_at, Appeal.objects.get().carried_out_at) == (None, None, None)


def order_to(world: World, people: dict[str, User], unit: Any, officer: Officer) -> TransferOrder:
    request = proposed(officer, unit, by=people["hr-officer"])
    request = advised(request, people)
    move = move_to(world, unit, post_rank=officer.rank)
    request = approve(request, world, people, move=move, reason_code="service-need", reasons="Owed after an appeal.")
    (made,) = order_actions.publish_request(request, by=people["hr-officer"], **WHEN)
    return made


def test_staying_cancels_an_order_at_once_and_after_the_arrival_a_reversing_order_waits_for_a_name(
    world: World, people: dict[str, User]
) -> None:
    order = ordered(world, people)
    appeal, members = heard(world, lodged(world, order.request))
    assert policies.remedies_of(appeal)[-1] == Remedy.STAY
    with pytest.raises(RuleBroken, match=r"returns.*cancelled, or after the arrival reversed"):
        uphold(appeal, members[0], remedy=Remedy.DECIDE_AGAIN)
    order = arrived(order, people)
    uphold(Appeal.objects.get(), members[0], remedy=Remedy.STAY, **THEN)
    owed = Redress.objects.get()
    order.refresh_from_db()
    assert (order.state, owed.given_at) == ("arrived", None)
    for wrong, why in (
        ("deputy-inspector-general", "Whoever decided"),
        ("npsc-commissioner", None),
        ("gaining", "signed by"),
    ):
        if why is not None:
            with pytest.raises(NotAllowed, match=why):
                sign_return(owed, by=people[wrong], **BACK)
    back = sign_return(owed, by=people["hr-officer"], **BACK)
    owed.refresh_from_db()
    assert (back.reverses, back.order.to_unit, owed.order) == (order, world.station, back)
    assert Appeal.objects.get().carried_out_how == back.order.number
    with pytest.raises(InvalidTransition, match="signed already"):
        sign_return(owed, by=people["hr-officer"], **BACK)


def test_staying_before_the_arrival_needs_no_second_deed(world: World, people: dict[str, User]) -> None:
    order = ordered(world, people)
    appeal, members = heard(world, lodged(world, order.request))
    uphold(appeal, members[0], remedy=Remedy.STAY)
    order.refresh_from_db()
    owed = Redress.objects.get()
    assert (order.state, owed.order, owed.given_by) == ("cancelled", order, members[0])
    assert not queries.open_ones(people["hr-officer"], on=ON).exists()


@pytest.mark.parametrize("state", ["approved", "waiting", "arrived"])
def test_an_emergency_move_whose_review_does_not_uphold_it_is_undone_or_its_reversal_stands_ready(
    world: World, people: dict[str, User], state: str
) -> None:
    request = proposed(world.officer, world.other_station, by=people["county-commander"], kind="emergency")
    request = approve(
        request,
        world,
        people,
        move=move_to(world, report_by=LATER),
        reason_code="urgent-safety",
        reasons="He was threatened at his house.",
    )
    order = None
    if state != "approved":
        (order,) = order_actions.publish_request(request, by=people["hr-officer"], **WHEN)
    if state == "arrived":
        arrived(order, people)  # type: ignore[arg-type]
    found = {"upheld": False, "outcome": "The threat was to the whole station, not to one officer.", **THEN}
    request = decisions.review_emergency(request, by=people["npsc-commissioner"], **found)  # type: ignore[arg-type]
    request.refresh_from_db()
    if order is None:
        assert (request.state, Redress.objects.exists()) == ("withdrawn", False)
        return
    order.refresh_from_db()
    owed = Redress.objects.get()
    assert (order.state, owed.given_at is not None) == (
        ("cancelled", True) if state == "waiting" else ("arrived", False)
    )
    if state == "arrived":
        with pytest.raises(NotAllowed, match="put it forward"):
            sign_return(owed, by=people["county-commander"], **BACK)
        desk = client_of(people["hr-officer"])
        assert "Sign the reversing order" in desk.get("/transfers/redress/").content.decode()
        assert desk.get(f"/transfers/redress/{owed.ref}/sign/").status_code == 200
        assert client_of(people["county-commander"]).get(f"/transfers/redress/{owed.ref}/sign/").status_code == 403
        assert client_of(people["gaining"]).get(f"/transfers/redress/{owed.ref}/sign/").status_code == 404


def test_who_sees_what_is_owed(world: World, people: dict[str, User]) -> None:
    owed = with_priority(world)
    for role in ("hr-officer", "npsc-commissioner"):
        assert owed in queries.open_ones(people[role], on=ON)
        assert owed.why in client_of(people[role]).get("/transfers/redress/").content.decode()
    for role in ("county-commander", "protection-authority", "inspector-general"):
        assert owed not in queries.open_ones(people[role], on=ON)
    assert world.officer.user is not None
    appoint(world.officer.user, "hr-officer", world.service)
    assert owed not in queries.open_ones(world.officer.user, on=ON)
    Appeal.objects.get().request.__class__.objects.update(is_protected=True)
    assert owed not in queries.visible_to(people["hr-officer"], on=ON)
    assert owed not in queries.visible_to(people["npsc-commissioner"], on=ON)
    assert owed in queries.visible_to(people["protection-authority"], on=ON)
