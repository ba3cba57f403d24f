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
    Waited,
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
    EnvelopesLost,
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
from counselling.models.incidents import (
    CriticalIncident,
    IncidentKind,
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
    Language,
    Service,
)
from counselling.models.openings import (
    IN_HAND,
    Opening,
    OpeningGround,
    OpeningState,
    ReferralState,
    RefusalReason,
    SealedReferral,
)
from counselling.models.provision import (
    Confirmation,
    HealingGroup,
    HealingGroupMonth,
    Practice,
    PracticeHeld,
    Rhythm,
    Room,
    WelfareProvision,
)
from counselling.models.publications import (
    Publication,
)
from counselling.models.rules import (
    WellbeingRule,
    WellbeingRuleCode,
)
from counselling.models.supporters import (
    LAPSES_SOON,
    CallRequest,
    Supervision,
    Supporter,
    SupporterTraining,
)

__all__ = [
    "HARM_RELATED",
    "HOLDING",
    "IN_HAND",
    "LAPSES_SOON",
    "Body",
    "CallRequest",
    "Case",
    "CaseDeed",
    "CaseEvent",
    "CaseEventHead",
    "CaseGrant",
    "CaseState",
    "Confirmation",
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
    "CriticalIncident",
    "CustodianKey",
    "CustodianKeyState",
    "CustodianShare",
    "EnvelopesLost",
    "Grant",
    "GrantKind",
    "GrantReason",
    "HealingGroup",
    "HealingGroupMonth",
    "HelpLine",
    "IncidentKind",
    "KeySignature",
    "KeyState",
    "Language",
    "Opening",
    "OpeningGround",
    "OpeningState",
    "PhoneDevice",
    "Practice",
    "PracticeHeld",
    "Publication",
    "ReceivingKey",
    "ReferralOffered",
    "ReferralState",
    "RefusalReason",
    "Rhythm",
    "Room",
    "SealedReferral",
    "SealedText",
    "Service",
    "Session",
    "SessionKind",
    "SessionMode",
    "Supervision",
    "Supporter",
    "SupporterTraining",
    "TextKind",
    "Waited",
    "WelfareProvision",
    "WellbeingRule",
    "WellbeingRuleCode",
]
