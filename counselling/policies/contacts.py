"""Who may log a contact, and for which month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from counselling.queries import contacts as queries
from hcims.access.permissions import Permission
from hcims.errors import NotAllowed, RuleBroken


def check_can_log(by: Any, *, on: date) -> None:
    """Errors: NotAllowed for anybody but a peer supporter of the day."""
    if not by.can(Permission.LOG_CONTACTS, on=on):
        raise NotAllowed(_("Only a peer supporter logs contacts."))


def check_month_open(month: str, *, on: date) -> None:
    """Errors: RuleBroken for a month that is closed, or has not begun."""
    if month not in queries.months_open(on=on):
        raise RuleBroken(
            _("This month is closed: it is counted as it stands."),
            source="counselling.WellbeingRule contact-months-late",
        )
