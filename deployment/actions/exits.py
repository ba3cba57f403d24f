"""Leaving the service: the exit on the record, the posting ended, and every right that hung on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from deployment import policies
from deployment.actions import postings
from deployment.leaving import end_what_is_under_way
from deployment.models import Posting
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from personnel import actions as personnel_actions
from personnel.models import Officer


@action
def leave_service(
    *, officer: Officer, exited_on: date, reason: str, paper: str, by: Any, on: date, at: datetime
) -> Officer:
    """This function will record that a member left: the exit, the end of every posting, and of commands held with it.

    Whatever ran beside the posting ends too, an order that is still open is cancelled, and other modules end what is under way
    with them (settings.ON_LEAVING).

    Errors: NotAllowed outside the recorder's area or about oneself; RuleBroken for an exit before the posting began.
    """
    policies.check_not_oneself(by=by, officer=officer)
    policies.check_has_happened(exited_on, on, _("Record the exit when the officer has left."))
    officer = personnel_actions.record_exit(
        officer=officer, exited_on=exited_on, reason=reason, paper=paper, by=by, at=at
    )
    end_what_is_under_way(officer=officer, paper=paper, by=by, on=on, at=at)  # first: their orders carry ours
    postings.end_current(officer, exited_on, by=by, at=at, reason=paper)
    running = Posting.objects.filter(officer=officer, voided_at__isnull=True).exclude(ends_on__lte=exited_on)
    for overlapping in running.order_by("pk"):
        overlapping.ends_on = max(exited_on, overlapping.starts_on)
        postings.save(overlapping, by, paper)
    personnel_actions.keep_record_at(officer=officer, unit=None)
    trail.record(Event.POSTING_ENDED, target=officer, by=by, at=at, reason=reason, source=paper)
    return officer
