"""Signals: the moves of a command under one number, each listed once, and read by those who see the command's postings."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from accounts.models import User
from hcims import clock
from hcims.audit.models import AuditEvent
from hcims.errors import NotAllowed, RuleBroken
from hcims.letters.queries import pdf_of
from hcims.notify.models import PersonalNotice
from tests.factories.accounts import UserFactory, appoint
from tests.factories.transfers import AT, ON, approved, offices
from tests.signing_in import client_of
from tests.world import World
from transfers.actions import orders as order_actions
from transfers.actions.signals import issue_signal
from transfers.models import Signal, TransferOrder
from transfers.queries import signals as queries

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return {**offices(world), "there": appoint(UserFactory(), "county-commander", world.other_county)}


@pytest.fixture
def order(world: World, people: dict[str, User]) -> TransferOrder:
    """From the station in Kilifi to the one in Mombasa."""
    (made,) = order_actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    return made


def test_a_signal_has_a_number_a_paper_and_tells_the_commanders(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    made = issue_signal(command=world.county, orders=[order], by=people["hr-officer"], **WHEN)
    assert made.letter.number.startswith("NPS/HR/SIG/2026/")
    paper = PdfReader(io.BytesIO(pdf_of(made.letter))).pages[0].extract_text()
    lines = [each.strip() for each in paper.splitlines()]
    assert any(order.order.number in each for each in lines)  # on one line, as it is read out and searched for
    assert people["hr-officer"].full_name in lines
    assert "Duty" in paper.partition("No.")[0]  # said once, where all have the same
    assert list(queries.moves_of(made)) == [order]
    told = PersonalNotice.objects.filter(kind="signal-issued").values_list("user", flat=True)
    assert people["county-commander"].pk in told
    assert people["there"].pk not in told
    assert '"count":1' in AuditEvent.objects.get(event="signal-issued").details


def test_a_move_is_listed_once_for_each_command_that_it_concerns(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    desk = people["hr-officer"]
    counted = {each.command.code: each.count for each in queries.due(desk, **WHEN)}
    assert counted == {"R-COAST": 1, "C-KILIFI": 1, "C-MOMBASA": 1}
    issue_signal(command=world.county, orders=[order], by=desk, **WHEN)
    assert {each.command.code for each in queries.due(desk, **WHEN)} == {"R-COAST", "C-MOMBASA"}
    with pytest.raises(RuleBroken, match="another signal lists it"):
        issue_signal(command=world.county, orders=[order], by=desk, **WHEN)
    issue_signal(command=world.other_county, orders=[order], by=desk, **WHEN)
    assert Signal.objects.count() == 2


def test_what_was_taken_back_or_concerns_another_command_is_not_listed(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    order_actions.cancel(order, reason="The court quashed it on 3 November.", by=people["hr-officer"], **WHEN)
    assert queries.due(people["hr-officer"], **WHEN) == []
    for command in (world.county, world.service):
        with pytest.raises(RuleBroken, match="taken back"):
            issue_signal(command=command, orders=[order], by=people["hr-officer"], **WHEN)
    with pytest.raises(RuleBroken, match="at least one"):
        issue_signal(command=world.county, orders=[], by=people["hr-officer"], **WHEN)


def test_only_the_desk_of_the_command_issues_and_never_an_order_to_oneself(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    for other in ("county-commander", "inspector-general", "there"):
        with pytest.raises(NotAllowed, match="HR desk of the command"):
            issue_signal(command=world.county, orders=[order], by=people[other], **WHEN)
    assert world.officer.user is not None
    appoint(world.officer.user, "hr-officer", world.service)
    with pytest.raises(NotAllowed, match="himself or herself"):
        issue_signal(command=world.county, orders=[order], by=world.officer.user, **WHEN)
    assert queries.due(world.officer.user, **WHEN) == []


def test_composed_read_and_issued_by_pages(world: World, people: dict[str, User], order: TransferOrder) -> None:
    TransferOrder.objects.update(published_at=clock.now())
    desk, page = client_of(people["hr-officer"]), f"/transfers/signals/new/{world.county.code}/"
    assert page in desk.get("/transfers/signals/").content.decode()
    assert order.ref in desk.get(page).content.decode()
    assert "Issue a signal with 1 move?" in desk.post(page, {"refs": [order.ref]}).content.decode()
    assert not Signal.objects.exists()
    assert "1 move is left out" in desk.post(page, {"refs": [order.ref, "zzzz"], "step": "issue"}).content.decode()
    assert desk.post(page, {"step": "issue"}).status_code == 302  # nothing ticked: said, and nothing issued
    assert not Signal.objects.exists()
    assert desk.post(page, {"refs": [order.ref], "step": "issue"}).status_code == 302
    made = Signal.objects.get()
    for reader, answer in (("county-commander", 200), ("regional-commander", 200), ("hr-officer", 200), ("there", 404)):
        assert client_of(people[reader]).get(f"/transfers/signals/{made.ref}/").status_code == answer
        assert client_of(people[reader]).get(f"/transfers/signals/{made.ref}/file/").status_code == answer
    assert client_of(people["county-commander"]).get(page).status_code in (403, 404)
    assert made.letter.number in client_of(people["county-commander"]).get("/transfers/signals/").content.decode()
    assert made.letter.number in desk.get(f"/transfers/orders/{order.ref}/").content.decode()
    assert made.letter.number not in client_of(people["there"]).get(f"/transfers/orders/{order.ref}/").content.decode()
