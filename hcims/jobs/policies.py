"""Who may do what with a job."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken
from hcims.jobs.models import Job


def check_can_cancel(by: Any, job: Job, *, on: date) -> None:
    """Whoever started it, and the administrator. Errors: NotAllowed, RuleBroken when it is over."""
    if job.started_by_id != by.pk and not by.can(Permission.MANAGE_SETTINGS, on=on):
        raise NotAllowed(_("Only the person who started this work can cancel it."))
    if job.is_over:
        raise RuleBroken(_("This work is over; there is nothing left to cancel."))
