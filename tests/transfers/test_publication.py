"""Publication: a decision becomes an order with number, letter, allowance and notices; all of it or nothing, and once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from deployment.models import Duty, PostingOrder
from hcims.audit.models import AuditEvent
from hcims.errors import InvalidTransition, NotAllowed, RuleBroken
from hcims.letters.models import Letter
from hcims.letters.queries import pdf_of
from hcims.notify.models import PersonalNotice
from organisation.models import UnitClass
from personnel.models import Officer
from tests.factories.accounts import LONG_AGO, UserFactory
from tests.factories.organisation import establish
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, advised, approve, approved, asked, move_to, offices, proposed
from tests.world import World, make_world
from transfers import jobs
from transfers.actions import exchange
from transfers.actions import orders as actions
from transfers.models import Allowance, TransferOrder, TransferRequest
from transfers.order_letter import draft
from transfers.queries.orders import at_hand

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return offices(world)


def test_an_approval_becomes_an_order_with_number_letter_and_notices(world: World, people: dict[str, User]) -> None:
    request = approved(world, people)
    (made,) = actions.publish_request(request, by=people["hr-officer"], **WHEN)
    request.refresh_from_db()
    order = made.order
    made.refresh_from_db()
    assert (request.state, made.state, order.state, order.is_transfer) == ("published", "waiting", "issued", True)
    assert re.fullmatch(r"NPS/HR/TR/2026/\d{5}", order.number)
    assert (made.letter.number, made.letter.recipient) == (order.number, world.officer.user)  # type: ignore[union-attr]
    assert (order.issued_by, made.decided_by) == (people["hr-officer"], people["deputy-inspector-general"])
    assert (made.from_command, made.to_command) == (world.county, world.other_county)
    assert made.release_by == ON + timedelta(days=7)
    assert world.officer.postings.get().unit == world.station  # nothing moves before the arrival
    assert PersonalNotice.objects.filter(user=world.officer.user, kind="posting-ordered").count() == 1
    told = PersonalNotice.objects.filter(kind="transfer-at-unit").values_list("user", flat=True)
    assert people["station-commander"].pk in told


def test_the_desk_of_the_unit_publishes_and_nobody_else(world: World, people: dict[str, User]) -> None:
    request = approved(world, people)
    for role in ("station-commander", "deputy-inspector-general", "inspector-general", "protection-authority"):
        with pytest.raises(NotAllowed):
            actions.publish_request(request, by=people[role], **WHEN)


def test_what_is_not_approved_is_not_published_and_what_is_out_not_twice(world: World, people: dict[str, User]) -> None:
    request = asked(world.officer, world.other_station)
    with pytest.raises(InvalidTransition, match="no approval"):
        actions.publish_request(request, by=people["hr-officer"], **WHEN)
    request.delete()
    request = approved(world, people)
    actions.publish_request(request, by=people["hr-officer"], **WHEN)
    with pytest.raises(InvalidTransition, match="out already"):
        actions.publish_request(request, by=people["hr-officer"], **WHEN)


def test_a_stop_that_came_after_the_decision_keeps_the_order_in(world: World, people: dict[str, User]) -> None:
    request = approved(world, people)
    establish(world.other_station, {"PC/driving-b": 1})
    with pytest.raises(RuleBroken, match="no free post"):
        actions.publish_request(request, by=people["hr-officer"], **WHEN)
    assert not PostingOrder.objects.exists()


def test_the_days_of_notice_count_from_the_order(world: World, people: dict[str, User]) -> None:
    request = approved(world, people)
    late = ON + timedelta(days=20)
    with pytest.raises(RuleBroken, match="14 days"):
        actions.publish_request(request, by=people["hr-officer"], on=late, at=AT)


def test_the_own_request_carries_no_allowance_and_a_need_of_the_service_does(
    world: World, people: dict[str, User]
) -> None:
    actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    assert Allowance.objects.get().kind == "none"
    other = OfficerFactory(posted_to=world.station, rank=world.officer.rank, user=UserFactory())
    request = proposed(other, world.other_station, by=people["station-commander"])
    made = actions.publish(**_by_hand(world, request), by=people["hr-officer"], **WHEN)
    assert made.allowance.kind == "transfer"
    third = OfficerFactory(posted_to=world.station, rank=world.officer.rank)
    hard = UnitClass.objects.get(code="hardship-high")
    world.other_station.classings.create(scheme="hardship", unit_class=hard, starts_on=LONG_AGO, source="Test list")
    request = proposed(third, world.other_station, by=people["station-commander"])
    made = actions.publish(**_by_hand(world, request), by=people["hr-officer"], **WHEN)
    assert made.allowance.kind == "hardship"


def _by_hand(world: World, request: TransferRequest, **more: Any) -> dict[str, Any]:
    return {
        "officer": request.officer, "to_unit": world.other_station, "duty": Duty.objects.get(code="general"),
        "post_rank": request.officer.rank, "report_by": ON + timedelta(days=30), "kind": request.kind,
        "reason_code": "service-need", "legal_basis": "NPS Act 2011, s.6", "authority": "Deputy Inspector General",
        "decided_by": None, "request": request, **more,
    }  # fmt: skip


def test_nobody_publishes_an_order_to_himself(world: World, people: dict[str, User]) -> None:
    officer = OfficerFactory(posted_to=world.station, user=people["hr-officer"], rank=world.officer.rank)
    request = proposed(officer, world.other_station, by=people["station-commander"])
    with pytest.raises(NotAllowed, match="himself"):
        actions.publish(**_by_hand(world, request), by=people["hr-officer"], **WHEN)


def test_a_protected_order_reads_like_an_urgent_one_and_names_no_authority_of_protection(
    world: World, people: dict[str, User]
) -> None:
    request = asked(world.officer, world.other_station, grounds=["harassment"])
    request = approve(request, world, people, reason_code="posted")
    with pytest.raises(NotAllowed):
        actions.publish_request(request, by=people["hr-officer"], **WHEN)
    (made,) = actions.publish_request(request, by=people["protection-authority"], **WHEN)
    order = made.order
    assert order.reason == "Posted in the interest of the service and of the officer."
    assert "rotection" not in order.authority
    assert "Headquarters" in order.authority
    assert (made.state, made.allowance.kind) == ("released", "transfer")  # the line is not asked to let go
    rows = AuditEvent.objects.filter(event__in=["order-issued", "transfer-published"])
    assert not [row for row in rows if request.ref in (row.target_ref, row.details)]


def test_an_exchange_goes_out_for_all_parties_at_once(world: World, people: dict[str, User]) -> None:
    request = _exchange(world, people)
    request = approve(request, world, people, reason_code="exchange", move=move_to(world))
    made = actions.publish_request(request, by=people["hr-officer"], **WHEN)
    ends = {each.order.officer_id: (each.order.from_unit_id, each.order.to_unit_id) for each in made}
    assert ends == {
        world.officer.pk: (world.station.pk, world.other_station.pk),
        world.other_officer.pk: (world.other_station.pk, world.station.pk),
    }


def test_an_exchange_in_which_one_order_fails_leaves_none(world: World, people: dict[str, User]) -> None:
    request = approve(_exchange(world, people), world, people, reason_code="exchange", move=move_to(world))
    Officer.objects.filter(pk=world.other_officer.pk).update(exited_on=ON, exit_reason="resigned")
    with pytest.raises(RuleBroken, match="left the service"):
        actions.publish_request(request, by=people["hr-officer"], **WHEN)
    request.refresh_from_db()
    assert (request.state, TransferOrder.objects.count(), Letter.objects.count()) == ("approved", 0, 0)


def _exchange(world: World, people: dict[str, User]) -> TransferRequest:
    partner = exchange.Partner(world.other_officer.service_number, world.other_station)
    request = exchange.propose_exchange(officer=world.officer, partners=[partner], by=world.officer.user, **WHEN)
    return advised(exchange.agree(request, by=world.other_officer.user, **WHEN), people)


def test_many_moves_cost_the_same_few_statements(world: World, people: dict[str, User]) -> None:
    def publish(number: int) -> int:
        moves = [_publication(world, people) for _ in range(number)]
        with CaptureQueriesContext(connection) as counted:
            made = actions.publish_many(moves, by=people["hr-officer"], **WHEN)
        assert len({each.order.number for each in made}) == number
        return len(counted)

    publish(2)
    assert publish(3) == publish(12)


def _publication(world: World, people: dict[str, User]) -> actions.Publication:
    officer = OfficerFactory(posted_to=world.station, rank=world.officer.rank, user=UserFactory())
    request = proposed(officer, world.other_station, by=people["station-commander"])
    return actions.Publication(**_by_hand(world, request))


def test_one_bad_move_among_many_keeps_all_in(world: World, people: dict[str, User]) -> None:
    moves = [_publication(world, people) for _ in range(3)]
    actions.publish_many(moves[:1], by=people["hr-officer"], **WHEN)
    with pytest.raises(RuleBroken, match="still open"):
        actions.publish_many(moves, by=people["hr-officer"], **WHEN)
    assert TransferOrder.objects.count() == 1


def test_letters_of_many_are_printed_afterwards_in_pieces_and_once(
    world: World, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "TOGETHER", 2)
    made = actions.publish_many([_publication(world, people) for _ in range(3)], by=people["hr-officer"], **WHEN)
    assert not Letter.objects.exists()
    assert jobs.letters_are_due(at=AT)
    first = actions.print_letters([made[0].pk, made[1].pk], at=AT)  # and then the worker died
    assert (first, actions.print_letters([made[0].pk, made[1].pk], at=AT)) == (2, 0)
    assert jobs.letters_are_due(at=AT)
    assert jobs.print_order_letters(_Held(), _Steps()) == {"printed": 1}  # type: ignore[arg-type]
    assert not jobs.letters_are_due(at=AT)
    numbers = TransferOrder.objects.values_list("order__number", "letter__number")
    assert len(numbers) == 3
    assert all(order == letter for order, letter in numbers)


class _Held:
    def check_token(self) -> None: ...


class _Steps:
    def step(self, done: int, total: int = 0, label: str = "") -> None: ...


def test_the_letter_says_what_it_must_and_no_more(world: World, people: dict[str, User]) -> None:
    (made,) = actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    text = str(draft(at_hand().get(pk=made.pk)))
    for word in ("Nyali Police Station", "2 December 2026", "16 November 2026", "own request", "LN 89/2015"):
        assert word in text, word
    assert pdf_of(made.letter)[:5] == b"%PDF-"  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_of_two_publications_at_once_one_wins() -> None:
    world = make_world()
    people = offices(world)
    request = approved(world, people)
    said: list[str] = []

    def publish() -> None:
        try:
            actions.publish_request(request, by=people["hr-officer"], **WHEN)
            said.append("published")
        except InvalidTransition:
            said.append("second")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert sorted(said) == ["published", "second"]
    assert (TransferOrder.objects.count(), Letter.objects.count()) == (1, 1)
