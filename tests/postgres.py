"""A throw-away PostgreSQL cluster: made in a temporary folder, reached by a socket in it, gone afterwards.

    python -m tests.postgres pytest tests/personnel -q     runs a command with HCIMS_DATABASE_URL set to it

PostgreSQL refuses to run as root, so under root it runs as `postgres`, or else `nobody`.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests import programs

# Nothing in the cluster outlives it, so nothing need reach the disk.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "256MB",
    "max_connections": "50",
    "listen_addresses": "",
    "lock_timeout": "60s",
}


@contextlib.contextmanager
def cluster(**options: str) -> Iterator[str]:
    """A running cluster; the value is the URL of its empty database. `options` are postgresql.conf settings."""
    binaries = programs.postgresql()
    folder = Path(tempfile.mkdtemp(prefix="hcims-pg-"))
    as_user = _owner(folder)
    control = [str(binaries / "pg_ctl"), "--pgdata", str(folder / "data"), "--wait", "--silent"]
    try:
        _make(binaries, folder, OPTIONS | options, as_user)
        # A session of its own: Ctrl-C at the terminal is for the tests, which then stop the server.
        _run([*control, "--log", str(folder / "log"), "start"], as_user | {"start_new_session": True}, folder / "log")
        try:
            yield f"postgres://hcims@/{folder}/postgres"
        finally:
            _run([*control, "--mode", "fast", "stop"], as_user, folder / "log")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict[str, Any]:
    """Who the server runs as: ourselves, or a lesser user when we are root. Shape: arguments of subprocess."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make(binaries: Path, folder: Path, options: dict[str, str], as_user: dict[str, Any]) -> None:
    command = [
        str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", "hcims", "--auth", "trust", "--no-sync",
        "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions",
    ]  # fmt: skip
    _run(command, as_user, folder / "log")
    lines = [f"{name} = '{value}'\n" for name, value in {**options, "unix_socket_directories": str(folder)}.items()]
    with (folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.writelines(lines)


def _run(command: list[str], as_user: dict[str, Any], log: Path) -> None:
    # Output goes to a file and not to a pipe, which the server would inherit and keep open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, cwd="/", stdout=output, stderr=output, check=False, **as_user)
        if done.returncode:
            output.seek(0)
            server_log = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{Path(command[0]).name} failed:\n{output.read()}{server_log}")


def main() -> int:
    """Run the command given on the line against a fresh cluster, and return its exit code."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    with cluster() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "HCIMS_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
