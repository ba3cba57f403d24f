"""Job handlers of the tests. Those run by a real worker process meet the test at agreed places, over two pipes."""

from __future__ import annotations

import os
from typing import Any

from django.db import connection, transaction

from hcims.clock import now
from hcims.errors import RuleBroken
from hcims.jobs import actions
from hcims.jobs.models import Job
from hcims.jobs.progress import Progress

ROWS = 1000


def meet(place: str) -> None:
    """Tell the test that this place was reached, and wait until it lets go (or kills the process)."""
    if os.environ.get("HCIMS_TEST_MEET_AT") == place:
        os.write(int(os.environ["HCIMS_TEST_TELL"]), b"x")
        os.read(int(os.environ["HCIMS_TEST_WAIT"]), 1)


def apply_rows(job: Job, progress: Progress) -> None:
    meet("begin")
    with transaction.atomic():
        with connection.cursor() as cursor:
            for number in range(ROWS):
                cursor.execute("INSERT INTO tests_applied VALUES (%s)", [number])
                progress.step(number, ROWS, "Writing rows")
                if number == ROWS // 2:
                    meet("middle")
        progress.finish({"rows": ROWS})
    meet("committed")


def count(job: Job, progress: Progress) -> dict[str, Any]:
    for number in range(5):
        progress.step(number + 1, 5, "Counting")
    return {"counted": 5}


def refuse(job: Job, progress: Progress) -> None:
    raise RuleBroken("The file was changed meanwhile.")


def break_with_a_name(job: Job, progress: Progress) -> None:
    raise ValueError(f"the name of {job.ref}")


def cancelled_from_outside(job: Job, progress: Progress) -> None:
    progress.step(1, 2)
    actions.cancel(job, by=job.started_by, at=now())
    progress._last = None  # the next step looks again at once
    progress.step(2, 2)
