"""Who may act, where, from when to when; and how people sign in."""

from accounts.models.appointments import Appointment, AppointmentState
from accounts.models.letters import IdentityDocument, LetterPurpose, LetterState, SignInLetter
from accounts.models.phones import PhoneChange, PhoneChangeState
from accounts.models.rules import SignInRule, SignInRuleCode
from accounts.models.traffic import DataUse, SharedCache
from accounts.models.users import User, UserKind

__all__ = [
    "Appointment",
    "AppointmentState",
    "DataUse",
    "IdentityDocument",
    "LetterPurpose",
    "LetterState",
    "PhoneChange",
    "PhoneChangeState",
    "SharedCache",
    "SignInLetter",
    "SignInRule",
    "SignInRuleCode",
    "User",
    "UserKind",
]
