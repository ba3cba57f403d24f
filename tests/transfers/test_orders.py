"""From the order to the arrival: release, deferment, allowance, returns, the personal file, and every way back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from deployment.actions import arrive as arrive_on_any_order
from deployment.actions import cancel_order, change_duty
from deployment.models import CasualtyReturn, Duty
from deployment.queries.tenure import counts_from
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.notify.models import PersonalNotice
from tests.factories.accounts import LONG_AGO, UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, approved, offices, proposed
from tests.world import World
from transfers.actions import decisions, stops
from transfers.actions import orders as actions
from transfers.models import Deferment, TransferOrder
from transfers.queries.stop_facts import moves_of, station_since

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}
LATER = ON + timedelta(days=30)
THEN: dict[str, Any] = {"on": LATER, "at": AT + timedelta(days=30)}
WHY = "Two of four constables are on a course until March."
PAPER = "ELRC petition 12 of 2026, order of 20 November 2026"


@pytest.fixture
def people(world: World) -> dict[str, User]:
    found = offices(world)
    found["gaining"] = appoint(UserFactory(), "station-commander", world.other_station)
    return found


@pytest.fixture
def order(world: World, people: dict[str, User]) -> TransferOrder:
    """An order on the officer's own request: it carries no allowance."""
    (made,) = actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    return made


@pytest.fixture
def paid(world: World, people: dict[str, User]) -> TransferOrder:
    """An order for a need of the service: an allowance is due."""
    request = proposed(world.officer, world.other_station, by=people["gaining"])
    return actions.publish(
        officer=world.officer, to_unit=world.other_station, duty=Duty.objects.get(code="general"),
        post_rank=world.officer.rank, report_by=LATER, kind="service-need", reason_code="service-need",
        legal_basis="NPS Act 2011, s.6", authority="Deputy Inspector General; 2 November 2026", decided_by=None,
        request=request, letter=False, by=people["hr-officer"], **WHEN,
    )  # fmt: skip


def carried_out(order: TransferOrder, people: dict[str, User]) -> TransferOrder:
    actions.release(order, by=people["station-commander"], **WHEN)
    actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)
    return actions.arrive(order, happened_on=LATER, by=people["gaining"], **THEN)


def test_the_posting_changes_on_arrival_and_the_request_is_completed(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    done = carried_out(order, people)
    old, new = world.officer.postings.order_by("starts_on")
    assert (old.unit, old.ends_on) == (world.station, LATER)
    assert (new.unit, new.starts_on, new.order_reference) == (world.other_station, LATER, order.order.number)
    assert (done.state, done.request.state) == ("arrived", "completed")  # type: ignore[union-attr]
    assert station_since(world.officer) == LATER
    assert CasualtyReturn.objects.count() == 2


def test_only_the_losing_commander_releases_and_nobody_leaves_before(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    for role in ("gaining", "hr-officer"):
        with pytest.raises(NotAllowed):
            actions.release(order, by=people[role], **WHEN)
    with pytest.raises(RuleBroken, match="not released"):
        actions.depart(order, happened_on=ON, by=people["station-commander"], **WHEN)
    actions.release(order, by=people["station-commander"], **WHEN)
    with pytest.raises(InvalidTransition):
        actions.release(order, by=people["station-commander"], **WHEN)
    with pytest.raises(NotAllowed):
        actions.depart(order, happened_on=ON, by=people["gaining"], **WHEN)


def test_silence_is_no_refusal(people: dict[str, User], order: TransferOrder) -> None:
    done = actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)
    assert done.state == "departed"


def test_a_refusal_goes_up_and_only_the_last_authority_takes_the_order_back(
    people: dict[str, User], order: TransferOrder
) -> None:
    with pytest.raises(RuleBroken, match="sentence"):
        actions.refuse_release(order, reason="No", by=people["station-commander"], **WHEN)
    held = actions.refuse_release(order, reason=WHY, by=people["station-commander"], **WHEN)
    assert (held.state, held.escalated_to.type) == ("refused", "county")  # type: ignore[union-attr]
    assert PersonalNotice.objects.filter(user=people["county-commander"], kind="release-to-decide").exists()
    with pytest.raises(RuleBroken, match="refused"):
        actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)
    with pytest.raises(NotAllowed):
        actions.decide_release(order, released=False, reason=WHY, by=people["regional-commander"], **WHEN)
    for role in ("county-commander", "regional-commander"):
        held = actions.decide_release(order, released=False, reason=WHY, by=people[role], **WHEN)
        assert held.state == "refused"
    held = actions.decide_release(order, released=False, reason=WHY, by=people["deputy-inspector-general"], **WHEN)
    held.refresh_from_db()
    assert (held.state, held.order.state) == ("cancelled", "cancelled")


