"""What two people must agree on, and who watches whom: an appointment, a delay of disclosure, the administrator's view."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from hcims import clock
from personnel.actions import note_opening
from tests.factories.accounts import OutsideUserFactory, UserFactory, appoint
from tests.signing_in import client_of, sign_in
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, name: str) -> None:
    """This function will press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def test_an_appointment_is_proposed_by_one_and_approved_by_another(page: Page) -> None:
    world = make_world()
    person = OutsideUserFactory(full_name="Imani Mshauri")
    sign_in(page, world.people["hr-officer"])
    page.goto(f"/appointments/propose/?person={person.login}&unit={world.county.code}")
    page.get_by_label("Role", exact=True).select_option("counsellor")
    page.get_by_label("Authority", exact=False).first.fill("NPS/HR/7/2026")
    press(page, "Propose")
    expect(page.get_by_role("main")).to_contain_text("Proposed. An approving authority was told.")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    made = Appointment.objects.get(user=person)
    sign_in(page, world.people["npsc-commissioner"])
    page.goto("/appointments/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name="Imani Mshauri").click()
    press(page, "Approve")
    expect(page.get_by_role("main")).to_contain_text("Approved. The person was told.")
    made.refresh_from_db()
    assert (made.state, made.proposed_by, made.decided_by) == (
        "approved", world.people["hr-officer"], world.people["npsc-commissioner"],
    )  # fmt: skip


def test_two_auditors_hold_an_investigation_back_and_the_officer_reads_it_later(page: Page) -> None:
    world = make_world()
    detective = appoint(UserFactory(full_name="Siri Mpelelezi"), "director-dci", world.service)
    note_opening(officer=world.officer, purpose="investigation", by=detective, at=clock.now())
    second = appoint(UserFactory(), "auditor", world.service)
    sign_in(page, world.people["auditor"])
    page.goto("/audit/?event=file-opened")
    expect(page.get_by_role("main")).not_to_contain_text("Siri Mpelelezi")
    with page.expect_navigation():
        page.get_by_role("table").get_by_role("row").nth(1).get_by_role("link").first.click()
    ask_for_a_delay(page)
    expect(page.get_by_role("main")).to_contain_text("Another auditor decides.")
    assert reads_of_the_investigation(world)
    sign_in(page, second)
    page.goto("/audit/delays/")
    press(page, "Approve")
    expect(page.get_by_role("main")).to_contain_text("The delay is in force.")
    assert not reads_of_the_investigation(world)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/audit/delays/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def ask_for_a_delay(page: Page) -> None:
    form = page.locator("form[action*='delay']")
    form.get_by_label("Authority", exact=False).first.fill("IAU/7/2026")
    form.locator("[name='delay-source']").fill("National Police Service Act, s.87")
    for name, value in (("Day", "1"), ("Month", "2"), ("Year", "2099")):
        form.get_by_label(name, exact=True).fill(value)
    with page.expect_navigation():
        form.get_by_role("button").click()


def reads_of_the_investigation(world: World) -> bool:
    text = client_of(world.officer.user).get("/me/readers/").content.decode()
    assert "Siri" not in text
    return "Lawful investigation" in text


def test_the_system_administrator_meets_no_personnel_on_any_page(page: Page) -> None:
    world = make_world()
    sign_in(page, world.people["system-administrator"])
    secrets = [world.officer.surname, world.other_officer.surname, world.officer.rank.name_en]
    waiting, visited = ["/"], set()
    while waiting:
        address = waiting.pop(0)
        visited.add(address)
        page.goto(address)
        text = page.get_by_role("main").inner_text()
        assert not [word for word in secrets if word in text], address
        links: list[Any] = page.get_by_role("link").evaluate_all("all => all.map(each => each.pathname)")
        waiting += [each for each in dict.fromkeys(links) if each not in visited | set(waiting) and follows(each)]
    assert {"/accounts/", "/appointments/", "/jobs/", "/status/"} <= visited
    client = client_of(world.people["system-administrator"])
    number = world.officer.service_number
    for address in (
        "/officers/",
        f"/officers/{number}/",
        "/overview/",
        "/postings/",
        "/imports/",
        "/audit/",
        "/search/?q=a",
    ):
        assert client.get(address).status_code == 404, address


def follows(address: str) -> bool:
    """One account and one appointment are like another; the admin is walked elsewhere."""
    return not address.startswith(("/sign-out", "/admin/", "/static/")) and address.count("/") <= 3
