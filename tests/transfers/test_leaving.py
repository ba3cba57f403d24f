"""Whoever leaves the service leaves no request, offer or order of a transfer open behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from deployment.actions import leave_service
from deployment.models import PostingOrder
from desk.actions import void_record
from hcims.audit.models import AuditEvent
from hcims.imports import actions as imports
from hcims.imports import shell, work
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.rolls import apply_roll, row
from tests.factories.transfers import AT, ON, approved, asked, drafted, offices
from tests.world import World
from transfers.actions import orders as actions
from transfers.models import ExchangeParty, RequestState, TransferOrder, TransferRequest

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return offices(world)


def leave(officer: Officer, people: dict[str, User]) -> None:
    leave_service(
        officer=officer, exited_on=ON, reason="death", paper="Signal 7 of 2026", by=people["hr-officer"], **WHEN
    )


def test_an_open_order_is_cancelled_with_its_request_and_letter(world: World, people: dict[str, User]) -> None:
    (order,) = actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    leave(world.officer, people)
    order = TransferOrder.objects.select_related("order", "request", "letter").get(pk=order.pk)
    assert (order.state, order.order.state) == ("cancelled", "cancelled")
    assert order.request is not None
    assert order.request.state == RequestState.CANCELLED
    assert order.letter is None or order.letter.withdrawn_at is not None
    row = AuditEvent.objects.get(event="transfer-cancelled", target_ref=order.ref)
    assert "Signal 7 of 2026" in row.reason
    assert not PostingOrder.objects.filter(officer=world.officer, state__in=["issued", "departed"]).exists()


@pytest.mark.parametrize("how", ["draft", "advice", "approved", "protected"])
def test_what_no_order_has_answered_is_withdrawn(world: World, people: dict[str, User], how: str) -> None:
    if how == "approved":
        request = approved(world, people)
    elif how == "advice":
        request = asked(world.officer, world.other_station)
    else:
        grounds = ["safety"] if how == "protected" else ["spouse"]
        request = drafted(world.officer, world.other_station, grounds=grounds)
    leave(world.officer, people)
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    if how == "protected":  # the trail names nobody
        assert not AuditEvent.objects.filter(event="transfer-withdrawn", target_ref=request.ref).exists()


def test_an_exchange_ends_for_both_and_others_keep_their_own(world: World, people: dict[str, User]) -> None:
    mine = asked(world.officer, world.other_station)
    TransferRequest.objects.filter(pk=mine.pk).update(kind="exchange")
    ExchangeParty.objects.create(request=mine, officer=world.officer, to_unit=world.other_station)
    ExchangeParty.objects.create(request=mine, officer=world.other_officer, to_unit=world.station)
    own = drafted(world.officer, world.ward)
    leave(world.other_officer, people)
    states = dict(TransferRequest.objects.values_list("pk", "state"))
    assert states == {mine.pk: RequestState.WITHDRAWN, own.pk: RequestState.DRAFT}


def test_a_record_entered_in_error_leaves_nothing_open_either(world: World, people: dict[str, User]) -> None:
    request = drafted(world.officer, world.other_station)
    User.objects.filter(pk=world.officer.user_id).update(is_active=False, closed_at=AT)
    officer = Officer.objects.get(pk=world.officer.pk)
    void_record(officer=officer, reason="Twice on record", paper="HR/1", by=people["hr-officer"], **WHEN)
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN


def test_undoing_the_roll_that_entered_an_officer_leaves_nothing_open(world: World, people: dict[str, User]) -> None:
    batch = apply_roll([row(1)])
    officer = Officer.objects.get(service_number="100001")
    officer.user = UserFactory()
    officer.save()
    request = drafted(officer, world.other_station)
    ordered = PostingOrder.objects.create(
        officer=officer, to_unit=world.other_station, duty=officer.postings.get().duty, post_rank=officer.rank,
        report_by=ON, reason="Old paper", issued_by=people["hr-officer"], number="OLD/1", issued_on=ON,
    )  # fmt: skip
    appoint(officer.user, "station-commander", world.station, by_virtue_of_post=True)
    later = AT + timedelta(hours=1)
    undoing = imports.undo(batch=batch, by=None, at=later, in_background=False)
    work.read(undoing, at=later, watch=work.Watch())
    undoing.refresh_from_db()
    undone = shell.commit(undoing, at=later)
    assert (undone.state, undone.counts["applied"]) == ("applied", {"restore": 0, "remove": 0, "void": 1})
    request.refresh_from_db()
    ordered.refresh_from_db()
    assert (request.state, ordered.state, officer.user.appointments.get().ends_on) == (
        RequestState.WITHDRAWN,
        "cancelled",
        ON,
    )
