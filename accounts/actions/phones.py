"""Changing the number that messages go to: it waits, the old number is warned, and the person may stop it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import PhoneChange, PhoneChangeState, SignInRuleCode, User
from accounts.queries import rules
from hcims import workflow
from hcims.actions import action
from hcims.audit import trail
from hcims.audit.events import Event
from hcims.errors import RuleBroken
from hcims.notify.actions import notify, warn_former_address
from hcims.notify.kinds import Channel, Notice

LINK = "/account/phone/"
KENYAN = re.compile(r"^\+254(7|1)\d{8}$")
ABROAD = re.compile(r"^\+[1-9]\d{6,14}$")


def normalise_phone(text: str) -> str:
    """ "0712 345 678" as +254712345678. Errors: RuleBroken saying what a number looks like."""
    digits = re.sub(r"[\s().\-]+", "", text)
    digits = re.sub(r"^00", "+", digits)
    if re.fullmatch(r"0[71]\d{8}", digits):
        digits = "+254" + digits[1:]
    elif re.fullmatch(r"254[71]\d{8}", digits):
        digits = "+" + digits
    if digits.startswith("+254") and not KENYAN.match(digits):
        raise RuleBroken(_("A Kenyan mobile number has ten figures, such as 0712 345 678. Check yours."))
    if not ABROAD.match(digits):
        raise RuleBroken(_("Write the number as 0712 345 678, or with + and the country's code."))
    return digits


@action
def ask_phone_change(*, phone: str, by: Any, at: datetime) -> PhoneChange | None:
    """This function will ask for another number. The first one counts at once; a change waits, and warns the old number.

    Errors: RuleBroken for a number that is none, for the one in use, and while another change waits.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    number = normalise_phone(phone)
    if number == user.phone:
        raise RuleBroken(_("This is the number in use."))
    if not user.phone:
        _use(user, number)
        trail.record(
            Event.PHONE_CHANGED, target=user, by=by, at=at, details={"phone": trail.digest(number), "first": True}
        )
        return None
    hours = rules.number(SignInRuleCode.PHONE_WAIT, on=timezone.localdate(at))
    change = PhoneChange.objects.create(
        user=user, old_phone=user.phone, new_phone=number, asked_at=at, counts_from=at + timedelta(hours=hours)
    )
    # The account's own number is still the old one, so this notice is the warning to it.
    notify(user, Notice.PHONE_CHANGE_ASKED, at=at, link=LINK)
    details = {
        "from": trail.digest(user.phone),
        "to": trail.digest(number),
        "counts_from": change.counts_from.isoformat(),
    }
    trail.record(Event.PHONE_CHANGE_ASKED, target=user, by=by, at=at, details=details)
    return change


@action
def stop_phone_change(*, change: PhoneChange, by: Any, at: datetime) -> PhoneChange:
    """This function will stop one's own waiting change. Errors: InvalidTransition when it counts already."""
    return workflow.move(change, PhoneChangeState.STOPPED, by=by, at=at, decided_at=at)


@action
def apply_due_phone_changes(*, at: datetime) -> int:
    """This function will put every change that has waited long enough into use, and say how many."""
    due = PhoneChange.objects.filter(state=PhoneChangeState.WAITING, counts_from__lte=at)
    changes = list(due.select_for_update(of=("self",)).select_related("user").order_by("pk"))
    for change in changes:
        if not change.user.is_active:
            workflow.move(change, PhoneChangeState.STOPPED, by=None, at=at, note="account closed", decided_at=at)
            continue
        old = change.user.phone
        workflow.move(change, PhoneChangeState.APPLIED, by=None, at=at, decided_at=at)
        _use(change.user, change.new_phone)
        notify(change.user, Notice.PHONE_CHANGED, at=at, link=LINK)
        if old:
            warn_former_address(change.user, Channel.SMS, old, at=at)
        details = {"from": trail.digest(old), "to": trail.digest(change.new_phone), "change": change.ref}
        trail.record(Event.PHONE_CHANGED, target=change.user, by=None, at=at, details=details)
    return len(changes)


def _use(user: User, number: str) -> None:
    user.phone = number
    user.save(update_fields=["phone"])


def some_are_due(*, at: datetime) -> bool:
    """Whether a change has waited long enough: the question that workers ask (`JOB_DUE`)."""
    return PhoneChange.objects.filter(state=PhoneChangeState.WAITING, counts_from__lte=at).exists()
