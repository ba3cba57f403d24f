"""A facilitator takes a roll on a phone without a connection, the browser dies, and exactly those marks reach the server."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from hcims import clock
from tests.factories.accounts import UserFactory, appoint
from tests.factories.organisation import UnitFactory
from tests.factories.training_rollout import Group, group
from tests.phones import TAKEN_OVER, Phone
from tests.signing_in import sign_in
from training.models import Attendance

pytestmark = pytest.mark.browser


# What the phone keeps, by store: whether the first thing there is sealed, with no way to get at the key.
KEPT = """async () => {
  const read = (name, how) => new Promise((resolve) => {
    const asked = indexedDB.open("roll");
    asked.onsuccess = () => {
      const found = asked.result.transaction(name).objectStore(name).getAll();
      found.onsuccess = () => { asked.result.close(); resolve(how(found.result)); };
    };
  });
  if ((await read("key", (keys) => keys)).some((key) => key.extractable)) throw new Error("the key can be taken out");
  const kept = {};
  for (const name of ["list", "marks", "refused"])
    await read(name, (rows) => rows.length && (kept[name] = !("owner" in rows[0]) && rows[0].sealed instanceof ArrayBuffer));
  return kept;
}"""


@pytest.fixture
def of(live_server: Any) -> Group:
    return group(UnitFactory(code="KLF", name="Kilifi County", type="county"), on=clock.today())


def look(page: Any) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found]


def person(page: Any, of: Group, place: int) -> Any:
    return page.get_by_role("button").filter(has_text=of.trainees[place].officer.service_number)


def rolls() -> dict[tuple[int, str], bool]:
    rows = Attendance.objects.values_list("meeting__number", "enrolment__officer__service_number", "present")
    return {(number, who): present for number, who, present in rows}


def sign_out(page: Any) -> None:
    page.goto("/account/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out/")


def test_a_roll_taken_offline_reaches_the_server_once_and_as_it_was_tapped(phone: Phone, of: Group) -> None:
    numbers = [each.officer.service_number for each in of.trainees]
    waiting = "[data-waiting]"
    with phone() as page:
        sign_in(page, of.facilitator)
        page.goto("/training/roll/")
        page.evaluate(TAKEN_OVER)
        page.get_by_role("button").filter(has_text="Today").wait_for()
        look(page)
        page.context.set_offline(True)
        page.reload()  # opens from the phone, with its list
        page.get_by_role("button").filter(has_text="Today").click()
        person(page, of, 0).click()
        person(page, of, 1).click()
        person(page, of, 1).click()  # present, no: absent
        expect(person(page, of, 1)).to_contain_text("absent")
        expect(page.locator("p[data-total]")).to_have_text("1 present · 1 absent · 1 not marked")
        expect(page.locator(waiting)).to_contain_text("2 marks wait to be sent")
        look(page)
        assert page.evaluate(KEPT) == {"list": True, "marks": False}
    assert rolls() == {}
    with phone() as page:  # killed, and opened again where there is a connection
        sign_in(page, of.facilitator)  # the sitting ended with the browser
        page.goto("/training/roll/")
        expect(page.locator(waiting)).to_have_text("Everything is sent")
        assert rolls() == {(2, numbers[0]): True, (2, numbers[1]): False}
        before = list(Attendance.objects.order_by("pk").values())
        page.reload()
        expect(page.locator(waiting)).to_have_text("Everything is sent")
        assert list(Attendance.objects.order_by("pk").values()) == before
        page.get_by_role("button").filter(has_text="Today").click()
        page.get_by_role("button", name="All who are not marked were absent").click()
        expect(page.locator("p[data-total]")).to_have_text("1 present · 2 absent · 0 not marked")
        expect(page.locator(waiting)).to_have_text("Everything is sent")
        assert rolls() == {(2, numbers[0]): True, (2, numbers[1]): False, (2, numbers[2]): False}


def test_marks_go_when_the_connection_comes_back(phone: Phone, of: Group) -> None:
    with phone() as page:
        sign_in(page, of.facilitator)
        page.goto("/training/roll/")
        page.get_by_role("button").filter(has_text="Today").click()
        page.context.set_offline(True)
        person(page, of, 2).click()
        expect(page.locator("[data-waiting]")).to_contain_text("1 mark waits")
        page.context.set_offline(False)
        expect(page.locator("[data-waiting]")).to_have_text("Everything is sent")
        assert list(rolls().values()) == [True]
        assert page.evaluate(KEPT) == {"list": True}
        sign_out(page)
        assert page.evaluate(KEPT) == {}  # signed out: no name is left here


def test_marks_of_somebody_who_signed_out_wait_for_that_person_alone(phone: Phone, of: Group) -> None:
    second = appoint(UserFactory(), "rollout-coordinator", of.cohort.unit)
    with phone() as page:
        sign_in(page, of.facilitator)
        page.goto("/training/roll/")
        page.get_by_role("button").filter(has_text="Today").click()
        page.evaluate("window.setTimeout = () => 0")  # the sending that follows a tap is not waited for
        person(page, of, 0).click()
        expect(page.locator("[data-waiting]")).to_contain_text("1 mark waits")
        sign_out(page)
        assert page.evaluate(KEPT) == {"marks": False}  # who was marked is a reference, and no name
        sign_in(page, second)
        page.goto("/training/roll/")
        page.get_by_text("Marks of another person wait on this phone").wait_for()
        assert rolls() == {}
        sign_in(page, of.facilitator)
        page.goto("/training/roll/")
        expect(page.locator("[data-waiting]")).to_have_text("Everything is sent")
        assert list(rolls().values()) == [True]
