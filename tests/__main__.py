"""`make test`: the tests on SQLite, the tests on PostgreSQL, the browser journeys. All three run, whatever one says.

python -m tests                       everything
python -m tests sqlite                one of: sqlite, postgresql, browser
python -m tests postgresql -- -k roll -x    what follows `--` goes to pytest
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import postgres, prepared, programs

PARTS = {
    "sqlite": ["-m", "not browser"],
    "postgresql": ["-m", "not browser"],
    "browser": ["-m", "browser"],
}


def main() -> int:
    """Run the parts asked for, and say at the end which of them failed."""
    words = sys.argv[1:]
    own, passed_on = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    parts = own or list(PARTS)
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"Unknown part {unknown[0]!r}.\n{__doc__}")
        return 2
    if "browser" in parts:
        programs.chromium()
    failed = []
    with postgres.cluster() as url:
        elsewhere = prepared.make_template(url) if set(parts) - {"sqlite"} else {}
        for part in parts:
            print(f"\n=== {part} ===", flush=True)
            environment = {**os.environ} if part == "sqlite" else {**os.environ, **elsewhere}
            command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *PARTS[part], *passed_on]
            if subprocess.run(command, env=environment, check=False).returncode:
                failed.append(part)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except programs.ProgramMissing as missing:
        sys.exit(str(missing))
