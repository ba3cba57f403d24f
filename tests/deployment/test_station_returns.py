"""The monthly station return: everybody here but those named; once a month; odd answers wait for HR."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from deployment import actions
from deployment.models import StationReturn, StationReturnLine
from deployment.queries import stations
from hcims import clock
from hcims.errors import NotAllowed, RuleBroken
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.personnel import OfficerFactory
from tests.signing_in import client_of
from tests.world import World

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


def confirm(world: World, by: Any, **more: Any) -> StationReturn:
    details: dict[str, Any] = {
        "unit": world.station,
        "month": ON,
        "odd": {},
        "newcomers": [],
        "on": ON,
        "at": AT,
        **more,
    }
    return actions.confirm_station(by=by, **details)


def test_who_is_not_mentioned_is_here(world: World) -> None:
    gone = OfficerFactory(posted_to=world.station)
    back = confirm(
        world, world.people["station-commander"], odd={gone.pk: ("gone", "Left in June")}, newcomers=[("007", "")]
    )
    assert (back.listed_count, back.confirmed_count) == (2, 1)
    assert sorted(back.lines.values_list("answer", flat=True)) == ["gone", "new"]


def test_a_month_is_confirmed_once_and_not_ahead(world: World) -> None:
    commander = world.people["station-commander"]
    confirm(world, commander)
    with pytest.raises(RuleBroken, match="already"):
        confirm(world, commander)
    with pytest.raises(RuleBroken, match="to come"):
        confirm(world, commander, month=date(2026, 12, 1))


def test_another_station_cannot_confirm_it(world: World) -> None:
    stranger = appoint(UserFactory(), "station-commander", world.other_station)
    with pytest.raises(NotAllowed):
        confirm(world, stranger)


def test_an_answer_about_someone_not_listed_is_refused(world: World) -> None:
    with pytest.raises(RuleBroken, match="load it again"):
        confirm(world, world.people["station-commander"], odd={world.other_officer.pk: ("gone", "")})


def test_hr_deals_with_an_answer_once(world: World) -> None:
    confirm(world, world.people["station-commander"], odd={world.officer.pk: ("wrong", "Rank")})
    line = StationReturnLine.objects.get()
    hr = world.people["hr-officer"]
    assert list(stations.lines_to_resolve(hr, on=ON)) == [line]
    actions.resolve_line(line=line, resolution="Rank corrected", by=hr, on=ON, at=AT)
    assert not stations.lines_to_resolve(hr, on=ON).exists()
    with pytest.raises(RuleBroken, match="already"):
        actions.resolve_line(line=line, resolution="Again", by=hr, on=ON, at=AT)


def test_the_phone_page_confirms_with_one_press(world: World) -> None:
    client = client_of(appoint(UserFactory(), "station-commander", world.station))
    assert client.get("/station-return/", follow=True).status_code == 200
    answer = client.post(f"/station-return/{world.station.code}/", {}, follow=True)
    assert answer.status_code == 200
    back = StationReturn.objects.get()
    assert (back.confirmed_count, back.month) == (1, clock.today().replace(day=1))


def test_a_newcomer_who_is_listed_or_no_number_is_asked_for_again_and_nothing_typed_is_lost(world: World) -> None:
    gone = OfficerFactory(posted_to=world.station)
    client = client_of(appoint(UserFactory(), "station-commander", world.station))
    posting = next(each for each in stations.list_of(world.station, on=clock.today()) if each.officer == gone)
    sent = {f"answer-{posting.ref}": "gone", f"note-{posting.ref}": "Left in June"}
    listed = world.officer.service_number
    answer = client.post(
        f"/station-return/{world.station.code}/", {**sent, "newcomers": f"{listed}\nJohn Kamau\n{'9' * 21}"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f"{listed} is on the list above already" in html
    assert "“John Kamau” is no service number" in html
    assert f"“{'9' * 21}” is no service number" in html
    assert 'value="Left in June"' in html
    assert '<option value="gone" selected>' in html
    assert "John Kamau\n" in answer.context["newcomers"]
    assert not StationReturn.objects.exists()
    client.post(f"/station-return/{world.station.code}/", {**sent, "newcomers": "99/A-1, 99/A-1\n0071"})
    lines = StationReturnLine.objects.filter(answer="new").values_list("service_number", flat=True)
    assert sorted(lines) == ["0071", "99/A-1"]


def test_the_start_pages_number_opens_the_lists_still_to_confirm(world: World) -> None:
    confirm(world, world.people["station-commander"], on=clock.today(), month=clock.today(), at=clock.now())
    post = UnitFactory(type="post", under=world.ward)
    OfficerFactory(posted_to=post)
    client = client_of(world.people["inspector-general"])
    page = client.get("/station-return/?show=waiting")
    assert {each.code for each in page.context["units"]} == {world.other_station.code, post.code}
    assert 'data-total="2"' in page.content.decode()
    assert '/station-return/?show=waiting"' in client.get("/").content.decode()
