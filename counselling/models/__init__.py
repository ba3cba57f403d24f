"""Peer support and counselling. No table here points at an officer, and no other module imports this one."""

from counselling.models.contacts import (
    HARM_RELATED,
    Contact,
    ContactDuration,
    ContactGrant,
    ContactInbox,
    ContactKind,
    ContactMode,
    ContactSource,
    ContactTheme,
    PhoneDevice,
    ReceivingKey,
    ReferralOffered,
)
from counselling.models.grants import Grant
from counselling.models.help import ConsentWords, HelpLine
from counselling.models.offices import CounsellingOffice
from counselling.models.rules import WellbeingRule, WellbeingRuleCode

__all__ = [
    "HARM_RELATED",
    "ConsentWords",
    "Contact",
    "ContactDuration",
    "ContactGrant",
    "ContactInbox",
    "ContactKind",
    "ContactMode",
    "ContactSource",
    "ContactTheme",
    "CounsellingOffice",
    "Grant",
    "HelpLine",
    "PhoneDevice",
    "ReceivingKey",
    "ReferralOffered",
    "WellbeingRule",
    "WellbeingRuleCode",
]
