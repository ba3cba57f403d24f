"""A phone in a test: a browser with a disk of its own, that can be killed and opened again. The fixture is `phone`."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests import programs

TAKEN_OVER = """new Promise((resolve) => {
  if (navigator.serviceWorker.controller) resolve(true);
  navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true));
})"""
Phone = Callable[[], contextlib.AbstractContextManager[Any]]


def phone_at(folder: Path, playwright: Any, base_url: str) -> Phone:
    """A phone whose disk is the folder: each `with` opens it again, and leaving kills it."""

    @contextlib.contextmanager
    def opened() -> Iterator[Any]:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=programs.chromium(), args=["--no-sandbox"], base_url=base_url,
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
            _kill(str(folder))
            with contextlib.suppress(Exception):  # it is dead already
                context.close()

    return opened


def _kill(folder: str) -> None:
    """Ends the browser whose disk this is, without a chance to put anything in order."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"--user-data-dir={folder}" in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)
