"""Who is due to move: by the rules of any date, unknown arrivals never as not due, counts that equal lists, rotation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from deployment.models import Posting
from organisation.models import UnitClass, UnitClassing
from personnel.validity import months_after
from tests.factories.accounts import UserFactory, appoint, sign_in
from tests.factories.deployment import PostingFactory
from tests.factories.personnel import OfficerFactory
from tests.factories.transfers import AT, ON, asked, offices
from tests.statements import statements_of
from tests.world import World
from transfers.actions.rotation import put_forward, take_back
from transfers.models import RuleCode, TenureExemption, TransferKind, TransferRequest, TransferRule
from transfers.queries import due, rotation

pytestmark = pytest.mark.django_db


def posted(unit: Any, months: int, *, on: date = ON, **more: Any) -> Posting:
    """An officer who has been at the unit for so many months on the day."""
    officer = OfficerFactory(**more)
    return PostingFactory(officer=officer, unit=unit, starts_on=months_after(on, -months))


def listed(user: Any, why: str, *, on: date = ON, today: date = ON) -> set[int]:
    rows = due.postings(user, on=on, today=today).filter(due.Yardstick(on).reasons()[why])
    return set(rows.values_list("pk", flat=True))


@pytest.fixture
def desk(world: World) -> Any:
    Posting.objects.all().update(starts_on=months_after(ON, -3))  # those of the world are due for nothing
    return world.people["hr-officer"]


def test_over_the_limit_at_any_date(world: World, desk: Any) -> None:
    long, short = posted(world.station, 40), posted(world.station, 30)
    assert listed(desk, "overstay") == {long.pk}
    assert listed(desk, "overstay", on=months_after(ON, 7)) == {long.pk, short.pk}
    assert listed(desk, "overstay", on=months_after(ON, -5)) == set()
    assert listed(desk, "soon") == {short.pk}


@pytest.mark.parametrize("months", [3, 12, 0, None])  # 0 or no rule at all: a year
def test_list_and_work_look_as_far_ahead_as_the_rule_says(world: World, desk: Any, months: int | None) -> None:
    kept, soon = TransferRule.objects.filter(code=RuleCode.DUE_AHEAD), posted(world.station, 30)
    kept.delete() if months is None else kept.update(value=months)
    assert listed(desk, "soon") == (set() if months == 3 else {soon.pk})
    assert rotation.may_work(months_after(ON, months or 12), today=ON)
    assert not rotation.may_work(months_after(ON, (months or 12) + 1), today=ON)


def test_a_serious_operation_area_has_a_limit_of_its_own(world: World, desk: Any) -> None:
    there = posted(world.other_station, 14)
    assert there.pk not in listed(desk, "overstay")
    UnitClassing.objects.create(
        unit=world.other_station, scheme="operation", unit_class=UnitClass.objects.get(code="operation-serious"),
        starts_on=date(2020, 1, 1), source="x",
    )  # fmt: skip
    assert there.pk in listed(desk, "overstay")


def test_specialists_are_listed_as_exempt_and_not_as_over(world: World, desk: Any) -> None:
    there = posted(world.station, 60)
    TenureExemption.objects.create(
        code="bamba", unit=world.station, reason="x", legal_basis="y", starts_on=date(2019, 1, 1)
    )
    assert (listed(desk, "overstay"), listed(desk, "exempt")) == (set(), {there.pk})
    assert there.pk not in listed(desk, "all")


def test_hardship_and_home_area(world: World, desk: Any) -> None:
    hard, home = posted(world.station, 25), posted(world.other_station, 20, home_county=world.other_station.county)
    hardship = UnitClass.objects.filter(scheme="hardship").first()
    UnitClassing.objects.create(
        unit=world.station, scheme="hardship", unit_class=hardship, starts_on=date(2020, 1, 1), source="x"
    )
    assert (listed(desk, "hardship"), listed(desk, "home")) == ({hard.pk}, {home.pk})
    assert listed(desk, "all") == {hard.pk, home.pk}


def test_an_unknown_arrival_is_unknown_and_never_not_due(world: World, desk: Any) -> None:
    unknown = posted(world.station, 60)
    Posting.objects.filter(pk=unknown.pk).update(start_known=False)
    assert (listed(desk, "unknown"), listed(desk, "overstay")) == ({unknown.pk}, set())
    assert unknown.pk in listed(desk, "all")
    (planned,) = rotation.plan(list(Posting.objects.filter(pk=unknown.pk)), on=ON, today=ON)
    assert "record comes first" in planned.skipped


def test_a_commander_sees_the_own_area_and_nobody_himself(world: World, desk: Any) -> None:
    here, there = posted(world.station, 40), posted(world.other_station, 40)
    commander = appoint(UserFactory(), "station-commander", world.station)
    own = posted(world.station, 50, user=commander)
    assert listed(commander, "overstay") == {here.pk}
    assert listed(desk, "overstay") == {here.pk, there.pk, own.pk}
    assert listed(world.officer.user, "overstay") == set()


def test_every_count_is_the_length_of_the_list_it_opens(client: Client, world: World, desk: Any) -> None:
    today = timezone.localdate()
    for months in (5, 13, 28, 30, 40, 50):
        posted(world.station, months, on=today, home_county=world.station.county if months == 13 else None)
    sign_in(client, desk)
    page = client.get("/transfers/due/")
    tabs = page.context["tabs"]
    assert sum(1 for tab in tabs if tab.count) >= 4
    for tab in tabs:
        assert len(client.get(f"/transfers/due/{tab.url}").context["table"].paginated_rows) == tab.count, tab.label
    counties = client.get("/transfers/due/ahead/").context["counties"]
    assert counties
    for line, cells in counties:
        for number, url in cells:
            assert len(client.get(url).context["table"].paginated_rows) == number, (line, url)


def test_reasons_on_the_rows_are_those_of_the_counts(world: World, desk: Any) -> None:
    long = posted(world.station, 40, home_county=world.station.county)
    extras = due.extras_of([long], due.Yardstick(ON))
    assert extras.reasons(long) == ["overstay", "home"]


def test_the_page_costs_the_same_whatever_its_length(client: Client, world: World, desk: Any) -> None:
    today = timezone.localdate()
    posted(world.station, 40, on=today)
    sign_in(client, desk)
    few = len(statements_of(client, "/transfers/due/"))
    for _number in range(8):
        posted(world.station, 40, on=today)
    assert len(statements_of(client, "/transfers/due/")) == few <= 20
    assert len(statements_of(client, f"/transfers/due/?why=soon&unit={world.station.code}&sort=-unit")) <= 20


def test_the_list_is_taken_away_by_those_who_may(client: Client, world: World, desk: Any) -> None:
    posted(world.station, 40, on=timezone.localdate(), surname="=1+1")
    sign_in(client, desk)
    answer: Any = client.get("/transfers/due/?format=csv&why=overstay")
    text = b"".join(answer.streaming_content).decode()
    assert "Over the limit" in text
    assert ",=1+1" not in text
    sign_in(client, offices(world)["station-commander"])
    assert client.get("/transfers/due/?format=csv").status_code == 403


# Rotation ------------------------------------------------------------------------------------------------------------------


def test_officers_are_put_forward_after_a_preview_and_taken_back(client: Client, world: World, desk: Any) -> None:
    today = timezone.localdate()
    long, short = posted(world.station, 40, on=today), posted(world.station, 13, on=today)
    sign_in(client, desk)
    ticked = {"numbers": [each.officer.service_number for each in (long, short)]}
    preview = client.post("/transfers/due/forward/", ticked).content.decode()
    assert "Put 1 officer forward" in preview
    assert "not due on" in preview
    assert not TransferRequest.objects.exists()
    answer = client.post("/transfers/due/forward/", {**ticked, "step": "confirm", "remark": "Round of March"})
    request = TransferRequest.objects.get()
    assert (request.kind, request.officer, request.state) == (TransferKind.ROTATION, long.officer, "advice")
    assert "40 months" in request.statement
    assert "Round of March" in request.statement
    again = client.post("/transfers/due/forward/", ticked).content.decode()
    assert "under way already" in again
    client.post(answer["Location"])
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_a_long_list_is_put_forward_batch_by_batch_the_longest_first(
    client: Client, world: World, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "MOST", 2)
    monkeypatch.setattr(rotation, "SOME", 2)
    today = timezone.localdate()
    rows = [posted(world.station, months, on=today) for months in (60, 55, 50, 45, 40)]
    sign_in(client, desk)
    everything = {"everything": "yes", "query": "why=overstay"}
    done: list[Any] = []
    for left in (3, 1, 0):
        preview = client.post("/transfers/due/forward/", everything)
        assert preview.context["rest"] == left
        numbers = preview.context["numbers"]
        client.post("/transfers/due/forward/", {"numbers": numbers, "step": "confirm", "remark": ""})
        done += numbers
    assert done == [each.officer.service_number for each in rows]
    assert TransferRequest.objects.count() == 5


def test_a_protected_request_is_no_reason_to_skip_anybody(world: World, desk: Any) -> None:
    long = posted(world.station, 40, user=UserFactory())
    asked(long.officer, grounds=["safety"])
    (planned,) = rotation.plan(list(Posting.objects.filter(pk=long.pk)), on=ON, today=ON)
    assert planned.skipped == ""
    assert due.under_way([long.officer_id]) == {}


def test_who_may_not_propose_is_left_with_the_reason(world: World, desk: Any) -> None:
    here, there = posted(world.station, 40), posted(world.other_station, 40)
    commander = offices(world)["station-commander"]
    lines = [(each.officer, "40 months at the station.") for each in (here, there)]
    outcome = put_forward(lines, by=commander, on=ON, at=AT)
    assert ([each.officer for each in outcome.done], [officer for officer, _why in outcome.skipped]) == (
        [here.officer], [there.officer],
    )  # fmt: skip
    assert len(take_back(outcome.done, by=desk, on=ON, at=AT).skipped) == 1


def test_the_list_of_a_day_ahead_is_worked_and_of_no_other_day(client: Client, world: World, desk: Any) -> None:
    today = timezone.localdate()
    soon = posted(world.station, 32, on=today)
    sign_in(client, desk)
    for months, made in ((-1, 0), (13, 0), (3, 0), (6, 1)):  # past, beyond the forecast, not due by then, due by then
        day = months_after(today, months)
        client.post(
            "/transfers/due/forward/",
            {"numbers": [soon.officer.service_number], "query": f"on={day}", "step": "confirm", "remark": ""},
        )
        assert TransferRequest.objects.count() == made
    assert f"On {day:%-d %B %Y}: 38 months at" in TransferRequest.objects.get().statement


def test_a_year_ahead_by_county_opens_the_lists_it_counts(client: Client, world: World, desk: Any) -> None:
    posted(world.station, 34)
    sign_in(client, desk)
    for why in ("overstay", "hardship"):
        page = client.get("/transfers/due/ahead/", {"why": why, "on": ON.isoformat()})
        cells = [cell for _line, cells in page.context["counties"] for cell in cells if cell[0]]
        assert bool(cells) == (why == "overstay")
        for number, url in cells:
            assert client.get(url).context["total"] == number
