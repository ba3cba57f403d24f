"""`make bench`: runs the benchmarks on throw-away databases and prints what they measured.

python -m benchmarks                              all of them, for 107,000 officers
python -m benchmarks audit --scale 10000          one of them, smaller
python -m benchmarks pages --database postgresql  on one database
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Figure
from tests import postgres

FULL = 107_000
FOLDER = Path(__file__).parent
MACHINERY = {"__init__", "__main__", "measuring", "one"}


def main() -> int:
    """Run, print a table a benchmark; 1 when one of them broke. A figure out of reach is printed, not a failure."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in MACHINERY and path.stem[0] != "_")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names)}")
    parser.add_argument("--scale", type=int, help=f"number of officers; {FULL:,} unless a benchmark has its own")
    parser.add_argument("--database", dest="databases", action="append", choices=("postgresql", "sqlite"))
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names)}")
    broken = 0
    for name in options.names or names:
        module = importlib.import_module(f"benchmarks.{name}")
        for database in options.databases or getattr(module, "DATABASES", ("postgresql",)):
            for scale in [options.scale] if options.scale else getattr(module, "SCALES", (FULL,)):
                broken += not _run(name, database, scale)
    return 1 if broken else 0


def _run(name: str, database: str, scale: int) -> bool:
    print(f"\n{name}, {database}, {scale:,} officers", flush=True)
    with tempfile.TemporaryDirectory(prefix="hcims-bench-") as folder:
        environment = {**os.environ, "HCIMS_ENV": "demo", "HCIMS_VAR_DIR": folder}
        if database == "sqlite":
            environment["HCIMS_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
            return _measure(name, scale, environment)
        # As a server would be set up, but for what reaches the disk.
        with postgres.cluster(autovacuum="on", shared_buffers="1GB", work_mem="32MB", max_wal_size="8GB") as url:
            return _measure(name, scale, {**environment, "HCIMS_DATABASE_URL": url})


def _measure(name: str, scale: int, environment: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "benchmarks.one", name, str(scale)]
    print(f"  {'what':<64}{'value':>12}  {'unit':<12}{'floor':>12}{'ratio':>8}{'reach':>8}")
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            kind, _, rest = line.partition(" ")
            print(_row(Figure(**json.loads(rest))) if kind == "figure" else f"  {line.rstrip()}", flush=True)
    if process.returncode:
        print(f"  {name} broke")
    return process.returncode == 0


def _row(figure: Figure) -> str:
    floor = f"{figure.floor:,.3g}" if figure.floor else ""
    ratio = f"{figure.ratio:.2f}" if figure.ratio else ""
    reach = f"{figure.reach:g}" if figure.reach is not None else ""
    verdict = {True: "  reached", False: "  MISSED", None: ""}[figure.is_reached]
    return f"  {figure.what:<64}{figure.value:>12,.5g}  {figure.unit:<12}{floor:>12}{ratio:>8}{reach:>8}{verdict}"


if __name__ == "__main__":
    sys.exit(main())
