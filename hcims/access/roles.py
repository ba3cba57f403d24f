"""Every role there is, in plain English. An appointment gives one of them to a person, at a unit, for a period.

A role reaches down the command tree from the unit of the appointment (`reach="tree"`), or stops at it ("unit").
Every officer also reads his or her own record: that is a rule about oneself, not a role.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hcims.access.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """A name, a sentence that a commissioner can approve, and what it permits."""

    code: str
    name: str
    description: str
    permissions: frozenset[P] = field(default_factory=frozenset)
    reach: Literal["tree", "unit"] = "tree"
    second_factor: bool = True
    by_virtue_of_post: bool = False  # held with a post, and ends with the posting
    held_at: tuple[str, ...] = ()  # types of unit it can be held at; none named: any
    stands_alone: bool = False  # its holder has no other role: who watches or keeps the keys does not also act

    @property
    def is_privileged(self) -> bool:
        """Whether auditors are told when somebody gets it: it opens accounts, the trail, or many records at once."""
        return bool(self.permissions & PRIVILEGED)


PRIVILEGED = frozenset(
    {
        P.MANAGE_ACCOUNTS, P.MANAGE_SETTINGS, P.ISSUE_ACTIVATION, P.PROPOSE_APPOINTMENT, P.APPROVE_APPOINTMENT,
        P.SEE_AUDIT, P.DELAY_DISCLOSURE, P.EDIT_OFFICERS, P.IMPORT_ROLL, P.CONFIRM_LARGE_IMPORT, P.SEE_IDENTITY,
    }
)  # fmt: skip
COMMAND = frozenset(
    {
        P.SEE_UNITS, P.SEE_OVERVIEW, P.SEE_OFFICERS, P.SEE_FILE, P.SEE_COMMENDATIONS, P.SEE_POSTINGS,
        P.RECORD_RETURNS, P.CONFIRM_STATION, P.ADVISE_TRANSFERS, P.RECORD_WELFARE, P.SEE_TRAINING, P.NOMINATE_TRAINEES,
    }
)  # fmt: skip
# Nobody's desk does these for a commander.
OF_THE_COMMANDER = frozenset({P.ADVISE_TRANSFERS, P.RECORD_WELFARE, P.NOMINATE_TRAINEES})
SENIOR_COMMAND = COMMAND | {P.SEE_DISCIPLINE, P.EXPORT}
DECIDING = frozenset({P.DECIDE_TRANSFERS})  # what it reaches, the chain of approval says
NATIONAL = SENIOR_COMMAND | DECIDING | {P.APPROVE_ESTABLISHMENT, P.SEE_BALANCE, P.APPROVE_APPOINTMENT, P.LIFT_STOPS}


HUMAN_RESOURCES = (SENIOR_COMMAND - OF_THE_COMMANDER) | {
    P.SEE_IDENTITY, P.SEE_FAMILY, P.EDIT_OFFICERS, P.EDIT_DISCIPLINE, P.DECIDE_CORRECTIONS, P.VERIFY_SKILLS,
    P.RECORD_POSTINGS, P.PROPOSE_ESTABLISHMENT, P.EDIT_UNITS, P.EDIT_REFERENCE, P.IMPORT_ROLL, P.CONFIRM_LARGE_IMPORT,
    P.COMPARE_PAYROLL, P.PROPOSE_APPOINTMENT, P.ISSUE_ACTIVATION, P.PROCESS_TRANSFERS, P.MANAGE_ROUNDS, P.NOMINATE_ON_PAPER,
}  # fmt: skip
COMMISSION = frozenset(
    {
        P.SEE_UNITS, P.SEE_OVERVIEW, P.SEE_OFFICERS, P.SEE_FILE, P.SEE_POSTINGS, P.SEE_COMMENDATIONS, P.SEE_DISCIPLINE,
        P.SEE_BALANCE, P.EXPORT, P.APPROVE_ESTABLISHMENT, P.APPROVE_APPOINTMENT, P.CONFIRM_LARGE_IMPORT,
        P.DECIDE_TRANSFERS, P.LIFT_STOPS, P.SIT_ON_TRANSFER_BOARD, P.SIGN_ROUNDS, P.NAME_APPEAL_PANEL,
        P.SEE_TRANSFER_PATTERNS, P.SEE_TRAINING,
    }
)  # fmt: skip
TRAINING = frozenset(
    {
        P.SEE_UNITS, P.SEE_OVERVIEW, P.SEE_OFFICERS, P.SEE_TRAINING, P.RUN_TRAINING, P.DRAFT_CURRICULA, P.LEAD_ROLLOUT,
        P.EXPORT,
    }
)  # fmt: skip
WHOLE_SERVICE = ("service",)
OFFICES = ("service", "headquarters", "region", "county", "formation", "training", "office")
NO_RECORDS = "Sees no personnel records by this role."


def _commander(code: str, name: str, area: str, *held_at: str, permissions: frozenset[P] = COMMAND) -> Role:
    words = (
        f"Commands {area}: sees its strength, vacancies and officers, confirms its list, records who left and who came."
    )
    return Role(code, name, words, permissions, by_virtue_of_post=True, held_at=held_at)


def _national(
    code: str,
    name: str,
    words: str,
    *held_at: str,
    extra: frozenset[P] = frozenset(),
    signing: frozenset[P] = frozenset(),
) -> list[Role]:
    """A national command and the office that prepares its papers: the same pages, without approving anything."""
    office = "the same pages, without approving anything."
    return [
        Role(code, name, words, NATIONAL | signing, by_virtue_of_post=True, held_at=held_at),
        Role(
            f"{code}-office",
            f"Office of the {name}",
            f"Prepares papers for the {name}: {office}",
            (SENIOR_COMMAND - OF_THE_COMMANDER) | extra,
            held_at=held_at,
        ),
    ]


_ALL = [
    Role("officer", "Officer", "Reads and asks to correct his or her own record. Nothing else.", second_factor=False),
    _commander(
        "station-commander",
        "Officer Commanding Station",
        "a police station and its posts",
        "station",
        "post",
        "patrol-base",
    ),
    _commander("ward-commander", "Ward Police Commander", "a ward", "ward"),
    _commander(
        "subcounty-commander",
        "Sub-County Police Commander",
        "a sub-county",
        "sub-county",
        permissions=COMMAND | DECIDING,
    ),
    _commander(
        "county-commander", "County Police Commander", "a county", "county", permissions=SENIOR_COMMAND | DECIDING
    ),
    _commander(
        "regional-commander", "Regional Police Commander", "a region", "region", permissions=SENIOR_COMMAND | DECIDING
    ),
    _commander(
        "formation-commander",
        "Formation commander",
        "a formation",
        "formation",
        "company",
        permissions=SENIOR_COMMAND | DECIDING,
    ),
    _commander(
        "commandant",
        "Commandant",
        "a training institution",
        "training",
        permissions=SENIOR_COMMAND | DECIDING | {P.RUN_TRAINING, P.COMMAND_TRAINING},
    ),
    Role(
        "hr-officer",
        "HR officer",
        "Keeps the records of the officers of an area: imports the roll, changes records on paper, prepares orders.",
        HUMAN_RESOURCES,
        held_at=OFFICES,
    ),
    *_national(
        "inspector-general",
        "Inspector General",
        "Commands the whole service: the bird's-eye page, every unit and every officer's file; approves establishment "
        "and appointments; signs transfer rounds.",
        "service",
        signing=frozenset({P.SIGN_ROUNDS}),
        extra=frozenset({P.SEE_BALANCE}),
    ),
    *_national(
        "deputy-inspector-general",
        "Deputy Inspector General",
        "Commands the Kenya Police Service or the Administration Police Service under the Inspector General.",
        "service",
        "headquarters",
    ),
    *_national(
        "director-dci",
        "Director of Criminal Investigations",
        "Commands the Directorate of Criminal Investigations.",
        "service",
        "headquarters",
    ),
    Role(
        "npsc-commissioner",
        "NPSC commissioner",
        "Oversees human capital on behalf of the National Police Service Commission: numbers, files and reports; "
        "approves establishment and appointments.",
        COMMISSION,
        held_at=WHOLE_SERVICE,
    ),
    Role(
        "board-member",
        "Board member",
        "Sits on a promotion, transfer or appeal board; sees what that board is given.",
        frozenset({P.SEE_UNITS, P.SIT_ON_TRANSFER_BOARD, P.HEAR_APPEALS}),
    ),
    Role(
        "protection-authority",
        "Transfer protection authority",
        "Decides on requests to move for safety, or from harassment or retaliation, outside the officer's line of command, "
        "which never sees them.",
        frozenset({P.SEE_UNITS, P.DECIDE_PROTECTED}),
        held_at=WHOLE_SERVICE,
    ),
    Role(
        "panel-member",
        "Recruitment panel member",
        "Sits at a recruitment centre; sees what that centre is given.",
        frozenset({P.SEE_UNITS}),
    ),
    Role(
        "training-officer",
        "Training officer",
        "Keeps courses, trainees, attendance and results of a training institution. Of officers elsewhere sees those who "
        "are put forward for its courses.",
        frozenset({P.SEE_UNITS, P.SEE_TRAINING, P.RUN_TRAINING}),
        reach="unit",
        held_at=("training",),
    ),
    Role(
        "training-director",
        "Director of training",
        "Directs training for the service: approves curricula and courses that another person drafted, sees what every "
        "institution teaches, plans the roll-out.",
        TRAINING | {P.APPROVE_CURRICULA},
        held_at=("service", "headquarters"),
    ),
    Role(
        "training-office",
        "Office of the Director of training",
        "Drafts curricula, courses, entry conditions and surveys for the Director of training; approves nothing.",
        TRAINING,
        held_at=("service", "headquarters"),
    ),
    Role(
        "rollout-coordinator",
        "Roll-out coordinator",
        "Runs the training of leaders and of peer-to-peer supporters in a command: cohorts, calls, rolls, certificates.",
        frozenset({P.SEE_UNITS, P.SEE_TRAINING, P.RUN_TRAINING, P.LEAD_ROLLOUT, P.SEE_OFFICERS}),
        held_at=("service", "headquarters", "region", "county", "formation", "training"),
    ),
    Role(
        "peer-supporter",
        "Peer supporter",
        f"A trained colleague who logs contacts without a name. {NO_RECORDS}",
        frozenset({P.LOG_CONTACTS}),
    ),
    Role(
        "counsellor",
        "Counsellor",
        f"Counsels officers; opens the cases he or she was granted, and no others. {NO_RECORDS}",
        frozenset({P.COUNSEL, P.REQUEST_OPENING}),
        stands_alone=True,
    ),
    Role(
        "wellbeing-lead",
        "Wellbeing lead",
        "Coordinates counselling and peer support: offices, supporters, cover, counts of closed months, who read which "
        f"case. Opens no case. {NO_RECORDS}",
        frozenset({P.SEE_UNITS, P.LEAD_WELLBEING, P.REQUEST_OPENING}),
        stands_alone=True,
    ),
    Role(
        "custodian",
        "Custodian",
        "Holds one of the keys by which counsellors' public keys are signed, and by which two custodians together open one "
        "case. Sees nothing else.",
        frozenset({P.KEEP_KEYS}),
        held_at=WHOLE_SERVICE,
        stands_alone=True,
    ),
    Role(
        "auditor",
        "Auditor",
        "Searches the audit trail and answers officers who ask who opened their file. Changes nothing but the record of "
        "a lawful delay.",
        frozenset({P.SEE_AUDIT, P.DELAY_DISCLOSURE, P.SEE_UNITS, P.SEE_TRANSFER_PATTERNS}),
        held_at=WHOLE_SERVICE,
        stands_alone=True,
    ),
    Role(
        "system-administrator",
        "System administrator",
        "Manages accounts and settings. Sees no personnel content of any kind.",
        frozenset({P.MANAGE_ACCOUNTS, P.MANAGE_SETTINGS, P.PROPOSE_APPOINTMENT}),
        held_at=WHOLE_SERVICE,
        stands_alone=True,
    ),
]
ROLES: dict[str, Role] = {each.code: each for each in _ALL}


def role(code: str) -> Role:
    """The role of that code. Errors: KeyError for an unknown one."""
    return ROLES[code]


def roles_with(permission: P) -> list[str]:
    """Codes of the roles that carry a permission."""
    return [each.code for each in ROLES.values() if permission in each.permissions]
