"""Real worker processes, met at agreed places over two pipes: no sleeping, no guessing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.db import connection

REPOSITORY = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The URL of the database this test uses."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return f"postgres://{values['USER']}@/{values['HOST']}/{values['NAME']}"


class WorkerProcess:
    """A worker that tells when it has reached a place, and waits there."""

    def __init__(self, *arguments: str, meet_at: str = "", program: tuple[str, ...] = ("django", "work"),
                 settings_module: str = "tests.jobs.worker_settings") -> None:  # fmt: skip
        self._told, tell = os.pipe()
        wait, self._let_go = os.pipe()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings_module,
            "HCIMS_DATABASE_URL": database_url(),
            "HCIMS_TEST_FOLDER": str(settings.VAR_DIR),
            "HCIMS_TEST_MEET_AT": meet_at,
            "HCIMS_TEST_TELL": str(tell),
            "HCIMS_TEST_WAIT": str(wait),
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")]),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", *program, *arguments], env=environment, cwd=REPOSITORY, pass_fds=[tell, wait]
        )
        os.close(tell)  # now only the worker holds it: its death reads as end of file, not as a test that hangs
        os.close(wait)

    def reached(self) -> None:
        """Wait until it is at its place."""
        assert os.read(self._told, 1) == b"x", "the worker ended before it reached its place"

    def let_go(self) -> None:
        os.write(self._let_go, b"x")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def ended_well(self) -> None:
        assert self.process.wait(timeout=60) == 0

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.kill()
        os.close(self._told)
        os.close(self._let_go)
