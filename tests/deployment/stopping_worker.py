"""A worker that meets the test before a given statement of an import's writing; started by `test_roll_killed`.

python -m tests.deployment.stopping_worker --drain     the statement's number is HCIMS_TEST_MEET_AT
"""

from __future__ import annotations

import os
import sys
from typing import Any

import django


def main() -> None:
    """Run the worker with every statement of `hcims.imports.sql` counted."""
    django.setup()
    from django.core.management import call_command

    from hcims.imports import sql
    from tests.jobs.handlers import meet

    real, count = sql.run, 0

    def counted(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        meet(str(count))
        return real(*arguments)

    sql.run = counted
    call_command("work", *sys.argv[1:])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.deployment.worker_settings")
    main()
