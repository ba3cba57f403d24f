"""Orders on pages: the officer confirms and asks on a phone, commanders release and record returns, the payroll takes a list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from hcims import clock
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.transfers import AT, ON, approved, offices
from tests.signing_in import client_of
from tests.world import World
from transfers import order_letter
from transfers.actions import orders as actions
from transfers.models import SchoolTerm, TransferOrder, TransferRequest

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": ON, "at": AT}


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return {**offices(world), "gaining": appoint(UserFactory(), "station-commander", world.other_station)}


@pytest.fixture
def order(world: World, people: dict[str, User]) -> TransferOrder:
    (made,) = actions.publish_request(approved(world, people), by=people["hr-officer"], **WHEN)
    return made


def test_release_departure_and_arrival_take_a_few_taps(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    losing, gaining = client_of(people["station-commander"]), client_of(people["gaining"])
    page = f"/transfers/orders/{order.ref}/"
    assert order.ref in losing.get("/transfers/orders/").content.decode()
    assert "Release the officer" in losing.get(page).content.decode()
    assert "Release the officer" not in gaining.get(page).content.decode()
    assert losing.post(f"{page}release/").status_code == 302
    assert losing.post(f"{page}depart/", {"happened_on": "2026-11-02"}).status_code == 302
    assert gaining.post(f"{page}arrive/", {"happened_on": "2026-11-02"}).status_code == 302
    assert world.officer.postings.get(ends_on=None).unit == world.other_station
    answer = client_of(people["hr-officer"]).get(
        "/transfers/orders/payroll/", {"first": "2026-11-01", "last": "2026-11-30", "format": "csv"}
    )
    assert order.order.number in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_the_officer_reads_the_order_and_asks_for_a_later_day(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    mine = client_of(world.officer.user)
    text = mine.get("/transfers/orders/mine/").content.decode()
    assert "Nyali" in text
    assert order.request is not None
    appeal = f"/transfers/appeals/against-decision/{order.request.ref}/"
    assert (appeal in text) == (clock.now().date() <= order_letter.appeal_by(order))
    assert mine.get(appeal).status_code == 200
    until = (order.order.report_by + timedelta(days=10)).isoformat()
    answer = mine.post(
        f"/transfers/orders/mine/{order.ref}/later/", {"until": until, "reason": "My child sits for an examination."}
    )
    assert answer.status_code == 302
    assert order.deferments.count() == 1
    assert "Answer" in client_of(people["gaining"]).get(f"/transfers/orders/{order.ref}/").content.decode()


def test_others_find_nothing(world: World, people: dict[str, User], order: TransferOrder) -> None:
    stranger = client_of(world.other_officer.user)
    assert stranger.get(f"/transfers/orders/{order.ref}/").status_code in (403, 404)
    assert stranger.post(f"/transfers/orders/mine/{order.ref}/confirm/", {"received": "yes"}).status_code == 404


def test_a_commander_of_other_units_finds_nothing_and_does_nothing(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    elsewhere = UnitFactory(type="station", under=world.county, county=world.station.county)
    other = client_of(appoint(UserFactory(), "station-commander", elsewhere))
    page = f"/transfers/orders/{order.ref}/"
    assert order.ref not in other.get("/transfers/orders/").content.decode()
    assert other.get(page).status_code == 404
    for deed in ("release/", "later/", "refuse/", "depart/", "arrive/", "forward/", "receive/", "cancel/"):
        assert other.post(page + deed, {"happened_on": "2026-11-02", "reason": "x" * 30}).status_code in (403, 404)
    order.refresh_from_db()
    assert (order.state, order.file_forwarded_on) == ("waiting", None)


def test_each_part_of_the_orders_is_as_long_as_it_says(
    world: World, people: dict[str, User], order: TransferOrder
) -> None:
    desk = client_of(people["hr-officer"])

    def counts() -> dict[str, int]:
        found = {}
        for url, _words, count, _here in desk.get("/transfers/orders/").context["parts"]:
            assert (
                desk.get(f"/transfers/orders/{url}").content.decode().count(f"/transfers/orders/{order.ref}/") == count
            )
            found[url.split("=")[1]] = count
        return found

    assert {part for part, count in counts().items() if count} - {"overdue"} == {"open", "release"}
    losing, gaining = client_of(people["station-commander"]), client_of(people["gaining"])
    losing.post(f"/transfers/orders/{order.ref}/release/")
    assert counts()["release"] == 0
    losing.post(f"/transfers/orders/{order.ref}/depart/", {"happened_on": "2026-11-02"})
    gaining.post(f"/transfers/orders/{order.ref}/arrive/", {"happened_on": "2026-11-02"})
    assert {part for part, count in counts().items() if count} == {"file", "arrived"}
    for deed, who in (("forward", losing), ("receive", gaining)):
        who.post(f"/transfers/orders/{order.ref}/{deed}/", {"happened_on": "2026-11-03"})
    assert counts()["file"] == 0
    found = desk.get("/transfers/orders/", {"show": "arrived", "number": "000000"})
    assert order.ref not in found.content.decode()


def test_the_desk_publishes_what_was_approved_from_its_page(world: World, people: dict[str, User]) -> None:
    request = approved(world, people)
    TransferRequest.objects.filter(pk=request.pk).update(report_by=clock.now().date() + timedelta(days=90))
    desk, page = client_of(people["hr-officer"]), f"/transfers/queue/{request.ref}/"
    assert "Publish the order" in desk.get(page).content.decode()
    TransferRequest.objects.filter(pk=request.pk).update(report_by=clock.now().date() + timedelta(days=5))
    late = desk.get(page).content.decode()
    assert ("can no longer become an order" in late, "Publish the order" in late) == (True, False)
    TransferRequest.objects.filter(pk=request.pk).update(report_by=clock.now().date() + timedelta(days=90))
    assert "Publish the order" not in client_of(people["station-commander"]).get(page).content.decode()
    SchoolTerm.objects.all().delete()  # on no day of the year does a term hold it
    assert desk.post(f"{page}publish/").status_code == 302
    assert TransferOrder.objects.get().request == request
    assert desk.post(f"{page}publish/").status_code == 409
