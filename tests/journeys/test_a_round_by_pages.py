"""A round by its pages: frozen, tried under other rules, decided by the board, signed; a stranger checks the certificate."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hcims.jobs.runner import run_waiting
from tests.factories.rounds import DRAW, NONCES, prepared, round_at, staffed
from tests.signing_in import sign_in
from tests.transfers.test_rounds_killed import by_todays_calendar
from tests.world import World, make_world
from transfers.models import Round, RunKind, TransferOrder

pytestmark = pytest.mark.django_db(transaction=True)
REPOSITORY = Path(__file__).resolve().parents[2]


def _done(page: Page, button: str) -> None:
    """Presses, lets the job run, and looks again."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("is in the queue")).to_be_visible()
    run_waiting()
    page.reload()


def _prepares(page: Page, world: World, address: str) -> None:
    """HR freezes, enters what the bodies reveal and the draw, and computes."""
    sign_in(page, world.people["hr-officer"])
    page.goto(address)
    _done(page, "Freeze it")
    expect(page.get_by_text("Can everyone who must move be placed?")).to_be_visible()
    for body, nonce in NONCES.items():
        page.goto(f"{address}reveal/")
        page.get_by_label("Body").select_option(body)
        page.get_by_label("Its number").fill(nonce)
        page.get_by_role("button", name="Put it down").click()
        expect(page.get_by_text("fits its commitment")).to_be_visible()
    page.goto(f"{address}draw/")
    page.get_by_label("Result of the public draw").fill(DRAW)
    page.get_by_role("button", name="Fix the seed").click()
    expect(page.get_by_text("The seed is fixed")).to_be_visible()
    _done(page, "Compute the result")
    expect(page.get_by_role("heading", name="Result")).to_be_visible()


def _tries(page: Page, code: str) -> None:
    """HR asks what if, and reads the trial beside the round's own run."""
    page.goto(f"/transfers/rounds/{code}/trials/")
    page.locator("form[action$='looser/'] button").click()
    page.wait_for_url("**/jobs/**")
    run_waiting()
    page.goto(f"/transfers/rounds/{code}/trials/")
    expect(page.get_by_role("row", name="Floors 5 points looser")).to_contain_text("trial")


def _decides(page: Page, world: World, code: str) -> None:
    """The board reads the result with its consequences, and accepts."""
    sign_in(page, world.people["board-member"])
    page.goto(f"/transfers/rounds/{code}/board/")
    page.get_by_role("link", name="Accept the result").click()
    page.get_by_label("Minutes").fill("The result was looked at with its consequences, and accepted.")
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("The result is accepted.")).to_be_visible()


def _verdict(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transfers.verify", str(file)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_round_is_frozen_tried_decided_and_published_and_a_stranger_verifies_it(page: Page, tmp_path: Path) -> None:
    world = make_world()
    staffed(world)
    round = round_at(world, "claims", prepared(world))
    by_todays_calendar(round)
    address = f"/transfers/rounds/{round.code}/"
    _prepares(page, world, address)
    _tries(page, round.code)
    _decides(page, world, round.code)
    sign_in(page, world.people["inspector-general"])
    page.goto(f"{address}publish/")
    page.get_by_role("button", name="Sign and publish").click()
    expect(page.get_by_text("is in the queue")).to_be_visible()
    run_waiting()
    expect(page.get_by_role("link", name="Public page")).to_be_visible(timeout=15_000)  # the page looks again by itself
    assert Round.objects.get().state == "published"
    assert Round.objects.get().runs.filter(kind=RunKind.TRIAL).count() == 1
    assert TransferOrder.objects.filter(order__officer=world.officer).count() == 1

    page.context.clear_cookies()  # from here on a stranger, who has no account
    page.goto(f"{address}public/")
    expect(page.get_by_text("references, not names")).to_be_visible()
    assert world.officer.surname not in page.content()
    assert world.other_station.name not in page.content()  # outside, strength is by county and rank alone
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Public certificate").click()
    file = tmp_path / "certificate.jsonl"
    downloading.value.save_as(file)
    verdict = _verdict(file)
    assert (verdict.returncode, "FAIL" in verdict.stdout, "PASS" in verdict.stdout) == (0, False, True), verdict.stdout
    blob = bytearray(file.read_bytes())
    blob[len(blob) // 2] ^= 1
    file.write_bytes(bytes(blob))
    verdict = _verdict(file)
    assert (verdict.returncode, "FAIL" in verdict.stdout) == (1, True), verdict.stdout
