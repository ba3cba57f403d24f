"""What waits for those who work here, for their own start page. Counts of their own work; no case is opened or named by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counselling import case_access
from counselling.queries import cases, contacts, keys, openings, publications, welfare
from hcims.access.permissions import Permission
from hcims.status.queries import Line
from hcims.status.queries import tell as tell_status
from hcims.ui.waiting import Queue, tell


def register() -> None:
    """This function will let the start page ask."""
    tell(Permission.KEEP_KEYS, _keys_to_sign)
    tell(Permission.KEEP_KEYS, _openings_to_act)
    tell(Permission.COUNSEL, _own_key)
    tell(Permission.COUNSEL, _referrals)
    tell(Permission.COUNSEL, _new_keys)
    tell(Permission.LEAD_WELLBEING, _welfare_to_confirm)
    tell(Permission.LEAD_WELLBEING, _quarters)
    tell(Permission.LEAD_WELLBEING, _unopened)
    tell_status(_receiving)


def _queue(title: str, days: Iterable[date], page: str, *, on: date, why: str) -> Queue:
    found = sorted(days)
    return Queue(title, len(found), reverse(f"counselling:{page}"), (on - found[0]).days if found else None, why)


def _keys_to_sign(user: Any, on: date, at: datetime) -> Queue:
    own = keys.custodian_key_of(user)
    if own is None:
        return Queue(_("Custodian's keys"), 1, reverse("counselling:custody"), None, _("yours are not made yet"))
    days = [each.made_on for each in keys.keys_to_sign(own)]
    return _queue(
        _("Counsellors' keys to sign"), days, "custody", on=on, why=_("without two custodians nobody can seal to them")
    )


def _openings_to_act(user: Any, on: date, at: datetime) -> Queue | None:
    own = keys.custodian_key_of(user)
    if own is None:
        return None
    days = [timezone.localdate(each.requested_at) for each in openings.to_act(own)]
    return _queue(_("Openings to decide"), days, "custody", on=on, why=_("two custodians act, or one refuses"))


def _own_key(user: Any, on: date, at: datetime) -> Queue | None:
    if keys.key_of(user) is not None:
        return None
    return Queue(_("Your counsellor's key"), 1, reverse("counselling:cases"), None, _("it is not made yet"))


def _referrals(user: Any, on: date, at: datetime) -> Queue:
    days = cases.referrals_to(user).filter(state="sent").values_list("sent_on", flat=True)
    return _queue(_("Referrals to you"), days, "cases", on=on, why=_("a colleague waits for your answer"))


def _new_keys(user: Any, on: date, at: datetime) -> Queue | None:
    due = [timezone.localdate(each) for each in case_access.rekeys_due(user, at=at)]
    queue = _queue(
        _("Cases that need a new key"), due, "cases", on=on, why=_("somebody had the old one who shall not any more")
    )
    return queue if queue.count else None


def _welfare_to_confirm(user: Any, on: date, at: datetime) -> Queue:
    days = [each.entry.recorded_on for each in welfare.waiting_for(user, on=on)]
    return _queue(_("Welfare to confirm"), days, "welfare", on=on, why=_("a commander recorded it"))


def _quarters(user: Any, on: date, at: datetime) -> Queue | None:
    if not publications.leads_everywhere(user, on=on):
        return None
    due = [each for each in publications.quarters_of(on) if each.is_closed and each.is_whole and not each.publication]
    days = [each.quarter.ends_on for each in due]
    return _queue(_("Quarters to publish"), days, "quarters", on=on, why=_("closed: nothing more is taken for them"))


def _unopened(user: Any, on: date, at: datetime) -> Queue | None:
    if not publications.leads_everywhere(user, on=on):
        return None
    kept = sum(each.kept for each in contacts.unopened_by_month(on=on))
    why = _("no key opens them: an older one may be missing")
    return Queue(_("Contacts not opened"), kept, reverse("counselling:unopened"), None, why) if kept else None


def _receiving(at: datetime) -> Line | None:
    """For whoever keeps the machines: that a key is missing, and not how much was sent."""
    found = [each.month for each in contacts.unopened_by_month(on=timezone.localdate(at)) if each.kept]
    if not found:
        return None
    since = date_format(date.fromisoformat(f"{min(found)}-01"), "F Y")
    note = _(
        "Put older keys back below the newest in the file that HCIMS_RECEIVING_KEY_FILE names: what is kept is opened "
        "the next night. The wellbeing lead sees how much there is."
    )
    return Line(_("Sealed sendings that no key opens"), _("some, since %(month)s") % {"month": since}, "wait", note)
