"""Makes .venv and installs exactly what the lock files name. Runs on the machine's own Python, with nothing installed.

    python3 -m workshop.environment          what the product needs
    python3 -m workshop.environment --dev    and what tests and checks need

A .venv that is a link belongs to whoever made it, and is left as it is.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from workshop.stamps import ROOT, digest, is_done, mark

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main() -> None:
    """Bring .venv up to the lock files; nothing happens where it already is."""
    if sys.version_info < (3, 11):
        sys.exit(f"HCIMS needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
    if VENV.is_symlink():
        return
    locks = ["requirements.lock", "requirements-dev.lock"] if "--dev" in sys.argv else ["requirements.lock"]
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    for lock in locks:
        _install(lock)


def _install(lock: str) -> None:
    stamp, content = VENV / f"installed-{lock}", digest([ROOT / lock], sys.version)
    if is_done(stamp, content):
        return
    print(f"Installing what {lock} names ...", flush=True)
    # --no-deps: the lock is complete, and nothing that it does not name by hash can slip in.
    command: list[str | Path] = [PYTHON, "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes"]
    if subprocess.run([*command, "--disable-pip-version-check", "-r", ROOT / lock], check=False).returncode:
        sys.exit(f"Installing {lock} failed; the lines above say why. Nothing else was changed: try again.")
    mark(stamp, content)


if __name__ == "__main__":
    main()
