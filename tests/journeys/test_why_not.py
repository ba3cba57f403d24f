"""An officer reads on a phone why not, and appeals; the panel corrects the fact, and the officer reads that it was upheld."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from deployment.models import Posting
from hcims.jobs.runner import run_waiting
from tests.factories.accounts import UserFactory, appoint
from tests.factories.personnel import OfficerFactory
from tests.factories.rounds import pooled, round_at, staffed
from tests.signing_in import sign_in
from tests.world import World, make_world
from transfers.models import Appeal, Award, Round

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: Any = {"width": 360, "height": 740}
FLOORS = [{"level": "station", "percent": 60, "smallest": 5, "basis": "Working rule"}]


def published(world: World) -> Award:
    """One seat at the other station, two who want it with equal points; the one whom the lottery left behind."""
    staffed(world)
    second = OfficerFactory(posted_to=world.station, user=UserFactory(), surname="Zuberi")
    Posting.objects.filter(officer=second).update(starts_on=Posting.objects.get(officer=world.officer).starts_on)
    found = round_at(world, "open", floors=FLOORS, due_must_move=0)
    pooled(second, found, world.other_station, world.other_county)
    assert world.officer.rank is not None
    found.seat_lines.create(unit=world.other_station, rank=world.officer.rank, seats=2, source="Seat table 1/2026")
    round_at(world, "accepted", found)
    Round.objects.filter(pk=found.pk).update(
        state="published", published_at=timezone.now(), appeals_until=timezone.localdate() + timedelta(days=14)
    )
    return Award.objects.get(participation__round=found, to_unit__isnull=True)


def fits(page: Page) -> None:
    """The page is no wider than the phone. Axe looks at every page by itself."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_officer_reads_why_not_and_an_appeal_is_upheld(page: Page) -> None:
    world = make_world()
    award = published(world)
    officer = award.participation.officer
    page.set_viewport_size(PHONE)
    sign_in(page, officer.user)
    page.goto("/transfers/why/")
    page.get_by_role("link", name="Why, and why not").click()
    expect(page.get_by_text("The lottery decided between you")).to_be_visible()
    page.get_by_text("The numbers").first.click()
    expect(page.get_by_text("openssl dgst -sha256")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Work it out").click()
    expect(
        page.get_by_text("is being run again for you")
    ).to_be_visible()  # the next document is there, and the work asked for
    run_waiting()
    page.reload()
    expect(page.get_by_text("With a lower ticket in the lottery")).to_be_visible()
    page.get_by_role("link", name="Appeal", exact=True).click()
    fits(page)
    page.get_by_label("A fact about me was wrong").check()
    page.get_by_label("In your own words").fill("My time in a hardship area was not counted.")
    page.get_by_role("button", name="Lodge the appeal").click()
    expect(page.get_by_text("waiting for a panel")).to_be_visible()
    fits(page)
    _uphold(page, world, Appeal.objects.get())
    sign_in(page, officer.user)
    page.goto(f"/transfers/appeals/{Appeal.objects.get().ref}/")
    expect(page.get_by_text("You are given: priority in the next round.")).to_be_visible()
    fits(page)


def _uphold(page: Page, world: World, appeal: Appeal) -> None:
    members = [appoint(UserFactory(), "board-member", world.service) for _ in range(2)]
    sign_in(page, world.people["npsc-commissioner"])
    page.goto(f"/transfers/appeals/{appeal.ref}/panel/")
    for each in members:
        page.get_by_label(each.full_name, exact=True).check()
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_text("before the panel")).to_be_visible()
    sign_in(page, members[0])
    page.goto(f"/transfers/appeals/{appeal.ref}/")
    page.get_by_role("link", name="Compute with the corrected fact").click()
    page.get_by_label("Line of points").select_option("hardship")
    page.get_by_label("Points it should have given").fill("240")
    page.get_by_role("button", name="Compute it").click()
    page.wait_for_url("**/jobs/**")
    run_waiting()
    page.goto(f"/transfers/appeals/{appeal.ref}/")
    expect(page.get_by_text("2 officers in all would end elsewhere")).to_be_visible()
    expect(page.get_by_role("row", name="the officer")).to_contain_text(f"{world.other_station.name}, PC")
    fits(page)
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("upheld").check()
    page.get_by_label("priority in the next round").check()
    page.get_by_label("Reasons to the officer").fill("The months in the hardship area were left out.")
    page.get_by_label("The outcome in a sentence").fill("Time in a hardship area had not been counted.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("The appeal is decided")).to_be_visible()
