"""Civilian members: entered and posted, on the lists, and never counted as police strength."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from deployment import actions
from deployment.models import Duty, Posting
from deployment.queries import forecast
from deployment.strength import Question, points, survey
from desk.queries.strength import strength_of
from hcims import clock
from hcims.errors import RuleBroken
from personnel import actions as personnel
from personnel.models import Officer
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import establish, rank
from tests.factories.personnel import SkillHeldFactory
from tests.factories.rolls import apply_roll, read_roll, row
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
LETTER = {
    "service_number": "C00123", "surname": "Mwikali", "other_names": "Ruth", "sex": "F", "born_on_day": "3",
    "born_on_month": "4", "born_on_year": "1988", "enlisted_on_day": "1", "enlisted_on_month": "2", "enlisted_on_year": "2020",
    "member": "civilian", "unit": "PS-BAMBA", "starts_on_day": "1", "starts_on_month": "2", "starts_on_year": "2020",
    "paper": "Letter PSC/9 of 1 February 2020",
}  # fmt: skip


def entered(world: World, **changes: Any) -> Any:
    """The page's answer to the form of a new member."""
    duty = Duty.objects.get(code="clerical").pk
    return client_of(world.people["hr-officer"]).post("/officers/new/", LETTER | {"duty": duty} | changes)


@pytest.fixture
def civilian(world: World) -> Officer:
    assert entered(world).status_code == 302
    return Officer.objects.get(service_number="C00123")


def test_a_civilian_member_is_entered_from_the_page_and_shown(world: World, civilian: Officer) -> None:
    posting = civilian.postings.get()
    assert (civilian.member, civilian.rank, civilian.service, civilian.unit) == ("civilian", None, "", world.station)
    assert (posting.post_rank, posting.post_skill, posting.ends_on) == (None, None, None)
    hr = client_of(world.people["hr-officer"])
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert hr.get("/officers/?member=civilian").context["total"] == 1
    assert hr.get(f"/officers/?member=civilian&on={yesterday}").context["total"] == 1
    for address in (
        "/officers/C00123/", f"/postings/{posting.ref}/", "/postings/", "/postings/?format=csv", "/officers/?format=csv",
        "/station-return/PS-BAMBA/", "/units/PS-BAMBA/",
    ):  # fmt: skip
        answer = hr.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b">None<" not in content, address


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rank": "1"}, "leave it empty"),
        ({"service": "KPS"}, "leave it empty"),
        ({"member": "officer"}, "holds a rank"),
    ],
)
def test_the_page_asks_rank_and_service_of_officers_alone(world: World, changes: dict[str, str], words: str) -> None:
    if "rank" in changes:
        changes = {"rank": str(rank().pk)}
    answer = entered(world, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def counts(world: World, on: date) -> list[Any]:
    """Every count of the area that rests on postings."""
    question = Question(
        unit=world.service.pk,
        on=on,
        baseline="authorised",
        today=on,
        overdue_before=on,
        overdue_before_in_operations=on,
    )
    found = survey(question, worst_by="over")
    unit = strength_of(world.station, baselines=["authorised", "working"], on=on)
    return [
        {cell: value for cell, value in found.cells.items()}, found.worst,
        [point.counts for point in points(question, (on - timedelta(days=30), on))],
        {name: (side.own, side.whole) for name, side in unit.items()},
        forecast.serving(world.service, on=on).count(),
    ]  # fmt: skip


def test_no_count_of_police_strength_knows_of_them(world: World) -> None:
    establish(world.station, {"PC": 2})
    before = counts(world, clock.today())
    assert entered(world).status_code == 302
    civilian = Officer.objects.get(service_number="C00123")
    SkillHeldFactory(officer=civilian)
    actions.record_absence(
        officer=civilian, kind="attachment", unit=world.other_station, starts_on=clock.today(), ends_on=None,
        order_reference="SIG/1", by=world.people["hr-officer"], on=clock.today(), at=clock.now(),
    )  # fmt: skip
    assert counts(world, clock.today()) == before


def test_every_number_of_the_unit_page_still_opens_a_list_as_long(world: World, civilian: Officer) -> None:
    hr = client_of(world.people["hr-officer"])
    page = hr.get("/units/PS-BAMBA/")
    assert page.context["whole"]["working"].posted == 1
    text, today = page.content.decode().replace("&amp;", "&"), clock.today()
    assert page.context["civilians"] == 1
    for member in ("officer", "civilian"):
        link = f"?unit=PS-BAMBA&member={member}&on={today}"
        assert link in text
        assert hr.get(f"/officers/{link}").context["total"] == 1
    before = hr.get(f"/units/PS-BAMBA/?on={today.replace(year=2019)}")
    assert before.context["civilians"] == 0


def test_the_station_lists_them_and_confirms_officers(world: World, civilian: Officer) -> None:
    commander = appoint(UserFactory(), "station-commander", world.station)
    page = client_of(commander).get("/station-return/PS-BAMBA/").content.decode()
    assert "C00123" in page
    back = actions.confirm_station(
        unit=world.station, month=clock.today(), odd={civilian.pk: ("gone", "left")}, newcomers=[], by=commander,
        on=clock.today(), at=clock.now(),
    )  # fmt: skip
    assert (back.confirmed_count, back.listed_count, back.lines.count()) == (1, 1, 1)


def test_a_rank_is_refused_to_civilians_and_demanded_of_officers(world: World, civilian: Officer) -> None:
    hr, on, at = world.people["hr-officer"], clock.today(), clock.now()
    common: dict[str, Any] = {
        "duty": Duty.objects.get(code="general"), "by": hr, "on": on, "at": at,
    }  # fmt: skip
    posting = {"unit": world.other_station, "starts_on": on, "order_reference": "SIG/7"}
    order = {"to_unit": world.other_station, "report_by": on, "number": "SIG/8", "reason": "need", "authority": "PSC/1"}
    for officer, given in ((civilian, rank()), (world.officer, None)):
        with pytest.raises(RuleBroken):
            actions.record_posting(officer=officer, post_rank=given, **posting, **common)
        with pytest.raises(RuleBroken):
            actions.issue_order(officer=officer, post_rank=given, **order, **common)
    with pytest.raises(RuleBroken):
        actions.record_absence(
            officer=civilian, kind="acting", unit=world.station, starts_on=on, ends_on=None, order_reference="SIG/9",
            post_rank=rank(), by=hr, on=on, at=at,
        )  # fmt: skip
    issued = actions.issue_order(officer=civilian, post_rank=None, **order, **common)
    assert client_of(hr).get(f"/orders/{issued.ref}/").status_code == 200
    actions.arrive(order=issued, happened_on=on, number="AR/1", by=hr, on=on, at=at)
    assert civilian.postings.get(ends_on__isnull=True).unit == world.other_station
    changed = {"member": "officer", "service": "KPS"}
    with pytest.raises(RuleBroken):
        personnel.change_officer(officer=civilian, changes=changed, paper="Letter 1", by=hr, at=at)


def test_the_database_holds_that_without_a_rank_no_line_is_filled(civilian: Officer) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(officer=civilian).update(overstrength_authority="a paper")


def test_the_roll_leaves_civilian_members_to_their_own_pages(world: World, civilian: Officer) -> None:
    batch = read_roll([row(1), row(2, service_number="C00123")])
    outcomes = dict(batch.rows.values_list("key", "outcome"))
    assert outcomes["C00123"] == "rejected"
    apply_roll([row(1), row(2, service_number="C00123")])
    assert civilian.postings.count() == 1
