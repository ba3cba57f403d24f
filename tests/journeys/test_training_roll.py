"""A facilitator takes a roll on a phone without a connection, the browser dies, and exactly those marks reach the server."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from hcims import clock
from tests import programs
from tests.factories.organisation import UnitFactory
from tests.factories.training_rollout import Group, group
from tests.signing_in import sign_in
from training.models import Attendance

pytestmark = pytest.mark.browser
TAKEN_OVER = """new Promise((resolve) => {
  if (navigator.serviceWorker.controller) resolve(true);
  navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true));
})"""
Phone = Callable[[], contextlib.AbstractContextManager[Any]]


@pytest.fixture
def phone(live_server: Any, playwright: Any, tmp_path: Path) -> Phone:
    """A phone's browser with a disk of its own: each `with` opens it again, and leaving kills it."""

    @contextlib.contextmanager
    def opened() -> Iterator[Any]:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "phone", executable_path=programs.chromium(), args=["--no-sandbox"], base_url=live_server.url,
            viewport={"width": 360, "height": 700}, service_workers="allow", locale="en-GB",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        page = context.pages[0]
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        try:
            yield page
            assert not errors
        finally:
            _kill(str(tmp_path / "phone"))
            with contextlib.suppress(Exception):  # it is dead already
                context.close()

    return opened


def _kill(folder: str) -> None:
    """Ends the browser whose disk this is, without a chance to put anything in order."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"--user-data-dir={folder}" in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)


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
