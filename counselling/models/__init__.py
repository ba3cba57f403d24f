"""Peer support and counselling. No table here points at an officer, and no other module imports this one."""

from counselling.models.case_grants import (
    HOLDING,
    CaseGrant,
    CustodianShare,
    GrantKind,
    GrantReason,
)
from counselling.models.case_log import (
    CaseDeed,
    CaseEvent,
    CaseEventHead,
)
from counselling.models.cases import (
    Case,
    CaseState,
    SealedText,
    Session,
    SessionKind,
    SessionMode,
    TextKind,
)
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
from counselling.models.grants import (
    Grant,
)
from counselling.models.help import (
    ConsentWords,
    HelpLine,
)
from counselling.models.keys import (
    Body,
    CounsellorKey,
    CustodianKey,
    CustodianKeyState,
    KeySignature,
    KeyState,
)
from counselling.models.offices import (
    CounsellingOffice,
)
from counselling.models.openings import (
    IN_HAND,
    Ground,
    Opening,
    OpeningState,
    ReferralState,
    RefusalReason,
    SealedReferral,
)
from counselling.models.rules import (
    WellbeingRule,
    WellbeingRuleCode,
)

__all__ = [
    "HARM_RELATED",
    "HOLDING",
    "IN_HAND",
    "Body",
    "Case",
    "CaseDeed",
    "CaseEvent",
    "CaseEventHead",
    "CaseGrant",
    "CaseState",
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
    "CounsellorKey",
    "CustodianKey",
    "CustodianKeyState",
    "CustodianShare",
    "Grant",
    "GrantKind",
    "GrantReason",
    "Ground",
    "HelpLine",
    "KeySignature",
    "KeyState",
    "Opening",
    "OpeningState",
    "PhoneDevice",
    "ReceivingKey",
    "ReferralOffered",
    "ReferralState",
    "RefusalReason",
    "SealedReferral",
    "SealedText",
    "Session",
    "SessionKind",
    "SessionMode",
    "TextKind",
    "WellbeingRule",
    "WellbeingRuleCode",
]
