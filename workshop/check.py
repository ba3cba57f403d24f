"""`make check`: everything that can be said about the code without running it. All of it runs, whatever one part says.

.venv/bin/python -m workshop.check            everything
.venv/bin/python -m workshop.check types      one part, by its name
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workshop.stamps import ROOT

BIN = Path(sys.executable).parent
PYTHON = sys.executable
PRODUCT = [
    "hcims",
    "organisation",
    "accounts",
    "personnel",
    "deployment",
    "transfers",
    "counselling",
    "training",
    "desk",
]
CHECKS: dict[str, list[str]] = {
    "style": [str(BIN / "ruff"), "check", "--quiet", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "types": [str(BIN / "mypy"), "--no-error-summary", *PRODUCT, "workshop"],
    "order": [str(BIN / "lint-imports"), "--no-logo"],
    "templates": [str(BIN / "djlint"), *PRODUCT, "--lint", "--quiet"],
    "django": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "-m", "workshop.translations"],
}


def main() -> int:
    """Run the checks asked for, print what the failing ones say, and name them at the end."""
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"Unknown check {unknown[0]!r}; there are: {', '.join(CHECKS)}")
        return 2
    failed = [name for name in names if not _passes(name)]
    print(f"\nFailed: {', '.join(failed)}" if failed else f"\n{len(names)} checks passed")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(f"{'ok    ' if not done.returncode else 'FAILED'}  {name}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
