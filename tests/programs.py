"""Finds the programs the tests need beside Python; where the machine permits, installs what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


class ProgramMissing(RuntimeError):
    """A program is not here and could not be installed; the message says how."""


def chromium() -> str:
    """Path of Debian's Chromium. Errors: ProgramMissing."""
    return _find_or_install(_find_chromium, package="chromium", what="Chromium, for the browser journeys")


def postgresql() -> Path:
    """Folder of initdb and postgres, the newest there is. Errors: ProgramMissing."""
    found = _find_or_install(_find_postgresql, package="postgresql", what="PostgreSQL, for the tests on it")
    return Path(found)


def age() -> str:
    """Path of the `age` program. Errors: ProgramMissing."""
    return _find_or_install(
        lambda: shutil.which("age"), package="age", what="age, which opens sealed cases outside the product"
    )


def node() -> str:
    """Path of the Node that builds the front end: the machine's, or the one in .venv. Errors: ProgramMissing."""
    return _find_or_install(_find_node, package="nodejs", what="Node, for the tests of scripts")


def _find_node() -> str | None:
    return shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))


def _find_chromium() -> str | None:
    named = os.environ.get("HCIMS_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _find_postgresql() -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return str(folder)
    initdb = shutil.which("initdb")
    return str(Path(initdb).resolve().parent) if initdb else None


def _find_or_install(find: Callable[[], str | None], *, package: str, what: str) -> str:
    found = find()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(package)
        found = find()
    if found:
        return found
    raise ProgramMissing(f"{what}, is not on this machine. Install it with: sudo apt-get install {package}")


def _install(package: str) -> None:
    print(f"Installing {package} ...", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-qq", "-y", package], check=False, **quiet)  # type: ignore[call-overload]
