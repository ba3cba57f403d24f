"""The letters of many orders, printed after their publication (`JOB_KINDS`, `JOB_DUE`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hcims import clock
from hcims.actions import action
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job
from transfers.actions.publishing import TOGETHER, print_letters
from transfers.queries.orders import without_letter


@titled(_("Printing letters of posting orders"))
def print_order_letters(job: Job, progress: Any) -> dict[str, int]:
    """This function will print the letter of every order that has none, in pieces that are kept one by one.

    A worker that is killed loses the piece it was at; what finds the rest is that those orders have no letter.
    """
    total, done = without_letter().count(), 0
    while keys := list(without_letter().values_list("pk", flat=True)[:TOGETHER]):
        done += _print(job, keys)
        progress.step(done, max(total, done), str(_("Printing letters")))
    return {"printed": done}


@action
def _print(job: Job, keys: list[int]) -> int:
    printed = print_letters(keys, at=clock.now())
    job.check_token()
    return printed


def letters_are_due(*, at: datetime) -> bool:
    """Whether an order waits for its letter."""
    return without_letter().exists()
