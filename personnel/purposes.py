"""Why somebody opens another person's file: one of a few reasons, told to the officer with office and time."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Purpose(StrEnum):
    COMMAND = "command"
    RECORDS = "records"
    POSTING = "posting"
    PROMOTION = "promotion"
    DISCIPLINE = "discipline"
    WELFARE = "welfare"
    OVERSIGHT = "oversight"
    INVESTIGATION = "investigation"


LABELS = {
    Purpose.COMMAND: _("Command of the officer"),
    Purpose.RECORDS: _("Keeping the record"),
    Purpose.POSTING: _("Posting or transfer"),
    Purpose.PROMOTION: _("Promotion or appraisal"),
    Purpose.DISCIPLINE: _("Discipline"),
    Purpose.WELFARE: _("Welfare and family matters"),
    Purpose.OVERSIGHT: _("Oversight and statistics"),
    Purpose.INVESTIGATION: _("Lawful investigation"),
}
# The usual reason of an office; a reader says otherwise on the page. A role not named here commands.
USUAL = {
    "hr-officer": Purpose.RECORDS,
    "npsc-commissioner": Purpose.OVERSIGHT,
    "inspector-general-office": Purpose.OVERSIGHT,
    "deputy-inspector-general-office": Purpose.OVERSIGHT,
    "director-dci-office": Purpose.OVERSIGHT,
}


def usual(roles: list[str]) -> Purpose:
    """The reason that goes with the first of these roles that has one of its own."""
    return next((USUAL[role] for role in roles if role in USUAL), Purpose.COMMAND)


def known(code: str) -> Purpose | None:
    """The purpose of that code, or none."""
    return Purpose(code) if code in set(Purpose) else None


def label(code: str) -> Any:
    """The purpose in words; an unknown code as it is."""
    purpose = known(code)
    return LABELS[purpose] if purpose else code