def test_the_authority_above_may_release_after_all(people: dict[str, User], order: TransferOrder) -> None:
    actions.refuse_release(order, reason=WHY, by=people["station-commander"], **WHEN)
    done = actions.decide_release(order, released=True, reason=WHY, by=people["county-commander"], **WHEN)
    assert done.state == "released"


def test_nobody_leaves_before_the_allowance_is_shown_as_paid(
    world: World, people: dict[str, User], paid: TransferOrder
) -> None:
    actions.release(paid, by=people["station-commander"], **WHEN)
    leave: dict[str, Any] = {"happened_on": LATER, "by": people["station-commander"], **THEN}
    with pytest.raises(RuleBroken, match="allowance"):
        actions.depart(paid, **leave)
    with pytest.raises(RuleBroken, match="allowance"):
        actions.arrive(paid, **{**leave, "by": people["gaining"]})
    with pytest.raises(NotAllowed):
        actions.record_payment(paid, voucher="V 7", paid_on=ON, by=people["gaining"], **WHEN)
    actions.record_payment(paid, voucher="V 7", paid_on=ON, amount_cents=1_500_000, by=people["hr-officer"], **WHEN)
    with pytest.raises(RuleBroken, match="officer's word"):
        actions.depart(paid, **leave)
    with pytest.raises(NotAllowed):
        actions.confirm_payment(paid, by=people["hr-officer"], **WHEN)
    denied = actions.confirm_payment(paid, received=False, by=world.officer.user, **WHEN)
    assert (denied.paid_on, denied.voucher) == (None, "")
    actions.record_payment(paid, voucher="V 8", paid_on=ON, by=people["hr-officer"], **WHEN)
    actions.confirm_payment(paid, by=world.officer.user, **WHEN)
    assert actions.depart(paid, **leave).state == "departed"


def test_a_second_authority_lets_an_officer_leave_unpaid_and_it_stays_due(
    people: dict[str, User], paid: TransferOrder
) -> None:
    with pytest.raises(NotAllowed):
        actions.let_leave_unpaid(paid, reason=WHY, by=people["hr-officer"], **WHEN)
    actions.let_leave_unpaid(paid, reason=WHY, by=people["inspector-general"], **WHEN)
    actions.release(paid, by=people["station-commander"], **WHEN)
    done = actions.depart(paid, happened_on=LATER, by=people["station-commander"], **THEN)
    assert not done.allowance.is_settled


def test_an_oral_direction_holds_the_departure_until_its_paper_is_there(
    people: dict[str, User], order: TransferOrder
) -> None:
    decisions.record_direction(
        order.request, directed_by="A senior officer", directed_on=ON, is_oral=True, what="Move this one first.",  # type: ignore[arg-type]
        by=people["hr-officer"], **WHEN,
    )  # fmt: skip
    actions.release(order, by=people["station-commander"], **WHEN)
    with pytest.raises(RuleBroken, match="word of mouth"):
        actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)


