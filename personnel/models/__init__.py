"""Who there is: officers and civilian members, and everything on record about them."""

from personnel.models.balance import BalanceReport
from personnel.models.bulk import BulkDeed, BulkDeedLine, Outcome
from personnel.models.capabilities import CourseAttended, Evidenced, EvidenceState, QualificationHeld, SkillHeld
from personnel.models.conduct import Commendation, DisciplineRecord, DisciplineState
from personnel.models.corrections import CorrectionRequest, CorrectionState
from personnel.models.family import Dependant, DependantKind, NextOfKin, Spouse
from personnel.models.history import keep
from personnel.models.members import ExitReason, Member, Officer, OfficerBackground, Sex
from personnel.models.ranks import RankHolding
from personnel.models.rules import RetirementRule

# The tables whose rows make up one officer's record, each with its history.
ENTRIES = (
    RankHolding, SkillHeld, QualificationHeld, CourseAttended, Commendation, DisciplineRecord, NextOfKin, Spouse, Dependant,
)  # fmt: skip

__all__ = [
    "ENTRIES",
    "BalanceReport",
    "BulkDeed",
    "BulkDeedLine",
    "Commendation",
    "CorrectionRequest",
    "CorrectionState",
    "CourseAttended",
    "Dependant",
    "DependantKind",
    "DisciplineRecord",
    "DisciplineState",
    "EvidenceState",
    "Evidenced",
    "ExitReason",
    "Member",
    "NextOfKin",
    "Officer",
    "OfficerBackground",
    "Outcome",
    "QualificationHeld",
    "RankHolding",
    "RetirementRule",
    "Sex",
    "SkillHeld",
    "Spouse",
    "keep",
]
