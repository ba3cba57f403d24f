"""Sealed cases in headless Chromium with the CPU slowed six times: an unlock at the full work factor, fifty notes opened.

Chromium slows the page's own thread, not its workers, so the unlock is measured twice: stretched in the page while it is
slowed, and in the worker as the product does it, the CPU it used taken six times. On a crowded machine only the CPU tells.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.measuring import Figure
from tests import programs

FRONTEND = Path(__file__).parents[1] / "hcims" / "ui" / "frontend"
SLOWER, NOTES, TIMES = 6, 50, 3
MOST_UNLOCK, MOST_NOTES = 15.0, 1.0  # seconds
ADDRESS = "http://localhost/"
DATABASES, SCALES = ("sqlite",), (1,)  # none is asked
ENTRY = """
import { scrypt } from "@noble/hashes/scrypt.js";
import { deriveInWorker } from "./js/sealed/stretching.js";
import { lockedForms, newOwnKey, unlocked } from "./js/sealed/identity.js";
import { newCaseKey } from "./js/sealed/casekey.js";
import { openText, sealText } from "./js/sealed/texts.js";
const inPage = (words, salt, logN) => scrypt(words, salt, { N: 2 ** logN, r: 8, p: 1, dkLen: 32 });
const inWorker = deriveInWorker("/worker.js");
const passphrase = "baro kitu woje sama rife";
const words = "What was said in an hour, as a counsellor writes it down. ".repeat(30);
let about, key, rows;
const timed = async (body) => { const from = performance.now(); await body(); return (performance.now() - from) / 1000; };
window.prepare = async (count) => {
  const made = await newOwnKey({ user: "user22223333", pins: [] });
  const { locked } = await lockedForms({ ...made, passphrase, derive: inWorker });
  about = { locked, passphrase, user: "user22223333", recipient: made.recipient };
  key = await newCaseKey("case22223333");
  const row = { kind: "note", author: "user22223333", session: null, replaces: null, written_on: "2026-11-22" };
  rows = [];
  for (let place = 0; place < count; place++) {
    const ref = `text${10_000_000 + place}`;
    const sealed = await sealText(key, { ...row, text: ref, at: "2026-11-22T10:00:00Z" }, { text: words });
    rows.push({ row: { ...row, ref }, sealed });
  }
};
window.unlockInPage = () => timed(() => unlocked({ ...about, derive: inPage }));
window.unlockInWorker = () => timed(() => unlocked({ ...about, derive: inWorker }));
window.openNotes = () => timed(async () => { for (const { row, sealed } of rows) await openText({ ...key }, row, sealed); });
"""
BUILD = """
import * as esbuild from "esbuild";
const build = (from) => esbuild.buildSync({ ...from, bundle: true, minify: true, format: "esm", target: "es2020", write: false,
  alias: { "@noble/post-quantum/hybrid.js": "./js/sealed/no-hybrid.js" } }).outputFiles[0].text;
const page = build({ stdin: { contents: process.argv[1], resolveDir: process.cwd() } });
console.log(JSON.stringify({ "/page.js": page, "/worker.js": build({ entryPoints: ["js/sealed-worker.js"] }) }));
"""


def run(scale: int) -> Iterator[Figure]:
    """The figures, the best of three runs each. `scale` changes nothing: a case is a case."""
    scripts = _built()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=arguments)
        page = _page(browser, scripts)
        page.evaluate("prepare", NOTES)
        cpu = min(_cpu_of(browser, page, "unlockInWorker") for _ in range(TIMES)) * SLOWER
        notes = min(_cpu_of(browser, page, "openNotes") for _ in range(TIMES)) * SLOWER
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield Figure("unlock in the worker, its CPU six times", cpu, "s", reach=MOST_UNLOCK)
        yield Figure("unlock in the slowed page, by the clock", _best(page, "unlockInPage"), "s", reach=MOST_UNLOCK)
        yield Figure("fifty notes opened, their CPU six times", notes, "s", reach=MOST_NOTES)
        yield Figure("fifty notes in the slowed page, by the clock", _best(page, "openNotes"), "s", reach=MOST_NOTES)
        browser.close()


def _built() -> dict[str, str]:
    """The product's own modules and worker, bundled as the product bundles them."""
    command = [programs.node(), "--input-type=module", "-e", BUILD, ENTRY]
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _page(browser: Browser, scripts: dict[str, str]) -> Page:
    page = browser.new_page()
    page.set_default_timeout(300_000)

    def answer(route: Route) -> None:
        path = "/" + route.request.url.removeprefix(ADDRESS)
        if path in scripts:
            route.fulfill(body=scripts[path], content_type="text/javascript")
        else:
            route.fulfill(body='<script type="module" src="/page.js"></script>', content_type="text/html")

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_function("window.prepare")
    return page


def _best(page: Page, name: str) -> float:
    return min(float(page.evaluate(name)) for _ in range(TIMES))


def _cpu_of(browser: Browser, page: Page, name: str) -> float:
    before = _renderers(browser)
    page.evaluate(name)
    return _renderers(browser) - before


def _renderers(browser: Browser) -> float:
    """CPU used so far by the processes that run pages and their workers."""
    session: Any = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(each["cpuTime"] for each in found if each["type"] == "renderer")