def test_a_deferment_is_asked_for_in_time_and_answered_by_somebody_else(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    ask: dict[str, Any] = {"until": LATER + timedelta(days=20), "reason": WHY, "by": world.officer.user}
    with pytest.raises(RuleBroken, match="at most 60"):
        actions.ask_deferment(order, **{**ask, "until": LATER + timedelta(days=61)}, **WHEN)
    with pytest.raises(RuleBroken, match="passed"):
        actions.ask_deferment(order, **ask, on=LATER + timedelta(days=1), at=AT)
    asked = actions.ask_deferment(order, **ask, **WHEN)
    with pytest.raises(RuleBroken, match="waits for an answer"):
        actions.ask_deferment(order, **ask, **WHEN)
    with pytest.raises(NotAllowed):
        actions.decide_deferment(asked, granted=True, answer="", by=world.officer.user, **WHEN)
    with pytest.raises(NotAllowed):
        actions.decide_deferment(asked, granted=True, answer="", by=people["station-commander"], **WHEN)
    actions.decide_deferment(asked, granted=True, answer="", by=people["gaining"], **WHEN)
    order.order.refresh_from_db()
    assert order.order.report_by == LATER + timedelta(days=20)
    with pytest.raises(InvalidTransition):
        actions.decide_deferment(asked, granted=False, answer=WHY, by=people["gaining"], **WHEN)
    assert Deferment.objects.get().granted


def test_the_personal_file_is_forwarded_and_received(people: dict[str, User], order: TransferOrder) -> None:
    with pytest.raises(RuleBroken, match="after it was forwarded"):
        actions.receive_file(order, happened_on=ON, by=people["gaining"], **WHEN)
    actions.forward_file(order, happened_on=ON, by=people["station-commander"], **WHEN)
    with pytest.raises(NotAllowed):
        actions.receive_file(order, happened_on=ON, by=people["station-commander"], **WHEN)
    done = actions.receive_file(order, happened_on=ON, by=people["gaining"], **WHEN)
    assert (done.file_forwarded_on, done.file_received_on) == (ON, ON)


def test_a_cancelled_order_leaves_everything_as_it_was(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    actions.release(order, by=people["station-commander"], **WHEN)
    actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)
    for role in ("station-commander", "gaining"):
        with pytest.raises(NotAllowed):
            actions.cancel(order, reason=PAPER, by=people[role], **THEN)
    done = actions.cancel(order, reason=PAPER, by=people["hr-officer"], **THEN)
    done.refresh_from_db()
    posting = world.officer.postings.get()
    assert (posting.unit, posting.ends_on) == (world.station, None)
    assert (done.state, done.order.state, done.request.state) == ("cancelled", "cancelled", "cancelled")  # type: ignore[union-attr]
    assert done.letter.state == "withdrawn"  # type: ignore[union-attr]
    assert CasualtyReturn.objects.get().withdrawn_at is not None


def test_a_suspended_order_waits_and_runs_again_with_new_days(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    actions.release(order, by=people["station-commander"], **WHEN)
    actions.depart(order, happened_on=ON, by=people["station-commander"], **WHEN)
    actions.suspend(order, paper=PAPER, by=people["hr-officer"], **WHEN)
    with pytest.raises(RuleBroken, match="no longer open"):
        actions.arrive(order, happened_on=ON, by=people["gaining"], **WHEN)
    with pytest.raises(RuleBroken, match="less than 14"):
        actions.resume(order, report_by=LATER, paper=PAPER, by=people["hr-officer"], **THEN)
    again = actions.resume(order, report_by=LATER + timedelta(days=20), paper=PAPER, by=people["hr-officer"], **THEN)
    assert (again.state, again.order.report_by) == ("waiting", LATER + timedelta(days=20))
    actions.release(order, by=people["station-commander"], **THEN)
    actions.depart(order, happened_on=LATER, by=people["station-commander"], **THEN)
    actions.arrive(order, happened_on=LATER, by=people["gaining"], **THEN)
    assert world.officer.postings.get(ends_on=None).unit == world.other_station


def test_a_move_quashed_after_the_arrival_gives_post_and_time_at_the_station_back(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    carried_out(order, people)
    before, new = world.officer.postings.order_by("starts_on")
    with pytest.raises(InvalidTransition, match="arrived"):
        actions.cancel(order, reason=PAPER, by=people["hr-officer"], **THEN)
    change_duty(  # another duty after the arrival is no move: the order can still be taken back
        posting=new, duty=Duty.objects.get(code="cook"), paper="HR/8", by=people["hr-officer"], since=LATER, **THEN
    )
    back = actions.reverse(order, paper=PAPER, report_by=LATER, by=people["hr-officer"], **THEN)
    assert (back.kind, back.state, back.allowance.kind) == ("reversal", "released", "transfer")
    assert PAPER in back.order.authority
    done = actions.arrive(back, happened_on=LATER, by=people["station-commander"], **THEN)
    held = world.officer.postings.get(ends_on=None)
    assert (held.unit, counts_from(held)) == (world.station, counts_from(before))
    assert moves_of(world.officer, since=LONG_AGO) == 0
    order.refresh_from_db()
    assert (order.request.state, done.reverses) == ("cancelled", order)  # type: ignore[union-attr]


def test_within_a_command_the_time_at_the_station_goes_on(world: World, people: dict[str, User]) -> None:
    near = UnitFactory(under=world.ward, name="Bamba Patrol Base")
    request = proposed(world.officer, near, by=people["station-commander"], kind="within-command")
    made = actions.publish(
        officer=world.officer, to_unit=near, duty=Duty.objects.get(code="general"), post_rank=world.officer.rank,
        report_by=ON, kind="within-command", reason_code="within-command", legal_basis="Service Standing Orders, 72",
        authority="Sub-County Police Commander", decided_by=None, request=request, letter=False,
        by=people["hr-officer"], **WHEN,
    )  # fmt: skip
    assert made.allowance.kind == "none"
    since = station_since(world.officer)
    actions.release(made, by=people["station-commander"], **WHEN)
    actions.arrive(made, happened_on=ON, by=people["hr-officer"], **WHEN)
    held = world.officer.postings.get(ends_on=None)
    assert (held.unit, held.starts_on, station_since(world.officer)) == (near, ON, since)
    assert moves_of(world.officer, since=LONG_AGO) == 0


def test_deployment_s_own_pages_do_not_work_on_the_order_of_a_transfer(
    people: dict[str, User], order: TransferOrder
) -> None:
    with pytest.raises(RuleBroken, match="under Transfers"):
        cancel_order(order=order.order, reason=PAPER, by=people["hr-officer"], **WHEN)
    with pytest.raises(RuleBroken, match="under Transfers"):
        arrive_on_any_order(order=order.order, happened_on=ON, number="", by=people["hr-officer"], **WHEN)


def test_an_allowance_due_from_an_earlier_order_holds_the_next_transfer(
    world: World, people: dict[str, User], paid: TransferOrder
) -> None:
    request = proposed(world.officer, world.other_station, by=people["gaining"])
    assert "allowance" in [each.code for each in stops.holding(request)]


def test_nobody_works_on_an_order_to_himself(world: World, people: dict[str, User]) -> None:
    officer = OfficerFactory(posted_to=world.station, user=people["station-commander"], rank=world.officer.rank)
    request = proposed(officer, world.other_station, by=people["gaining"])
    made = actions.publish(
        officer=officer, to_unit=world.other_station, duty=Duty.objects.get(code="general"), post_rank=officer.rank,
        report_by=LATER, kind="service-need", reason_code="service-need", legal_basis="NPS Act", authority="DIG",
        decided_by=None, request=request, letter=False, by=people["hr-officer"], **WHEN,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="himself"):
        actions.release(made, by=people["station-commander"], **WHEN)
    assert isinstance(made.release_by, date)
