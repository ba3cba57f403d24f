"""The long work of this module (`JOB_KINDS`): the joining letters of many trainees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hcims import clock
from hcims.actions import action
from hcims.jobs.kinds import titled
from hcims.jobs.models import Job
from training.actions.calls import PIECE, print_joining_letters
from training.queries.letters import without_joining_letter


@titled(_("Printing joining letters"))
def print_letters(job: Job, progress: Any) -> dict[str, int]:
    """This function will print the joining letter of every trainee who has none, in pieces that are kept one by one."""
    total, done = without_joining_letter().count(), 0
    while keys := list(without_joining_letter().values_list("pk", flat=True)[:PIECE]):
        done += _print(job, keys)
        progress.step(done, max(total, done), str(_("Printing letters")))
    return {"printed": done}


@action
def _print(job: Job, keys: list[int]) -> int:
    printed = print_joining_letters(keys, at=clock.now())
    job.check_token()
    return printed


def letters_are_due(*, at: datetime) -> bool:
    """Whether a trainee waits for the joining letter."""
    return without_joining_letter().exists()
