"""Who may hold back that a lawful investigation opened a file: two auditors, with authority and legal basis."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hcims.access.permissions import Permission
from hcims.audit.models import DelayState, DisclosureDelay
from hcims.errors import NotAllowed, RuleBroken

TWO_AUDITORS = "HCIMS rule D-1: a delay of disclosure needs two auditors, an authority and a day on which it ends"


def check_can_delay(by: Any, *, on: date) -> None:
    """Errors: NotAllowed for anybody but an auditor."""
    if not by.can(Permission.DELAY_DISCLOSURE, on=on):
        raise NotAllowed(_("Only auditors hold a disclosure back."), TWO_AUDITORS)


def check_can_decide(by: Any, delay: DisclosureDelay, *, on: date) -> None:
    """Errors: NotAllowed for whoever asked for the delay."""
    check_can_delay(by, on=on)
    if by.ref == delay.asked_by_ref:
        raise NotAllowed(_("You asked for it; another auditor decides."), TWO_AUDITORS)


def check_until(until_on: date, *, on: date) -> None:
    """Errors: RuleBroken for a day that has come already."""
    if until_on <= on:
        raise RuleBroken(_("A delay ends on a later day than today."), TWO_AUDITORS)


def may_decide(by: Any, delay: DisclosureDelay, *, on: date) -> bool:
    """Whether `by` may approve or refuse it: for pages that offer it."""
    return (
        delay.state == DelayState.ASKED and by.can(Permission.DELAY_DISCLOSURE, on=on) and by.ref != delay.asked_by_ref
    )
