"""`make screens`: starts an invented service of its own, signs in as each role, and keeps pictures of the main pages.

The pictures stand in docs/screens/ at 1280 px and at 360 px; the README shows one of them.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from desk.demo.plan import PASSWORD
from tests.programs import chromium
from workshop.stamps import ROOT

SCREENS = ROOT / "docs" / "screens"
WIDTHS = {1280: 1360, 360: 740}  # width to height, in CSS pixels
OFFICERS = 6_000

# Role that looks, name of the picture, address. An address may take the reader's own unit: {unit}.
PAGES = [
    ("", "sign-in", "/sign-in/"),
    ("Inspector General", "home", "/"),
    ("Inspector General", "overview", "/overview/"),
    ("Inspector General", "overview-county", "/overview/C-047/"),
    ("Inspector General", "vacancies", "/vacancies/"),
    ("Inspector General", "skills-gap", "/skills-gap/"),
    ("Inspector General", "forecast", "/forecast/"),
    ("Inspector General", "unit", "/units/C-047/"),
    ("Inspector General", "balance", "/balance/"),
    ("HR officer", "officers", "/officers/"),
    ("HR officer", "postings", "/postings/"),
    ("HR officer", "establishment", "/establishment/"),
    ("HR officer", "imports", "/imports/"),
    ("Officer Commanding Station", "station-return", "/station-return/"),
    ("Officer", "me", "/me/"),
    ("Officer", "account", "/account/"),
    ("Auditor", "audit", "/audit/"),
    ("NPSC commissioner", "appointments", "/appointments/"),
    ("HR officer", "transfers-queue", "/transfers/queue/"),
    ("HR officer", "transfers-due", "/transfers/due/"),
    ("HR officer", "rounds", "/transfers/rounds/"),
    ("Officer", "transfers", "/transfers/"),
    ("Officer", "transfers-open", "/transfers/open/"),
    ("Wellbeing lead", "cover", "/wellbeing/cover/"),
    ("Wellbeing lead", "supporters", "/wellbeing/supporters/"),
    ("Officer", "help-in-figures", "/wellbeing/trends/"),
    ("Inspector General", "muamko-mpya", "/training/muamko-mpya/"),
    ("Inspector General", "trained", "/training/cover/"),
    ("Inspector General", "training-reports", "/training/reports/"),
    ("Training officer", "institution", "/training/institutions/NPC-KIG/"),
    ("Training officer", "cohorts", "/training/cohorts/"),
    ("Officer Commanding Station", "nominations", "/training/nominations/"),
    ("Officer", "my-training", "/training/mine/"),
    ("", "danger-now", "/w/now/"),
    ("", "somebody-to-talk-to", "/w/people/"),
    ("Peer supporter", "phones", "/w/enrol/"),
    ("Counsellor", "unlock", "/counselling/"),
]


def main() -> None:
    """Take every picture; the old ones go."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for old in SCREENS.glob("*.png"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as folder,
        _service(Path(folder)) as (address, sign_ins),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            _walk(browser, address, sign_ins, width, height)
        browser.close()


@contextmanager
def _service(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The demo in a folder of its own, until the pictures are taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HCIMS_ENV": "demo", "HCIMS_VAR_DIR": str(folder)}
    environment.pop("HCIMS_DATABASE_URL", None)
    command = [sys.executable, "-m", "workshop.demo", "--port", str(port), "--officers", str(OFFICERS)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if line.startswith("HCIMS is at"):
                break
        address = f"http://localhost:{port}"
        _wait_for(port)
        lines = json.loads((folder / "demo-sign-ins.json").read_text())
        yield address, {role: login for role, login, _unit in lines}
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    """Tries until the server answers; the kernel, not a clock, says when."""
    while True:
        try:
            socket.create_connection(("localhost", port), timeout=5).close()
            return
        except ConnectionRefusedError:
            continue


def _walk(browser: Browser, address: str, sign_ins: dict[str, str], width: int, height: int) -> None:
    for role in dict.fromkeys(each for each, _name, _path in PAGES):
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=address)
        page = context.new_page()
        if role:
            _sign_in(page, sign_ins[role])
        for _role, name, path in (each for each in PAGES if each[0] == role):
            answer = page.goto(path, wait_until="networkidle")
            assert answer is not None
            assert answer.status == 200, f"{path} answers {answer.status} to {role}"
            page.get_by_text("One moment").wait_for(state="hidden")  # a key's page, until its scripts have come
            page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=False)
            print(f"{name}-{width}.png", flush=True)
        context.close()


def _sign_in(page: Page, login: str) -> None:
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


if __name__ == "__main__":
    main()
