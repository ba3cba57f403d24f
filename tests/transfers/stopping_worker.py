"""A worker that meets the test at a step of a round's work; started by `test_rounds_killed`.

python -m tests.transfers.stopping_worker --drain     the step's number is HCIMS_TEST_MEET_AT
"""

from __future__ import annotations

import os
import sys
from typing import Any

import django


def main() -> None:
    """Run the worker with every step of a round's work told."""
    django.setup()
    from django.core.management import call_command

    from tests.jobs.handlers import meet
    from transfers import jobs

    watch = jobs._watch

    def told(job: Any, progress: Any) -> Any:
        step = watch(job, progress)

        def meeting(done: int, total: int, label: str) -> None:
            meet(str(done))
            step(done, total, label)

        return meeting

    jobs._watch = told
    call_command("work", *sys.argv[1:])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.deployment.worker_settings")
    main()
