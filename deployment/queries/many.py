"""What a change of duty would do to each of many officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from deployment.models import Duty, Posting, PostingKind
from hcims.access.permissions import Permission
from hcims.references import new_references
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
    refs = new_references(len(officers))
    judged = {
        each.pk: _judged(each, held.get(each.pk), duty, ref, on) for each, ref in zip(officers, refs, strict=True)
    }
    return planned(officers, policies.barred(by, officers, Permission.RECORD_POSTINGS, on=on), judged)


def _judged(officer: Officer, posting: Posting | None, duty: Duty, ref: str, on: date) -> Change:
    """`ref` is for the posting that is begun, unless the one in force begins today and is put right."""
    if officer.exited_on is not None:
        return Change(officer, skipped=_("Has left the service, or is about to."))
    if posting is None:
        return Change(officer, skipped=_("Has no posting in force."))
    skipped = _("Does this duty already.") if posting.duty_id == duty.pk else ""
    return Change(
        officer, str(posting.duty), str(duty), skipped, posting.pk, ref if posting.starts_on < on else posting.ref
    )
