"""One import of a file, or the floor of one, in a process of its own: what it cost is printed as JSON.

python -m benchmarks._roll_once import FILE
python -m benchmarks._roll_once floor FILE
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def once(what: str, path: Path) -> dict[str, Any]:
    """Runs this file in a fresh process, against the database that the environment names."""
    command = [sys.executable, "-m", "benchmarks._roll_once", what, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ})
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _import(path: Path) -> dict[str, Any]:
    from benchmarks._rolls import ON
    from benchmarks.measuring import cpu_seconds
    from hcims.imports import prescan as looking
    from hcims.imports import shell
    from hcims.imports.kinds import kind_of

    spent = {"prescan": 0.0}
    real: Callable[..., Any] = looking.prescan

    def timed(*args: Any) -> Any:
        start = cpu_seconds()
        try:
            return real(*args)
        finally:
            spent["prescan"] = cpu_seconds() - start

    setattr(shell, "prescan", timed)  # noqa: B010 - in place of the function, for the time of this process
    start, clock = cpu_seconds(), time.perf_counter()
    batch = shell.read_file(kind_of("roll"), path, list_on=ON, at=AT, answers={}, clears=[])
    assert batch.state == "ready", (batch.state, batch.questions, batch.refusal)
    read = cpu_seconds() - start
    batch = shell.commit(batch, at=AT)
    assert batch.state == "applied", batch.state
    cpu = cpu_seconds() - start - spent["prescan"]
    return {**spent, "cpu": cpu, "read": read - spent["prescan"], "wall": time.perf_counter() - clock,
            "outcomes": batch.counts["outcomes"], "peak": _peak()}  # fmt: skip


def _peak() -> float:
    """Megabytes of this process and of its largest child together: more than was ever held at one moment."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + child) / 1024


def _floor(path: Path) -> dict[str, Any]:
    """Reading the file with the fastest library there is, and one COPY of the same rows."""
    import csv

    from django.db import connection
    from python_calamine import load_workbook

    start = time.process_time()
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[Any] = list(csv.reader(file))
    else:
        with load_workbook(path) as book:
            rows = book.get_sheet_by_index(0).to_python()
    read = time.process_time() - start
    columns = ", ".join(f"c{number} text" for number in range(len(rows[0])))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE floor ({columns})")
        if connection.vendor == "postgresql":
            with cursor.copy("COPY floor FROM STDIN") as copy:
                for row in rows[1:]:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO floor VALUES ({marks})", [[str(cell) for cell in row] for row in rows[1:]])
    return {"cpu": time.process_time() - start, "read": read}


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "hcims.settings"
    django.setup()
    print(json.dumps({"import": _import, "floor": _floor}[sys.argv[1]](Path(sys.argv[2]))))
