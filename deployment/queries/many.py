"""What a change of duty would do to each of many officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from deployment.models import Duty, Posting, PostingKind
from hcims.access.permissions import Permission
from personnel import policies
from personnel.many import Change, Plan, planned
from personnel.models import Officer


def plan_duty(officers: Sequence[Officer], *, duty: Duty, by: Any, on: date) -> Plan:
    """What another duty would do to each; who has no posting, or has left, keeps out."""
    rows = Posting.objects.filter(
        officer__in=[each.pk for each in officers], kind=PostingKind.SUBSTANTIVE, ends_on__isnull=True,
        voided_at__isnull=True,
    )  # fmt: skip
    held = {each.officer_id: each for each in rows.select_related("duty")}
    judged = {each.pk: _judged(each, held.get(each.pk), duty) for each in officers}
    return planned(officers, policies.barred(by, officers, Permission.RECORD_POSTINGS, on=on), judged)


def _judged(officer: Officer, posting: Posting | None, duty: Duty) -> Change:
    if officer.exited_on is not None:
        return Change(officer, skipped=_("Has left the service, or is about to."))
    if posting is None:
        return Change(officer, skipped=_("Has no posting in force."))
    skipped = _("Does this duty already.") if posting.duty_id == duty.pk else ""
    return Change(officer, str(posting.duty), str(duty), skipped, posting.pk, posting.ref)
